/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/lines.h"

#include "core/escape.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* LONG_NAME: bytes of a name that a line shows; FORMATTED: of one hs_linesf(). */
enum { LONG_NAME = 400, FORMATTED = 512 };

/* Room for `n` bytes more, or NULL. */
static uint8_t *
grow(struct hs_lines *l, size_t n)
{
	size_t room = l->room ? l->room : 1024;

	if (l->full || n > HS_MAX_TEXT - l->len) {
		l->full = true;
		return NULL;
	}
	while (room < l->len + n)
		room *= 2;
	if (room != l->room) {
		l->at = hs_realloc(l->at, room, 1);
		l->room = room;
	}
	l->len += n;
	return l->at + l->len - n;
}

void
hs_lines_add(struct hs_lines *l, struct hs_span s)
{
	uint8_t *at = s.len ? grow(l, s.len) : NULL;

	if (at)
		memcpy(at, s.at, s.len);
}

void
hs_lines_word(struct hs_lines *l, const char *word)
{
	hs_lines_add(l, hs_span_of(word));
}

void
hs_linesf(struct hs_lines *l, const char *fmt, ...)
{
	char text[FORMATTED];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (n > 0)
		hs_lines_add(l, (struct hs_span){ (const uint8_t *)text,
		                                  (size_t)n < sizeof(text) ? (size_t)n
		                                                           : sizeof(text) - 1 });
}

static bool
is_plain(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < 0x20 || s.at[i] >= 0x7f || s.at[i] == '\\')
			return false;
	return true;
}

void
hs_lines_name(struct hs_lines *l, struct hs_span name)
{
	const struct hs_span shown = hs_span_head(name, LONG_NAME);
	struct hs_arena arena = { 0 };

	hs_lines_add(l, is_plain(shown) ? shown : hs_escape(&arena, shown));
	if (name.len > shown.len)
		hs_linesf(l, "...{%zu bytes, %016" PRIx64 "}", name.len, hs_xxh64(name));
	hs_arena_release(&arena);
}

void
hs_lines_hex(struct hs_lines *l, struct hs_span bytes)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t *at = bytes.len <= HS_MAX_TEXT / 2 ? grow(l, 2 * bytes.len) : NULL;

	l->full |= bytes.len > HS_MAX_TEXT / 2;
	for (size_t i = 0; at && i < bytes.len; i++) {
		at[2 * i] = (uint8_t)digits[bytes.at[i] >> 4];
		at[2 * i + 1] = (uint8_t)digits[bytes.at[i] & 15];
	}
}

struct hs_span
hs_lines_span(const struct hs_lines *l)
{
	return (struct hs_span){ l->at, l->len };
}

void
hs_lines_release(struct hs_lines *l)
{
	free(l->at);
	*l = (struct hs_lines){ 0 };
}

int
hs_lines_content(struct hs_content *out, struct hs_lines *l, struct hs_err *err)
{
	const bool full = l->full;
	struct hs_blob *blob = hs_blob_of_heap(l->at, l->len);

	*out = (struct hs_content){ .blob = blob, .bytes = blob->bytes };
	*l = (struct hs_lines){ 0 };
	return full ? hs_fail(err, HS_ELIMIT, "the text of it has more than %" PRIu64 " MiB",
	                      HS_MAX_TEXT >> 20)
	            : 0;
}
