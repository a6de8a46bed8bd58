/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/generate.h"
#include "cli/options.h"

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
	if (o->arg) {
		fputc(':', out);
		print_text(out, o->arg);
		if (o->words)
			fprintf(out, ":(%s)", o->words);
		else
			fputs(": ", out);
	}
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
	fprintf(out, "\t%s%s)\n\t\tspecs+=(\n", v->name, v->id == HS_VERB_DIFF ? " | ''" : "");
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (!hs_options[i].hidden && hs_option_fits(&hs_options[i], v->id))
			print_option(out, &hs_options[i]);
	if (v->words)
		fprintf(out, "\t\t\t'2: :(%s)'\n", v->words);
	else
		fputs("\t\t\t'*:file:_files'\n", out);
	fputs("\t\t)\n\t\t;;\n", out);
}

void
hs_completion_print_zsh(FILE *out)
{
	fputs("#compdef hashoscope\n"
	      "# zsh completion for hashoscope; made by: hashoscope completion zsh\n\n"
	      "_hashoscope_first() {\n"
	      "\tlocal -a verbs=(\n",
	      out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		fprintf(out, "\t\t'%s:%s'\n", hs_verbs[v].name, hs_verbs[v].about);
	fputs("\t)\n"
	      "\t_describe -t commands command verbs\n"
	      "\t_files\n"
	      "}\n\n"
	      "_hashoscope() {\n"
	      "\tlocal verb= word\n"
	      "\tlocal -a specs\n\n"
	      "\tfor word in \"${(@)words[2,CURRENT-1]}\"; do\n"
	      "\t\tcase $word in\n"
	      "\t\t",
	      out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		fprintf(out, "%s%s", v ? " | " : "", hs_verbs[v].name);
	fputs(")\n"
	      "\t\t\tverb=$word\n"
	      "\t\t\tbreak\n"
	      "\t\t\t;;\n"
	      "\t\tesac\n"
	      "\tdone\n"
	      "\tspecs=('1: :_hashoscope_first')\n"
	      "\tcase $verb in\n",
	      out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		print_verb(out, &hs_verbs[v]);
	fputs("\tesac\n"
	      "\t_arguments -s -S $specs\n"
	      "}\n\n"
	      "_hashoscope \"$@\"\n",
	      out);
}
