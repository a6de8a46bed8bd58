/* SPDX-License-Identifier: Apache-2.0 */
#include "core/textdiff.h"

#include "core/anchors.h"
#include "core/arena.h"
#include "core/hash.h"
#include "core/limits.h"

#include <pthread.h>
#include <stdlib.h>

#if HS_WITH_LIBGIT2
#include <git2.h>
#endif

/* Rounds of splitting at single lines: each finds lines that are single within a smaller part. */
enum { MAX_ROUNDS = 4 };

/* Two stretches of whole lines and where they stand. */
struct range {
	struct hs_span a, b;
	uint64_t a_at, b_at;
	unsigned round;
};

/* Takes the first line, its end included, off the front. */
static struct hs_span
take_line(struct hs_span *s)
{
	const uint8_t *nl = s->len ? memchr(s->at, '\n', s->len) : NULL;
	const struct hs_span line = hs_span_head(*s, nl ? (uint64_t)(nl - s->at) + 1 : s->len);

	*s = hs_span_from(*s, line.len);
	return line;
}

static uint64_t
count_lines(struct hs_span s)
{
	return hs_count_byte(s, '\n') + (s.len && s.at[s.len - 1] != '\n');
}

static void
skip_front(struct range *r, uint64_t a_len, uint64_t b_len)
{
	r->a = hs_span_from(r->a, a_len);
	r->b = hs_span_from(r->b, b_len);
	r->a_at += a_len;
	r->b_at += b_len;
}

static void
replace_all(struct hs_edits *out, const struct range *r)
{
	hs_edits_add(out, (struct hs_edit){ r->a_at, r->a.len, r->b_at, r->b.len });
}

#if HS_WITH_LIBGIT2

/* What is left of a range, and how many of its lines are behind. */
struct git_walk {
	struct hs_edits edits;
	struct range rest;
	int a_line, b_line;
};

static uint64_t
take_lines(struct hs_span s, int n)
{
	const size_t len = s.len;

	while (n-- > 0)
		take_line(&s);
	return len - s.len;
}

static int
take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *ctx)
{
	struct git_walk *w = ctx;
	/* A side without lines is given by the line before. */
	const int a_line = hunk->old_start - (hunk->old_lines > 0);
	const int b_line = hunk->new_start - (hunk->new_lines > 0);
	struct hs_edit edit;

	(void)delta;
	skip_front(&w->rest, take_lines(w->rest.a, a_line - w->a_line),
	           take_lines(w->rest.b, b_line - w->b_line));
	edit.a = w->rest.a_at;
	edit.b = w->rest.b_at;
	edit.a_len = take_lines(w->rest.a, hunk->old_lines);
	edit.b_len = take_lines(w->rest.b, hunk->new_lines);
	skip_front(&w->rest, edit.a_len, edit.b_len);
	w->a_line = a_line + hunk->old_lines;
	w->b_line = b_line + hunk->new_lines;
	hs_edits_add(&w->edits, edit);
	return 0;
}

static pthread_once_t git_once = PTHREAD_ONCE_INIT;
static bool git_ready;

static void
start_git(void)
{
	git_ready = git_libgit2_init() > 0;
}

static bool
diff_by_git(struct hs_edits *out, const struct range *r)
{
	struct git_walk w = { .rest = *r };
	git_diff_options options;
	bool done;

	pthread_once(&git_once, start_git);
	if (!git_ready || git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) < 0)
		return false;
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.context_lines = 0;
	options.interhunk_lines = 0;
	done = git_diff_buffers(r->a.at, r->a.len, NULL, r->b.at, r->b.len, NULL, &options, NULL,
	                        NULL, take_hunk, NULL, &w) == 0;
	for (size_t i = 0; done && i < w.edits.n; i++)
		hs_edits_add(out, w.edits.items[i]);
	hs_edits_release(&w.edits);
	return done;
}

#else

static bool
diff_by_git(struct hs_edits *out, const struct range *r)
{
	(void)out;
	(void)r;
	return false;
}

#endif

/* The lines of one side: where each begins, and the hash of each. */
struct lines {
	uint32_t *start;
	uint64_t *hash;
	size_t n;
};

