/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void
distances_are_counted_in_slips_of_a_typist(void **state)
{
	static const struct {
		const char *a, *b;
		size_t want;
	} rows[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "abc", "abc", 0 },
		{ "abc", "abd", 1 },
		{ "abc", "acb", 1 },
		{ "kitten", "sitting", 3 },
		{ "output", "ouptut", 1 },
		{ "a", "0123456789012345678901234567890123", SIZE_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(hs_edit_distance(rows[i].a, rows[i].b) == rows[i].want);
		assert_true(hs_edit_distance(rows[i].b, rows[i].a) == rows[i].want);
	}
}

static void
the_nearest_name_is_suggested_and_a_far_one_is_not(void **state)
{
	static const char *const names[] = {
		"output", "json", "max-depth", "max-size", "ls", "diff"
	};
	static const struct {
		const char *typed, *want;
	} rows[] = {
		{ "ouput", "output" },
		{ "outpt", "output" },
		{ "max-dept", "max-depth" },
		{ "max-sise", "max-size" },
		{ "jsn", "json" },
		{ "maximum", NULL },
		{ "x", NULL },
		{ "xy", NULL },
		{ "lx", "ls" },
		{ "dif", "diff" },
		{ "", NULL },
		{ "max", "max-depth" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_suggest s = { .typed = rows[i].typed };

		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++)
			hs_suggest_try(&s, names[j]);
		if (rows[i].want)
			assert_string_equal(s.best ? s.best : "", rows[i].want);
		else
			assert_null(s.best);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances_are_counted_in_slips_of_a_typist),
		cmocka_unit_test(the_nearest_name_is_suggested_and_a_far_one_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
