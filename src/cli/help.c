/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/help.h"

#include "cli/commands.h"
#include "cli/generate.h"

#include <string.h>

enum { WIDTH = 79, INDENT = 26 };

void
hs_help_print_wrapped(FILE *out, size_t column, size_t indent, const char *text)
{
	while (*text) {
		const size_t n = strcspn(text, " ");

		if (column + n > WIDTH && column > indent) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		}
		fwrite(text, 1, n, out);
		column += n;
		text += n;
		if (*text == ' ') {
			text++;
			/* The blank is only printed where a word follows on this line. */
			if (column + 1 + strcspn(text, " ") <= WIDTH) {
				fputc(' ', out);
				column++;
			} else {
				fprintf(out, "\n%*s", (int)indent, "");
				column = indent;
			}
		}
	}
	fputc('\n', out);
}

static void
print_row(FILE *out, const char *head, const char *text)
{
	const size_t len = strlen(head);

	fputs(head, out);
	if (len + 1 >= INDENT)
		fprintf(out, "\n%*s", INDENT, "");
	else
		fprintf(out, "%*s", (int)(INDENT - len), "");
	hs_help_print_wrapped(out, INDENT, INDENT, text);
}

static void
print_option(FILE *out, const struct hs_option *o)
{
	char head[64], text[512], value[32];

	snprintf(head, sizeof(head), "  %c%c%c --%s%s%s", o->letter ? '-' : ' ',
	         o->letter ? o->letter : ' ', o->letter ? ',' : ' ', o->name, o->arg ? " " : "",
	         o->arg ? o->arg : "");
	snprintf(text, sizeof(text), "%s%s", o->help, o->repeatable ? "; repeatable" : "");
	if (hs_option_default(value, sizeof(value), o->id)) {
		const size_t len = strlen(text);

		snprintf(text + len, sizeof(text) - len, " (default: %s)", value);
	}
	print_row(out, head, text);
}

/* The options of one group that one of the verbs takes, under a heading. */
static void
print_group(FILE *out, enum hs_option_group group, uint64_t verbs)
{
	bool any = false;

	for (size_t i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *o = &hs_options[i];

		if (o->hidden || o->group != group || !(o->verbs & verbs))
			continue;
		if (!any)
			fprintf(out, "\n%s:\n", hs_group_name(group));
		any = true;
		print_option(out, o);
	}
}

static void
print_exit_status(FILE *out, const struct hs_verb *verb)
{
	static const char *const texts[] = {
		[HS_EXITS_COMPARES] =
			"  0  the same        2  could not compare: usage, a missing file, ...\n"
			"  1  different       3  compared incompletely: damage, a limit, the "
			"timeout\n",
		[HS_EXITS_READS] =
			"  0  all was read    3  read incompletely: damage, a limit, the timeout\n"
			"  2  could not read: usage, a missing file or member, ...\n",
		[HS_EXITS_VERIFIES] =
			"  0  all is in order 2  could not check: usage, a missing file, no such "
			"image\n"
			"  1  refused         3  checked incompletely: a limit, the timeout\n",
		[HS_EXITS_PRINTS] = "  0  printed         2  could not: usage, a full disk, ...\n",
	};

	fprintf(out, "\nExit status:\n%s", texts[verb ? verb->exits : HS_EXITS_COMPARES]);
}

static void
print_verb(FILE *out, const char *name, const char *operands, const char *about)
{
	char head[64];

	snprintf(head, sizeof(head), "  %s%s%s", name, *operands ? " " : "", operands);
	print_row(out, head, about);
}

/* Those of one family; without one all that are in none, and the families in a line each. */
static void
print_verbs(FILE *out, const struct hs_family *family)
{
	const struct hs_family *said = NULL;

	fputs("\nCommands:\n", out);
	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const struct hs_verb *v = &hs_verbs[i];
		const struct hs_family *its = hs_verb_family(v);

		if (its == family)
			print_verb(out, v->name, v->operands, v->about);
		else if (!family && its != said)
			print_verb(out, its->name, "...", its->about);
		said = its;
	}
}

