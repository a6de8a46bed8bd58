/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/enclave/cbor_say.h"

#include "core/capture.h"
#include "core/escape.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { LONG_STRING = 64, SHOWN = 16 }; /* bytes */

/* What is being written, and what it stands in. */
struct level {
	enum hs_cbor_major major;
	bool indefinite;
	uint64_t left, n; /* items to come, items that came */
};

struct saying {
	FILE *out;
	bool indented;
	struct level levels[HS_MAX_CBOR_DEPTH];
	size_t depth;
	int n_tags; /* of the levels: they are not indented */
};

/* Of a width of 1, 2, 4 and 8 bytes: 0 to 3. */
static void
write_width(FILE *out, unsigned width)
{
	fprintf(out, "_%d", width == 8 ? 3 : width == 4 ? 2 : width == 2 ? 1 : 0);
}

static void
write_bytes(FILE *out, struct hs_span s)
{
	const size_t shown = s.len > LONG_STRING ? SHOWN : s.len;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	fputs("h'", out);
	for (size_t i = 0; i < shown; i++)
		fprintf(out, "%02x", s.at[i]);
	putc('\'', out);
	if (shown == s.len)
		return;
	digest = hs_sha256(s);
	fprintf(out, " ... / %zu bytes, sha256:%s /", s.len, hs_sha256_hex(hex, &digest));
}

static void
write_text(FILE *out, struct hs_span s)
{
	putc('"', out);
	while (s.len) {
		const struct hs_span before = s;
		const int32_t c = hs_take_utf8(&s);

		if (c < 0)
			fprintf(out, "\\x%02x", before.at[0]);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", (char)c);
		else if (c == '\n')
			fputs("\\n", out);
		else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029)
			fprintf(out, "\\u%04x", (unsigned)c);
		else
			fwrite(before.at, 1, before.len - s.len, out);
	}
	putc('"', out);
}

/* A float of two bytes (RFC 8949 appendix D). */
static double
half(uint64_t bits)
{
	const int exponent = bits >> 10 & 31;
	const double fraction = (double)(bits & 1023);
	const double value = exponent == 0    ? ldexp(fraction, -24)
	                     : exponent == 31 ? (double)INFINITY
	                                      : ldexp(fraction + 1024, exponent - 25);

	return bits >> 15 ? -value : value;
}

static void
write_float(FILE *out, const struct hs_cbor_item *it)
{
	const int digits = it->width == 2 ? 4 : it->width == 4 ? 8 : 16;
	const unsigned fraction = it->width == 2 ? 10 : it->width == 4 ? 23 : 52;
	const uint64_t exponent = (UINT64_C(1) << (8 * it->width - 1)) - (UINT64_C(1) << fraction);
	const uint32_t low = (uint32_t)it->value;
	char text[40];
	double value = 0;
	float single;

	if (it->width == 2) {
		value = half(it->value);
	} else if (it->width == 4) {
		memcpy(&single, &low, sizeof(single));
		value = (double)single;
	} else {
		memcpy(&value, &it->value, sizeof(value));
	}
	if ((it->value & exponent) == exponent && (it->value & ((UINT64_C(1) << fraction) - 1)))
		snprintf(text, sizeof(text), "float'%0*" PRIx64 "'", digits, it->value);
	else if (isinf(value))
		snprintf(text, sizeof(text), value < 0 ? "-Infinity" : "Infinity");
	else
		snprintf(text, sizeof(text), "%.17g", value);
	fputs(text, out);
	if (!strpbrk(text, ".enI'"))
		fputs(".0", out);
	write_width(out, it->width);
}

static void
write_simple(FILE *out, const struct hs_cbor_item *it)
{
	static const char *const names[] = { "false", "true", "null", "undefined" };
	enum { FIRST = 20 };

	if (it->width > 1)
		write_float(out, it);
	else if (it->value >= FIRST && it->value < FIRST + 4)
		fputs(names[it->value - FIRST], out);
	else
		fprintf(out, "simple(%" PRIu64 ")", it->value);
}

static void
write_number(FILE *out, const struct hs_cbor_item *it)
{
	if (it->major == HS_CBOR_UINT)
		fprintf(out, "%" PRIu64, it->value);
	else if (it->value == UINT64_MAX)
		fputs("-18446744073709551616", out);
	else
		fprintf(out, "-%" PRIu64, it->value + 1);
}

/* ---- What stands in something ---- */

static void
new_line(const struct saying *s)
{
	if (s->indented)
		fprintf(s->out, "\n%*s", 2 * ((int)s->depth - s->n_tags), "");
}

