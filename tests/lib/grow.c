/* SPDX-License-Identifier: Apache-2.0 */
#include "grow.h"

static uint8_t *
writable(const struct grow *g)
{
	return (uint8_t *)(uintptr_t)g->bytes.at;
}

void
grow_add(struct grow *g, struct hs_span bytes)
{
	if (g->bytes.len + bytes.len > g->room || !g->bytes.at) {
		uint8_t *to;

		g->room = 2 * (g->bytes.len + bytes.len) + 512;
		to = hs_arena_alloc(g->arena, g->room);
		if (g->bytes.len)
			memcpy(to, g->bytes.at, g->bytes.len);
		g->bytes.at = to;
	}
	if (bytes.len)
		memcpy(writable(g) + g->bytes.len, bytes.at, bytes.len);
	g->bytes.len += bytes.len;
}

void
grow_text(struct grow *g, const char *text)
{
	grow_add(g, hs_span_of(text));
}

void
grow_zeros(struct grow *g, size_t n)
{
	while (n--)
		grow_add(g, HS_SPAN("\0"));
}

void
grow_le(struct grow *g, size_t width, uint64_t v)
{
	grow_zeros(g, width);
	grow_patch(g, g->bytes.len - width, width, v);
}

void
grow_patch(struct grow *g, size_t at, size_t width, uint64_t v)
{
	for (size_t i = 0; i < width; i++)
		writable(g)[at + i] = (uint8_t)(v >> 8 * i);
}
