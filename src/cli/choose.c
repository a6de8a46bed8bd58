/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/choose.h"

#include "cli/say.h"
#include "cli/suggest.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_VERB_WORDS = 8 };

const struct hs_verb *
hs_cli_guess_verb(int argc, char **argv)
{
	const char *words[MAX_VERB_WORDS];
	int n = 0, used;

	/* Options and their arguments may stand between the words. */
	for (int i = 1; i < argc && n < MAX_VERB_WORDS && strcmp(argv[i], "--") != 0; i++) {
		const struct hs_verb *v;

		words[n] = argv[i];
		if (hs_verb_count_known(words, n + 1) <= n)
			continue;
		v = hs_verb_match(words, ++n, &used);
		if (v)
			return v;
	}
	return NULL;
}

/* Whether a word that is no verb can only be a path, or is one. */
static bool
is_path(const char *word)
{
	struct stat st;

	return strpbrk(word, "/.:@") || strcmp(word, "-") == 0 || lstat(word, &st) == 0;
}

static int
fail_unknown_verb(const char *word, struct hs_err *err)
{
	const struct hs_shown shown = hs_shown(word);
	struct hs_suggest s = { .typed = word };

	for (size_t i = 0; i < HS_N_VERBS; i++)
		hs_suggest_try(&s, hs_verbs[i].name);
	for (size_t i = 0; i < HS_N_FAMILIES; i++)
		hs_suggest_try(&s, hs_families[i].name);
	if (s.best)
		return hs_fail(err, HS_EUSAGE,
		               "'%s' is neither a command nor an existing file; did you mean '%s'?",
		               shown.text, s.best);
	return hs_fail(err, HS_EUSAGE,
	               "'%s' is neither a command nor an existing file; see hashoscope -h",
	               shown.text);
}

/* The first `n` of some words, with blanks between them. */
static void
join(char *out, size_t size, const char *const *words, int n)
{
	size_t len = 0;

	*out = 0;
	for (int i = 0; i < n && len < size; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%s", i ? " " : "", words[i]);
}

/* The length of the first `n` words of a name; of all, where there are no more. */
static size_t
length_of_words(const char *name, int n)
{
	size_t len = strcspn(name, " ");

	while (--n > 0 && name[len])
		len += 1 + strcspn(name + len + 1, " ");
	return len;
}

/* The family is there and its verb is not, or is mistyped: what would do in that place. */
static int
fail_family(const struct hs_cli *cli, const struct hs_family *family, struct hs_err *err)
{
	const int known = hs_verb_count_known(cli->operands, cli->n_operands);
	const int n = known + (known < cli->n_operands);
	char typed[64], names[HS_N_VERBS][64];
	struct hs_suggest s = { .typed = typed };

	join(typed, sizeof(typed), cli->operands, n);
	if (n == known)
		return hs_fail(err, HS_EUSAGE, "%s what? see hashoscope %s --help", typed,
		               family->name);
	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const char *name = hs_verbs[i].name;

		snprintf(names[i], sizeof(names[i]), "%.*s", (int)length_of_words(name, n), name);
		if (hs_verb_family(&hs_verbs[i]) == family)
			hs_suggest_try(&s, names[i]);
	}
	if (s.best)
		return hs_fail(err, HS_EUSAGE, "no command is called '%s'; did you mean '%s'?",
		               hs_shown(typed).text, s.best);
	return hs_fail(err, HS_EUSAGE, "no command is called '%s'; see hashoscope %s --help",
	               hs_shown(typed).text, family->name);
}

