/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/generate.h"
#include "cli/options.h"

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

/* The verbs that take the option, or those that do not. */
static void
print_takers(FILE *out, const struct hs_option *o, bool take)
{
	for (size_t v = 0; v < HS_N_VERBS; v++)
		if (hs_option_fits(o, hs_verbs[v].id) == take)
			fprintf(out, " %s", hs_verbs[v].name);
}

/* Without a verb it is diff, so what diff takes is offered unless a verb that does not take it
 * stands there. */
static void
print_condition(FILE *out, const struct hs_option *o)
{
	if (o->verbs == HS_VERB_BIT(HS_N_VERBS) - 1)
		return;
	if (hs_option_fits(o, HS_VERB_DIFF)) {
		fputs(" -n 'not __fish_seen_subcommand_from", out);
		print_takers(out, o, false);
	} else {
		fputs(" -n '__fish_seen_subcommand_from", out);
		print_takers(out, o, true);
	}
	fputc('\'', out);
}

static void
print_option(FILE *out, const struct hs_option *o)
{
	fputs("complete -c hashoscope", out);
	print_condition(out, o);
	if (o->letter)
		fprintf(out, " -s %c", o->letter);
	fprintf(out, " -l %s", o->name);
	if (o->arg)
		fputs(" -x", out);
	if (o->words)
		fprintf(out, " -a '%s'", o->words);
	fputs(" -d ", out);
	print_quoted(out, o->help);
	fputc('\n', out);
}

void
hs_completion_print_fish(FILE *out)
{
	fputs("# fish completion for hashoscope; made by: hashoscope completion fish\n\n"
	      "set -l verbs",
	      out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		fprintf(out, " %s", hs_verbs[v].name);
	fputc('\n', out);
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		fprintf(out,
		        "complete -c hashoscope -n \"not __fish_seen_subcommand_from $verbs\" "
		        "-a %s -d ",
		        hs_verbs[v].name);
		print_quoted(out, hs_verbs[v].about);
		fputc('\n', out);
	}
	for (size_t v = 0; v < HS_N_VERBS; v++)
		if (hs_verbs[v].words)
			fprintf(out,
			        "complete -c hashoscope -n '__fish_seen_subcommand_from %s' -f "
			        "-a '%s'\n",
			        hs_verbs[v].name, hs_verbs[v].words);
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (!hs_options[i].hidden)
			print_option(out, &hs_options[i]);
}
