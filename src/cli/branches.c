/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/branches.h"

#include "cli/words.h"

#include <string.h>

/* What stands behind the words of a branch in a verb's name, or NULL where it has others. */
static const char *
rest_of(const char *verb, const char *branch)
{
	const size_t len = strlen(branch);

	if (len == 0)
		return verb;
	return strncmp(verb, branch, len) == 0 && verb[len] == ' ' ? verb + len + 1 : NULL;
}

static bool
has_word(const struct hs_branch *b, const char *word, size_t len)
{
	for (size_t i = 0; i < b->n; i++)
		if ((size_t)b->lengths[i] == len && strncmp(b->words[i], word, len) == 0)
			return true;
	return false;
}

static const char *
about_of(const struct hs_verb *v, const char *word, size_t len)
{
	const struct hs_family *family = hs_verb_family(v);

	if (!word[len])
		return v->about;
	return family && word == v->name ? family->about : NULL;
}

/* The words that can follow, and the branches that they lead to behind the `n` that there are. */
static size_t
grow(struct hs_branch *all, size_t n, struct hs_branch *b)
{
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		const char *word = rest_of(hs_verbs[v].name, b->name);
		const size_t len = word ? strcspn(word, " ") : 0;

		if (!word || has_word(b, word, len))
			continue;
		b->words[b->n] = word;
		b->lengths[b->n] = (int)len;
		b->abouts[b->n++] = about_of(&hs_verbs[v], word, len);
		if (word[len] && n < HS_MAX_BRANCHES) {
			struct hs_branch *next = &all[n++];

			*next = (struct hs_branch){ 0 };
			snprintf(next->name, sizeof(next->name), "%.*s",
			         (int)(word + len - hs_verbs[v].name), hs_verbs[v].name);
		}
	}
	return n;
}

size_t
hs_branches_list(struct hs_branch out[HS_MAX_BRANCHES])
{
	size_t n = 1, plain;

	out[0] = (struct hs_branch){ 0 };
	for (size_t i = 0; i < n; i++)
		n = grow(out, n, &out[i]);
	plain = n;
	for (size_t i = 0; i < plain && n < HS_MAX_BRANCHES; i++) {
		const struct hs_branch b = out[i];

		out[n] = b;
		snprintf(out[n++].name, sizeof(b.name), "help%s%.40s", *b.name ? " " : "", b.name);
	}
	return n;
}

void
hs_print_word(FILE *out, const char *name)
{
	const char *quote = *name && !strchr(name, ' ') ? "" : "'";

	fprintf(out, "%s%s%s", quote, name, quote);
}

void
hs_branches_print_names(FILE *out, const char *separator)
{
	struct hs_branch all[HS_MAX_BRANCHES];
	const size_t n = hs_branches_list(all);

	for (size_t i = 1; i < n; i++) {
		fputs(i > 1 ? separator : "", out);
		hs_print_word(out, all[i].name);
	}
}

void
hs_verbs_print_names(FILE *out, const char *separator)
{
	for (size_t v = 0; v < HS_N_VERBS; v++) {
		fputs(v ? separator : "", out);
		if (hs_verbs[v].id != HS_VERB_HELP) {
			hs_print_word(out, hs_verbs[v].name);
			fputs(separator, out);
		}
		fprintf(out, "'help %s'", hs_verbs[v].name);
	}
}

enum hs_completes
hs_option_completes(const struct hs_option *o)
{
	if (!o->arg)
		return HS_COMPLETES_NOTHING;
	if (o->words)
		return HS_COMPLETES_WORDS;
	if (strcmp(o->arg, "DIR") == 0)
		return HS_COMPLETES_FOLDERS;
	return hs_words_hold("FILE PEM TAR JSON PCRS COMMAND", o->arg) ? HS_COMPLETES_FILES
	                                                               : HS_COMPLETES_NOTHING;
}

enum hs_completes
hs_verb_completes(const struct hs_verb *v)
{
	if (v->words)
		return HS_COMPLETES_WORDS;
	return v->id != HS_VERB_HELP && v->most > 0 ? HS_COMPLETES_FILES : HS_COMPLETES_NOTHING;
}
