/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_HUNKS_H
#define HS_CORE_HUNKS_H

#include "core/listing.h"

/*
 * Collects the hunks of a listing: open, lines, close, open ... and take. From
 * max_lines on, lines are counted and not kept. Set arena and max_lines; all
 * else begins as zero.
 */
struct hs_hunks {
	struct hs_arena *arena;
	uint64_t max_lines;
	uint64_t left_out;
	struct hs_hunk *items;
	size_t n, room;
	struct hs_line *lines; /* of all hunks */
	size_t n_lines, lines_room;
};

void hs_hunks_open(struct hs_hunks *h);

/* Whether the next line would be left out. A caller may then spare itself the making of it. */
bool hs_hunks_full(const struct hs_hunks *h);
void hs_hunks_line(struct hs_hunks *h, struct hs_line line);

/* `n` lines that exist and are not shown. */
void hs_hunks_skip(struct hs_hunks *h, uint64_t n);

/* Ends the open hunk and says what it covers, lines left out included. Without a line it goes. */
void hs_hunks_close(struct hs_hunks *h, uint64_t a_start, uint64_t a_count, uint64_t b_start,
                    uint64_t b_count);

/*
 * Moves all into the arena and sets hunks, n_hunks and lines_left_out of *out.
 * With `copy` the texts of the lines are copied as well. Lets go of the rest.
 */
void hs_hunks_take(struct hs_listing *out, struct hs_hunks *h, bool copy);

#endif
