/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ARENA_H
#define HS_CORE_ARENA_H

#include "core/span.h"

/*
 * Memory that is let go all at once. An all-zero arena is empty and ready.
 *
 * An allocation is zeroed, is aligned for any type, lives until
 * hs_arena_release() or a rewind to before it, and is never NULL: without
 * memory the program says so and ends with status 2. An arena belongs to one
 * thread at a time.
 */
struct hs_arena {
	struct hs_arena_block *blocks;
	size_t used; /* of the first block */
};

/* A moment of an arena, to go back to. */
struct hs_arena_mark {
	struct hs_arena_block *block;
	size_t used;
};

void *hs_arena_alloc(struct hs_arena *a, size_t n);

/* An array: n * size, checked. */
void *hs_arena_array(struct hs_arena *a, size_t n, size_t size);

/* A copy of the bytes, with a NUL behind them that the span does not count. */
struct hs_span hs_arena_copy(struct hs_arena *a, struct hs_span s);

/* The bytes of `x`, then those of `y`, with a NUL behind them that the span does not count. */
struct hs_span hs_arena_join(struct hs_arena *a, struct hs_span x, struct hs_span y);

char *hs_arena_printf(struct hs_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* hs_arena_printf() as a span. */
struct hs_span hs_arena_span(struct hs_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

struct hs_arena_mark hs_arena_mark(const struct hs_arena *a);

/* Lets go all that was allocated since the mark; marks nest as calls do. */
void hs_arena_rewind(struct hs_arena *a, struct hs_arena_mark to);

/* Leaves the arena empty and ready. */
void hs_arena_release(struct hs_arena *a);

/* Says "hashoscope: out of memory" and ends the program with status 2. */
_Noreturn void hs_die_out_of_memory(void);

/* malloc/realloc that never return NULL; for what an arena does not fit. free() it. */
void *hs_alloc(size_t n);
void *hs_realloc(void *p, size_t n, size_t size);

#endif
