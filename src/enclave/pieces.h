/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_PIECES_H
#define HS_ENCLAVE_PIECES_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

#include <stdio.h>

/*
 * Bytes that stand in several places, in their order: what is made of large
 * inputs without a copy of them. The places must outlive it.
 */
struct hs_pieces {
	struct hs_arena *arena; /* of the list; set by who makes it */
	struct hs_span *list;
	size_t n, room;
	uint64_t size; /* of all */
};

/* Adds bytes at the end; neighbours in memory become one piece. */
void hs_pieces_add(struct hs_pieces *p, struct hs_span bytes);

/* Adds `n` zero bytes. */
void hs_pieces_add_zeros(struct hs_pieces *p, uint64_t n);

/* HS_EIO where `out` takes no more. */
int hs_pieces_write(const struct hs_pieces *p, FILE *out, struct hs_err *err);

#endif
