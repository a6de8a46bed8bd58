/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { MAX_POWER = 308 }; /* of ten that a double holds */

/* A number while it is read. */
struct reader {
	struct hs_span text;
	size_t at;
	bool negative;
	uint64_t significand;
	int64_t exponent; /* of ten */
	struct hs_err *err;
};

static int
peek(const struct reader *r)
{
	return r->at < r->text.len ? r->text.at[r->at] : -1;
}

static bool
at_digit(const struct reader *r)
{
	const int c = peek(r);

	return c >= '0' && c <= '9';
}

static int
fail(const struct reader *r, const char *what)
{
	return hs_fail(r->err, HS_EFORMAT, "%s at byte %zu of the JSON", what, r->at);
}

static int
fail_digit(const struct reader *r)
{
	return fail(r, peek(r) < 0 ? "the text ends within a number" : "a number is malformed");
}

/* False, and nothing is taken, where 64 bits do not hold it. */
static bool
take_digit(struct reader *r)
{
	const unsigned digit = r->text.at[r->at] - (unsigned)'0';

	if (r->significand > (UINT64_MAX - digit) / 10)
		return false;
	r->significand = r->significand * 10 + digit;
	r->at++;
	return true;
}

static void
skip_digits(struct reader *r)
{
	while (at_digit(r))
		r->at++;
}

static double
power_of_ten(int64_t exponent)
{
	char text[16];

	snprintf(text, sizeof(text), "1e%d", (int)exponent);
	return strtod(text, NULL);
}

static int
make_double(struct hs_serde *out, const struct reader *r)
{
	double f = (double)r->significand;
	int64_t exponent = r->exponent;

	while (f != 0 && exponent < -MAX_POWER) {
		f /= power_of_ten(MAX_POWER);
		exponent += MAX_POWER;
	}
	if (f != 0 && exponent > MAX_POWER)
		return fail(r, "a number is too large");
	if (f != 0)
		f = exponent < 0 ? f / power_of_ten(-exponent) : f * power_of_ten(exponent);
	if (isinf(f))
		return fail(r, "a number is too large");
	*out = (struct hs_serde){ .kind = HS_SERDE_F64, .f64 = r->negative ? -f : f };
	return 0;
}

static int64_t
clamped(int64_t v)
{
	return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : v;
}

/* From the "e" on. */
static int
take_exponent(struct hs_serde *out, struct reader *r)
{
	bool minus = false;
	int64_t exponent = 0;

	r->at++;
	if (peek(r) == '+' || peek(r) == '-')
		minus = r->text.at[r->at++] == '-';
	if (!at_digit(r))
		return fail_digit(r);
	while (at_digit(r) && exponent <= INT32_MAX)
		exponent = exponent * 10 + (r->text.at[r->at++] - '0');
	if (exponent > INT32_MAX) {
		skip_digits(r);
		if (r->significand != 0 && !minus)
			return fail(r, "a number is too large");
		*out = (struct hs_serde){ .kind = HS_SERDE_F64, .f64 = r->negative ? -0.0 : 0.0 };
		return 0;
	}
	r->exponent = clamped(minus ? r->exponent - exponent : r->exponent + exponent);
	return make_double(out, r);
}

/* Behind the digits of a number that is a double. */
static int
take_end(struct hs_serde *out, struct reader *r)
{
	if (peek(r) == 'e' || peek(r) == 'E')
		return take_exponent(out, r);
	return make_double(out, r);
}

/* From the point on. Digits that 64 bits do not hold count for nothing. */
static int
take_fraction(struct hs_serde *out, struct reader *r)
{
	r->at++;
	if (!at_digit(r))
		return fail_digit(r);
	while (at_digit(r) && take_digit(r))
		r->exponent--;
	skip_digits(r);
	return take_end(out, r);
}

/* An integer; a negative zero is a double. */
static void
make_integer(struct hs_serde *out, const struct reader *r)
{
	const uint64_t v = r->significand;

	if (!r->negative)
		*out = (struct hs_serde){ .kind = HS_SERDE_U64, .u64 = v };
	else if (v == 0 || v > (uint64_t)INT64_MAX + 1)
		*out = (struct hs_serde){ .kind = HS_SERDE_F64, .f64 = -(double)v };
	else
		*out = (struct hs_serde){ .kind = HS_SERDE_I64, .i64 = -1 - (int64_t)(v - 1) };
}

