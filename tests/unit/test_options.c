/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
every_row_stands_at_its_id(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_OPTIONS; i++)
		assert_int_equal(hs_options[i].id, i);
	for (int i = 0; i < HS_N_VERBS; i++)
		assert_int_equal(hs_verbs[i].id, i);
}

static void
no_two_options_of_a_verb_share_a_name_or_a_letter(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_OPTIONS; i++) {
		for (int j = 0; j < i; j++) {
			if (!(hs_options[i].verbs & hs_options[j].verbs))
				continue;
			assert_string_not_equal(hs_options[i].name, hs_options[j].name);
			if (hs_options[i].letter)
				assert_int_not_equal(hs_options[i].letter, hs_options[j].letter);
		}
	}
}

static void
every_option_is_taken_by_a_verb_and_has_help_that_is_no_sentence(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_OPTIONS; i++) {
		const char *help = hs_options[i].help;

		assert_int_not_equal(hs_options[i].verbs, 0);
		assert_true(strlen(help) > 0);
		assert_int_not_equal(help[strlen(help) - 1], '.');
	}
}

static void
verbs_are_made_of_letters_only(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_VERBS; i++) {
		const char *name = hs_verbs[i].name;

		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz"), strlen(name));
		assert_ptr_equal(hs_verb_find(name), &hs_verbs[i]);
	}
	assert_null(hs_verb_find("dif"));
	assert_null(hs_verb_find(""));
}

static void
help_completes_to_every_verb(void **state)
{
	const char *words = hs_verbs[HS_VERB_HELP].words;
	size_t len = 0;

	(void)state;
	for (int i = 0; i < HS_N_VERBS; i++) {
		assert_non_null(strstr(words, hs_verbs[i].name));
		len += strlen(hs_verbs[i].name) + 1;
	}
	assert_int_equal(strlen(words), len - 1);
}

static void
defaults_are_those_of_the_limits(void **state)
{
	static const struct {
		enum hs_option_id id;
		const char *want;
	} rows[] = {
		{ HS_OPT_MAX_DEPTH, "32" },  { HS_OPT_MAX_SIZE, "256G" },
		{ HS_OPT_MAX_RATIO, "500" }, { HS_OPT_MAX_MEMBERS, "10000000" },
		{ HS_OPT_TIMEOUT, "0" },     { HS_OPT_CONTEXT, "3" },
		{ HS_OPT_MAX_LINES, "200" }, { HS_OPT_COLOR, "auto" },
		{ HS_OPT_PROGRESS, "auto" }, { HS_OPT_OUTPUT, "text" },
	};
	char text[32];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(hs_option_default(text, sizeof(text), rows[i].id));
		assert_string_equal(text, rows[i].want);
	}
	assert_false(hs_option_default(text, sizeof(text), HS_OPT_QUIET));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_stands_at_its_id),
		cmocka_unit_test(no_two_options_of_a_verb_share_a_name_or_a_letter),
		cmocka_unit_test(every_option_is_taken_by_a_verb_and_has_help_that_is_no_sentence),
		cmocka_unit_test(verbs_are_made_of_letters_only),
		cmocka_unit_test(help_completes_to_every_verb),
		cmocka_unit_test(defaults_are_those_of_the_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
