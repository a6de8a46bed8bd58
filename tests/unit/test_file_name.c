/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/package/file_name.h"

static void
names_end_at_a_slash(void **state)
{
	(void)state;
	assert_true(hs_name_ends(HS_SPAN("var/lib/x"), "var/lib/x"));
	assert_true(hs_name_ends(HS_SPAN("./var/lib/x"), "var/lib/x"));
	assert_false(hs_name_ends(HS_SPAN("ovar/lib/x"), "var/lib/x"));
	assert_false(hs_name_ends(HS_SPAN("lib/x"), "var/lib/x"));
	assert_false(hs_name_ends(HS_SPAN(""), "x"));
}

static void
names_have_folders_and_a_base(void **state)
{
	(void)state;
	assert_span(hs_name_base(HS_SPAN("a/b/c")), "c");
	assert_span(hs_name_base(HS_SPAN("c")), "c");
	assert_span(hs_name_base(HS_SPAN("")), "");
	assert_true(hs_name_is_in(HS_SPAN("/a/b/c"), "b/"));
	assert_true(hs_name_is_in(HS_SPAN("b/c"), "b/"));
	assert_false(hs_name_is_in(HS_SPAN("ab/c"), "b/"));
	assert_false(hs_name_is_in(HS_SPAN("b/d/c"), "b/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_end_at_a_slash),
		cmocka_unit_test(names_have_folders_and_a_base),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
