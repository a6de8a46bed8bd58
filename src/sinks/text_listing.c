/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/text.h"

#include "core/escape.h"

#include <inttypes.h>

/* Without -v: lines of one listing, and of one run of lines of the same sign within it. */
enum { MAX_LINES = 40, MAX_RUN = 12, MAX_LINES_ONE_SIDE = 20 };

struct page {
	struct hs_text *t;
	unsigned indent;
	uint64_t room; /* lines that may still be shown */
	size_t run;
	uint64_t left;
	bool hex;
};

static enum hs_text_role
role_of(char op)
{
	if (op == ' ')
		return HS_TEXT_PLAIN;
	return op == '-' ? HS_TEXT_A : HS_TEXT_B;
}

/* A tab is no danger, and what is indented by it is easier to read than "\t". */
static void
put_text(struct hs_text *t, struct hs_span text, struct hs_span beside)
{
	if (text.len > HS_TEXT_LONG && !t->verbose) {
		hs_text_value(t, text, beside);
		return;
	}
	while (text.len) {
		const uint8_t *tab = memchr(text.at, '\t', text.len);
		const size_t n = tab ? (size_t)(tab - text.at) : text.len;

		hs_escape_write(t->out, hs_span_head(text, n));
		if (tab)
			putc('\t', t->out);
		text = hs_span_from(text, n + 1);
	}
}

/* A row of hex is printable by itself; an escaped backslash would break its columns. */
static void
put_row(struct hs_text *t, struct hs_span row)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);

	hs_text_clean(t, (const char *)hs_arena_copy(&t->arena, row).at);
	hs_arena_rewind(&t->arena, mark);
}

static void
put_line(const struct page *p, const struct hs_line *line, struct hs_span beside)
{
	const enum hs_text_role role = role_of(line->op);
	struct hs_text *t = p->t;

	hs_text_indent(t, p->indent);
	hs_text_role_begin(t, role);
	putc(line->op, t->out);
	if (p->hex)
		put_row(t, line->text);
	else
		put_text(t, line->text, beside);
	hs_text_role_end(t, role);
	putc('\n', t->out);
	if (line->no_newline) {
		hs_text_indent(t, p->indent);
		fputs("\\ no newline at the end\n", t->out);
	}
}

/* GNU diff's way: a count of one is not said. */
static void
put_range(struct hs_text *t, char sign, uint64_t start, uint64_t count, bool hex)
{
	if (hex)
		fprintf(t->out, "%c0x%" PRIx64 ",0x%" PRIx64, sign, start, count);
	else if (count == 1)
		fprintf(t->out, "%c%" PRIu64, sign, start);
	else
		fprintf(t->out, "%c%" PRIu64 ",%" PRIu64, sign, start, count);
}

static void
put_hunk_head(const struct page *p, const struct hs_hunk *hunk)
{
	struct hs_text *t = p->t;

	hs_text_indent(t, p->indent);
	hs_text_role_begin(t, HS_TEXT_HUNK);
	fputs("@@ ", t->out);
	put_range(t, '-', hunk->a_start, hunk->a_count, p->hex);
	putc(' ', t->out);
	put_range(t, '+', hunk->b_start, hunk->b_count, p->hex);
	fputs(" @@", t->out);
	hs_text_role_end(t, HS_TEXT_HUNK);
	putc('\n', t->out);
}

