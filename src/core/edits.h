/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_EDITS_H
#define HS_CORE_EDITS_H

#include "core/span.h"

/*
 * How one run of bytes becomes another: at offset `a` of the first, a_len
 * bytes give way to b_len bytes that stand at offset `b` of the second. What
 * lies between two edits is the same on both sides.
 */
struct hs_edit {
	uint64_t a, a_len, b, b_len;
};

/* In ascending order. An all-zero list is empty and ready. */
struct hs_edits {
	struct hs_edit *items;
	size_t n, room;
};

/* Adds an edit behind the last; one that touches the last becomes part of it, an empty one nothing.
 */
void hs_edits_add(struct hs_edits *e, struct hs_edit edit);
void hs_edits_release(struct hs_edits *e);

/* How many bytes both have in common at the front, and at the end. As fast as memcmp. */
size_t hs_common_prefix(struct hs_span a, struct hs_span b);
size_t hs_common_suffix(struct hs_span a, struct hs_span b);

/* How many bytes of `s` are `c`. */
uint64_t hs_count_byte(struct hs_span s, uint8_t c);

/*
 * Where the lines differ: takes equal lines off the front and the end of both.
 * Returns the length of that front; what is left of either side is whole lines.
 */
size_t hs_trim_lines(struct hs_span *a, struct hs_span *b);

#endif
