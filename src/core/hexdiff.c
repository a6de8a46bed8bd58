/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hexdiff.h"

#include "core/anchors.h"
#include "core/arena.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * A piece is cut where the last 32 bytes say so, after 16 bytes at least and
 * 48 on average: an insertion moves the cuts with the bytes, and pieces that
 * are single on both sides tell where the sides meet again.
 */
enum { MIN_PIECE = 16, CUT_BITS = 5 };

/* The window is small first, since most differences are. */
enum { FIRST_WINDOW = 64 * 1024, WINDOW_GROWTH = 8 };

/* Of an edit that may yet grow, the rows beyond this many bytes are shown already. */
enum { ROW = 16, HOLD_BACK = 64 * 1024 };

/* Bytes compared after max_lines only to count them. */
#define COUNT_ONLY (2 * HS_MAX_HEX_WINDOW)

struct pieces {
	uint32_t *start; /* n + 1 of them */
	uint64_t *hash;
	size_t n;
};

static void
cut(struct pieces *out, struct hs_span s)
{
	size_t room = s.len / MIN_PIECE + 1, from = 0;
	uint32_t roll = 0;

	out->n = 0;
	out->start = hs_alloc((room + 1) * sizeof(*out->start));
	out->hash = hs_alloc(room * sizeof(*out->hash));
	for (size_t i = 0; i < s.len; i++) {
		roll = (roll << 1) + (s.at[i] + 1U) * 0x9e3779b1U;
		if (i + 1 < s.len && (i + 1 - from < MIN_PIECE || roll >> (32 - CUT_BITS) != 0))
			continue;
		out->hash[out->n] = hs_xxh64((struct hs_span){ s.at + from, i + 1 - from });
		out->start[out->n++] = (uint32_t)from;
		from = i + 1;
	}
	out->start[out->n] = (uint32_t)s.len;
}

static void
release_pieces(struct pieces *p)
{
	free(p->start);
	free(p->hash);
}

void
hs_hexdiff_init(struct hs_hexdiff *d, struct hs_span a, struct hs_span b)
{
	const size_t front = hs_common_prefix(a, b);
	const size_t end = hs_common_suffix(hs_span_from(a, front), hs_span_from(b, front));

	*d = (struct hs_hexdiff){
		.a = hs_span_head(a, a.len - end),
		.b = hs_span_head(b, b.len - end),
		.a_at = front,
		.b_at = front,
	};
}

static struct hs_span
part(struct hs_span s, size_t from, size_t to)
{
	return hs_span_head(hs_span_from(s, from), to - from);
}

/* Everything up to these offsets is one edit. */
static void
replace_up_to(struct hs_hexdiff *d, struct hs_edits *out, size_t a_end, size_t b_end)
{
	hs_edits_add(out, (struct hs_edit){ d->a_at, a_end - d->a_at, d->b_at, b_end - d->b_at });
	d->a_at = a_end;
	d->b_at = b_end;
}

static void
skip_equal(struct hs_hexdiff *d)
{
	const size_t n = hs_common_prefix(hs_span_from(d->a, d->a_at), hs_span_from(d->b, d->b_at));

	d->a_at += n;
	d->b_at += n;
}

/* The sides may meet at these offsets: if so, goes there and on to the next difference. */
static void
meet_at(struct hs_hexdiff *d, struct hs_edits *out, size_t a_at, size_t b_at)
{
	size_t back;

	if (a_at < d->a_at || b_at < d->b_at || a_at >= d->a.len || b_at >= d->b.len ||
	    d->a.at[a_at] != d->b.at[b_at])
		return;
	back = hs_common_suffix(part(d->a, d->a_at, a_at), part(d->b, d->b_at, b_at));
	replace_up_to(d, out, a_at - back, b_at - back);
	skip_equal(d);
}

