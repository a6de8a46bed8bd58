/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/branches.h"
#include "cli/generate.h"

#include <string.h>

static void
print_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

/* The lines on which it is offered: without a verb it is diff. */
static void
print_condition(FILE *out, const struct hs_option *o)
{
	if (o->verbs == HS_VERB_BIT(HS_N_VERBS) - 1)
		return;
	fputs(" -n \"__hashoscope_is", out);
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		if (!hs_option_fits(o, hs_verbs[v].id))
			continue;
		fputs(hs_verbs[v].id == HS_VERB_DIFF ? " '' " : " ", out);
		hs_print_word(out, hs_verbs[v].name);
	}
	fputc('"', out);
}

static void
print_option(FILE *out, const struct hs_option *o)
{
	fputs("complete -c hashoscope", out);
	print_condition(out, o);
	if (o->letter)
		fprintf(out, " -s %c", o->letter);
	fprintf(out, " -l %s", o->name);
	switch (hs_option_completes(o)) {
	case HS_COMPLETES_WORDS:
		fprintf(out, " -x -a '%s'", o->words);
		break;
	case HS_COMPLETES_FILES:
		fputs(" -r -F", out);
		break;
	case HS_COMPLETES_FOLDERS:
		fputs(" -x -a '(__fish_complete_directories)'", out);
		break;
	default:
		fputs(o->arg ? " -x" : "", out);
		break;
	}
	fputs(" -d ", out);
	print_quoted(out, o->help);
	fputc('\n', out);
}

/* The words that can follow on a branch. */
static void
print_branch(FILE *out, const struct hs_branch *b)
{
	for (size_t w = 0; w < b->n; w++) {
		fputs("complete -c hashoscope -n \"__hashoscope_is ", out);
		hs_print_word(out, b->name);
		fprintf(out, "\"%s -a %.*s", *b->name ? " -f" : "", b->lengths[w], b->words[w]);
		if (b->abouts[w]) {
			fputs(" -d ", out);
			print_quoted(out, b->abouts[w]);
		}
		fputc('\n', out);
	}
}

static void
print_operands(FILE *out, const struct hs_verb *v)
{
	if (hs_verb_completes(v) == HS_COMPLETES_FILES)
		return;
	fputs("complete -c hashoscope -n \"__hashoscope_is ", out);
	hs_print_word(out, v->name);
	fputs("\" -f", out);
	if (v->words)
		fprintf(out, " -a '%s'", v->words);
	fputc('\n', out);
}

/* Functions that say which verb the line names, or the beginning of which. */
static void
print_search(FILE *out)
{
	fputs("function __hashoscope_verb\n"
	      "\tset -l verb\n"
	      "\tfor word in (commandline -opc)[2..-1]\n"
	      "\t\tset -l longer (string join -- ' ' $verb $word)\n"
	      "\t\tswitch \"$longer\"\n"
	      "\t\t\tcase ",
	      out);
	hs_branches_print_names(out, " ");
	fputs("\n\t\t\t\tset verb $longer\n\t\t\tcase ", out);
	hs_verbs_print_names(out, " ");
	fputs("\n\t\t\t\tset verb $longer\n"
	      "\t\t\t\tbreak\n"
	      "\t\tend\n"
	      "\tend\n"
	      "\techo $verb\n"
	      "end\n\n"
	      "function __hashoscope_is\n"
	      "\tset -l verb (__hashoscope_verb)\n"
	      "\tcontains -- \"$verb\" $argv\n"
	      "end\n\n",
	      out);
}

void
hs_completion_print_fish(FILE *out)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);

	fputs("# fish completion for hashoscope; made by: hashoscope completion fish\n\n", out);
	print_search(out);
	for (size_t i = 0; i < n; i++)
		print_branch(out, &all[i]);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		print_operands(out, &hs_verbs[v]);
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (!hs_options[i].hidden)
			print_option(out, &hs_options[i]);
}