static int
find_verb(struct hs_cli *cli, int n_plain, struct hs_err *err)
{
	const char *first = cli->n_operands > 0 ? cli->operands[0] : NULL;
	const struct hs_family *family = first && n_plain > 0 ? hs_family_find(first) : NULL;
	int used;

	cli->verb = hs_verb_match(cli->operands, n_plain, &used);
	if (cli->verb) {
		cli->operands += used;
		cli->n_operands -= used;
		return 0;
	}
	if (family && (cli->help || cli->short_help)) {
		cli->family = family;
		return 0;
	}
	if (cli->help || cli->version || cli->list_formats)
		return 0;
	if (family)
		return fail_family(cli, family, err);
	if (!first)
		return hs_fail(err, HS_EUSAGE,
		               "nothing to compare: two operands are needed; "
		               "see hashoscope -h");
	if (n_plain > 0 && !is_path(first))
		return fail_unknown_verb(first, err);
	cli->verb = &hs_verbs[HS_VERB_DIFF];
	return 0;
}

static int
check_options(const struct hs_cli *cli, const bool *given, struct hs_err *err)
{
	const enum hs_verb_id verb = cli->verb->id;
	const bool other = hs_option_fits(&hs_options[HS_OPT_OUT_FILE], verb) ||
	                   hs_option_fits(&hs_options[HS_OPT_FORMAT], verb) ||
	                   hs_option_fits(&hs_options[HS_OPT_ATTEST_FORMAT], verb);

	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (given[i] && !(i == HS_OPT_OUTPUT && other) &&
		    !hs_option_fits(&hs_options[i], verb))
			return hs_fail(err, HS_EUSAGE,
			               "%s takes no option --%s; see hashoscope %s --help",
			               cli->verb->name, hs_options[i].name, cli->verb->name);
	return 0;
}

int
hs_cli_check_operands(const struct hs_cli *cli, struct hs_err *err)
{
	const struct hs_verb *v = cli->verb;
	int n_stdin = 0;

	if (cli->help || cli->version || cli->list_formats || cli->man)
		return 0;
	if (cli->n_operands < v->least && v->id == HS_VERB_DIFF)
		return hs_fail(err, HS_EUSAGE, "two operands are needed, %s given",
		               cli->n_operands ? "only one is" : "none is");
	if (cli->n_operands < v->least)
		return hs_fail(err, HS_EUSAGE, "%s needs %s", v->name,
		               cli->n_operands ? strchr(v->operands, ' ') + 1 : v->operands);
	if (cli->n_operands > v->most)
		return hs_fail(err, HS_EUSAGE, "%s: '%s' is one operand too many", v->name,
		               hs_shown(cli->operands[v->most]).text);
	for (int i = 0; i < cli->n_operands; i++)
		n_stdin += strcmp(cli->operands[i], "-") == 0;
	if (v->id == HS_VERB_DIFF && n_stdin > 1)
		return hs_fail(err, HS_EUSAGE, "only one operand can be - (standard input)");
	return 0;
}

int
hs_cli_settle_outputs(struct hs_cli *cli, struct hs_err *err)
{
	size_t n_stdout = 0;

	if (cli->n_outputs == 0)
		cli->outputs[cli->n_outputs++] = (struct hs_output_choice){ "text", NULL };
	for (size_t i = 0; i < cli->n_outputs; i++) {
		const char *file = cli->outputs[i].file;

		n_stdout += !file;
		for (size_t j = 0; file && j < i; j++)
			if (cli->outputs[j].file && strcmp(cli->outputs[j].file, file) == 0)
				return hs_fail(err, HS_EUSAGE, "two -o write to %s",
				               hs_shown(file).text);
	}
	if (n_stdout > 1)
		return hs_fail(err, HS_EUSAGE,
		               "two -o write to standard output; "
		               "give one of them a file: -o FMT=FILE");
	if (cli->quiet) {
		size_t kept = 0;

		for (size_t i = 0; i < cli->n_outputs; i++)
			if (cli->outputs[i].file)
				cli->outputs[kept++] = cli->outputs[i];
		cli->n_outputs = kept;
	}
	return 0;
}

int
hs_cli_choose(struct hs_cli *cli, const bool *given, int n_plain, struct hs_err *err)
{
	int rc = find_verb(cli, n_plain, err);

	if (rc == 0 && cli->verb)
		rc = check_options(cli, given, err);
	return rc;
}
