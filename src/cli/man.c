/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/embedded.h"
#include "cli/generate.h"
#include "cli/options.h"

#include <string.h>

/* Text for mdoc: no backslash is an escape, no dash a hyphen, each sentence on a line of its own.
 */
static void
print_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (text[0] == '.' && text[1] == ' ' && text[2] >= 'A' && text[2] <= 'Z') {
			fputs(".\n", out);
			text++;
		} else if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else
			fputc(*text, out);
	}
}

/* A sentence: first letter upper case. No line begins with it where it could be taken for a macro.
 */
static void
print_sentence(FILE *out, const char *text)
{
	const char first = text[0] >= 'a' && text[0] <= 'z' ? (char)(text[0] - 'a' + 'A') : text[0];

	fputs("\\&", out);
	fputc(first, out);
	print_text(out, text + 1);
}

static void
print_commands(FILE *out)
{
	fputs(".Bl -tag -width Ds\n", out);
	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const struct hs_verb *v = &hs_verbs[i];

		fprintf(out, ".It Cm %s Ar %s\n", v->name, v->operands);
		print_sentence(out, v->about);
		fputs(".\n", out);
		if (v->more) {
			print_sentence(out, v->more);
			fputc('\n', out);
		}
	}
	fputs(".El\n", out);
}

/* "(diff, inspect)": which commands take an option that not all take. */
static void
print_takers(FILE *out, const struct hs_option *o)
{
	const char *before = "";

	for (size_t i = 0; i < HS_N_VERBS; i++) {
		if (!hs_option_fits(o, hs_verbs[i].id))
			continue;
		fprintf(out, "%s\n.Cm %s", before, hs_verbs[i].name);
		before = " ,";
	}
	fputs(" .\n", out);
}

static void
print_option(FILE *out, const struct hs_option *o)
{
	char value[32];

	fputs(".It ", out);
	if (o->letter && o->arg)
		fprintf(out, "Fl %c Ar %s , ", o->letter, o->arg);
	else if (o->letter)
		fprintf(out, "Fl %c , ", o->letter);
	fprintf(out, "Fl \\-%s", o->name);
	if (o->arg)
		fprintf(out, " Ns = Ns Ar %s", o->arg);
	fputc('\n', out);
	print_sentence(out, o->help);
	if (o->repeatable)
		fputs("; repeatable", out);
	fputs(".\n", out);
	if (hs_option_default(value, sizeof(value), o->id))
		fprintf(out, "Default: %s.\n", value);
	if (o->verbs != HS_VERB_BIT(HS_N_VERBS) - 1) {
		fputs("For", out);
		print_takers(out, o);
	}
}

static void
print_options(FILE *out)
{
	for (int g = 0; g < HS_N_GROUPS; g++) {
		fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n",
		        hs_group_name((enum hs_option_group)g));
		for (size_t i = 0; i < HS_N_OPTIONS; i++)
			if ((int)hs_options[i].group == g && !hs_options[i].hidden)
				print_option(out, &hs_options[i]);
		fputs(".El\n", out);
	}
}

void
hs_man_print(FILE *out)
{
	struct hs_span page = hs_embedded_find("hashoscope.1.in");

	while (page.len) {
		const uint8_t *end = memchr(page.at, '\n', page.len);
		const struct hs_span line =
			hs_span_head(page, end ? (uint64_t)(end - page.at) + 1 : page.len);

		if (hs_span_is(line, "@COMMANDS@\n"))
			print_commands(out);
		else if (hs_span_is(line, "@OPTIONS@\n"))
			print_options(out);
		else
			fwrite(line.at, 1, line.len, out);
		page = hs_span_from(page, line.len);
	}
}
