/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands before and after the tree. The verdict is the first line and
 * says all that a person in a hurry needs; the last lines say what was left
 * out and which commands show it.
 */
#include "sinks/text.h"

#include "core/escape.h"

#include <inttypes.h>

/* Places of damage that the head lists; all of them stand in the tree as well. */
enum { MAX_DAMAGES = 10 };

void
hs_text_body(struct hs_text *t)
{
	if (!t->in_body)
		putc('\n', t->out);
	t->in_body = true;
}

static void
put_entries(struct hs_text *t, uint64_t n)
{
	fprintf(t->out, "%" PRIu64 " %s", n, n == 1 ? "entry" : "entries");
}

static bool
ends_with(const char *text, const char *end)
{
	const size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

static uint64_t
n_differing(const struct hs_summary *s)
{
	return s->content + s->metadata + s->only_a + s->only_b + s->moved;
}

bool
hs_text_is_verdict(const struct hs_text *t, const struct hs_node *node, const struct hs_note *note)
{
	return node == t->report->root && !t->report->inspection && !t->report->same &&
	       n_differing(&t->report->summary) == 0 && !note->damage && !note->side &&
	       ends_with(note->code, "-only");
}

/* No entry differs, but what holds them does. */
static void
put_whole(struct hs_text *t)
{
	const struct hs_node *root = t->report->root;
	const uint64_t n = t->report->summary.entries;
	const char *what = n ? "what holds the entries differs" : "the bytes differ";

	/* Only a directory has no digest. */
	if (n == 0 && t->report->a.has_sha256 != t->report->b.has_sha256)
		what = "one is a directory, the other is a file";
	for (const struct hs_note *note = root->notes; note; note = note->next)
		if (hs_text_is_verdict(t, root, note))
			what = note->text;
	hs_text_clean(t, what);
	if (n == 0)
		return;
	fputs("; ", t->out);
	put_entries(t, n);
	fputs(n == 1 ? " is the same" : " are the same", t->out);
}

/* "2 of 1204 entries differ: 1 content, 1 only in b" */
static void
put_counts(struct hs_text *t)
{
	const struct hs_summary *s = &t->report->summary;
	const struct {
		uint64_t n;
		const char *what;
	} rows[] = {
		{ s->content, "content" },  { s->metadata, "metadata" }, { s->only_a, "only in a" },
		{ s->only_b, "only in b" }, { s->moved, "moved" },
	};
	const uint64_t n = n_differing(s);
	const char *before = ": ";

	if (n == 0) {
		put_whole(t);
		return;
	}
	fprintf(t->out, "%" PRIu64 " of ", n);
	put_entries(t, s->entries);
	fputs(n == 1 ? " differs" : " differ", t->out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].n) {
			fprintf(t->out, "%s%" PRIu64 " %s", before, rows[i].n, rows[i].what);
			before = ", ";
		}
	}
}

static void
put_verdict(struct hs_text *t)
{
	const struct hs_report *r = t->report;

	if (!r->complete)
		hs_text_put(t, HS_TEXT_INCOMPLETE, "INCOMPLETE");
	else if (r->same)
		hs_text_put(t, HS_TEXT_SAME, "SAME");
	else
		hs_text_put(t, HS_TEXT_DIFFERENT, "DIFFERENT");
	if (r->same && r->complete && hs_text_any_ignored(t)) {
		fputs(" apart from what is ignored: ", t->out);
		hs_text_ignored_counts(t);
		putc('\n', t->out);
		return;
	}
	fputs("  ", t->out);
	if (!r->same)
		put_counts(t);
	else if (r->complete && r->summary.entries)
		put_entries(t, r->summary.entries);
	else if (r->complete)
		fputs("byte for byte", t->out);
	else
		fputs("no difference in what could be compared", t->out);
	putc('\n', t->out);
}

static void
put_input(struct hs_text *t, const char *label, const struct hs_input *in)
{
	char hex[HS_SHA256_HEX];

	fputs(label, t->out);
	hs_text_role_begin(t, HS_TEXT_NAME);
	hs_escape_write(t->out, hs_span_of(in->name));
	hs_text_role_end(t, HS_TEXT_NAME);
	fputs("  ", t->out);
	hs_text_clean(t, in->format);
	if (in->has_sha256) {
		fputs(*in->format ? ", " : "", t->out);
		hs_text_size(t, in->size, true);
	}
	if (t->report->inspection) {
		fputs(", ", t->out);
		put_entries(t, t->report->summary.entries);
	}
	putc('\n', t->out);
	if (in->has_sha256)
		fprintf(t->out, "%*ssha256:%s\n", (int)strlen(label) + (*label ? 0 : 2), "",
		        hs_sha256_hex(hex, &in->sha256));
}

static void
put_damage(struct hs_text *t, const struct hs_node *node, const struct hs_note *note)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	const struct hs_span path = hs_node_path(&t->arena, node);

	fputs("  ! ", t->out);
	if (path.len) {
		hs_text_value(t, path, (struct hs_span){ 0 });
		fputs(": ", t->out);
	}
	hs_text_clean(t, note->text);
	fputs(" [", t->out);
	hs_text_clean(t, note->code);
	if (note->side && !t->report->inspection)
		fprintf(t->out, " in %c", note->side);
	fputs("]\n", t->out);
	hs_arena_rewind(&t->arena, mark);
}

