/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short lists in words: of the kernel's command line, and of the lines of `cmd`
 * and `env`, what only one side has.
 */
#include "engine/measuring.h"

#include "core/cpio_walk.h"
#include "core/escape.h"

enum {
	MAX_WORD = 120,  /* bytes of one that is shown */
	MAX_WORDS = 128, /* of a list */
	MAX_SAID = 4,    /* that only one side has */
};

struct list {
	struct hs_span words[MAX_WORDS];
	bool paired[MAX_WORDS];
	size_t n;
};

/* False where it is too long a list, or a word of it is longer than `longest`. */
static bool
split(struct list *out, struct hs_span s, char separator, size_t longest)
{
	out->n = 0;
	while (s.len) {
		const uint8_t *end = memchr(s.at, separator, s.len);
		const struct hs_span word = hs_span_head(s, end ? (size_t)(end - s.at) : s.len);

		if (word.len && (out->n == MAX_WORDS || word.len > longest))
			return false;
		if (word.len) {
			out->paired[out->n] = false;
			out->words[out->n++] = word;
		}
		s = hs_span_from(s, word.len + 1);
	}
	return true;
}

static void
pair_words(struct list *a, struct list *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t j = 0; j < b->n && !a->paired[i]; j++)
			if (!b->paired[j] && hs_span_equal(a->words[i], b->words[j]))
				a->paired[i] = b->paired[j] = true;
}

/* Between quotes where it would not be seen where it ends. */
static const char *
word_of(struct hs_arena *a, struct hs_span word)
{
	const bool quote = memchr(word.at, ' ', word.len) || memchr(word.at, ',', word.len);
	char text[4 * MAX_WORD];

	hs_escape_short(text, MAX_WORD + 1, word);
	return hs_arena_printf(a, "%s%s%s", quote ? "'" : "", text, quote ? "'" : "");
}

/* "panic=30, quiet": the words that only this side has. */
static const char *
left_of(struct hs_arena *a, const struct list *list)
{
	const char *said = "";
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		if (list->paired[i])
			continue;
		if (n++ == MAX_SAID)
			return hs_arena_printf(a, "%s, ...", said);
		said = hs_arena_printf(a, "%s%s%s", said, *said ? ", " : "",
		                       word_of(a, list->words[i]));
	}
	return said;
}

static bool
same_sequence(const struct list *a, const struct list *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && hs_span_equal(a->words[i], b->words[i]))
		i++;
	return i == a->n && i == b->n;
}

/* "x only in a and y only in b"; `same` where both have the same words. */
static const char *
difference(struct hs_arena *a, struct list *x, struct list *y, const char *same)
{
	const char *words[2];

	pair_words(x, y);
	words[0] = left_of(a, x);
	words[1] = left_of(a, y);
	if (!*words[0] && !*words[1])
		return same;
	return hs_arena_printf(a, "%s%s%s%s%s", words[0], *words[0] ? " only in a" : "",
	                       *words[0] && *words[1] ? " and " : "", words[1],
	                       *words[1] ? " only in b" : "");
}

const char *
hs_cause_cmdline(struct hs_measuring *m, struct hs_span a, struct hs_span b)
{
	struct list x, y;

	if (!split(&x, a, ' ', MAX_WORD) || !split(&y, b, ' ', MAX_WORD))
		return "the kernel command line has other content";
	return hs_arena_printf(m->keep, "the kernel command line has %s",
	                       difference(m->keep, &x, &y,
	                                  "the same words in another order or with other blanks"));
}

/* ---- The command and the environment ---- */

/* The data of the one file of that name in the first archive; empty where there is none. */
static struct hs_span
find_file(struct hs_span cpio, struct hs_span name)
{
	struct hs_cpio_walk walk = { .file = cpio };
	enum hs_cpio_step step = HS_CPIO_MEMBER;
	struct hs_err ignored;

	while (hs_cpio_step(&walk, &step, &ignored) == 0 && step != HS_CPIO_TRAILER &&
	       step != HS_CPIO_END)
		if (step == HS_CPIO_MEMBER && hs_span_equal(walk.member.name, name))
			return walk.member.data;
	return (struct hs_span){ 0 };
}

const char *
hs_cause_lines(const struct hs_cause_finding *f, const struct hs_node *node)
{
	const struct hs_measuring_section *s = f->section;
	struct hs_span a, b;
	struct list x, y;

	if (!f->m->two_ramdisks || !s->a || !s->b || s->a->ordinal != 2 ||
	    s->a->type != HS_EIF_RAMDISK || node->occurrence ||
	    (!hs_span_is(node->name, "cmd") && !hs_span_is(node->name, "env")))
		return NULL;
	a = find_file(s->a->data, node->name);
	b = find_file(s->b->data, node->name);
	if (!split(&x, a, '\n', SIZE_MAX) || !split(&y, b, '\n', SIZE_MAX) || same_sequence(&x, &y))
		return NULL;
	return difference(f->m->keep, &x, &y, "the same lines in another order");
}
