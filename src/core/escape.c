/* SPDX-License-Identifier: Apache-2.0 */
#include "core/escape.h"

/* Length of the sequence that a first byte announces; 0 for a byte that begins none. */
static size_t
sequence_length(uint8_t c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

int32_t
hs_take_utf8(struct hs_span *s)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const size_t len = sequence_length(s->at[0]);
	int32_t c = len > 1 ? s->at[0] & (0x7f >> len) : s->at[0];
	bool good = len > 0 && len <= s->len;

	for (size_t i = 1; good && i < len; i++) {
		good = (s->at[i] & 0xc0) == 0x80;
		c = c << 6 | (s->at[i] & 0x3f);
	}
	if (good && (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)))
		good = false;
	*s = hs_span_from(*s, good ? len : 1);
	return good ? c : -1;
}

bool
hs_is_utf8(struct hs_span s)
{
	while (s.len)
		if (hs_take_utf8(&s) < 0)
			return false;
	return true;
}

/* Characters that move the cursor, turn the writing direction or cannot be seen. */
static bool
is_hidden(int32_t c)
{
	static const struct {
		int32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },        { 0x5c, 0x5c },     { 0x7f, 0x9f },     { 0xad, 0xad },
		{ 0x34f, 0x34f },      { 0x61c, 0x61c },   { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f },    { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
		{ 0x3164, 0x3164 },    { 0xe000, 0xf8ff }, { 0xfdd0, 0xfdef }, { 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff },    { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
		{ 0xe0000, 0x10ffff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return c < 0 || (c & 0xfffe) == 0xfffe;
}

/* The next character of `s`, as it is or escaped; `buf` has room for 4 escaped bytes. */
static struct hs_span
next_shown(struct hs_span *s, char buf[16])
{
	static const char hex[] = "0123456789abcdef";
	static const char short_names[] = "\nn\tt\rr\\\\";
	const struct hs_span before = *s;
	const int32_t c = hs_take_utf8(s);
	const struct hs_span raw = { before.at, before.len - s->len };
	size_t n = 0;

	if (!is_hidden(c))
		return raw;
	for (size_t i = 0; i + 1 < sizeof(short_names); i += 2) {
		if (c == short_names[i]) {
			buf[0] = '\\';
			buf[1] = short_names[i + 1];
			return (struct hs_span){ (uint8_t *)buf, 2 };
		}
	}
	for (size_t i = 0; i < raw.len; i++) {
		buf[n++] = '\\';
		buf[n++] = 'x';
		buf[n++] = hex[raw.at[i] >> 4];
		buf[n++] = hex[raw.at[i] & 15];
	}
	return (struct hs_span){ (uint8_t *)buf, n };
}

/* Printable ASCII without the backslash: the common case, found fast. */
static size_t
plain_run(struct hs_span s)
{
	size_t n = 0;

	while (n < s.len && s.at[n] >= 0x20 && s.at[n] < 0x7f && s.at[n] != '\\')
		n++;
	return n;
}

void
hs_escape_write(FILE *out, struct hs_span s)
{
	while (s.len) {
		const size_t n = plain_run(s);
		char buf[16];

		fwrite(s.at, 1, n, out);
		s = hs_span_from(s, n);
		if (s.len) {
			const struct hs_span shown = next_shown(&s, buf);

			fwrite(shown.at, 1, shown.len, out);
		}
	}
}

struct hs_span
hs_escape(struct hs_arena *a, struct hs_span s)
{
	uint8_t *out;
	size_t n = 0;
	char buf[16];

	if (plain_run(s) == s.len)
		return s;
	out = hs_arena_array(a, s.len, 4);
	while (s.len) {
		const struct hs_span shown = next_shown(&s, buf);

		memcpy(out + n, shown.at, shown.len);
		n += shown.len;
	}
	return (struct hs_span){ out, n };
}

/* Copies whole characters while they fit `room`; returns how much was written. */
static size_t
fill(char *out, size_t room, struct hs_span s)
{
	size_t n = 0;
	char buf[16];

	while (s.len) {
		const struct hs_span shown = next_shown(&s, buf);

		if (shown.len > room - n)
			break;
		memcpy(out + n, shown.at, shown.len);
		n += shown.len;
	}
	return n;
}

/* Whether all of `s`, escaped, takes no more than `room`. */
static bool
fits(struct hs_span s, size_t room)
{
	char buf[16];

	while (s.len && s.len <= room) {
		const size_t len = next_shown(&s, buf).len;

		if (len > room)
			return false;
		room -= len;
	}
	return s.len == 0;
}

void
hs_escape_short(char *out, size_t size, struct hs_span s)
{
	static const char dots[] = "...";
	const size_t half = (size - sizeof(dots)) / 2;
	size_t n;

	if (fits(s, size - 1)) {
		n = fill(out, size - 1, s);
		out[n] = 0;
		return;
	}
	n = fill(out, half, hs_span_head(s, half));
	memcpy(out + n, dots, sizeof(dots) - 1);
	n += sizeof(dots) - 1;
	/* The longest end that fits, from the beginning of a character on. */
	if (s.len > half)
		s = hs_span_from(s, s.len - half);
	while (s.len && ((s.at[0] & 0xc0) == 0x80 || !fits(s, half)))
		s = hs_span_from(s, 1);
	n += fill(out + n, size - 1 - n, s);
	out[n] = 0;
}
