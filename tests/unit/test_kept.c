/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_stream.h"
#include "image/kept.h"

static void
a_layer_is_decompressed_once(void **state)
{
	struct hs_inflated first, second;
	struct hs_arena a = { 0 };
	struct hs_kept *k = hs_kept_new();
	struct hs_kept_layer *l = hs_kept_add(k);
	struct hs_run run;
	struct hs_err err;
	struct hs_inflate_order order = { .codec = HS_CODEC_GZIP, .run = &run };

	(void)state;
	start_run(&run, 1);
	order.in = build_stream(&a, HS_CODEC_GZIP, HS_SPAN("a layer"));
	assert_int_equal(hs_kept_inflate(&first, l, &order, &err), 0);
	assert_int_equal(hs_kept_inflate(&second, l, &order, &err), 0);
	assert_ptr_equal(first.blob, second.blob);
	assert_span(second.blob->bytes, "a layer");
	assert_int_equal(second.consumed, order.in.len);
	hs_blob_unref(first.blob);
	hs_kept_free(k);
	/* Whoever has it keeps it. */
	assert_span(second.blob->bytes, "a layer");
	hs_blob_unref(second.blob);
	hs_run_release(&run);
	hs_arena_release(&a);
}

static void
damage_is_told_to_each_who_asks(void **state)
{
	struct hs_arena a = { 0 };
	struct hs_kept *k = hs_kept_new();
	struct hs_kept_layer *l = hs_kept_add(k);
	struct hs_run run;
	struct hs_inflate_order order = { .codec = HS_CODEC_GZIP, .run = &run };
	struct hs_err err[2];

	(void)state;
	start_run(&run, 1);
	order.in = build_stream(&a, HS_CODEC_GZIP, HS_SPAN("a layer"));
	order.in.len -= 6;
	for (int i = 0; i < 2; i++) {
		struct hs_inflated out;

		assert_int_equal(hs_kept_inflate(&out, l, &order, &err[i]), HS_EFORMAT);
		hs_blob_unref(out.blob);
	}
	assert_string_equal(err[0].text, err[1].text);
	hs_kept_free(k);
	hs_kept_free(NULL);
	hs_run_release(&run);
	hs_arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_layer_is_decompressed_once),
		cmocka_unit_test(damage_is_told_to_each_who_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
