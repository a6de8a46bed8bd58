/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_SPAN_H
#define HS_CORE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that somebody else owns and that outlive the span. All zero is the empty span. */
struct hs_span {
	const uint8_t *at;
	size_t len;
};

/* A string literal as a span, without its NUL. */
#define HS_SPAN(literal) ((struct hs_span){ (const uint8_t *)("" literal), sizeof(literal) - 1 })

/*
 * Reads a span from its front. A read past the end yields nothing, or zero,
 * and sets `cut`, which stays set: take a whole header, then look once.
 */
struct hs_cursor {
	struct hs_span rest;
	bool cut;
};

static inline struct hs_span
hs_span_of(const char *text)
{
	return (struct hs_span){ (const uint8_t *)text, strlen(text) };
}

static inline struct hs_span
hs_take(struct hs_cursor *c, uint64_t n)
{
	const struct hs_span out = { c->rest.at, (size_t)n };

	if (n > c->rest.len) {
		*c = (struct hs_cursor){ .cut = true };
		return (struct hs_span){ NULL, 0 };
	}
	if (n > 0) {
		c->rest.at += n;
		c->rest.len -= (size_t)n;
	}
	return out;
}

/* An unsigned number of `width` bytes (8 at most), most significant byte first. */
static inline uint64_t
hs_take_be(struct hs_cursor *c, size_t width)
{
	const struct hs_span s = hs_take(c, width);
	uint64_t v = 0;

	for (size_t i = 0; i < s.len; i++)
		v = v << 8 | s.at[i];
	return v;
}

/* The same, least significant byte first. */
static inline uint64_t
hs_take_le(struct hs_cursor *c, size_t width)
{
	const struct hs_span s = hs_take(c, width);
	uint64_t v = 0;

	for (size_t i = s.len; i-- > 0;)
		v = v << 8 | s.at[i];
	return v;
}

/* What stands before the next NUL, which is taken too. */
static inline struct hs_span
hs_take_string(struct hs_cursor *c)
{
	const uint8_t *nul = c->rest.len ? memchr(c->rest.at, 0, c->rest.len) : NULL;
	struct hs_span out = hs_take(c, nul ? (uint64_t)(nul - c->rest.at) + 1 : UINT64_MAX);

	if (out.len > 0)
		out.len--;
	return out;
}

/* The part [off, off + len) of `s`; false, and *out untouched, where `s` does not hold all of it.
 */
static inline bool
hs_span_part(struct hs_span *out, struct hs_span s, uint64_t off, uint64_t len)
{
	if (off > s.len || len > s.len - off)
		return false;
	*out = s.at ? (struct hs_span){ s.at + off, (size_t)len } : (struct hs_span){ NULL, 0 };
	return true;
}

/* `s` without its first `n` bytes; empty where it is not longer. */
static inline struct hs_span
hs_span_from(struct hs_span s, uint64_t n)
{
	if (n >= s.len)
		return (struct hs_span){ NULL, 0 };
	return (struct hs_span){ s.at + n, s.len - (size_t)n };
}

/* The first `n` bytes of `s`, or all of it where it is shorter. */
static inline struct hs_span
hs_span_head(struct hs_span s, uint64_t n)
{
	return (struct hs_span){ s.at, n < s.len ? (size_t)n : s.len };
}

static inline bool
hs_span_starts(struct hs_span s, struct hs_span with)
{
	return s.len >= with.len && (with.len == 0 || memcmp(s.at, with.at, with.len) == 0);
}

static inline bool
hs_span_ends(struct hs_span s, struct hs_span with)
{
	return s.len >= with.len &&
	       (with.len == 0 || memcmp(s.at + s.len - with.len, with.at, with.len) == 0);
}

static inline bool
hs_span_equal(struct hs_span a, struct hs_span b)
{
	return a.len == b.len && (a.len == 0 || a.at == b.at || memcmp(a.at, b.at, a.len) == 0);
}

/* Whether the span is the text of a C string. */
static inline bool
hs_span_is(struct hs_span s, const char *text)
{
	return hs_span_equal(s, hs_span_of(text));
}

/* Bytewise order, a prefix before what it begins; the sign is strcmp's. */
static inline int
hs_span_order(struct hs_span a, struct hs_span b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	const int d = n ? memcmp(a.at, b.at, n) : 0;

	return d ? d : (a.len > b.len) - (a.len < b.len);
}

/* Whether every byte of `s` is zero. */
static inline bool
hs_span_is_zero(struct hs_span s)
{
	return s.len == 0 || (s.at[0] == 0 && memcmp(s.at, s.at + 1, s.len - 1) == 0);
}

/* Whether the byte is a hex digit as digests have them, in lower case. */
static inline bool
hs_is_hex(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Whether every byte of `s` is one. */
static inline bool
hs_span_is_hex(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!hs_is_hex(s.at[i]))
			return false;
	return true;
}

#endif
