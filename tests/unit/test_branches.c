/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/branches.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct hs_branch *
find(const struct hs_branch *all, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}

static bool
has(const struct hs_branch *b, const char *word)
{
	for (size_t i = 0; i < b->n; i++)
		if (strncmp(b->words[i], word, strlen(word)) == 0 &&
		    (size_t)b->lengths[i] == strlen(word))
			return true;
	return false;
}

/* Where a verb's words lead, one after the other. */
static void
follow(const struct hs_branch *all, size_t n, const char *before, const char *verb)
{
	char name[96];

	snprintf(name, sizeof(name), "%s", before);
	while (*verb) {
		const size_t len = strcspn(verb, " ");
		const size_t at = strlen(name);
		const struct hs_branch *b = find(all, n, name);
		char word[32];

		assert_non_null(b);
		snprintf(word, sizeof(word), "%.*s", (int)len, verb);
		assert_true(has(b, word));
		snprintf(name + at, sizeof(name) - at, "%s%s", at ? " " : "", word);
		verb += len + (verb[len] == ' ');
	}
	assert_null(find(all, n, name));
}

static void
the_words_of_every_verb_lead_to_it_behind_help_too(void **state)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);

	(void)state;
	assert_int_equal(n, 10);
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		if (v != HS_VERB_HELP)
			follow(all, n, "", hs_verbs[v].name);
		follow(all, n, "help", hs_verbs[v].name);
	}
}

static void
each_word_comes_once_and_says_what_it_is(void **state)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);
	const struct hs_branch *first = find(all, n, ""), *ramdisk = find(all, n, "eif ramdisk");

	(void)state;
	for (size_t i = 0; i < first->n; i++)
		assert_non_null(first->abouts[i]);
	assert_int_equal(ramdisk->n, 2);
	assert_string_equal(ramdisk->abouts[0], hs_verbs[HS_VERB_EIF_RAMDISK_BOOTSTRAP].about);
	assert_true(has(first, "eif"));
	for (size_t i = 0, eif = 0; i < first->n; i++) {
		eif += first->lengths[i] == 3 && strncmp(first->words[i], "eif", 3) == 0;
		assert_true(eif < 2);
	}
}

static void
names_are_quoted_where_a_shell_needs_it(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	hs_branches_print_names(out, " | ");
	hs_print_word(out, "");
	fclose(out);
	assert_string_equal(text,
	                    "eif | attest | 'eif ramdisk' | 'attest nsm' | help | 'help eif' | "
	                    "'help attest' | 'help eif ramdisk' | 'help attest nsm'''");
	free(text);
}

static void
options_and_operands_say_what_follows_them(void **state)
{
	static const struct {
		enum hs_option_id id;
		enum hs_completes want;
	} rows[] = {
		{ HS_OPT_HELP, HS_COMPLETES_NOTHING },      { HS_OPT_COLOR, HS_COMPLETES_WORDS },
		{ HS_OPT_JOBS, HS_COMPLETES_NOTHING },      { HS_OPT_BLOBS, HS_COMPLETES_FOLDERS },
		{ HS_OPT_OUT_FILE, HS_COMPLETES_FILES },    { HS_OPT_FORMAT, HS_COMPLETES_WORDS },
		{ HS_OPT_CERTIFICATE, HS_COMPLETES_FILES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(hs_option_completes(&hs_options[rows[i].id]), rows[i].want);
	assert_int_equal(hs_verb_completes(&hs_verbs[HS_VERB_DIFF]), HS_COMPLETES_FILES);
	assert_int_equal(hs_verb_completes(&hs_verbs[HS_VERB_SCHEMA]), HS_COMPLETES_WORDS);
	assert_int_equal(hs_verb_completes(&hs_verbs[HS_VERB_EIF_ASSEMBLE]), HS_COMPLETES_NOTHING);
	assert_int_equal(hs_verb_completes(&hs_verbs[HS_VERB_HELP]), HS_COMPLETES_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_every_verb_lead_to_it_behind_help_too),
		cmocka_unit_test(each_word_comes_once_and_says_what_it_is),
		cmocka_unit_test(names_are_quoted_where_a_shell_needs_it),
		cmocka_unit_test(options_and_operands_say_what_follows_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