static void
index_lines(struct lines *out, struct hs_span s, size_t n)
{
	const uint8_t *const first = s.at;

	out->n = n;
	out->start = hs_alloc((n + 1) * sizeof(*out->start));
	out->hash = hs_alloc(n * sizeof(*out->hash));
	for (size_t i = 0; i < n; i++) {
		const struct hs_span line = take_line(&s);

		out->start[i] = (uint32_t)(line.at - first);
		out->start[i + 1] = (uint32_t)(line.at - first + (ptrdiff_t)line.len);
		out->hash[i] = hs_xxh64(line);
	}
}

static void
release_lines(struct lines *l)
{
	free(l->start);
	free(l->hash);
}

static void diff_range(struct hs_edits *out, struct range r);

/* Compares what lies between the lines that are single on both sides; false where there are none.
 */
static bool
diff_by_anchors(struct hs_edits *out, struct range r, size_t n_a, size_t n_b)
{
	const struct range whole = r;
	struct hs_anchor *anchors;
	struct lines a, b;
	size_t n, used = 0;

	index_lines(&a, r.a, n_a);
	index_lines(&b, r.b, n_b);
	anchors = hs_anchors_find(&n, a.hash, a.n, b.hash, b.n);
	for (size_t i = 0; i < n; i++) {
		const uint64_t a_at = whole.a_at + a.start[anchors[i].a];
		const uint64_t b_at = whole.b_at + b.start[anchors[i].b];
		const size_t len = a.start[anchors[i].a + 1] - a.start[anchors[i].a];
		struct range gap = r;

		gap.a.len = a_at - r.a_at;
		gap.b.len = b_at - r.b_at;
		if (!hs_span_equal(hs_span_head(hs_span_from(r.a, gap.a.len), len),
		                   hs_span_head(hs_span_from(r.b, gap.b.len), len)))
			continue;
		gap.round++;
		diff_range(out, gap);
		skip_front(&r, gap.a.len + len, gap.b.len + len);
		used++;
	}
	free(anchors);
	release_lines(&a);
	release_lines(&b);
	r.round++;
	if (used)
		diff_range(out, r);
	return used > 0;
}

/* Calls itself through diff_by_anchors(), MAX_ROUNDS deep. */
static void
diff_range(struct hs_edits *out, struct range r)
{
	const size_t front = hs_trim_lines(&r.a, &r.b);
	uint64_t n_a, n_b;

	r.a_at += front;
	r.b_at += front;
	if (r.a.len == 0 || r.b.len == 0 || r.a.len > HS_MAX_TEXT || r.b.len > HS_MAX_TEXT) {
		replace_all(out, &r);
		return;
	}
	n_a = count_lines(r.a);
	n_b = count_lines(r.b);
	if (n_a + n_b <= HS_MAX_DIFF_LINES && diff_by_git(out, &r))
		return;
	if (n_a > HS_MAX_SPLIT_LINES || n_b > HS_MAX_SPLIT_LINES || r.round == MAX_ROUNDS ||
	    !diff_by_anchors(out, r, (size_t)n_a, (size_t)n_b))
		replace_all(out, &r);
}

void
hs_textdiff(struct hs_edits *out, struct hs_span a, struct hs_span b)
{
	diff_range(out, (struct range){ .a = a, .b = b });
}

/* Hunks in the making: what lies behind, in bytes and lines, of either side. */
struct printer {
	struct hs_hunks *out;
	struct hs_span a, b; /* what lies ahead */
	uint64_t a_at, b_at, a_line, b_line;
	uint64_t a_start, b_start; /* lines before the open hunk */
	bool open;
};

static void
print_line(struct printer *p, char op, struct hs_span line)
{
	const bool ended = line.len && line.at[line.len - 1] == '\n';

	hs_hunks_line(p->out, (struct hs_line){
				      .op = op,
				      .no_newline = !ended,
				      .text = hs_span_head(line, line.len - ended),
			      });
}

