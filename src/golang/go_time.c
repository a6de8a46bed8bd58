/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_time.h"

#include <inttypes.h>
#include <stdio.h>

#define DAY INT64_C(86400)

/* Days from 1970-01-01 to the first of March of that year; leap days stand at a year's end then. */
static int64_t
days_to_march(int64_t year)
{
	const int64_t era = (year >= 0 ? year : year - 399) / 400, y = year - era * 400;

	return era * 146097 + y * 365 + y / 4 - y / 100 - 719468;
}

/* Days of that year before the month, counted from March. */
static int64_t
days_before(unsigned month_from_march)
{
	return (153 * (int64_t)month_from_march + 2) / 5;
}

static unsigned
days_in(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

/* A number of `width` digits within the bounds; c->cut where there is none. */
static unsigned
number(struct hs_cursor *c, size_t width, unsigned least, unsigned most)
{
	const struct hs_span s = hs_take(c, width);
	unsigned n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			c->cut = true;
		n = n * 10 + s.at[i] - '0';
	}
	if (c->cut || n < least || n > most) {
		c->cut = true;
		return least;
	}
	return n;
}

static void
literal(struct hs_cursor *c, char what)
{
	if (hs_take_be(c, 1) != (uint8_t)what)
		c->cut = true;
}

static bool
digit_at(const struct hs_cursor *c, size_t i)
{
	return i < c->rest.len && c->rest.at[i] >= '0' && c->rest.at[i] <= '9';
}

static uint32_t
fraction(struct hs_cursor *c)
{
	uint32_t nanos = 0, weight = 100000000;

	if (c->rest.len == 0 || (c->rest.at[0] != '.' && c->rest.at[0] != ',') || !digit_at(c, 1))
		return 0;
	hs_take(c, 1);
	for (; digit_at(c, 0); weight /= 10)
		nanos += weight * number(c, 1, 0, 9);
	return nanos;
}

static int32_t
zone(struct hs_cursor *c)
{
	const char sign = (char)hs_take_be(c, 1);
	unsigned hours, minutes;

	if (sign == 'Z')
		return 0;
	if (sign != '+' && sign != '-')
		c->cut = true;
	/* Go takes an offset of 24 hours or 60 minutes: some write such. */
	hours = number(c, 2, 0, 24);
	literal(c, ':');
	minutes = number(c, 2, 0, 60);
	return (int32_t)(hours * 60 + minutes) * (sign == '-' ? -60 : 60);
}

bool
hs_go_time_read(struct hs_go_time *out, struct hs_span text)
{
	struct hs_cursor c = { .rest = text };
	unsigned year, month, day, hour, minute, second;

	year = number(&c, 4, 0, 9999);
	literal(&c, '-');
	month = number(&c, 2, 1, 12);
	literal(&c, '-');
	day = number(&c, 2, 1, 31);
	literal(&c, 'T');
	hour = number(&c, digit_at(&c, 1) ? 2 : 1, 0, 23);
	literal(&c, ':');
	minute = number(&c, 2, 0, 59);
	literal(&c, ':');
	second = number(&c, 2, 0, 59);
	out->nanos = fraction(&c);
	out->offset = zone(&c);
	if (c.cut || c.rest.len || day > days_in(year, month))
		return false;
	out->seconds = (days_to_march(month > 2 ? (int64_t)year : (int64_t)year - 1) +
	                days_before((month + 9) % 12) + day - 1) *
	                       DAY +
	               hour * INT64_C(3600) + minute * INT64_C(60) + second - out->offset;
	return true;
}

void
hs_go_time_write(char *out, struct hs_go_time t)
{
	const int64_t local = t.seconds + t.offset;
	int64_t days = local / DAY, second = local % DAY, year;
	unsigned month, minutes;
	int n;

	if (second < 0) {
		second += DAY;
		days--;
	}
	/* A first guess that is never too small by more than one. */
	year = (days + 719468) * 400 / 146097;
	while (days_to_march(year) > days)
		year--;
	while (days_to_march(year + 1) <= days)
		year++;
	days -= days_to_march(year);
	month = (unsigned)((5 * days + 2) / 153);
	n = snprintf(out, HS_GO_TIME_TEXT, "%04" PRId64 "-%02u-%02uT%02u:%02u:%02u",
	             month < 10 ? year : year + 1, month < 10 ? month + 3 : month - 9,
	             (unsigned)(days - days_before(month)) + 1, (unsigned)(second / 3600),
	             (unsigned)(second / 60 % 60), (unsigned)(second % 60));
	if (t.nanos) {
		n += snprintf(out + n, HS_GO_TIME_TEXT - (size_t)n, ".%09" PRIu32, t.nanos);
		while (out[n - 1] == '0')
			n--;
	}
	minutes = (unsigned)(t.offset < 0 ? -t.offset : t.offset) / 60;
	if (minutes)
		snprintf(out + n, HS_GO_TIME_TEXT - (size_t)n, "%c%02u:%02u",
		         t.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
	else
		snprintf(out + n, HS_GO_TIME_TEXT - (size_t)n, "Z");
}

bool
hs_go_time_is_writable(struct hs_go_time t)
{
	return t.offset > -DAY && t.offset < DAY;
}

bool
hs_go_time_is_after(struct hs_go_time t, int64_t seconds)
{
	return t.seconds > seconds || (t.seconds == seconds && t.nanos > 0);
}
