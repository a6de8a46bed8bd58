/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_SEEN_H
#define HS_CORE_SEEN_H

#include "core/hash.h"

/*
 * A set of digests: which names, numbers or whatever were seen. 32 bytes of
 * memory for each that is in it, at most. All zero is the empty set.
 */
struct hs_seen {
	struct hs_xxh128 *slots;
	size_t n, n_slots;
};

/* Adds a digest; true where it was not in the set. */
bool hs_seen_add(struct hs_seen *s, struct hs_xxh128 digest);

void hs_seen_release(struct hs_seen *s);

#endif
