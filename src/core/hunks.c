/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hunks.h"

#include <stdlib.h>

void
hs_hunks_open(struct hs_hunks *h)
{
	if (h->n == h->room) {
		h->room = h->room ? 2 * h->room : 8;
		h->items = hs_realloc(h->items, h->room, sizeof(*h->items));
	}
	/* Where its lines begin, until it is closed. */
	h->items[h->n++] = (struct hs_hunk){ .n_lines = h->n_lines };
}

bool
hs_hunks_full(const struct hs_hunks *h)
{
	return h->n_lines >= h->max_lines;
}

void
hs_hunks_line(struct hs_hunks *h, struct hs_line line)
{
	if (hs_hunks_full(h)) {
		h->left_out++;
		return;
	}
	if (h->n_lines == h->lines_room) {
		h->lines_room = h->lines_room ? 2 * h->lines_room : 64;
		h->lines = hs_realloc(h->lines, h->lines_room, sizeof(*h->lines));
	}
	h->lines[h->n_lines++] = line;
}

void
hs_hunks_skip(struct hs_hunks *h, uint64_t n)
{
	h->left_out += n;
}

void
hs_hunks_close(struct hs_hunks *h, uint64_t a_start, uint64_t a_count, uint64_t b_start,
               uint64_t b_count)
{
	struct hs_hunk *open = &h->items[h->n - 1];

	*open = (struct hs_hunk){
		.a_start = a_start,
		.a_count = a_count,
		.b_start = b_start,
		.b_count = b_count,
		.n_lines = h->n_lines - open->n_lines,
	};
	if (open->n_lines == 0)
		h->n--;
}

void
hs_hunks_take(struct hs_listing *out, struct hs_hunks *h, bool copy)
{
	struct hs_line *lines = hs_arena_array(h->arena, h->n_lines, sizeof(*lines));
	struct hs_hunk *hunks = hs_arena_array(h->arena, h->n, sizeof(*hunks));

	for (size_t i = 0; i < h->n_lines; i++) {
		lines[i] = h->lines[i];
		if (copy)
			lines[i].text = hs_arena_copy(h->arena, lines[i].text);
	}
	out->hunks = hunks;
	out->n_hunks = h->n;
	out->lines_left_out = h->left_out;
	for (size_t i = 0; i < h->n; i++) {
		hunks[i] = h->items[i];
		hunks[i].lines = lines;
		lines += hunks[i].n_lines;
	}
	free(h->items);
	free(h->lines);
	h->items = NULL;
	h->lines = NULL;
	h->n = h->room = h->n_lines = h->lines_room = 0;
}
