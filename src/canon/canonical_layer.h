/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_CANONICAL_LAYER_H
#define HS_CANON_CANONICAL_LAYER_H

#include "canon/rewrite.h"

/* Takes the bytes of a rewritten layer, in order. */
typedef int hs_canonical_sink(void *ctx, struct hs_span bytes, struct hs_err *err);

/* One layer on its way into a canonical form. */
struct hs_canonical_layer {
	struct hs_run *run;
	struct hs_span layer; /* uncompressed */
	const struct hs_canon *how;
	hs_canonical_sink *sink; /* NULL: only the diffID counts */
	void *ctx;
	struct hs_arena *arena; /* of the losses */

	/* Out. */
	struct hs_sha256 diff_id;
	uint64_t size;
	const char *const *losses; /* as hs_rewrite_losses() */
	size_t n_losses;
};

/* Rewrites and hashes it. Errors are those of hs_rewrite_next() and of the sink. */
int hs_canonical_layer_make(struct hs_canonical_layer *l, struct hs_err *err);

/* The same into a blob of the spool, which is the caller's; `sink` is not used. */
int hs_canonical_layer_spool(struct hs_blob **out, struct hs_canonical_layer *l,
                             struct hs_err *err);

#endif
