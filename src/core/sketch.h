/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_SKETCH_H
#define HS_CORE_SKETCH_H

#include "core/arena.h"
#include "core/hash.h"

/*
 * What a content is like, small enough to compare thousands with thousands:
 * its digest, and the smallest hashes of its content-defined chunks (a
 * bottom-k sketch). Chunks end where a rolling hash says so, not at fixed
 * offsets, so an insertion changes one chunk and not all that follow.
 */
enum { HS_SKETCH_SIZE = 128 };

struct hs_sketch {
	struct hs_xxh128 digest;
	uint64_t size;
	uint32_t n;            /* hashes; fewer than HS_SKETCH_SIZE for a short content */
	const uint64_t *least; /* ascending, each once; in the arena */
};

/* The digest alone: enough to find what moved. */
void hs_sketch_digest(struct hs_sketch *out, struct hs_span content);

/* The digest and the chunks: enough to find what is alike, too. */
void hs_sketch_make(struct hs_sketch *out, struct hs_arena *a, struct hs_span content);

/*
 * An estimate of the share of chunks that two contents have in common
 * (Jaccard), in percent; 0 where either has no chunks.
 */
unsigned hs_sketch_similarity(const struct hs_sketch *a, const struct hs_sketch *b);

#endif