static void
print_usage(FILE *out, const struct hs_verb *verb)
{
	const bool optional = verb->id == HS_VERB_DIFF;

	fprintf(out, "Usage: hashoscope %s%s%s [OPTIONS]%s%s\n\n", optional ? "[" : "", verb->name,
	        optional ? "]" : "", *verb->operands ? " " : "", verb->operands);
	if (verb->more)
		hs_help_print_wrapped(out, 0, 0, verb->more);
	else
		fprintf(out, "%c%s.\n", verb->about[0] - 'a' + 'A', verb->about + 1);
}

void
hs_help_print(FILE *out, const struct hs_verb *verb)
{
	if (verb) {
		print_usage(out, verb);
	} else {
		fputs("Usage: hashoscope [COMMAND] [OPTIONS] A B\n\n"
		      "Says why two images, archives, binaries or directories differ.\n",
		      out);
		print_verbs(out, NULL);
	}
	for (int g = 0; g < HS_N_GROUPS; g++)
		print_group(out, (enum hs_option_group)g,
		            verb ? HS_VERB_BIT(verb->id) : hs_family_bits(NULL));
	print_exit_status(out, verb);
	if (!verb)
		fputs("\nhashoscope COMMAND --help shows the options of one command.\n", out);
}

void
hs_help_print_family(FILE *out, const struct hs_family *family)
{
	fprintf(out, "Usage: hashoscope %s COMMAND [OPTIONS]\n\n%c%s.\n", family->name,
	        family->about[0] - 'a' + 'A', family->about + 1);
	print_verbs(out, family);
	fprintf(out, "\nMore: hashoscope %s COMMAND --help, man hashoscope-%s\n", family->name,
	        family->name);
}

void
hs_help_print_short(FILE *out)
{
	fputs("Examples:\n"
	      "  hashoscope a.tar b.tar                    say what differs\n"
	      "  hashoscope -q -o json=report.json a/ b/   report to a file, status only\n"
	      "\n"
	      "Usage: hashoscope [COMMAND] [OPTIONS] A B\n",
	      out);
	print_verbs(out, NULL);
	fputs("\nMore: hashoscope --help, hashoscope COMMAND --help, man hashoscope\n", out);
}

/* One word at most: a family, which has a page of its own. */
static enum hs_exit
print_page(const struct hs_cli *cli)
{
	const struct hs_family *family =
		cli->n_operands == 1 ? hs_family_find(cli->operands[0]) : NULL;

	if (cli->n_operands > 0 && !family) {
		hs_say_trouble("'%s' has no manual page of its own",
		               hs_shown(cli->operands[0]).text);
		return HS_EXIT_TROUBLE;
	}
	hs_man_print(stdout, family);
	return HS_EXIT_SAME;
}

enum hs_exit
hs_cmd_help(const struct hs_cli *cli, const struct hs_env *env)
{
	const struct hs_verb *verb = NULL;
	int used = 0;

	(void)env;
	if (cli->man)
		return print_page(cli);
	if (cli->n_operands > 0) {
		const int known = hs_verb_count_known(cli->operands, cli->n_operands);

		verb = hs_verb_match(cli->operands, cli->n_operands, &used);
		if (!verb && known == cli->n_operands) {
			hs_help_print_family(stdout, hs_family_find(cli->operands[0]));
			return HS_EXIT_SAME;
		}
		if (!verb || used != cli->n_operands) {
			hs_say_trouble("no command is called '%s%s%s'; see hashoscope -h",
			               known ? cli->operands[known - 1] : "", known ? " " : "",
			               hs_shown(cli->operands[known]).text);
			return HS_EXIT_TROUBLE;
		}
	}
	hs_help_print(stdout, verb);
	return HS_EXIT_SAME;
}