/* Moves `len` bytes forward on both sides, which are `lines` lines. */
static void
pass_equal(struct printer *p, uint64_t len, uint64_t lines)
{
	p->a = hs_span_from(p->a, len);
	p->b = hs_span_from(p->b, len);
	p->a_at += len;
	p->b_at += len;
	p->a_line += lines;
	p->b_line += lines;
}

/* Shows up to `max` lines of the next `len` equal bytes; returns what is left of them. */
static uint64_t
print_context(struct printer *p, uint64_t len, uint64_t max)
{
	while (len > 0 && max-- > 0) {
		struct hs_span ahead = hs_span_head(p->a, len);
		const struct hs_span line = take_line(&ahead);

		print_line(p, ' ', line);
		pass_equal(p, line.len, 1);
		len -= line.len;
	}
	return len;
}

static void
open_hunk(struct printer *p)
{
	p->a_start = p->a_line;
	p->b_start = p->b_line;
	hs_hunks_open(p->out);
	p->open = true;
}

static void
close_hunk(struct printer *p)
{
	const uint64_t n_a = p->a_line - p->a_start, n_b = p->b_line - p->b_start;

	/* Lines count from 1; a side without any is given by the line before it. */
	hs_hunks_close(p->out, p->a_start + (n_a > 0), n_a, p->b_start + (n_b > 0), n_b);
	p->open = false;
}

/* The last `max` lines of `s`, all of which end in \n. */
static struct hs_span
last_lines(struct hs_span s, uint64_t max)
{
	size_t start = s.len;

	while (max-- > 0 && start > 0) {
		const uint8_t *nl = start > 1 ? memrchr(s.at, '\n', start - 1) : NULL;

		start = nl ? (size_t)(nl - s.at) + 1 : 0;
	}
	return hs_span_from(s, start);
}

/* What lies before an edit: joins it to the open hunk, or ends that and begins another. */
static void
print_gap(struct printer *p, const struct hs_edit *e, unsigned context)
{
	uint64_t len = e->a - p->a_at;
	const uint64_t lines = hs_count_byte(hs_span_head(p->a, len), '\n');
	struct hs_span before;

	if (p->open && lines <= 2 * (uint64_t)context) {
		print_context(p, len, lines);
		return;
	}
	before = last_lines(hs_span_head(p->a, len), context);
	if (p->open) {
		len = print_context(p, len, context);
		close_hunk(p);
		pass_equal(p, len - before.len, lines - context - hs_count_byte(before, '\n'));
	} else {
		pass_equal(p, len - before.len, lines - hs_count_byte(before, '\n'));
	}
	open_hunk(p);
	print_context(p, before.len, context);
}

/* Shows lines of one side; those beyond `max` are only counted. Returns how many there are. */
static uint64_t
print_side(struct printer *p, char op, struct hs_span text, uint64_t max)
{
	uint64_t n = 0, rest;

	while (text.len && n < max) {
		print_line(p, op, take_line(&text));
		n++;
	}
	rest = count_lines(text);
	hs_hunks_skip(p->out, rest);
	return n + rest;
}

static void
print_edit(struct printer *p, const struct hs_edit *e)
{
	const struct hs_span a = hs_span_head(p->a, e->a_len), b = hs_span_head(p->b, e->b_len);
	const uint64_t n_b = count_lines(b);
	const uint64_t room = p->out->max_lines - p->out->n_lines;
	/* Where not all fits, each side gets its half. */
	const uint64_t b_room = n_b < room / 2 ? n_b : room / 2;

	p->a_line += print_side(p, '-', a, room - b_room);
	p->b_line += print_side(p, '+', b, UINT64_MAX);
	p->a = hs_span_from(p->a, a.len);
	p->b = hs_span_from(p->b, b.len);
	p->a_at += a.len;
	p->b_at += b.len;
}

void
hs_textdiff_hunks(struct hs_hunks *out, struct hs_span a, struct hs_span b,
                  const struct hs_edits *edits, unsigned context)
{
	struct printer p = { .out = out, .a = a, .b = b };

	for (size_t i = 0; i < edits->n; i++) {
		print_gap(&p, &edits->items[i], context);
		print_edit(&p, &edits->items[i]);
	}
	if (p.open) {
		print_context(&p, p.a.len, context);
		close_hunk(&p);
	}
}