static void
put_left(const struct page *p, uint64_t n, const char *noun)
{
	struct hs_text *t = p->t;

	hs_text_indent(t, p->indent);
	hs_text_role_begin(t, HS_TEXT_DIM);
	fputs("[", t->out);
	hs_text_count(t, n, noun);
	fputs("]\n", t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
}

static size_t
run_length(const struct hs_hunk *hunk, size_t at)
{
	size_t n = 1;

	while (at + n < hunk->n_lines && hunk->lines[at + n].op == hunk->lines[at].op)
		n++;
	return n;
}

/* The lines of one sign, and the run of the other sign that they stand against. */
struct run {
	const struct hs_line *lines, *other;
	size_t n, n_other;
};

/* A row of hex behind its offset. */
static struct hs_span
bytes_of_row(struct hs_span row)
{
	size_t n = 0;

	while (n < row.len && row.at[n] != ' ')
		n++;
	return hs_span_from(row, n);
}

/* Whether the row says what the one before it says, as in a block of zeros; never the last. */
static bool
is_repetition(const struct page *p, const struct run *run, size_t i)
{
	return p->hex && i > 0 && i + 1 < run->n &&
	       hs_span_equal(bytes_of_row(run->lines[i - 1].text),
	                     bytes_of_row(run->lines[i].text));
}

static void
put_repetition(const struct page *p, const struct hs_line *line)
{
	static const struct hs_span star = { (const uint8_t *)"*", 1 };
	const struct hs_line shown = { .op = line->op, .text = star };

	put_line(p, &shown, (struct hs_span){ 0 });
}

/* Shows the first of a long run and counts the rest: so the other sign gets its room too. */
static void
put_run(struct page *p, const struct run *run)
{
	static const char *const noun[] = { "more line", "more - line", "more + line" };
	size_t i = 0, most = run->n <= p->run + 1 ? run->n : p->run;

	most = most > p->room ? (size_t)p->room : most;
	for (size_t shown = 0; i < run->n && shown < most; i++) {
		if (!is_repetition(p, run, i)) {
			put_line(p, &run->lines[i],
			         i < run->n_other ? run->other[i].text : (struct hs_span){ 0 });
			shown++;
			p->room--;
		} else if (!is_repetition(p, run, i - 1)) {
			put_repetition(p, &run->lines[i]);
		}
	}
	if (i < run->n && p->room > 0) {
		const char op = run->lines->op;

		put_left(p, run->n - i, noun[op == ' ' ? 0 : op == '-' ? 1 : 2]);
		p->t->left.lines += run->n - i;
	} else {
		p->left += run->n - i;
	}
}

static void
put_hunk(struct page *p, const struct hs_hunk *hunk)
{
	struct run before = { NULL, NULL, 0, 0 };

	for (size_t i = 0; i < hunk->n_lines;) {
		struct run run = { &hunk->lines[i], NULL, run_length(hunk, i), 0 };

		if (run.lines->op == '-' && i + run.n < hunk->n_lines &&
		    hunk->lines[i + run.n].op == '+') {
			run.other = &hunk->lines[i + run.n];
			run.n_other = run_length(hunk, i + run.n);
		} else if (run.lines->op == '+' && before.lines && before.lines->op == '-') {
			run.other = before.lines;
			run.n_other = before.n;
		}
		put_run(p, &run);
		before = run;
		i += run.n;
	}
}

void
hs_text_listing(struct hs_text *t, unsigned indent, const struct hs_node *node,
                const struct hs_listing *listing)
{
	const bool one_sided = !node->a.present || !node->b.present;
	struct page p = { .t = t, .indent = indent, .left = listing->lines_left_out };

	p.hex = strcmp(listing->view, "hex") == 0;
	p.room = t->verbose ? UINT64_MAX : one_sided ? MAX_LINES_ONE_SIDE : MAX_LINES;
	p.run = t->verbose ? SIZE_MAX - 1 : one_sided ? MAX_LINES_ONE_SIDE : MAX_RUN;
	if (listing->note) {
		hs_text_indent(t, indent);
		fputs("* ", t->out);
		hs_text_clean(t, listing->note);
		putc('\n', t->out);
	}
	for (size_t i = 0; i < listing->n_hunks; i++) {
		const struct hs_hunk *hunk = &listing->hunks[i];

		if (p.room == 0) {
			p.left += hunk->n_lines;
			continue;
		}
		if (!one_sided)
			put_hunk_head(&p, hunk);
		put_hunk(&p, hunk);
	}
	if (p.left) {
		put_left(&p, p.left, "more line");
		t->left.lines += p.left;
		t->left.listings++;
	}
}