/* Goes to where the sides meet within the next `window` bytes, as often as they do. */
static void
align(struct hs_hexdiff *d, struct hs_edits *out, size_t window)
{
	const size_t a_at = d->a_at, b_at = d->b_at;
	struct hs_anchor *anchors;
	struct pieces a, b;
	size_t n;

	cut(&a, hs_span_head(hs_span_from(d->a, a_at), window));
	cut(&b, hs_span_head(hs_span_from(d->b, b_at), window));
	anchors = hs_anchors_find(&n, a.hash, a.n, b.hash, b.n);
	for (size_t i = 0; i < n; i++)
		meet_at(d, out, a_at + a.start[anchors[i].a], b_at + b.start[anchors[i].b]);
	free(anchors);
	release_pieces(&a);
	release_pieces(&b);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t
most(size_t a, size_t b)
{
	return a > b ? a : b;
}

bool
hs_hexdiff_next(struct hs_hexdiff *d, struct hs_edits *out)
{
	const size_t a_from = d->a_at, b_from = d->b_at;
	size_t window = FIRST_WINDOW;

	if (a_from == d->a.len && b_from == d->b.len)
		return false;
	if (a_from == d->a.len || b_from == d->b.len) {
		replace_up_to(d, out, d->a.len, d->b.len);
		return true;
	}
	for (;;) {
		const size_t a_end = a_from + least(window, d->a.len - a_from);
		const size_t b_end = b_from + least(window, d->b.len - b_from);

		align(d, out, window);
		if (d->a_at - a_from >= window / 2 || d->b_at - b_from >= window / 2)
			return true;
		if (a_end == d->a.len && b_end == d->b.len) {
			replace_up_to(d, out, a_end, b_end);
			return true;
		}
		if (window >= HS_MAX_HEX_WINDOW) {
			/* No end in sight: half the window is given up, so that time stays linear.
			 */
			replace_up_to(d, out, most(d->a_at, least(a_from + window / 2, d->a.len)),
			              most(d->b_at, least(b_from + window / 2, d->b.len)));
			skip_equal(d);
			return true;
		}
		window = least(window * WINDOW_GROWTH, HS_MAX_HEX_WINDOW);
	}
}

/* Hunks in the making. */
struct printer {
	struct hs_hunks *out;
	struct hs_span a, b;
	size_t a_at, b_at;       /* what lies before is shown, or is the run of equal bytes */
	size_t equal;            /* equal bytes right before, of which nothing is shown yet */
	size_t a_start, b_start; /* of the open hunk */
	unsigned context;
	bool open;
};

static struct hs_span
row_text(struct hs_arena *arena, struct hs_span row, size_t offset)
{
	static const char digits[] = "0123456789abcdef";
	char text[32 + 4 * ROW + 8];
	int n = snprintf(text, sizeof(text), "%08" PRIx64 " ", (uint64_t)offset);

	for (size_t i = 0; i < ROW; i++) {
		text[n++] = ' ';
		text[n++] = i < row.len ? digits[row.at[i] >> 4] : ' ';
		text[n++] = i < row.len ? digits[row.at[i] & 15] : ' ';
	}
	text[n++] = ' ';
	text[n++] = ' ';
	text[n++] = '|';
	for (size_t i = 0; i < row.len; i++)
		text[n++] = row.at[i] >= 0x20 && row.at[i] < 0x7f ? (char)row.at[i] : '.';
	text[n++] = '|';
	return hs_arena_copy(arena, (struct hs_span){ (const uint8_t *)text, (size_t)n });
}

/* Shows the row of up to 16 bytes at `at` and returns its length. */
static size_t
print_row(struct printer *p, char op, size_t at, size_t len)
{
	const struct hs_span side = op == '+' ? p->b : p->a;

	len = least(len, ROW);
	if (len == 0)
		return 0;
	if (hs_hunks_full(p->out))
		hs_hunks_skip(p->out, 1);
	else
		hs_hunks_line(p->out,
		              (struct hs_line){
				      .op = op,
				      .text = row_text(p->out->arena, part(side, at, at + len), at),
			      });
	return len;
}

/* Shows up to `max` rows of the run of equal bytes, from its front. */
static void
print_context(struct printer *p, size_t max)
{
	while (p->equal && max-- > 0)
		p->equal -= print_row(p, ' ', p->a_at - p->equal, p->equal);
}

static void
close_hunk(struct printer *p)
{
	hs_hunks_close(p->out, p->a_start, p->a_at - p->equal - p->a_start, p->b_start,
	               p->b_at - p->equal - p->b_start);
	p->open = false;
}

/* Before a row that differs: joins the run of equal bytes to the hunk, or begins a new one. */
static void
print_gap(struct printer *p)
{
	const size_t rows = p->equal / ROW + (p->equal % ROW != 0);

	if (!p->open || rows > 2 * (size_t)p->context) {
		if (p->open) {
			print_context(p, p->context);
			close_hunk(p);
		}
		p->equal = least(p->equal, (size_t)p->context * ROW);
		p->a_start = p->a_at - p->equal;
		p->b_start = p->b_at - p->equal;
		hs_hunks_open(p->out);
		p->open = true;
	}
	print_context(p, SIZE_MAX);
}

/* One row of either side, or none. */
static void
print_rows(struct printer *p, size_t a_len, size_t b_len)
{
	const struct hs_span a = part(p->a, p->a_at, p->a_at + a_len);
	const struct hs_span b = part(p->b, p->b_at, p->b_at + b_len);

	if (hs_span_equal(a, b)) {
		p->equal += a_len;
	} else {
		print_gap(p);
		print_row(p, '-', p->a_at, a_len);
		print_row(p, '+', p->b_at, b_len);
	}
	p->a_at += a_len;
	p->b_at += b_len;
}

/* Rows of one side alone, where none of them will be shown. */
static void
skip_rows(struct printer *p, size_t a_len, size_t b_len)
{
	hs_hunks_skip(p->out, (a_len + b_len) / ROW + ((a_len + b_len) % ROW != 0));
	p->a_at += a_len;
	p->b_at += b_len;
}

/* All up to these offsets: equal bytes up to the edit are passed at once. */
static void
print_edit(struct printer *p, const struct hs_edit *e)
{
	const size_t a_end = e->a + e->a_len, b_end = e->b + e->b_len;
	const size_t same = e->a - p->a_at;

	p->equal += same;
	p->a_at += same;
	p->b_at += same;
	while (p->a_at < a_end || p->b_at < b_end) {
		const size_t a_left = a_end - p->a_at, b_left = b_end - p->b_at;

		if ((a_left == 0 || b_left == 0) && p->open && hs_hunks_full(p->out)) {
			print_gap(p);
			skip_rows(p, a_left, b_left);
		} else {
			print_rows(p, least(a_left, ROW), least(b_left, ROW));
		}
	}
}

/* Makes the edit begin and end where rows of side a do, as far as the equal bytes around it reach.
 */
static struct hs_edit
widen(struct hs_edit e, size_t before, size_t after)
{
	const size_t front = least(e.a % ROW, before);
	const size_t end = least((ROW - (e.a + e.a_len) % ROW) % ROW, after);

	return (struct hs_edit){ e.a - front, front + e.a_len + end, e.b - front,
		                 front + e.b_len + end };
}

/* Whether there is no whole row between the two edits. */
static bool
share_row(const struct hs_edit *e, const struct hs_edit *next)
{
	return next->a / ROW * ROW < (e->a + e->a_len + ROW - 1) / ROW * ROW;
}

/* What the edit leaves to show once its rows have partners no more, or may yet grow. */
static void
print_front(struct printer *p, struct hs_edit *e)
{
	const size_t both = least(e->a_len, e->b_len);
	struct hs_edit front;
	size_t len;

	if (both <= HOLD_BACK)
		return;
	*e = widen(*e, e->a - p->a_at, 0);
	len = (both - 1) / ROW * ROW;
	front = (struct hs_edit){ e->a, len, e->b, len };
	print_edit(p, &front);
	*e = (struct hs_edit){ e->a + len, e->a_len - len, e->b + len, e->b_len - len };
}

/*
 * Shows the edits of a piece. The last is held back as the only one of the
 * list while more may follow and share its row.
 */
static void
print_edits(struct printer *p, struct hs_edits *edits, bool more)
{
	struct hs_edit e = { 0 };
	size_t i = 0;

	while (i < edits->n) {
		for (e = edits->items[i++]; i < edits->n && share_row(&e, &edits->items[i]); i++) {
			const struct hs_edit *next = &edits->items[i];

			e.a_len = next->a + next->a_len - e.a;
			e.b_len = next->b + next->b_len - e.b;
		}
		if (i < edits->n || !more) {
			const size_t next = i < edits->n ? edits->items[i].a : p->a.len;

			e = widen(e, e.a - p->a_at, next - (e.a + e.a_len));
			print_edit(p, &e);
		}
	}
	edits->n = 0;
	if (more) {
		print_front(p, &e);
		hs_edits_add(edits, e);
	}
}

uint64_t
hs_hexdiff_hunks(struct hs_hunks *out, struct hs_span a, struct hs_span b, unsigned context)
{
	struct printer p = { .out = out, .a = a, .b = b, .context = context };
	struct hs_edits edits = { 0 };
	uint64_t unread = 0, stop = UINT64_MAX;
	struct hs_hexdiff d;

	hs_hexdiff_init(&d, a, b);
	while (unread == 0 && hs_hexdiff_next(&d, &edits)) {
		print_edits(&p, &edits, true);
		if (stop == UINT64_MAX && hs_hunks_full(out))
			stop = most(d.a_at, d.b_at) + COUNT_ONLY;
		if (most(d.a_at, d.b_at) >= stop)
			unread = most(d.a.len - d.a_at, d.b.len - d.b_at);
	}
	print_edits(&p, &edits, false);
	if (p.open) {
		if (unread == 0) {
			p.equal += a.len - p.a_at;
			p.b_at += a.len - p.a_at;
			p.a_at = a.len;
			print_context(&p, context);
		}
		close_hunk(&p);
	}
	hs_edits_release(&edits);
	return unread;
}
