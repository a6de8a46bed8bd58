/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_PAIR_H
#define HS_CORE_PAIR_H

#include "core/sketch.h"
#include "core/tree.h"

/*
 * Which member of one side is compared with which of the other: by key (the
 * n-th of equal keys with the n-th), then what is left by equal content
 * (moves), then by similar content (renames). Never by guessing from names.
 */
struct hs_pair {
	const struct hs_entry *a, *b; /* one of them NULL for a member of one side */
	uint8_t similarity;           /* percent, where paired by similarity; else 0 */
};

struct hs_pairing {
	struct hs_arena *arena;
	struct hs_pair
		*pairs; /* those with both sides in the order of a; then only a, then only b */
	size_t n_pairs;
	bool reordered; /* the pairs by key do not stand in the same order on both sides */
};

/*
 * Pairs by key; then members without a name of their own (entry.unnamed) that
 * stand between the same two pairs, in their order where both sides have as
 * many. Linear in the number of members.
 */
void hs_pair_by_key(struct hs_pairing *out, struct hs_arena *arena, const struct hs_tree *a,
                    const struct hs_tree *b);

/* Whether a one-sided pair's member may be a move or a rename: a file that is not empty. */
bool hs_pair_may_move(const struct hs_pair *p);

/*
 * Joins one-sided pairs whose contents are equal or alike. sketches[i] belongs
 * to pairs[i] and is read only where hs_pair_may_move(); NULL entries stay
 * unpaired. Deterministic: best similarity first, then the order of a and b.
 */
void hs_pair_by_content(struct hs_pairing *p, const struct hs_sketch *const *sketches);

#endif
