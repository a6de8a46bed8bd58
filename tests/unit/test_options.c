/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/embedded.h"
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
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
verbs_are_made_of_letters_and_single_blanks(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_VERBS; i++) {
		const char *name = hs_verbs[i].name;

		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz "), strlen(name));
		assert_null(strstr(name, "  "));
		assert_ptr_equal(hs_verb_find(name), &hs_verbs[i]);
	}
	assert_null(hs_verb_find("dif"));
	assert_null(hs_verb_find("eif"));
	assert_null(hs_verb_find(""));
}

static void
no_verb_is_the_beginning_of_another(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_VERBS; i++) {
		const size_t len = strlen(hs_verbs[i].name);

		for (int j = 0; j < HS_N_VERBS; j++)
			if (strncmp(hs_verbs[j].name, hs_verbs[i].name, len) == 0)
				assert_true(i == j || hs_verbs[j].name[len] != ' ');
		assert_null(hs_family_find(hs_verbs[i].name));
	}
}

static void
a_verb_of_several_words_is_found_by_the_first_words_of_a_line(void **state)
{
	static const char *const line[] = { "eif", "ramdisk", "customer", "x" };
	int used;

	(void)state;
	assert_ptr_equal(hs_verb_match(line, 4, &used), &hs_verbs[HS_VERB_EIF_RAMDISK_CUSTOMER]);
	assert_int_equal(used, 3);
	assert_ptr_equal(hs_verb_match(line, 3, &used), &hs_verbs[HS_VERB_EIF_RAMDISK_CUSTOMER]);
	assert_null(hs_verb_match(line, 2, &used));
	assert_int_equal(used, 0);
	assert_null(hs_verb_match(line + 1, 3, &used));
	assert_int_equal(hs_verb_count_known(line, 2), 2);
	assert_int_equal(hs_verb_count_known(line, 4), 3);
	assert_int_equal(hs_verb_count_known(line + 1, 3), 0);
}

static void
each_family_has_its_verbs_and_a_manual_page(void **state)
{
	uint64_t bits = hs_family_bits(NULL);
	char name[64];

	(void)state;
	for (int i = 0; i < HS_N_FAMILIES; i++) {
		const struct hs_family *f = &hs_families[i];

		snprintf(name, sizeof(name), "hashoscope-%s.1.in", f->name);
		assert_true(hs_embedded_find(name).len > 0);
		assert_true(hs_family_bits(f) != 0);
		assert_true((bits & hs_family_bits(f)) == 0);
		bits |= hs_family_bits(f);
	}
	assert_true(bits == HS_VERB_BIT(HS_N_VERBS) - 1);
	assert_null(hs_verb_family(&hs_verbs[HS_VERB_DIFF]));
	assert_string_equal(hs_verb_family(&hs_verbs[HS_VERB_EIF_PCR])->name, "eif");
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
		cmocka_unit_test(verbs_are_made_of_letters_and_single_blanks),
		cmocka_unit_test(no_verb_is_the_beginning_of_another),
		cmocka_unit_test(a_verb_of_several_words_is_found_by_the_first_words_of_a_line),
		cmocka_unit_test(each_family_has_its_verbs_and_a_manual_page),
		cmocka_unit_test(defaults_are_those_of_the_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
