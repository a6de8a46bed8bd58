/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/demangle.h"

#include "unit.h"

static void
check(const char *name, const char *want)
{
	RELEASED struct hs_arena a = { 0 };

#if !HS_WITH_DEMANGLE
	want = name;
#endif
	assert_span(hs_demangle(&a, hs_span_of(name)), want);
}

static void
names_of_cpp_are_as_their_author_wrote_them(void **state)
{
	(void)state;
	check("_ZN3foo3barEi", "foo::bar(int)");
	check("_Z1fv", "f()");
	check("_ZNSt6vectorIiSaIiEE9push_backEOi",
	      "std::vector<int, std::allocator<int> >::push_back(int&&)");
	check("_Z1fi.constprop.0", "f(int) [clone .constprop.0]");
}

/* The hash of the old form is that of a build: it is left out. */
static void
names_of_rust_are_without_the_hash_of_the_build(void **state)
{
	(void)state;
	check("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt");
	check("_RNvC7mycrate3foo", "mycrate::foo");
}

static void
other_names_stay_as_they_are(void **state)
{
	static const char *const names[] = { "main", "_Z",   "_ZN",   "_R",
		                             "",     "_Zxx", "_RZZZ", "__Z3foov" };
	RELEASED struct hs_arena a = { 0 };
	char deep[5000] = "_Z1f";

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_span(hs_demangle(&a, hs_span_of(names[i])), names[i]);
	/* A NUL in it is no name; too long, and too deep, is none either. */
	assert_int_equal(hs_demangle(&a, HS_SPAN("_Z1f\0v")).len, 6);
	memset(deep + 4, 'P', sizeof(deep) - 5);
	assert_int_equal(hs_demangle(&a, hs_span_of(deep)).len, sizeof(deep) - 1);
	deep[4000] = 0;
	assert_true(hs_demangle(&a, hs_span_of(deep)).len > 0);
}

/* Each back reference doubles what stands before it. */
static void
a_name_that_grows_without_bound_stays_as_it_is(void **state)
{
	static const char name[] = "_Z1fSt4pairIS_IS_IS_IS_IS_IS_IS_IS_IS_IS_IS_iiES0_ES1_ES2_ES3_"
				   "ES4_ES5_ES6_ES7_ES8_ES9_E";
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_true(hs_demangle(&a, hs_span_of(name)).len < 20000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_cpp_are_as_their_author_wrote_them),
		cmocka_unit_test(names_of_rust_are_without_the_hash_of_the_build),
		cmocka_unit_test(other_names_stay_as_they_are),
		cmocka_unit_test(a_name_that_grows_without_bound_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
