/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/choose.h"

#include "cli/say.h"
#include "cli/suggest.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const struct hs_verb *
hs_cli_guess_verb(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		int used;
		const struct hs_verb *v =
			hs_verb_match((const char *const *)argv + i, argc - i, &used);

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

/* The family is there and its verb is not, or is mistyped. */
static int
fail_family(const struct hs_cli *cli, const struct hs_family *family, struct hs_err *err)
{
	struct hs_suggest s = { 0 };
	char typed[64];

	if (cli->n_operands < 2)
		return hs_fail(err, HS_EUSAGE, "%s what? see hashoscope %s --help", family->name,
		               family->name);
	snprintf(typed, sizeof(typed), "%s %s", family->name, cli->operands[1]);
	s.typed = typed;
	for (size_t i = 0; i < HS_N_VERBS; i++)
		if (hs_verb_family(&hs_verbs[i]) == family)
			hs_suggest_try(&s, hs_verbs[i].name);
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
	if (family)
		return fail_family(cli, family, err);
	if (cli->help || cli->version || cli->list_formats)
		return 0;
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
	                   hs_option_fits(&hs_options[HS_OPT_FORMAT], verb);

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
