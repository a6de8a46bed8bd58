/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_number.h"

#include <inttypes.h>
#include <stdio.h>

#define NSEC_PER_SEC UINT32_C(1000000000)

/* From January 1st of the year 1, where Go's times begin, to 1970. */
#define ZERO_TO_1970 INT64_C(62135596800)

bool
hs_go_parse_int(int64_t *out, struct hs_span text)
{
	const bool minus = text.len > 0 && text.at[0] == '-';
	const uint64_t most = minus ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
	uint64_t v = 0;

	if (minus || (text.len > 0 && text.at[0] == '+'))
		text = hs_span_from(text, 1);
	if (text.len == 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const unsigned digit = text.at[i] - (unsigned)'0';

		if (digit > 9 || v > (most - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

static bool
is_blank(uint8_t byte)
{
	return byte == 0 || byte == ' ';
}

bool
hs_go_parse_octal(int64_t *out, struct hs_span field)
{
	uint64_t v = 0;

	while (field.len > 0 && is_blank(field.at[0]))
		field = hs_span_from(field, 1);
	while (field.len > 0 && is_blank(field.at[field.len - 1]))
		field.len--;
	for (size_t i = 0; i < field.len && field.at[i] != 0; i++) {
		const unsigned digit = field.at[i] - (unsigned)'0';

		if (digit > 7 || v >> 61)
			return false;
		v = v << 3 | digit;
	}
	*out = (int64_t)v;
	return true;
}

/* Two's complement behind the first bit, which only marks the form. */
static bool
parse_base256(int64_t *out, struct hs_span field)
{
	const uint8_t inverted = field.at[0] & 0x40 ? 0xff : 0;
	uint64_t v = 0;

	for (size_t i = 0; i < field.len; i++) {
		const uint8_t byte = field.at[i] ^ inverted;

		if (v >> 56)
			return false;
		v = v << 8 | (i == 0 ? byte & 0x7f : byte);
	}
	if (v >> 63)
		return false;
	*out = inverted ? -(int64_t)v - 1 : (int64_t)v;
	return true;
}

bool
hs_go_parse_numeric(int64_t *out, struct hs_span field)
{
	if (field.len > 0 && field.at[0] & 0x80)
		return parse_base256(out, field);
	return hs_go_parse_octal(out, field);
}

bool
hs_go_parse_time(struct hs_time *out, struct hs_span text)
{
	const uint8_t *dot = text.len ? memchr(text.at, '.', text.len) : NULL;
	const struct hs_span whole = dot ? hs_span_head(text, (uint64_t)(dot - text.at)) : text;
	const struct hs_span part = dot ? hs_span_from(text, whole.len + 1) : HS_SPAN("");
	struct hs_time t = { .digits = 9 };
	uint32_t unit = NSEC_PER_SEC;

	if (!hs_go_parse_int(&t.sec, whole))
		return false;
	for (size_t i = 0; i < part.len; i++) {
		const unsigned digit = part.at[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		unit /= 10;
		t.nsec += digit * unit;
	}
	if (whole.at[0] == '-' && t.nsec > 0) {
		t.nsec = NSEC_PER_SEC - t.nsec;
		t.sec = (int64_t)((uint64_t)t.sec - 1);
	}
	*out = t;
	return true;
}

struct hs_span
hs_go_int_text(char room[HS_GO_NUMBER_ROOM], int64_t v)
{
	const int n = snprintf(room, HS_GO_NUMBER_ROOM, "%" PRId64, v);

	return (struct hs_span){ (const uint8_t *)room, (size_t)n };
}

struct hs_span
hs_go_tar_time_text(char room[HS_GO_NUMBER_ROOM], const struct hs_time *t)
{
	const bool minus = t->sec < 0;
	const int64_t sec = minus ? -(t->sec + 1) : t->sec;
	const uint32_t nsec = minus ? NSEC_PER_SEC - t->nsec : t->nsec;
	int n;

	if (t->nsec == 0)
		return hs_go_int_text(room, t->sec);
	n = snprintf(room, HS_GO_NUMBER_ROOM, "%s%" PRId64 ".%09" PRIu32, minus ? "-" : "", sec,
	             nsec);
	while (room[n - 1] == '0')
		n--;
	return (struct hs_span){ (const uint8_t *)room, (size_t)n };
}

/* Seconds as Go counts them; they wrap round as there. */
static int64_t
since_zero(int64_t sec)
{
	return (int64_t)((uint64_t)sec + (uint64_t)ZERO_TO_1970);
}

struct hs_time
hs_go_tar_time_rounded(const struct hs_time *t)
{
	struct hs_time out = { .sec = t->sec, .digits = t->digits };

	if (t->nsec >= NSEC_PER_SEC / 2 && since_zero(t->sec) != INT64_MAX)
		out.sec = (int64_t)((uint64_t)t->sec + 1);
	return out;
}

int
hs_go_tar_time_order(const struct hs_time *t, const struct hs_time *u)
{
	const int64_t x = since_zero(t->sec), y = since_zero(u->sec);

	if (x != y)
		return x < y ? -1 : 1;
	return (t->nsec > u->nsec) - (t->nsec < u->nsec);
}

bool
hs_go_tar_time_is_zero(const struct hs_go_tar_time *t)
{
	return !t->set || (t->at.sec == -ZERO_TO_1970 && t->at.nsec == 0);
}

bool
hs_go_fits_octal(size_t width, int64_t v)
{
	return v >= 0 && (width >= 22 || v < INT64_C(1) << (width - 1) * 3);
}

bool
hs_go_fits_base256(size_t width, int64_t v)
{
	const int64_t bound = width >= 9 ? INT64_MAX : INT64_C(1) << (width - 1) * 8;

	return width >= 9 || (v >= -bound && v < bound);
}

void
hs_go_put_octal(uint8_t *field, size_t width, int64_t v)
{
	uint64_t rest = hs_go_fits_octal(width, v) ? (uint64_t)v : 0;

	field[width - 1] = 0;
	for (size_t i = width - 1; i-- > 0; rest >>= 3)
		field[i] = (uint8_t)('0' + (rest & 7));
}

void
hs_go_put_numeric(uint8_t *field, size_t width, int64_t v)
{
	const uint8_t sign = v < 0 ? 0xff : 0;
	uint64_t rest = (uint64_t)v;

	if (hs_go_fits_octal(width, v) || !hs_go_fits_base256(width, v)) {
		hs_go_put_octal(field, width, v);
		return;
	}
	for (size_t i = width; i-- > 0; rest >>= 8)
		field[i] = width - i > sizeof(rest) ? sign : (uint8_t)rest;
	field[0] |= 0x80;
}
