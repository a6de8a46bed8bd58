/* SPDX-License-Identifier: Apache-2.0 */
#include "build_bytes.h"

#include "core/arena.h"

#include <stdlib.h>

static uint8_t *
grow(struct hs_build *b, size_t n)
{
	uint8_t *at;

	while (b->room - b->len < n) {
		b->room = b->room ? 2 * b->room : 4096;
		b->at = hs_realloc(b->at, b->room, 1);
	}
	at = b->at + b->len;
	b->len += n;
	return at;
}

void
hs_build_put(struct hs_build *b, struct hs_span bytes)
{
	if (bytes.len)
		memcpy(grow(b, bytes.len), bytes.at, bytes.len);
}

void
hs_build_text(struct hs_build *b, const char *text)
{
	hs_build_put(b, hs_span_of(text));
}

void
hs_build_fill(struct hs_build *b, uint8_t byte, size_t n)
{
	if (n)
		memset(grow(b, n), byte, n);
}

void
hs_build_align(struct hs_build *b, size_t unit)
{
	hs_build_fill(b, 0, (unit - b->len % unit) % unit);
}

void
hs_build_be(struct hs_build *b, uint64_t v, size_t width)
{
	uint8_t *at = grow(b, width);

	for (size_t i = width; i-- > 0; v >>= 8)
		at[i] = (uint8_t)v;
}

void
hs_build_le(struct hs_build *b, uint64_t v, size_t width)
{
	uint8_t *at = grow(b, width);

	for (size_t i = 0; i < width; i++, v >>= 8)
		at[i] = (uint8_t)v;
}

struct hs_span
hs_build_span(const struct hs_build *b)
{
	return (struct hs_span){ b->at, b->len };
}

void
hs_build_release(struct hs_build *b)
{
	free(b->at);
	*b = (struct hs_build){ 0 };
}