static int
take_number(struct hs_serde *out, struct reader *r)
{
	const bool zero = peek(r) == '0';

	if (!at_digit(r))
		return fail_digit(r);
	while (at_digit(r) && take_digit(r))
		if (zero && at_digit(r))
			return fail(r, "a number begins with a zero");
	for (; at_digit(r); r->at++)
		r->exponent++;
	if (peek(r) == '.')
		return take_fraction(out, r);
	if (peek(r) == 'e' || peek(r) == 'E' || r->exponent > 0)
		return take_end(out, r);
	make_integer(out, r);
	return 0;
}

int
hs_serde_take_number(struct hs_serde *out, struct hs_span text, size_t *at, struct hs_err *err)
{
	struct reader r = { .text = text, .at = *at, .err = err };
	int rc;

	if (peek(&r) == '-') {
		r.negative = true;
		r.at++;
	}
	rc = take_number(out, &r);
	*at = r.at;
	return rc;
}

/* The digits of a positive number and where its point stands: 0.DIGITS times ten to `point`. */
struct decimal {
	char digits[24];
	int n, point;
};

/* The decimal of `n` digits that is nearest. */
static struct decimal
rounded(double v, int n)
{
	struct decimal d = { .n = 0 };
	char text[40];

	snprintf(text, sizeof(text), "%.*e", n - 1, v);
	d.point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
	for (const char *c = text; *c != 'e'; c++)
		if (*c >= '0' && *c <= '9')
			d.digits[d.n++] = *c;
	return d;
}

static double
value_of(const struct decimal *d)
{
	char text[40];

	snprintf(text, sizeof(text), "%.*se%d", d->n, d->digits, d->point - d->n);
	return strtod(text, NULL);
}

/* The next decimal with as many digits. */
static struct decimal
above(struct decimal d)
{
	int i = d.n;

	while (i > 0 && d.digits[i - 1] == '9')
		d.digits[--i] = '0';
	if (i > 0) {
		d.digits[i - 1]++;
		return d;
	}
	d.digits[0] = '1';
	d.point++;
	return d;
}

/*
 * Of the decimals that read back as `v` those with the fewest digits, and the
 * nearest of them. Below a power of two the doubles are denser than above, so
 * the one above may do where the nearest, which is below, does not.
 */
static struct decimal
shortest(double v)
{
	struct decimal d = rounded(v, 17);

	for (int n = 1; n < 17; n++) {
		const struct decimal near = rounded(v, n), next = above(near);

		if (value_of(&near) == v || value_of(&next) == v) {
			d = value_of(&near) == v ? near : next;
			break;
		}
	}
	while (d.n > 1 && d.digits[d.n - 1] == '0')
		d.n--;
	return d;
}

static void
write_zeros(FILE *out, int n)
{
	while (n-- > 0)
		fputc('0', out);
}

void
hs_serde_write_f64(FILE *out, double v)
{
	struct decimal d;

	if (signbit(v))
		fputc('-', out);
	if (v == 0) {
		fputs("0.0", out);
		return;
	}
	d = shortest(fabs(v));
	if (d.n <= d.point && d.point <= 16) {
		fwrite(d.digits, 1, (size_t)d.n, out);
		write_zeros(out, d.point - d.n);
		fputs(".0", out);
	} else if (0 < d.point && d.point <= 16) {
		fprintf(out, "%.*s.%.*s", d.point, d.digits, d.n - d.point, d.digits + d.point);
	} else if (-5 < d.point && d.point <= 0) {
		fputs("0.", out);
		write_zeros(out, -d.point);
		fwrite(d.digits, 1, (size_t)d.n, out);
	} else {
		fputc(d.digits[0], out);
		if (d.n > 1)
			fprintf(out, ".%.*s", d.n - 1, d.digits + 1);
		fprintf(out, "e%d", d.point - 1);
	}
}
