/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"

static void
views_have_names_and_ends(void **state)
{
	size_t n = 0;

	(void)state;
	for (; hs_view_at(n); n++) {
		const struct hs_view *v = hs_view_at(n);

		assert_true(v->name && v->about && v->is && v->arrange);
		for (size_t i = 0; i < n; i++)
			assert_string_not_equal(v->name, hs_view_at(i)->name);
	}
	assert_int_equal(n, 3);
}

static void
views_take_no_empty_tree(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
}

/* What docker 25 and later save is both; the index counts when it lists a manifest. */
static void
views_prefer_an_index_that_lists_something(void **state)
{
	static const struct {
		const char *index, *list;
		const struct hs_view *view;
	} rows[] = {
		{ "{\"manifests\":[{}]}", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_oci },
		{ "{\"manifests\":[]}", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_docker },
		{ "{", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_docker },
		{ "{\"manifests\":[]}", "[]", &hs_view_oci },
		{ "{", "{}", &hs_view_oci },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "oci-layout", HS_SPAN("{}"));
		oci_file(&o, "index.json", hs_span_of(rows[i].index));
		oci_file(&o, "manifest.json", hs_span_of(rows[i].list));
		assert_ptr_equal(hs_view_for(&o.tree), rows[i].view);
		oci_end(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_have_names_and_ends),
		cmocka_unit_test(views_take_no_empty_tree),
		cmocka_unit_test(views_prefer_an_index_that_lists_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