/* What keeps the result from being complete stands at the top, not in a tree of thousands. */
static void
put_damages(struct hs_text *t)
{
	uint64_t n = 0;

	hs_text_body(t);
	hs_text_put(t, HS_TEXT_INCOMPLETE,
	            t->report->inspection ? "Not read in full:\n" : "Not compared in full:\n");
	for (const struct hs_node *node = t->report->root; node; node = hs_node_next(node))
		for (const struct hs_note *note = node->notes; note; note = note->next)
			if (note->damage && n++ < MAX_DAMAGES)
				put_damage(t, node, note);
	if (n > MAX_DAMAGES)
		fprintf(t->out, "  and %" PRIu64 " more, marked ! below\n", n - MAX_DAMAGES);
	if (n == 0) {
		fputs("  ! ", t->out);
		for (size_t i = 0; i < t->report->n_reasons; i++) {
			fputs(i ? ", " : "", t->out);
			hs_text_clean(t, t->report->reasons[i]);
		}
		putc('\n', t->out);
	}
	t->in_body = false;
}

void
hs_text_head(struct hs_text *t)
{
	if (t->report->inspection) {
		if (!t->report->complete)
			hs_text_put(t, HS_TEXT_INCOMPLETE, "INCOMPLETE  not all was read\n");
		put_input(t, "", &t->report->a);
	} else {
		put_verdict(t);
		hs_text_ladder(t);
		hs_text_measurements(t);
		put_input(t, "  a  ", &t->report->a);
		put_input(t, "  b  ", &t->report->b);
		hs_text_ignored_head(t);
	}
	if (!t->report->complete)
		put_damages(t);
}

static void
put_left(struct hs_text *t)
{
	const struct hs_text_left *left = &t->left;
	const struct {
		uint64_t n;
		const char *noun;
	} rows[] = {
		{ left->lines, "line" },
		{ left->facts, "fact" },
		{ left->values, "middle" },
	};
	const char *before = "";

	fputs("Left out: ", t->out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].n == 0)
			continue;
		fputs(before, t->out);
		hs_text_count(t, rows[i].n, rows[i].noun);
		if (rows[i].n == left->values && rows[i].noun[0] == 'm')
			fputs(" of long values", t->out);
		before = ", ";
	}
	if (left->folds) {
		fputs(before, t->out);
		hs_text_count(t, left->members, "member");
		fputs(" folded into ", t->out);
		hs_text_count(t, left->folds, "line");
		before = ", ";
	}
	if (left->following) {
		fputs(before, t->out);
		hs_text_count(t, left->following, "fact");
		fputs(left->following == 1 ? " that only follows" : " that only follow", t->out);
		fputs(" from others", t->out);
	}
	putc('\n', t->out);
}

/* Whether the text can be typed as it is shown. */
static bool
is_typable(struct hs_text *t, struct hs_span s)
{
	return s.len > 0 && s.len <= HS_TEXT_LONG && s.at[0] != '-' &&
	       hs_span_equal(s, hs_escape(&t->arena, s));
}

/* As a word of the shell. What cannot be typed is named by `letter`. */
static void
put_word(struct hs_text *t, struct hs_span s, const char *letter)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_./:@%+=,-";
	bool quote = false;

	if (!is_typable(t, s)) {
		fputs(letter, t->out);
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		quote |= !memchr(plain, s.at[i], sizeof(plain) - 1);
	if (quote)
		putc('\'', t->out);
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\'')
			fputs("'\\''", t->out);
		else
			putc(s.at[i], t->out);
	if (quote)
		putc('\'', t->out);
}

static void
put_command(struct hs_text *t, const char *before, const char *command)
{
	fprintf(t->out, "%shashoscope %s", before, command);
	put_word(t, hs_span_of(t->report->a.name), "A");
	if (!t->report->inspection) {
		putc(' ', t->out);
		put_word(t, hs_span_of(t->report->b.name), "B");
	}
	putc('\n', t->out);
}

static void
put_cat(struct hs_text *t, const char *before)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	const struct hs_span path = hs_node_path(&t->arena, t->example);
	const bool b = !t->report->inspection && t->example->b.present;

	if (is_typable(t, path)) {
		fprintf(t->out, "%shashoscope cat ", before);
		put_word(t, hs_span_of(b ? t->report->b.name : t->report->a.name), b ? "B" : "A");
		putc(' ', t->out);
		put_word(t, path, "");
		putc('\n', t->out);
	}
	hs_arena_rewind(&t->arena, mark);
}

void
hs_text_tail(struct hs_text *t)
{
	const struct hs_text_left *left = &t->left;
	const bool any =
		left->lines || left->facts || left->values || left->folds || left->following;
	const char *verb = t->report->inspection ? "inspect " : "";
	const char *before = "Next: ";

	if (!any && (t->report->inspection || (t->report->same && t->report->complete)))
		return;
	putc('\n', t->out);
	if (any)
		put_left(t);
	if (any && !t->verbose) {
		put_command(t, before, *verb ? "inspect -v " : "-v ");
		before = "      ";
	}
	put_command(t, before, *verb ? "inspect -o json=report.json " : "-o json=report.json ");
	if (t->example)
		put_cat(t, "      ");
}
