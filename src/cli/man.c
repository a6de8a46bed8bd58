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
print_command(FILE *out, const struct hs_verb *v)
{
	fprintf(out, ".It Cm %s", v->name);
	if (*v->operands)
		fprintf(out, " Ar %s", v->operands);
	fputc('\n', out);
	print_sentence(out, v->about);
	fputs(".\n", out);
	if (v->more) {
		print_sentence(out, v->more);
		fputc('\n', out);
	}
}

/* Those of the page, and a line for each family, which has a page of its own. */
static void
print_commands(FILE *out, const struct hs_family *page)
{
	const struct hs_family *said = NULL;

	fputs(".Bl -tag -width Ds\n", out);
	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const struct hs_family *family = hs_verb_family(&hs_verbs[i]);

		if (family == page) {
			print_command(out, &hs_verbs[i]);
		} else if (!page && family != said) {
			fprintf(out, ".It Cm %s Ar ...\n", family->name);
			print_sentence(out, family->about);
			fprintf(out, ": see\n.Xr hashoscope-%s 1 .\n", family->name);
		}
		said = family;
	}
	fputs(".El\n", out);
}

/* "(diff, inspect)": which commands of the page take an option that not all take. */
static void
print_takers(FILE *out, uint64_t takers)
{
	const char *before = "For";

	for (size_t i = 0; i < HS_N_VERBS; i++) {
		if (!(takers & HS_VERB_BIT(hs_verbs[i].id)))
			continue;
		fprintf(out, "%s\n.Cm %s", before, hs_verbs[i].name);
		before = " ,";
	}
	fputs(" .\n", out);
}

static void
print_option(FILE *out, const struct hs_option *o, uint64_t page)
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
	if ((o->verbs & page) != page)
		print_takers(out, o->verbs & page);
}

static void
print_options(FILE *out, uint64_t page)
{
	for (int g = 0; g < HS_N_GROUPS; g++) {
		bool any = false;

		for (size_t i = 0; i < HS_N_OPTIONS; i++) {
			const struct hs_option *o = &hs_options[i];

			if ((int)o->group != g || o->hidden || !(o->verbs & page))
				continue;
			if (!any)
				fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n",
				        hs_group_name((enum hs_option_group)g));
			any = true;
			print_option(out, o, page);
		}
		if (any)
			fputs(".El\n", out);
	}
}

void
hs_man_print(FILE *out, const struct hs_family *family)
{
	char name[64];
	struct hs_span page;

	snprintf(name, sizeof(name), "hashoscope%s%s.1.in", family ? "-" : "",
	         family ? family->name : "");
	page = hs_embedded_find(name);
	while (page.len) {
		const uint8_t *end = memchr(page.at, '\n', page.len);
		const struct hs_span line =
			hs_span_head(page, end ? (uint64_t)(end - page.at) + 1 : page.len);

		if (hs_span_is(line, "@COMMANDS@\n"))
			print_commands(out, family);
		else if (hs_span_is(line, "@OPTIONS@\n"))
			print_options(out, hs_family_bits(family));
		else
			fwrite(line.at, 1, line.len, out);
		page = hs_span_from(page, line.len);
	}
}
