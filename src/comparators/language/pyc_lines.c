/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPython's Objects/lnotab_notes.txt and Objects/locations.md:
 *
 *	until 3.9   pairs of bytes: so much code is of the line, then the line grows
 *	            (a signed number since 3.6)
 *	3.10        pairs: so much code, after the line grew; -128: of no line
 *	3.11        a byte 1 CCCC LLL (code C, L + 1 instructions), then by code
 *	            0-9    a byte: the same line, columns near its start
 *	            10-12  two bytes: 0 to 2 lines on, columns
 *	            13     a number: lines on, no columns
 *	            14     numbers: lines on, lines that it spans, columns
 *	            15     of no line
 */
#include "comparators/language/pyc_lines.h"

enum { NO_LINE = -128, SHORT_FORM = 10, ONE_LINE = 13, LONG_FORM = 14, NONE = 15, UNIT = 2 };

void
hs_pyc_lines_init(struct hs_pyc_lines *l, struct hs_span table, unsigned version)
{
	*l = (struct hs_pyc_lines){ .c = { .rest = table }, .version = version };
}

static int64_t
signed_byte(struct hs_cursor *c)
{
	const int64_t v = (int64_t)hs_take_le(c, 1);

	return v >= 128 ? v - 256 : v;
}

static uint64_t
take_number(struct hs_cursor *c)
{
	uint64_t v = 0, byte;
	unsigned shift = 0;

	do {
		byte = hs_take_le(c, 1);
		v |= shift < 60 ? (byte & 63) << shift : 0;
		shift += 6;
	} while (byte & 64);
	return v;
}

static int64_t
take_signed(struct hs_cursor *c)
{
	const uint64_t v = take_number(c);

	return v & 1 ? -(int64_t)(v >> 1) : (int64_t)(v >> 1);
}

/* The entries are read one ahead: code stands before the step to the next line. */
static bool
next_lnotab(struct hs_pyc_range *out, struct hs_pyc_lines *l)
{
	if (l->c.cut)
		return false;
	out->line = l->line;
	while (l->c.rest.len >= 2) {
		const uint64_t len = hs_take_le(&l->c, 1);
		const int64_t by =
			l->version >= 306 ? signed_byte(&l->c) : (int64_t)hs_take_le(&l->c, 1);

		l->line += by;
		out->len += len;
		if (out->len)
			return true;
		out->line = l->line;
	}
	l->c.cut = true;
	out->len = 0;
	return true;
}

static bool
next_310(struct hs_pyc_range *out, struct hs_pyc_lines *l)
{
	int64_t by;

	if (l->c.rest.len < 2)
		return false;
	out->len = hs_take_le(&l->c, 1);
	by = signed_byte(&l->c);
	out->no_line = by == NO_LINE;
	l->line += out->no_line ? 0 : by;
	out->line = l->line;
	return true;
}

static void
take_columns(struct hs_pyc_range *out, struct hs_pyc_lines *l, unsigned code)
{
	const uint64_t first = hs_take_le(&l->c, 1);

	if (code < SHORT_FORM) {
		out->from = (int64_t)(code << 3 | first >> 4);
		out->to = out->from + (int64_t)(first & 15);
		return;
	}
	l->line += (int64_t)code - SHORT_FORM;
	out->from = (int64_t)first;
	out->to = (int64_t)hs_take_le(&l->c, 1);
}

static bool
next_311(struct hs_pyc_range *out, struct hs_pyc_lines *l)
{
	uint64_t head, code;

	if (l->c.rest.len == 0)
		return false;
	head = hs_take_le(&l->c, 1);
	code = head >> 3 & 15;
	out->len = ((head & 7) + 1) * UNIT;
	if (code < ONE_LINE) {
		take_columns(out, l, (unsigned)code);
	} else if (code == NONE) {
		out->no_line = true;
	} else {
		l->line += take_signed(&l->c);
		if (code == LONG_FORM) {
			out->lines = (int64_t)take_number(&l->c);
			out->from = (int64_t)take_number(&l->c) - 1;
			out->to = (int64_t)take_number(&l->c) - 1;
		}
	}
	out->line = l->line;
	return !l->c.cut;
}

bool
hs_pyc_lines_next(struct hs_pyc_range *out, struct hs_pyc_lines *l)
{
	*out = (struct hs_pyc_range){ .from = -1, .to = -1 };
	if (l->version >= 311)
		return next_311(out, l);
	return l->version == 310 ? next_310(out, l) : next_lnotab(out, l);
}
