/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_string.h"

#include "core/escape.h"

static int
next_byte(const struct hs_serde_parser *p)
{
	return p->at < p->text.len ? p->text.at[p->at] : -1;
}

static int
hex_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four digits behind "\u". */
static int
take_hex(struct hs_serde_parser *p, uint32_t *out)
{
	uint32_t v = 0;

	for (size_t i = 0; i < 4; i++, p->at++) {
		const int digit = next_byte(p) < 0 ? -1 : hex_of(p->text.at[p->at]);

		if (digit < 0)
			return hs_serde_parse_fail(p, "an escape that is none");
		v = v << 4 | (uint32_t)digit;
	}
	*out = v;
	return 0;
}

/* The second half of a character beyond 16 bits. */
static int
take_low_half(struct hs_serde_parser *p, uint32_t *code)
{
	uint32_t low;
	int rc;

	if (!hs_span_starts(hs_span_from(p->text, p->at), HS_SPAN("\\u")))
		return hs_serde_parse_fail(p, "half of a surrogate pair");
	p->at += 2;
	rc = take_hex(p, &low);
	if (rc < 0)
		return rc;
	if (low < 0xdc00 || low > 0xdfff)
		return hs_serde_parse_fail(p, "half of a surrogate pair");
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	return 0;
}

static size_t
put_utf8(uint8_t *at, uint32_t c)
{
	size_t n = 0;

	if (c < 0x80) {
		at[n++] = (uint8_t)c;
		return n;
	}
	if (c < 0x800) {
		at[n++] = (uint8_t)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			at[n++] = (uint8_t)(0xe0 | c >> 12);
		} else {
			at[n++] = (uint8_t)(0xf0 | c >> 18);
			at[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		}
		at[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	at[n++] = (uint8_t)(0x80 | (c & 0x3f));
	return n;
}

/* Behind a backslash; with `code` NULL it only has to be an escape. */
static int
take_escape(struct hs_serde_parser *p, uint32_t *code)
{
	static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const int c = next_byte(p);
	const char *name = c > 0 ? strchr(names, c) : NULL;
	uint32_t unit = 0;
	int rc;

	if (name) {
		unit = (uint32_t)meanings[name - names];
		p->at++;
	} else if (c == 'u') {
		p->at++;
		rc = take_hex(p, &unit);
		if (rc < 0)
			return rc;
	} else {
		return hs_serde_parse_fail(p, "an escape that is none");
	}
	if (!code)
		return 0;
	*code = unit;
	if (unit >= 0xdc00 && unit <= 0xdfff)
		return hs_serde_parse_fail(p, "half of a surrogate pair");
	return unit >= 0xd800 && unit <= 0xdbff ? take_low_half(p, code) : 0;
}

/* Up to what is no plain byte of a string. */
static struct hs_span
take_plain(struct hs_serde_parser *p)
{
	const size_t from = p->at;

	while (p->at < p->text.len && p->text.at[p->at] >= 0x20 && p->text.at[p->at] != '"' &&
	       p->text.at[p->at] != '\\')
		p->at++;
	return hs_span_head(hs_span_from(p->text, from), p->at - from);
}

/* What follows plain bytes: 0 at the quote and 1 behind a backslash, with it taken. */
static int
take_mark(struct hs_serde_parser *p)
{
	const int c = next_byte(p);

	if (c < 0)
		return hs_serde_parse_fail(p, "the text ends within a string");
	if (c != '"' && c != '\\')
		return hs_serde_parse_fail(p, "a control character in a string");
	p->at++;
	return c == '\\';
}

/* Where a string ends of which an escape's backslash was taken, so that its room is known. */
static size_t
find_quote(const struct hs_serde_parser *p)
{
	size_t at = p->at - 1;

	while (at < p->text.len && p->text.at[at] != '"')
		at += p->text.at[at] == '\\' ? 2 : 1;
	return at < p->text.len ? at : p->text.len;
}

/* Unescapes a string into the arena, which takes no more bytes than it has escaped. */
static int
unescape(struct hs_serde_parser *p, struct hs_span plain, struct hs_span *out)
{
	const size_t room = plain.len + find_quote(p) - p->at + 4;
	uint8_t *at = hs_arena_alloc(p->arena, room);
	size_t n = 0;
	int rc = 1;

	while (rc > 0) {
		uint32_t code = 0;

		if (plain.len)
			memcpy(at + n, plain.at, plain.len);
		n += plain.len;
		rc = take_escape(p, &code);
		if (rc < 0)
			return rc;
		n += put_utf8(at + n, code);
		plain = take_plain(p);
		rc = take_mark(p);
	}
	if (plain.len)
		memcpy(at + n, plain.at, plain.len);
	*out = (struct hs_span){ at, n + plain.len };
	return rc;
}

int
hs_serde_parse_string(struct hs_serde_parser *p, struct hs_span *out)
{
	int rc = hs_serde_parse_expect(p, '"');

	if (rc < 0)
		return rc;
	*out = take_plain(p);
	rc = take_mark(p);
	if (rc > 0)
		rc = unescape(p, *out, out);
	if (rc == 0 && !hs_is_utf8(*out))
		return hs_serde_parse_fail(p, "bytes that are not UTF-8 in the string that ends");
	return rc;
}

int
hs_serde_ignore_string(struct hs_serde_parser *p)
{
	int rc = hs_serde_parse_expect(p, '"');

	if (rc < 0)
		return rc;
	do {
		take_plain(p);
		rc = take_mark(p);
		if (rc > 0 && take_escape(p, NULL) < 0)
			rc = p->err->code;
	} while (rc > 0);
	return rc;
}