/* What separates an item from the one before it. */
static void
separate(const struct saying *s)
{
	const struct level *const in = s->depth ? &s->levels[s->depth - 1] : NULL;

	if (!in || in->major == HS_CBOR_TAG)
		return;
	if (in->major == HS_CBOR_MAP && in->n % 2) {
		fputs(": ", s->out);
		return;
	}
	if (in->n)
		fputs(s->indented ? "," : ", ", s->out);
	new_line(s);
}

static void
open_level(struct saying *s, const struct hs_cbor_item *it)
{
	const bool map = it->major == HS_CBOR_MAP;

	if (it->major == HS_CBOR_TAG)
		fprintf(s->out, "%" PRIu64, it->value);
	else if (it->major == HS_CBOR_ARRAY || map)
		putc(map ? '{' : '[', s->out);
	if (it->major == HS_CBOR_BYTES || it->major == HS_CBOR_TEXT)
		fputs("(_ ", s->out);
	else if (it->indefinite)
		fputs("_ ", s->out);
	else if (!it->shortest)
		write_width(s->out, it->width);
	if (it->major == HS_CBOR_TAG)
		putc('(', s->out);
	else if (!it->shortest)
		putc(' ', s->out);
	s->n_tags += it->major == HS_CBOR_TAG;
	s->levels[s->depth++] = (struct level){
		.major = it->major,
		.indefinite = it->indefinite,
		.left = map                        ? 2 * it->value
		        : it->major == HS_CBOR_TAG ? 1
		                                   : it->value,
	};
}

static void
close_level(struct saying *s)
{
	const struct level in = s->levels[--s->depth];

	s->n_tags -= in.major == HS_CBOR_TAG;
	if (in.n && in.major != HS_CBOR_TAG)
		new_line(s);
	putc(in.major == HS_CBOR_ARRAY ? ']' : in.major == HS_CBOR_MAP ? '}' : ')', s->out);
}

/* Ends what has all its items; and an item has come of what that stands in. */
static void
close_levels(struct saying *s)
{
	while (s->depth && !s->levels[s->depth - 1].indefinite &&
	       s->levels[s->depth - 1].left == 0) {
		close_level(s);
		if (s->depth) {
			s->levels[s->depth - 1].n++;
			s->levels[s->depth - 1].left--;
		}
	}
}

static void
came(struct saying *s)
{
	if (s->depth) {
		s->levels[s->depth - 1].n++;
		s->levels[s->depth - 1].left--;
	}
	close_levels(s);
}

static bool
has_inside(const struct hs_cbor_item *it)
{
	return it->major == HS_CBOR_ARRAY || it->major == HS_CBOR_MAP || it->major == HS_CBOR_TAG ||
	       (it->indefinite && it->major != HS_CBOR_SIMPLE);
}

static void
write_scalar(struct saying *s, const struct hs_cbor_item *it)
{
	switch (it->major) {
	case HS_CBOR_BYTES:
		write_bytes(s->out, it->data);
		break;
	case HS_CBOR_TEXT:
		write_text(s->out, it->data);
		break;
	case HS_CBOR_SIMPLE:
		write_simple(s->out, it);
		break;
	default:
		write_number(s->out, it);
		break;
	}
	if (!it->shortest)
		write_width(s->out, it->width);
	came(s);
}

void
hs_cbor_say(FILE *out, struct hs_span items, enum hs_cbor_layout layout)
{
	struct saying s = { .out = out, .indented = layout == HS_CBOR_INDENTED };
	struct hs_cbor c = hs_cbor_of(items);
	struct hs_cbor_item it;
	struct hs_err ignored;

	while (c.rest.len && !ferror(out) && hs_cbor_next(&it, &c, &ignored) == 0) {
		if (hs_cbor_is_break(&it)) {
			if (s.depth == 0)
				return;
			close_level(&s);
			came(&s);
		} else {
			if (has_inside(&it) && s.depth == HS_MAX_CBOR_DEPTH)
				return;
			separate(&s);
			if (has_inside(&it)) {
				open_level(&s, &it);
				close_levels(&s);
			} else {
				write_scalar(&s, &it);
			}
		}
		if (s.depth == 0 && (s.indented || c.rest.len))
			putc(s.indented ? '\n' : ' ', out);
	}
}

struct hs_span
hs_cbor_text_of(struct hs_arena *a, struct hs_span item)
{
	struct hs_capture text = { 0 };
	FILE *const out = hs_capture_open(&text);
	struct hs_span kept;

	hs_cbor_say(out, item, HS_CBOR_ONE_LINE);
	fclose(out);
	kept = hs_arena_copy(a, (struct hs_span){ text.bytes, text.len });
	free(text.bytes);
	return kept;
}
