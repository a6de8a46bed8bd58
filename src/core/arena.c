/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_BLOCK = 4 * 1024, BLOCK_SIZE = 64 * 1024 };

struct hs_arena_block {
	struct hs_arena_block *next;
	size_t size;
	_Alignas(max_align_t) char bytes[];
};

_Noreturn void
hs_die_out_of_memory(void)
{
	static const char text[] = "hashoscope: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(2);
	_exit(2);
}

void *
hs_alloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (!p)
		hs_die_out_of_memory();
	return p;
}

void *
hs_realloc(void *p, size_t n, size_t size)
{
	void *out = reallocarray(p, n ? n : 1, size ? size : 1);

	if (!out)
		hs_die_out_of_memory();
	return out;
}

static void
add_block(struct hs_arena *a, size_t size)
{
	struct hs_arena_block *b;

	if (size > SIZE_MAX - sizeof(*b))
		hs_die_out_of_memory();
	b = hs_alloc(sizeof(*b) + size);
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	a->used = 0;
}

#ifdef HS_ARENA_DEBUG

/* A block for each allocation, so that the sanitizers see where it ends. */
void *
hs_arena_alloc(struct hs_arena *a, size_t n)
{
	add_block(a, n);
	a->used = n;
	return a->blocks->bytes;
}

#else

void *
hs_arena_alloc(struct hs_arena *a, size_t n)
{
	const size_t align = _Alignof(max_align_t);
	void *out;

	if (n > SIZE_MAX - align)
		hs_die_out_of_memory();
	n = (n + align - 1) / align * align;
	if (!a->blocks || n > a->blocks->size - a->used) {
		const size_t least = a->blocks ? BLOCK_SIZE : FIRST_BLOCK;

		add_block(a, n > least ? n : least);
	}
	out = a->blocks->bytes + a->used;
	a->used += n;
	return out;
}

#endif

void *
hs_arena_array(struct hs_arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		hs_die_out_of_memory();
	return hs_arena_alloc(a, total);
}

struct hs_span
hs_arena_copy(struct hs_arena *a, struct hs_span s)
{
	uint8_t *out;

	if (s.len == SIZE_MAX)
		hs_die_out_of_memory();
	out = hs_arena_alloc(a, s.len + 1);
	if (s.len)
		memcpy(out, s.at, s.len);
	return (struct hs_span){ out, s.len };
}

struct hs_span
hs_arena_join(struct hs_arena *a, struct hs_span x, struct hs_span y)
{
	uint8_t *out;

	if (x.len > SIZE_MAX - 1 - y.len)
		hs_die_out_of_memory();
	out = hs_arena_alloc(a, x.len + y.len + 1);
	if (x.len)
		memcpy(out, x.at, x.len);
	if (y.len)
		memcpy(out + x.len, y.at, y.len);
	return (struct hs_span){ out, x.len + y.len };
}

static __attribute__((format(printf, 3, 0))) char *
print(struct hs_arena *a, size_t *len, const char *fmt, va_list ap)
{
	va_list again;
	char *out;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		hs_die_out_of_memory();
	out = hs_arena_alloc(a, (size_t)n + 1);
	vsnprintf(out, (size_t)n + 1, fmt, ap);
	*len = (size_t)n;
	return out;
}

char *
hs_arena_printf(struct hs_arena *a, const char *fmt, ...)
{
	va_list ap;
	size_t len;
	char *out;

	va_start(ap, fmt);
	out = print(a, &len, fmt, ap);
	va_end(ap);
	return out;
}

struct hs_span
hs_arena_span(struct hs_arena *a, const char *fmt, ...)
{
	struct hs_span out;
	va_list ap;

	va_start(ap, fmt);
	out.at = (const uint8_t *)print(a, &out.len, fmt, ap);
	va_end(ap);
	return out;
}

struct hs_arena_mark
hs_arena_mark(const struct hs_arena *a)
{
	return (struct hs_arena_mark){ a->blocks, a->used };
}

void
hs_arena_rewind(struct hs_arena *a, struct hs_arena_mark to)
{
	size_t dirty = a->used; /* of the first block, which allocations expect to be zero */

	while (a->blocks != to.block) {
		struct hs_arena_block *next = a->blocks->next;

		free(a->blocks);
		a->blocks = next;
		dirty = next ? next->size : 0;
	}
	if (a->blocks && dirty > to.used)
		memset(a->blocks->bytes + to.used, 0, dirty - to.used);
	a->used = to.used;
}

void
hs_arena_release(struct hs_arena *a)
{
	hs_arena_rewind(a, (struct hs_arena_mark){ NULL, 0 });
}
