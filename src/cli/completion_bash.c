/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/generate.h"
#include "cli/options.h"

#include <string.h>

/* "-o | --output": the ways to write an option, for a pattern of `case`. */
static void
print_pattern(FILE *out, const struct hs_option *o)
{
	if (o->letter)
		fprintf(out, "-%c | ", o->letter);
	fprintf(out, "--%s", o->name);
}

/* What completes the argument of each option that has one. */
static void
print_arguments(FILE *out)
{
	fputs("\tcase $prev in\n", out);
	for (size_t i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *o = &hs_options[i];

		if (!o->arg || o->hidden)
			continue;
		fputc('\t', out);
		print_pattern(out, o);
		if (o->words)
			fprintf(out, ") words='%s' ;;\n", o->words);
		else
			fputs(") return ;;\n", out);
	}
	fputs("\t*)\n\t\tcase $cur in\n\t\t-*) _hashoscope_options ;;\n"
	      "\t\t*) _hashoscope_operands ;;\n\t\tesac\n\t\t;;\n\tesac\n",
	      out);
}

static void
print_options(FILE *out)
{
	fputs("_hashoscope_options()\n{\n\tcase $verb in\n", out);
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		fprintf(out, "\t%s%s) words='", hs_verbs[v].name,
		        hs_verbs[v].id == HS_VERB_DIFF ? " | ''" : "");
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
	fputs("_hashoscope_operands()\n{\n\tfiles=yes\n\tcase $verb in\n\t'') words='", out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		fprintf(out, "%s%s", v ? " " : "", hs_verbs[v].name);
	fputs("' ;;\n", out);
	for (size_t v = 0; v < HS_N_VERBS; v++)
		if (hs_verbs[v].words)
			fprintf(out, "\t%s) words='%s' files='' ;;\n", hs_verbs[v].name,
			        hs_verbs[v].words);
	fputs("\tesac\n}\n\n", out);
}

static void
print_verb_pattern(FILE *out)
{
	for (size_t v = 0; v < HS_N_VERBS; v++)
		fprintf(out, "%s%s", v ? " | " : "", hs_verbs[v].name);
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
	      "\tCOMPREPLY=()\n"
	      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\tcase ${COMP_WORDS[i]} in\n"
	      "\t\t",
	      out);
	print_verb_pattern(out);
	fputs(")\n"
	      "\t\t\tverb=${COMP_WORDS[i]}\n"
	      "\t\t\tbreak\n"
	      "\t\t\t;;\n"
	      "\t\tesac\n"
	      "\tdone\n"
	      "\t# Readline splits --color=auto into three words.\n"
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
	      "\t\tmapfile -t found < <(compgen -f -- \"$cur\")\n"
	      "\t\tCOMPREPLY+=(\"${found[@]}\")\n"
	      "\tfi\n"
	      "}\n\n"
	      "complete -F _hashoscope hashoscope\n",
	      out);
}
