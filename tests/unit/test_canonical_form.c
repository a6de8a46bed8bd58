/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canon/canonical_form.h"

static void
form_collects_any_number_of_losses(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_canonical_form f = { .arena = &a };

	(void)state;
	for (int i = 0; i < 40; i++)
		hs_canonical_lose(&f, "loss %d", i);
	assert_int_equal(f.n_losses, 40);
	assert_string_equal(f.losses[0], "loss 0");
	assert_string_equal(f.losses[39], "loss 39");
}

static void
form_lists_the_diff_ids_of_layers_that_stay(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_sha256 ids[2] = { { { 0x12 } }, { { 0x34 } } };
	struct hs_canonical_form f = { .arena = &a, .diff_ids = ids, .n_layers = 2, .n_kept = 1 };
	struct hs_go_cell list = { .there = true, .n = 0 };

	(void)state;
	hs_canonical_put_diff_ids(&f, &list);
	assert_int_equal(list.n, 1);
	assert_span(list.items[0].value,
	            "sha256:1200000000000000000000000000000000000000000000000000000000000000");
	/* Go's list is nil until the first is appended. */
	f.n_kept = 0;
	hs_canonical_put_diff_ids(&f, &list);
	assert_false(list.there);
}

static void
form_counts_history_with_a_layer(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_go_object *o = hs_go_object_new(&a, hs_canonical_oci_image);
	const struct hs_go_value *v;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_canonical_with_layer(hs_go_cell(o, "history")), 0);
	assert_int_equal(
		hs_go_json_read(&v, &a,
	                        HS_SPAN("{\"history\":[{},{\"empty_layer\":true},{\"empty_layer\":"
	                                "false}]}"),
	                        true, &err),
		0);
	assert_int_equal(hs_go_object_read(o, &a, v, &err), 0);
	assert_int_equal(hs_canonical_with_layer(hs_go_cell(o, "history")), 2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_collects_any_number_of_losses),
		cmocka_unit_test(form_lists_the_diff_ids_of_layers_that_stay),
		cmocka_unit_test(form_counts_history_with_a_layer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
