/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "build_stream.h"
#include "engine/measure.h"
#include "scratch.h"

static int
open_bytes(struct hs_content *out, struct hs_span bytes, struct hs_err *err)
{
	struct hs_operand o;
	int rc;

	assert_int_equal(hs_operand_open(&o, scratch_file("operand", bytes), &scratch_run, err), 0);
	rc = hs_measure_open(out, &scratch_run, &o, err);
	hs_operand_release(&o);
	return rc;
}

static void
an_image_is_found_through_compression(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_eif_usual(&a, "x");
	const struct hs_span packed = build_stream(&a, HS_CODEC_GZIP, file);
	const struct hs_span rows[] = { file, packed, build_stream(&a, HS_CODEC_ZSTD, packed) };
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_content c;

		assert_int_equal(open_bytes(&c, rows[i], &err), 0);
		assert_true(hs_span_equal(c.bytes, file));
		hs_content_release(&c);
	}
}

static void
what_is_no_image_is_refused(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span rows[] = {
		HS_SPAN(""),
		HS_SPAN(".ei"),
		HS_SPAN("text\n"),
		build_stream(&a, HS_CODEC_GZIP, HS_SPAN("text\n")),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_content c;
		struct hs_err err;

		assert_int_equal(open_bytes(&c, rows[i], &err), HS_EUSAGE);
		assert_string_equal(err.text, "is no enclave image (EIF)");
		hs_content_release(&c);
	}
}

static void
every_truncation_of_a_compressed_one_is_refused(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span packed = build_stream(&a, HS_CODEC_GZIP, build_eif_usual(&a, "x"));

	(void)state;
	for (size_t n = 0; n < packed.len; n += 7) {
		struct hs_content c;
		struct hs_err err;

		if (open_bytes(&c, hs_span_head(packed, n), &err) == 0)
			fail_msg("%zu of %zu bytes are enough", n, packed.len);
		hs_content_release(&c);
	}
}

static void
what_it_is_instead_has_a_name(void **state)
{
	static const struct {
		const char *bytes, *want;
	} rows[] = { { "text\n", "text" }, { "\x01\x02", "plain bytes" }, { "", "empty" } };
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_operand o;
		struct hs_err err;
		const char *path = scratch_file("operand", hs_span_of(rows[i].bytes));

		assert_int_equal(hs_operand_open(&o, path, &scratch_run, &err), 0);
		assert_string_equal(hs_measure_format(&a, &scratch_run, &o), rows[i].want);
		hs_operand_release(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_image_is_found_through_compression),
		cmocka_unit_test(what_is_no_image_is_refused),
		cmocka_unit_test(every_truncation_of_a_compressed_one_is_refused),
		cmocka_unit_test(what_it_is_instead_has_a_name),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
