/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_RANDOM_H
#define BUILD_RANDOM_H

#include "core/arena.h"
#include "core/edits.h"

/* Numbers that are the same for the same seed, on any machine. */
struct build_random {
	uint64_t state;
};

uint64_t build_random_next(struct build_random *r);

/* One of 0 ... n - 1. */
uint64_t build_random_below(struct build_random *r, uint64_t n);

struct hs_span build_random_bytes(struct hs_arena *a, struct build_random *r, size_t n);

/* Lines of up to 12 letters out of `letters`: few letters make many equal lines. At times without
 * the last \n. */
struct hs_span build_random_lines(struct hs_arena *a, struct build_random *r, size_t n,
                                  unsigned letters);

/* `s` with that many stretches of up to `longest` bytes taken out, put in or put in their place. */
struct hs_span build_edited(struct hs_arena *a, struct build_random *r, struct hs_span s,
                            size_t edits, size_t longest);

/* What the edits make of `a`; fails the test where they do not ascend or do not fit. */
struct hs_span build_applied(struct hs_arena *arena, const struct hs_edits *edits, struct hs_span a,
                             struct hs_span b);

#endif
