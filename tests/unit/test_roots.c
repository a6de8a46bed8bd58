/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/roots.h"

#include "build_certificate.h"
#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

static void
the_roots_of_both_partitions_are_built_in(void **state)
{
	struct hs_attest_roots r = { 0 };
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_attest_roots_builtin(&r, "aws", &err), 0);
	assert_int_equal(hs_attest_roots_builtin(&r, "aws-us-gov", &err), 0);
	assert_int_equal(r.n, 2);
	assert_false(hs_span_equal(r.list[0].der, r.list[1].der));
	assert_int_equal(hs_attest_roots_builtin(&r, "aws-cn", &err), HS_EUSAGE);
	assert_int_equal(r.n, 2);
	hs_attest_roots_release(&r);
	assert_int_equal(r.n, 0);
}

static void
each_certificate_of_a_file_is_a_root(void **state)
{
	const struct build_certificate c = {
		.key = build_ec_key("secp384r1", "1234"),
		.name = "root",
		.from = 1700000000,
		.until = 1800000000,
	};
	struct hs_attest_roots r = { 0 };
	struct hs_build pem = { 0 };
	struct hs_err err;

	(void)state;
	hs_build_text(&pem, "Roots:\n");
	build_certificate_pem(&pem, &c);
	build_certificate_pem(&pem, &c);
	assert_int_equal(hs_attest_roots_add_pem(&r, hs_build_span(&pem), &err), 0);
	assert_int_equal(r.n, 2);
	assert_int_equal(hs_attest_roots_add_pem(&r, HS_SPAN("none"), &err), HS_EFORMAT);
	assert_int_equal(hs_attest_roots_add_pem(&r,
	                                         HS_SPAN("-----BEGIN CERTIFICATE-----\nMAA=\n"
	                                                 "-----END CERTIFICATE-----\n"),
	                                         &err),
	                 HS_EFORMAT);
	hs_attest_roots_release(&r);
	hs_build_release(&pem);
	EVP_PKEY_free(c.key);
}

static void
a_file_beyond_the_limit_is_refused(void **state)
{
	struct hs_attest_roots r = { 0 };
	struct hs_build pem = { 0 };
	struct hs_err err;

	(void)state;
	hs_build_fill(&pem, ' ', (size_t)HS_MAX_PEM + 1);
	assert_int_equal(hs_attest_roots_add_pem(&r, hs_build_span(&pem), &err), HS_ELIMIT);
	hs_build_release(&pem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_roots_of_both_partitions_are_built_in),
		cmocka_unit_test(each_certificate_of_a_file_is_a_root),
		cmocka_unit_test(a_file_beyond_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
