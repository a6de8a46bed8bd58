/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/branches.h"
#include "cli/generate.h"

#include <string.h>

/* Text inside '...' of a description: what _arguments would take for syntax gets a backslash. */
static void
print_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'') {
			fputs("'\\''", out);
			continue;
		}
		if (strchr("[]:\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

/* "(-j --jobs)": an option that is there once is not offered again. */
static void
print_exclusion(FILE *out, const struct hs_option *o)
{
	if (o->repeatable)
		fputc('*', out);
	else if (o->letter)
		fprintf(out, "(-%c --%s)", o->letter, o->name);
}

static void
print_argument(FILE *out, const struct hs_option *o)
{
	static const char *const actions[] = {
		[HS_COMPLETES_NOTHING] = " ",
		[HS_COMPLETES_FILES] = "_files",
		[HS_COMPLETES_FOLDERS] = "_files -/",
	};
	const enum hs_completes what = hs_option_completes(o);

	if (!o->arg)
		return;
	fputc(':', out);
	print_text(out, o->arg);
	if (what == HS_COMPLETES_WORDS)
		fprintf(out, ":(%s)", o->words);
	else
		fprintf(out, ":%s", actions[what]);
}

static void
print_option(FILE *out, const struct hs_option *o)
{
	if (o->letter) {
		fputs("\t\t\t'", out);
		print_exclusion(out, o);
		fprintf(out, "-%c%s[", o->letter, o->arg ? "+" : "");
		print_text(out, o->help);
		fputc(']', out);
		print_argument(out, o);
		fputs("'\n", out);
	}
	fputs("\t\t\t'", out);
	print_exclusion(out, o);
	fprintf(out, "--%s%s[", o->name, o->arg ? "=" : "");
	print_text(out, o->help);
	fputc(']', out);
	print_argument(out, o);
	fputs("'\n", out);
}

static void
print_verb(FILE *out, const struct hs_verb *v)
{
	const enum hs_completes what = hs_verb_completes(v);

	fputc('\t', out);
	hs_print_word(out, v->name);
	fprintf(out, "%s)\n\t\tspecs+=(\n", v->id == HS_VERB_DIFF ? " | ''" : "");
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (!hs_options[i].hidden && hs_option_fits(&hs_options[i], v->id))
			print_option(out, &hs_options[i]);
	if (what == HS_COMPLETES_WORDS)
		fprintf(out, "\t\t\t'2: :(%s)'\n", v->words);
	else if (v->id == HS_VERB_HELP)
		fputs("\t\t\t'*: :_hashoscope_next'\n", out);
	else if (what == HS_COMPLETES_FILES)
		fputs("\t\t\t'*:file:_files'\n", out);
	fputs("\t\t)\n\t\t;;\n", out);
}

/* What comes behind the words that are there, as long as they name no verb. */
static void
print_next(FILE *out)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);

	fputs("_hashoscope_next() {\n"
	      "\tlocal -a next\n"
	      "\tcase $verb in\n",
	      out);
	for (size_t i = 0; i < n; i++) {
		fputc('\t', out);
		hs_print_word(out, all[i].name);
		fputs(")\n\t\tnext=(\n", out);
		for (size_t w = 0; w < all[i].n; w++) {
			fprintf(out, "\t\t\t'%.*s", all[i].lengths[w], all[i].words[w]);
			if (all[i].abouts[w]) {
				fputc(':', out);
				print_text(out, all[i].abouts[w]);
			}
			fputs("'\n", out);
		}
		fputs("\t\t)\n\t\t;;\n", out);
	}
	fputs("\tesac\n"
	      "\t_describe -t commands command next\n"
	      "\t[[ -n $verb ]] || _files\n"
	      "}\n\n",
	      out);
}

/* Which words of the line name the verb; for _arguments they become one. */
static void
print_search(FILE *out)
{
	fputs("\tfor ((i = 2; i < CURRENT; i++)); do\n"
	      "\t\tcase ${verb:+$verb }$words[i] in\n"
	      "\t\t",
	      out);
	hs_branches_print_names(out, " | ");
	fputs(")\n"
	      "\t\t\tverb=${verb:+$verb }$words[i]\n"
	      "\t\t\tat+=($i)\n"
	      "\t\t\t;;\n"
	      "\t\t",
	      out);
	hs_verbs_print_names(out, " | ");
	fputs(")\n"
	      "\t\t\tverb=${verb:+$verb }$words[i]\n"
	      "\t\t\tat+=($i)\n"
	      "\t\t\tbreak\n"
	      "\t\t\t;;\n"
	      "\t\tesac\n"
	      "\tdone\n"
	      "\tfor i in ${(Oa)at[2,-1]}; do\n"
	      "\t\twords[i]=()\n"
	      "\t\t((CURRENT--))\n"
	      "\tdone\n",
	      out);
}

void
hs_completion_print_zsh(FILE *out)
{
	fputs("#compdef hashoscope\n"
	      "# zsh completion for hashoscope; made by: hashoscope completion zsh\n\n",
	      out);
	print_next(out);
	fputs("_hashoscope() {\n"
	      "\tlocal verb= i\n"
	      "\tlocal -a specs at\n\n",
	      out);
	print_search(out);
	fputs("\tspecs=('1: :_hashoscope_next')\n"
	      "\tcase $verb in\n",
	      out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		print_verb(out, &hs_verbs[v]);
	fputs("\t*) specs+=('*: :_hashoscope_next' '--help[print help and exit]') ;;\n"
	      "\tesac\n"
	      "\t_arguments -s -S $specs\n"
	      "}\n\n"
	      "_hashoscope \"$@\"\n",
	      out);
}
