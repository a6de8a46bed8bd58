/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ANCHORS_H
#define HS_CORE_ANCHORS_H

#include <stddef.h>
#include <stdint.h>

/* A token of side a and one of side b that have the same hash. */
struct hs_anchor {
	uint32_t a, b;
};

/*
 * Aligns two sequences of tokens (lines, chunks of bytes), given by their
 * hashes, as the patience diff does: tokens that occur once on either side
 * are paired, and the longest run of pairs that stands in the same order on
 * both is kept. Ascending on both sides; *n of them; free() the array.
 * n_a and n_b are less than 2^31. Takes O(n log n) whatever the hashes are;
 * equal hashes are not proof of equal tokens: look.
 */
struct hs_anchor *hs_anchors_find(size_t *n, const uint64_t *a, size_t n_a, const uint64_t *b,
                                  size_t n_b);

#endif
