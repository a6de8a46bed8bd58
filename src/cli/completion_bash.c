/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/branches.h"
#include "cli/generate.h"

#include <string.h>

static void
print_action(FILE *out, const struct hs_option *o)
{
	static const char *const actions[] = {
		[HS_COMPLETES_NOTHING] = "return",
		[HS_COMPLETES_FILES] = "files=-f",
		[HS_COMPLETES_FOLDERS] = "files=-d",
	};
	const enum hs_completes what = hs_option_completes(o);

	if (what == HS_COMPLETES_WORDS)
		fprintf(out, "words='%s' ;;\n", o->words);
	else
		fprintf(out, "%s ;;\n", actions[what]);
}

/* "diff | '' | 'eif build') ": the verbs that take it; diff may be left out. */
static void
print_takers(FILE *out, const struct hs_option *o)
{
	const char *before = "";

	for (size_t v = 0; v < HS_N_VERBS; v++) {
		if (!hs_option_fits(o, hs_verbs[v].id))
			continue;
		fputs(before, out);
		hs_print_word(out, hs_verbs[v].name);
		if (hs_verbs[v].id == HS_VERB_DIFF)
			fputs(" | ''", out);
		before = " | ";
	}
	fputs(") ", out);
}

static size_t
count_named(const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		n += strcmp(hs_options[i].name, name) == 0;
	return n;
}

/* What completes the argument of an option, of which several rows may have the name. */
static void
print_argument(FILE *out, const struct hs_option *o)
{
	fputc('\t', out);
	if (o->letter)
		fprintf(out, "-%c | ", o->letter);
	fprintf(out, "--%s) ", o->name);
	if (count_named(o->name) == 1) {
		print_action(out, o);
		return;
	}
	fputs("\n\t\tcase $verb in\n", out);
	for (size_t i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *row = &hs_options[i];

		if (strcmp(row->name, o->name) != 0 || !row->arg)
			continue;
		fputs("\t\t", out);
		print_takers(out, row);
		print_action(out, row);
	}
	fputs("\t\t*) _hashoscope_plain ;;\n\t\tesac\n\t\t;;\n", out);
}

static void
print_arguments(FILE *out)
{
	fputs("\tcase $prev in\n", out);
	for (size_t i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *o = &hs_options[i];
		bool said = false;

		for (size_t j = 0; j < i; j++)
			said = said ||
			       (hs_options[j].arg && strcmp(hs_options[j].name, o->name) == 0);
		if (o->arg && !o->hidden && !said)
			print_argument(out, o);
	}
	fputs("\t*) _hashoscope_plain ;;\n\tesac\n", out);
}

static void
print_options(FILE *out)
{
	fputs("_hashoscope_options()\n{\n\twords='--help -h'\n\tcase $verb in\n", out);
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		fputc('\t', out);
		hs_print_word(out, hs_verbs[v].name);
		fprintf(out, "%s) words='", hs_verbs[v].id == HS_VERB_DIFF ? " | ''" : "");
		for (size_t i = 0, n = 0; i < HS_N_OPTIONS; i++) {
			const struct hs_option *o = &hs_options[i];

			if (o->hidden || !hs_option_fits(o, hs_verbs[v].id))
				continue;
			fprintf(out, "%s--%s", n++ ? " " : "", o->name);
			if (o->letter)
				fprintf(out, " -%c", o->letter);
		}
		fputs("' ;;\n", out);
	}
	fputs("\tesac\n}\n\n", out);
}

static void
print_operands(FILE *out)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);

	fputs("_hashoscope_operands()\n{\n\tcase $verb in\n", out);
	for (size_t i = 0; i < n; i++) {
		fputc('\t', out);
		hs_print_word(out, all[i].name);
		fputs(") words='", out);
		for (size_t w = 0; w < all[i].n; w++)
			fprintf(out, "%s%.*s", w ? " " : "", all[i].lengths[w], all[i].words[w]);
		fprintf(out, "'%s ;;\n", i == 0 ? " files=-f" : "");
	}
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		const struct hs_verb *verb = &hs_verbs[v];
		const enum hs_completes what = hs_verb_completes(verb);

		if (what == HS_COMPLETES_NOTHING)
			continue;
		fputc('\t', out);
		hs_print_word(out, verb->name);
		if (what == HS_COMPLETES_WORDS)
			fprintf(out, ") words='%s' ;;\n", verb->words);
		else
			fputs(") files=-f ;;\n", out);
	}
	fputs("\tesac\n}\n\n"
	      "_hashoscope_plain()\n{\n"
	      "\tcase $cur in\n"
	      "\t-*) _hashoscope_options ;;\n"
	      "\t*) _hashoscope_operands ;;\n"
	      "\tesac\n}\n\n",
	      out);
}

/* Which words of the line name the verb: in $verb, which may be the beginning of one. */
static void
print_search(FILE *out)
{
	fputs("\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\tcase ${verb:+$verb }${COMP_WORDS[i]} in\n"
	      "\t\t",
	      out);
	hs_branches_print_names(out, " | ");
	fputs(") verb=${verb:+$verb }${COMP_WORDS[i]} ;;\n\t\t", out);
	hs_verbs_print_names(out, " | ");
	fputs(")\n"
	      "\t\t\tverb=${verb:+$verb }${COMP_WORDS[i]}\n"
	      "\t\t\tbreak\n"
	      "\t\t\t;;\n"
	      "\t\tesac\n"
	      "\tdone\n",
	      out);
}

void
hs_completion_print_bash(FILE *out)
{
	fputs("# bash completion for hashoscope; made by: hashoscope completion bash\n\n", out);
	print_options(out);
	print_operands(out);
	fputs("_hashoscope()\n{\n"
	      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	      "\tlocal verb='' words='' files='' i\n"
	      "\n"
	      "\tCOMPREPLY=()\n",
	      out);
	print_search(out);
	fputs("\t# Readline splits --color=auto into three words.\n"
	      "\tif [[ $cur == = ]]; then\n"
	      "\t\tcur=''\n"
	      "\telif [[ $prev == = ]] && ((COMP_CWORD > 1)); then\n"
	      "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
	      "\tfi\n",
	      out);
	print_arguments(out);
	fputs("\tif [[ $words ]]; then\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
	      "\tfi\n"
	      "\tif [[ $files ]]; then\n"
	      "\t\tcompopt -o filenames 2>/dev/null\n"
	      "\t\tlocal -a found\n"
	      "\t\tmapfile -t found < <(compgen \"$files\" -- \"$cur\")\n"
	      "\t\tCOMPREPLY+=(\"${found[@]}\")\n"
	      "\tfi\n"
	      "}\n\n"
	      "complete -F _hashoscope hashoscope\n",
	      out);
}
