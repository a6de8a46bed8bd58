/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/data/terminfo_names.h"

static void
terminfo_names_are_those_of_the_manual(void **state)
{
	(void)state;
	assert_string_equal(hs_terminfo_name(HS_TERMINFO_BOOLEAN, 1), "am");
	assert_string_equal(hs_terminfo_name(HS_TERMINFO_NUMBER, 13), "colors");
	assert_string_equal(hs_terminfo_name(HS_TERMINFO_STRING, 5), "clear");
	assert_string_equal(hs_terminfo_name(HS_TERMINFO_STRING, 413), "box1");
}

static void
terminfo_names_end(void **state)
{
	(void)state;
	assert_null(hs_terminfo_name(HS_TERMINFO_BOOLEAN, 44));
	assert_null(hs_terminfo_name(HS_TERMINFO_NUMBER, 39));
	assert_null(hs_terminfo_name(HS_TERMINFO_STRING, 414));
	assert_null(hs_terminfo_name(HS_TERMINFO_STRING, (size_t)-1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminfo_names_are_those_of_the_manual),
		cmocka_unit_test(terminfo_names_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
