/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_LISTING_H
#define HS_CORE_LISTING_H

#include "core/arena.h"
#include "core/node.h"

/*
 * The readable difference of a leaf, made when a sink asks for it and not
 * before: hunks of lines, as in a unified diff. Text is compared by lines;
 * all else as rows of hex that are realigned after an insertion. A side that
 * is absent is empty, so a member of one side only shows its content.
 */
struct hs_line {
	char op;             /* ' ' both, '-' only a, '+' only b */
	bool no_newline;     /* the last line of its side, which has no line end */
	struct hs_span text; /* without the line end; raw: a sink escapes it */
};

struct hs_hunk {
	uint64_t a_start, a_count, b_start,
		b_count; /* text: lines from 1 (0 for none); hex: byte offsets */
	const struct hs_line *lines;
	size_t n_lines;
};

struct hs_listing {
	const char *view; /* "text" or "hex" */
	const struct hs_hunk *hunks;
	size_t n_hunks;
	uint64_t lines_left_out; /* by max_lines: 0 when complete */
	const char *note;        /* why it is not the view one would expect, or NULL */
};

struct hs_listing_options {
	unsigned context;   /* lines of context around a change; 3 is usual */
	uint64_t max_lines; /* of one listing, up to HS_MAX_LISTING_LINES; the rest is counted */
};

/*
 * The listing of `node` (whose `view` is not HS_VIEW_NONE), in the arena
 * (only spans of the node's own contents are not). Never fails: what cannot be shown as
 * text is shown in hex, with a note.
 */
struct hs_listing hs_listing_make(struct hs_arena *a, const struct hs_node *node,
                                  const struct hs_listing_options *options);

#endif
