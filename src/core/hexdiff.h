/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_HEXDIFF_H
#define HS_CORE_HEXDIFF_H

#include "core/edits.h"
#include "core/hunks.h"

/*
 * Aligns two runs of bytes of any length, piece by piece from the front:
 *
 *	hs_hexdiff_init(&d, a, b);
 *	while (hs_hexdiff_next(&d, &edits))
 *		...
 *
 * What is equal at both ends, or in the same place, costs a memcmp; what an
 * insertion or deletion has moved is found again among the next
 * HS_MAX_HEX_WINDOW bytes. Time is linear, memory a few bytes for each byte of
 * the window.
 */
struct hs_hexdiff {
	struct hs_span a, b; /* whole, but for what is equal at the end */
	size_t a_at, b_at;   /* what lies before is compared */
};

void hs_hexdiff_init(struct hs_hexdiff *d, struct hs_span a, struct hs_span b);

/* Adds the edits of the next piece; false once all is compared. */
bool hs_hexdiff_next(struct hs_hexdiff *d, struct hs_edits *out);

/*
 * Adds the hunks that tell `a` from `b` to `out`: rows of 16 bytes, of which
 * those of side a begin at multiples of 16, and `context` equal rows around
 * them. A row is "00000010  48 65 6c 6c ...  |Hell...|" with the offset on its
 * own side; one of context has that of side a. Hunks start and count in bytes.
 *
 * Once max_lines is reached, a few more pieces are compared to count their
 * rows, then the rest is left alone. Returns the bytes of the longer side so
 * left; 0 when everything was compared.
 */
uint64_t hs_hexdiff_hunks(struct hs_hunks *out, struct hs_span a, struct hs_span b,
                          unsigned context);

#endif
