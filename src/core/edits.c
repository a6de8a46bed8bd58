/* SPDX-License-Identifier: Apache-2.0 */
#include "core/edits.h"

#include "core/arena.h"

#include <stdlib.h>

enum { BLOCK = 4096 };

void
hs_edits_add(struct hs_edits *e, struct hs_edit edit)
{
	struct hs_edit *last = e->n ? &e->items[e->n - 1] : NULL;

	if (edit.a_len == 0 && edit.b_len == 0)
		return;
	if (last && last->a + last->a_len == edit.a && last->b + last->b_len == edit.b) {
		last->a_len += edit.a_len;
		last->b_len += edit.b_len;
		return;
	}
	if (e->n == e->room) {
		e->room = e->room ? 2 * e->room : 16;
		e->items = hs_realloc(e->items, e->room, sizeof(*e->items));
	}
	e->items[e->n++] = edit;
}

void
hs_edits_release(struct hs_edits *e)
{
	free(e->items);
	*e = (struct hs_edits){ 0 };
}

size_t
hs_common_prefix(struct hs_span a, struct hs_span b)
{
	const size_t max = a.len < b.len ? a.len : b.len;
	size_t n = 0;

	while (max - n >= BLOCK && memcmp(a.at + n, b.at + n, BLOCK) == 0)
		n += BLOCK;
	while (n < max && a.at[n] == b.at[n])
		n++;
	return n;
}

size_t
hs_common_suffix(struct hs_span a, struct hs_span b)
{
	const size_t max = a.len < b.len ? a.len : b.len;
	size_t n = 0;

	while (max - n >= BLOCK &&
	       memcmp(a.at + a.len - n - BLOCK, b.at + b.len - n - BLOCK, BLOCK) == 0)
		n += BLOCK;
	while (n < max && a.at[a.len - n - 1] == b.at[b.len - n - 1])
		n++;
	return n;
}

uint64_t
hs_count_byte(struct hs_span s, uint8_t c)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == c;
	return n;
}

static bool
at_line_start(struct hs_span s, size_t offset)
{
	return offset == 0 || s.at[offset - 1] == '\n';
}

size_t
hs_trim_lines(struct hs_span *a, struct hs_span *b)
{
	size_t front = hs_common_prefix(*a, *b), end;

	if (front < a->len || front < b->len)
		while (!at_line_start(*a, front))
			front--;
	*a = hs_span_from(*a, front);
	*b = hs_span_from(*b, front);
	end = hs_common_suffix(*a, *b);
	if (end && !(at_line_start(*a, a->len - end) && at_line_start(*b, b->len - end))) {
		const uint8_t *nl = memchr(a->at + a->len - end, '\n', end);

		end = nl ? (size_t)(a->at + a->len - nl) - 1 : 0;
	}
	a->len -= end;
	b->len -= end;
	return front;
}
