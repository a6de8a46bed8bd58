/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_number.h"

#include "core/capture.h"
#include "unit.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* "u64 7", "i64 -7", "f64 7.0", or the error; and how much was taken. */
static const char *
read_as(struct hs_arena *a, const char *text, size_t *taken)
{
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);
	struct hs_span copy;
	struct hs_serde v;
	struct hs_err err;
	struct hs_span exact = exact_copy(hs_span_of(text), strlen(text));

	*taken = 0;
	if (hs_serde_take_number(&v, exact, taken, &err) < 0)
		fprintf(out, "%s", err.text);
	else if (v.kind == HS_SERDE_U64)
		fprintf(out, "u64 %" PRIu64, v.u64);
	else if (v.kind == HS_SERDE_I64)
		fprintf(out, "i64 %" PRId64, v.i64);
	else
		fputs("f64 ", out), hs_serde_write_f64(out, v.f64);
	fclose(out);
	copy = hs_arena_copy(a, (struct hs_span){ made.bytes, made.len });
	free(made.bytes);
	free((void *)(uintptr_t)exact.at);
	return (const char *)copy.at;
}

/* As serde_json 1.0.135 reads and writes them, nitro-cli 1.5.0's. */
static void
numbers_are_read_and_written_as_by_serde_json(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "0", "u64 0" },
		{ "7", "u64 7" },
		{ "-7", "i64 -7" },
		{ "-0", "f64 -0.0" },
		{ "0.0", "f64 0.0" },
		{ "-0.0", "f64 -0.0" },
		{ "18446744073709551615", "u64 18446744073709551615" },
		{ "18446744073709551616", "f64 1.8446744073709552e19" },
		{ "184467440737095516150", "f64 1.844674407370955e20" },
		{ "1844674407370955161.5", "f64 1.8446744073709553e18" },
		{ "-9223372036854775808", "i64 -9223372036854775808" },
		{ "-9223372036854775809", "f64 -9.223372036854776e18" },
		{ "1e0", "f64 1.0" },
		{ "1E+2", "f64 100.0" },
		{ "1e15", "f64 1000000000000000.0" },
		{ "1e16", "f64 1e16" },
		{ "1e20", "f64 1e20" },
		{ "1.5e300", "f64 1.5e300" },
		{ "123456789012345680", "u64 123456789012345680" },
		{ "1234567890123456.7", "f64 1234567890123456.8" },
		{ "0.00001", "f64 0.00001" },
		{ "0.000001", "f64 1e-6" },
		{ "0.00001234", "f64 0.00001234" },
		{ "0.000001234", "f64 1.234e-6" },
		{ "1e-400", "f64 0.0" },
		{ "-1e-400", "f64 -0.0" },
		{ "0e99999999999", "f64 0.0" },
		{ "0e400", "f64 0.0" },
		{ "1e-99999999999", "f64 0.0" },
		{ "1.7976931348623157e308", "f64 1.7976931348623157e308" },
		{ "2.2250738585072014e-308", "f64 2.2250738585072014e-308" },
		{ "5e-324", "f64 5e-324" },
		/* Multiplied by a power of ten: one unit beside the nearest double. */
		{ "0.1e1", "f64 1.0" },
		{ "1.1e23", "f64 1.1e23" },
		{ "9007199254740993.0", "f64 9007199254740994.0" },
		{ "12345678901234567890123", "f64 1.2345678901234568e22" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		size_t taken;

		assert_string_equal(read_as(&arena, rows[i].text, &taken), rows[i].want);
		assert_int_equal(taken, strlen(rows[i].text));
	}
}

static void
numbers_that_are_none_are_refused(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "-", "the text ends within a number at byte 1 of the JSON" },
		{ "-x", "a number is malformed at byte 1 of the JSON" },
		{ "01", "a number begins with a zero at byte 1 of the JSON" },
		{ "-00", "a number begins with a zero at byte 2 of the JSON" },
		{ "1.", "the text ends within a number at byte 2 of the JSON" },
		{ "1.e5", "a number is malformed at byte 2 of the JSON" },
		{ "1e", "the text ends within a number at byte 2 of the JSON" },
		{ "1e+", "the text ends within a number at byte 3 of the JSON" },
		{ "1e+-5", "a number is malformed at byte 3 of the JSON" },
		{ "1e309", "a number is too large at byte 5 of the JSON" },
		{ "-1e309", "a number is too large at byte 6 of the JSON" },
		{ "1e99999999999", "a number is too large at byte 13 of the JSON" },
		{ "1.7976931348623159e308", "a number is too large at byte 22 of the JSON" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		size_t taken;

		assert_string_equal(read_as(&arena, rows[i].text, &taken), rows[i].want);
	}
}

static void
numbers_end_where_they_end(void **state)
{
	static const struct {
		const char *text;
		size_t taken;
	} rows[] = {
		{ "1,", 1 },  { "-12]", 3 }, { "1.5e3}", 5 },
		{ "0x1", 1 }, { "1 2", 1 },  { "2.5.1", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		size_t taken;

		read_as(&arena, rows[i].text, &taken);
		assert_int_equal(taken, rows[i].taken);
	}
}

/* What is written reads back as the same double, and no shorter text does. */
static void
doubles_are_written_with_the_fewest_digits(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char text[64] = { 0 }, shorter[64];
		FILE *out = fmemopen(text, sizeof(text), "w");
		int n_digits = 0;
		double v;

		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
		memcpy(&v, &seed, sizeof(v));
		/* Every third one a power of two, around which doubles are not evenly dense. */
		if (i % 3 == 0)
			v = ldexp(1, (int)(seed >> 40) % 1000);
		if (!isfinite(v))
			v = 1.5;
		hs_serde_write_f64(out, v);
		fclose(out);
		assert_true(strtod(text, NULL) == v);
		for (const char *c = text; *c && *c != 'e'; c++)
			n_digits += *c >= '0' && *c <= '9';
		if (fabs(v) >= 1e16 && n_digits > 1) {
			snprintf(shorter, sizeof(shorter), "%.*e", n_digits - 2, v);
			assert_true(strtod(shorter, NULL) != v);
		}
	}
}

/* The nearest decimal of 16 digits is below and reads back as the neighbour. */
static void
doubles_at_a_power_of_two_take_the_decimal_above(void **state)
{
	static const struct {
		double v;
		const char *want;
	} rows[] = {
		{ 0x1p-44, "5.684341886080802e-14" }, { 0x1p-1022, "2.2250738585072014e-308" },
		{ 0x1p1023, "8.98846567431158e307" }, { 9007199254740992.0, "9007199254740992.0" },
		{ 0x1p-24, "5.960464477539063e-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[64] = { 0 };
		FILE *out = fmemopen(text, sizeof(text), "w");

		hs_serde_write_f64(out, rows[i].v);
		fclose(out);
		assert_string_equal(text, rows[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_and_written_as_by_serde_json),
		cmocka_unit_test(numbers_that_are_none_are_refused),
		cmocka_unit_test(numbers_end_where_they_end),
		cmocka_unit_test(doubles_are_written_with_the_fewest_digits),
		cmocka_unit_test(doubles_at_a_power_of_two_take_the_decimal_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
