/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/words.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
a_line_is_split_as_a_shell_does(void **state)
{
	static const struct {
		const char *line, *words; /* each in brackets */
	} rows[] = {
		{ "", "" },
		{ "  \t\n ", "" },
		{ "a", "[a]" },
		{ " a  b ", "[a][b]" },
		{ "'a b'c \"d e\"", "[a bc][d e]" },
		{ "'' \"\"", "[][]" },
		{ "a\\ b \\'", "[a b][']" },
		{ "\"a\\\"b\\\\c\\d\"", "[a\"b\\c\\d]" },
		{ "'a\\b'", "[a\\b]" },
		{ "a\\", "[a\\]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena = { 0 };
		struct hs_err err;
		char **words, *got;

		assert_int_equal(hs_words_split(&words, &arena, rows[i].line, &err), 0);
		assert_non_null(words[0]);
		got = hs_arena_printf(&arena, "%s", "");
		for (words++; *words; words++)
			got = hs_arena_printf(&arena, "%s[%s]", got, *words);
		assert_string_equal(got, rows[i].words);
		hs_arena_release(&arena);
	}
}

static void
a_quote_without_an_end_is_refused(void **state)
{
	static const char *const lines[] = { "'", "\"a", "a 'b", "\"a\\\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct hs_arena arena = { 0 };
		struct hs_err err;
		char **words;

		assert_int_equal(hs_words_split(&words, &arena, lines[i], &err), HS_EUSAGE);
		hs_arena_release(&arena);
	}
}

static void
a_list_holds_whole_words_only(void **state)
{
	(void)state;
	assert_true(hs_words_hold("text json", "text"));
	assert_true(hs_words_hold("text json", "json"));
	assert_false(hs_words_hold("text json", "tex"));
	assert_false(hs_words_hold("text json", "t json"));
	assert_false(hs_words_hold("text json", ""));
	assert_false(hs_words_hold("", "a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_split_as_a_shell_does),
		cmocka_unit_test(a_quote_without_an_end_is_refused),
		cmocka_unit_test(a_list_holds_whole_words_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
