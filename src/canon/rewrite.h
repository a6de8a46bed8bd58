/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_REWRITE_H
#define HS_CANON_REWRITE_H

#include "canon/canon.h"
#include "core/blob.h"
#include "core/pool.h"
#include "core/run.h"

/*
 * A layer rewritten into a canonical form, one piece after the other: nothing
 * is copied, so that two rewritten layers can be compared, hashed or written
 * at the speed of memory.
 */
struct hs_rewrite;

/* What follows in the new tar: blocks of headers, then content, then that many zero bytes. */
struct hs_rewrite_piece {
	struct hs_span header;  /* valid until the next call */
	struct hs_span content; /* valid until the next call */
	uint64_t padding;       /* the hole of a sparse file may be larger than memory */
};

/* `layer` is uncompressed, and stays the caller's until hs_rewrite_free(). */
struct hs_rewrite *hs_rewrite_new(struct hs_run *run, struct hs_span layer,
                                  const struct hs_canon *how);

/*
 * 1 with the next piece, 0 behind the end marker, HS_EUSAGE with the reason
 * where the tool would refuse the layer ("entry a/b: go refuses: missed
 * writing 5 bytes"), HS_EFORMAT for damage, HS_ELIMIT for holes or entries
 * past a limit, HS_ESTOP.
 */
int hs_rewrite_next(struct hs_rewrite_piece *out, struct hs_rewrite *r, struct hs_err *err);

/*
 * Reads what has to be known before the first piece: nothing, but for the form
 * that sorts, for which it is the whole layer. Who wants two layers can so have
 * them read side by side; what goes wrong is told by hs_rewrite_next(), which
 * otherwise reads it.
 */
void hs_rewrite_prepare(struct hs_rewrite *r);

void hs_rewrite_free(struct hs_rewrite *r);

/*
 * What the form does to the layer that one would not expect: bytes behind the
 * end marker that are lost, sparse files that become dense. Sentences, valid
 * once hs_rewrite_next() gave 0, as long as the rewrite.
 */
const char *const *hs_rewrite_losses(const struct hs_rewrite *r, size_t *n);

/* The SHA-256 of the whole rewritten layer: its diffID. */
int hs_rewrite_diff_id(struct hs_sha256 *out, struct hs_run *run, struct hs_span layer,
                       const struct hs_canon *how, struct hs_err *err);

/*
 * Whether two layers become the same. Hashes nothing and stops at the first
 * difference. The error is of the side that `*side` then names ('a' or 'b').
 */
struct hs_rewrite_pair {
	struct hs_span a, b;
	const struct hs_canon *how;
	char side;                /* out, with an error */
	struct hs_worker *worker; /* of the calling thread, or NULL: the sides in turn */
};
int hs_rewrite_same(bool *same, struct hs_run *run, struct hs_rewrite_pair *pair,
                    struct hs_err *err);

#endif
