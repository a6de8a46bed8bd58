/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GROW_H
#define GROW_H

#include "core/arena.h"

/* Bytes that grow at their end, in an arena: what the builders of archives write to. */
struct grow {
	struct hs_arena *arena;
	struct hs_span bytes;
	size_t room;
};

void grow_add(struct grow *g, struct hs_span bytes);
void grow_text(struct grow *g, const char *text);
void grow_zeros(struct grow *g, size_t n);

/* A number of `width` bytes, least significant byte first. */
void grow_le(struct grow *g, size_t width, uint64_t v);

/* Writes over `width` bytes at `at`, which are there already. */
void grow_patch(struct grow *g, size_t at, size_t width, uint64_t v);

#endif
