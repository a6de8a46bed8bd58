/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_report.h"
#include "engine/ignore_ids.h"

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ID_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define ID_D "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

static void
names_are_of_one_form_when_only_ids_differ(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "blobs/sha256/" ID_A, "blobs/sha256/" ID_B, true },
		{ ID_A "/layer.tar", ID_B "/layer.tar", true },
		{ "sha256:" ID_A "," ID_B, "sha256:" ID_C "," ID_D, true },
		{ "sha512:" ID_A ID_B, "sha512:" ID_C ID_D, true },
		{ ID_A ".tar", ID_B ".tar.gz", false },
		{ "sha256:" ID_A, "sha512:" ID_A ID_B, false },
		{ ID_A, ID_A "0", false },
		{ ID_A "0", ID_B "0", false },
		{ "latest", "latest", false },
		{ "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span a = hs_span_of(rows[i].a), b = hs_span_of(rows[i].b);

		assert_int_equal(hs_ids_same_form(a, b), rows[i].same);
		assert_int_equal(hs_ids_same_form(b, a), rows[i].same);
	}
}

static void
ids_are_related_by_what_an_ignored_part_is_called_on_both_sides(void **state)
{
	struct hs_built b;
	struct hs_node *layer, *real;
	struct hs_ids ids;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	layer = hs_built_add(&b, b.root, HS_SPAN("layer[0]"), HS_STATUS_METADATA);
	hs_built_change(&b, layer, "descriptor digest", "sha256:" ID_A, "sha256:" ID_B);
	layer->n_head = 1;
	layer->ignored = HS_IGNORE_TIMESTAMPS;
	real = hs_built_add(&b, b.root, HS_SPAN("layer[1]"), HS_STATUS_METADATA);
	hs_built_change(&b, real, "descriptor digest", "sha256:" ID_C, "sha256:" ID_D);
	real->n_head = 1;

	hs_ids_collect(&ids, &b.arena, b.root);
	assert_true(hs_ids_related(&ids, HS_SPAN("x " ID_A), HS_SPAN("x " ID_B)));
	assert_true(hs_ids_related(&ids, HS_SPAN(ID_C ID_A), HS_SPAN(ID_C ID_A)));
	assert_false(hs_ids_related(&ids, HS_SPAN("x " ID_B), HS_SPAN("x " ID_A)));
	assert_false(hs_ids_related(&ids, HS_SPAN(ID_C), HS_SPAN(ID_D)));
	assert_false(hs_ids_related(&ids, HS_SPAN("x " ID_A), HS_SPAN("y " ID_B)));
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_of_one_form_when_only_ids_differ),
		cmocka_unit_test(ids_are_related_by_what_an_ignored_part_is_called_on_both_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
