/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/armour.h"

#include "core/limits.h"

#include <inttypes.h>

const char *
hs_armour_name(enum hs_armour armour)
{
	static const char *const names[] = {
		[HS_ARMOUR_NONE] = "binary",
		[HS_ARMOUR_BASE64] = "base64",
		[HS_ARMOUR_HEX] = "hex",
		[HS_ARMOUR_PEM] = "pem",
	};

	return names[armour];
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct hs_span
trimmed(struct hs_span s)
{
	while (s.len && is_blank(s.at[0]))
		s = hs_span_from(s, 1);
	while (s.len && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Both alphabets; a text in which both stand is no one's. */
static int
base64_digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Text to be decoded, and where in the input it stands. */
struct coded {
	struct hs_span text;
	size_t offset;
};

static int
fail_character(const char *what, const struct coded *c, size_t i, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "byte %zu (0x%02x) is none of %s", c->offset + i,
	               c->text.at[i], what);
}

static bool
starts_hex(struct hs_span s)
{
	return hs_span_starts(s, HS_SPAN("0x")) || hs_span_starts(s, HS_SPAN("0X"));
}

static int
open_hex(struct hs_span *out, struct hs_arena *a, const struct coded *c, struct hs_err *err)
{
	const struct hs_span text = c->text;
	uint8_t *const bytes = hs_arena_alloc(a, text.len / 2 + 1);
	size_t n = 0;

	for (size_t i = starts_hex(text) ? 2 : 0; i < text.len; i++) {
		const int digit = hex_digit(text.at[i]);

		if (is_blank(text.at[i]))
			continue;
		if (digit < 0)
			return fail_character("hex", c, i, err);
		bytes[n / 2] = (uint8_t)(n % 2 ? bytes[n / 2] << 4 | digit : digit);
		n++;
	}
	if (n % 2)
		return hs_fail(err, HS_EFORMAT, "%zu hex digits are no whole number of bytes", n);
	*out = (struct hs_span){ bytes, n / 2 };
	return 0;
}

static int
open_base64(struct hs_span *out, struct hs_arena *a, const struct coded *coded, struct hs_err *err)
{
	const struct hs_span text = coded->text;
	uint8_t *const bytes = hs_arena_alloc(a, text.len * 3 / 4 + 3);
	/* Bits behind the byte that is complete after so many digits. */
	static const unsigned surplus[] = { 0, 0, 4, 2 };
	bool plain = false, url = false;
	size_t n = 0, digits = 0, pads = 0;
	uint32_t bits = 0;

	for (size_t i = 0; i < text.len; i++) {
		const uint8_t c = text.at[i];
		const int digit = base64_digit(c);

		if (is_blank(c))
			continue;
		if (c == '=' && ++pads <= 2)
			continue;
		if (digit < 0 || pads)
			return fail_character("base64", coded, i, err);
		plain = plain || c == '+' || c == '/';
		url = url || c == '-' || c == '_';
		bits = bits << 6 | (uint32_t)digit;
		if (++digits % 4 != 1)
			bytes[n++] = (uint8_t)(bits >> surplus[digits % 4]);
	}
	if (plain && url)
		return hs_fail(err, HS_EFORMAT, "two alphabets of base64 are mixed");
	if (digits % 4 == 1 || (pads && (digits + pads) % 4))
		return hs_fail(err, HS_EFORMAT, "the base64 is cut short");
	*out = (struct hs_span){ bytes, n };
	return 0;
}

/* -----BEGIN x-----, lines, -----END x-----, with nothing around it. */
static int
open_pem(struct hs_span *out, struct hs_arena *a, const struct coded *c, struct hs_err *err)
{
	const struct hs_span dashes = HS_SPAN("-----"), text = c->text;
	const uint8_t *const eol = memchr(text.at, '\n', text.len);
	const uint8_t *const end = memmem(text.at, text.len, "-----END ", 9);
	struct hs_span label, tail;

	if (!eol || !end || end < eol)
		return hs_fail(err, HS_EFORMAT, "the PEM block has no end");
	label = trimmed(hs_span_head(text, (uint64_t)(eol - text.at)));
	label = hs_span_from(label, strlen("-----BEGIN "));
	tail = hs_span_from(text, (uint64_t)(end - text.at) + strlen("-----END "));
	if (!hs_span_ends(label, dashes) || !hs_span_equal(label, tail))
		return hs_fail(err, HS_EFORMAT,
		               "the PEM block does not end as it begins, or not with the text");
	return open_base64(out, a,
	                   &(struct coded){ { eol, (size_t)(end - eol) },
	                                    c->offset + (size_t)(eol - text.at) },
	                   err);
}

static bool
is_text(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_blank(s.at[i]) && (s.at[i] < ' ' || s.at[i] > '~'))
			return false;
	return s.len > 0;
}

static bool
is_hex(struct hs_span s)
{
	if (starts_hex(s))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (!is_blank(s.at[i]) && hex_digit(s.at[i]) < 0)
			return false;
	return true;
}

int
hs_armour_open(struct hs_span *out, enum hs_armour *how, struct hs_arena *a, struct hs_span input,
               struct hs_err *err)
{
	struct coded c = { trimmed(hs_span_head(input, HS_MAX_ATTESTATION_TEXT + 1)), 0 };

	*out = input;
	*how = HS_ARMOUR_NONE;
	if (!is_text(c.text))
		return 0;
	if (input.len > HS_MAX_ATTESTATION_TEXT)
		return hs_fail(err, HS_ELIMIT,
		               "the text has %zu bytes, more than %" PRIu64
		               " (HS_MAX_ATTESTATION_TEXT)",
		               input.len, HS_MAX_ATTESTATION_TEXT);
	c.offset = (size_t)(c.text.at - input.at);
	if (hs_span_starts(c.text, HS_SPAN("-----BEGIN "))) {
		*how = HS_ARMOUR_PEM;
		return open_pem(out, a, &c, err);
	}
	*how = is_hex(c.text) ? HS_ARMOUR_HEX : HS_ARMOUR_BASE64;
	return *how == HS_ARMOUR_HEX ? open_hex(out, a, &c, err) : open_base64(out, a, &c, err);
}
