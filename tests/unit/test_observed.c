/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/observed.h"

#include "attested.h"
#include "unit.h"

static void
observe(struct hs_attest_observed *out, struct hs_attest_document *d, struct hs_build *b,
        const char *module_id)
{
	enum hs_attest_reason reason;
	struct hs_err err;

	build_genuine(b, &attested_pki, BUILD_MODULE_ID, module_id);
	assert_int_equal(hs_attest_read(d, &reason, hs_build_span(b), &err), 0);
	hs_attest_observe(out, d);
}

static void
the_form_of_real_documents_tells_region_and_launch(void **state)
{
	struct hs_attest_document d;
	struct hs_attest_observed o;
	struct hs_build b = { 0 };

	(void)state;
	observe(&o, &d, &b, NULL);
	assert_span(o.instance_id, "i-0123456789abcdef0");
	assert_span(o.enclave_id, "0123456789abcdef");
	assert_span(o.region, "test-1");
	assert_int_equal(o.launched_ms, INT64_C(0x0123456789ab));
	/* The serial number of the test's leaf is another. */
	assert_int_equal(o.leaf_issued, 0);
	assert_false(o.pcr4_fits);
	hs_build_release(&b);
}

static void
another_form_tells_nothing(void **state)
{
	static const char *const ids[] = {
		BUILD_KEY_MODULE_ID "61 69",
		BUILD_KEY_MODULE_ID "78 27 69 2d 30*17 2d 65 6e 63 67*16",    /* -enc and no hex */
		BUILD_KEY_MODULE_ID "78 28 69 2d 30*17 2d 65 6e 63 30*17",    /* a digit too many */
		BUILD_KEY_MODULE_ID "78 27 69 2d 30*17 2d 74 70 6d 30*16",    /* -tpm */
		BUILD_KEY_MODULE_ID "78 27 69 2d 30*16 00 2d 65 6e 63 30*16", /* a NUL */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		struct hs_attest_document d;
		struct hs_attest_observed o;
		struct hs_build b = { 0 };

		observe(&o, &d, &b, ids[i]);
		assert_int_equal(o.instance_id.len, 0);
		assert_int_equal(o.region.len, 0);
		assert_int_equal(o.launched_ms, 0);
		hs_build_release(&b);
	}
}

static void
each_pcr_has_a_meaning(void **state)
{
	(void)state;
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++)
		assert_non_null(hs_attest_pcr_meaning(i));
	assert_string_equal(hs_attest_pcr_meaning(5), "reserved");
	assert_string_equal(hs_attest_pcr_meaning(16), "the application's own");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_of_real_documents_tells_region_and_launch),
		cmocka_unit_test(another_form_tells_nothing),
		cmocka_unit_test(each_pcr_has_a_meaning),
	};

	return cmocka_run_group_tests(tests, attested_set_up, attested_tear_down);
}
