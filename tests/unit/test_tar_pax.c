/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_pax.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
pax_takes_records_whose_values_hold_any_byte(void **state)
{
	struct hs_span rest = HS_SPAN("12 a=b\nc\0=\n\n6 k=v\n5 k=\n");
	struct hs_pax_record rec;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_pax_take(&rec, &rest, &err), 1);
	assert_true(hs_span_is(rec.key, "a"));
	assert_true(hs_span_equal(rec.value, HS_SPAN("b\nc\0=\n")));
	assert_int_equal(hs_pax_take(&rec, &rest, &err), 1);
	assert_true(hs_span_is(rec.value, "v"));
	assert_int_equal(hs_pax_take(&rec, &rest, &err), 1);
	assert_int_equal(rec.value.len, 0);
	assert_int_equal(hs_pax_take(&rec, &rest, &err), 0);
}

static void
pax_refuses_malformed_records(void **state)
{
	static const struct {
		struct hs_span records;
		const char *text;
	} rows[] = {
		{ { (const uint8_t *)"x", 1 }, "a pax record does not begin with its length" },
		{ { (const uint8_t *)"6", 1 }, "a pax record does not begin with its length" },
		{ { (const uint8_t *)" k=v\n", 5 }, "a pax record does not begin with its length" },
		{ { (const uint8_t *)"99999999999 k=v\n", 16 },
		  "a pax record does not begin with its length" },
		{ { (const uint8_t *)"7 k=v\n", 6 },
		  "a pax record claims 7 bytes, 6 are left of its header" },
		{ { (const uint8_t *)"0 k=v\n", 6 },
		  "a pax record claims 0 bytes, 6 are left of its header" },
		{ { (const uint8_t *)"6 k=v ", 6 }, "a pax record does not end in a line feed" },
		{ { (const uint8_t *)"6 kvv\n", 6 }, "a pax record has no key" },
		{ { (const uint8_t *)"5 =v\n", 5 }, "a pax record has no key" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_span rest = rows[i].records;
		struct hs_pax_record rec;
		struct hs_err err;

		assert_int_equal(hs_pax_take(&rec, &rest, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].text);
	}
}

static void
pax_times_keep_sign_and_fraction(void **state)
{
	static const struct {
		const char *text;
		bool ok, exact;
		struct hs_time want;
	} rows[] = {
		{ "0", true, true, { 0, 0, 0 } },
		{ "1700000000.123456789", true, true, { 1700000000, 123456789, 9 } },
		{ "1.50", true, true, { 1, 500000000, 2 } },
		{ "-1.5", true, true, { -2, 500000000, 1 } },
		{ "-3", true, true, { -3, 0, 0 } },
		{ "1.1234567891", true, false, { 1, 123456789, 9 } },
		{ "01", true, false, { 1, 0, 0 } },
		{ "1.", true, false, { 1, 0, 0 } },
		{ "-0", true, false, { 0, 0, 0 } },
		{ "", false, false, { 0, 0, 0 } },
		{ "-", false, false, { 0, 0, 0 } },
		{ ".5", false, false, { 0, 0, 0 } },
		{ "1.x", false, false, { 0, 0, 0 } },
		{ "1e3", false, false, { 0, 0, 0 } },
		{ "9223372036854775807", false, false, { 0, 0, 0 } },
		{ "99999999999999999999", false, false, { 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_time t = { 0 };
		bool exact = false;

		assert_int_equal(hs_pax_time(&t, &exact, hs_span_of(rows[i].text)), rows[i].ok);
		assert_int_equal(exact, rows[i].exact);
		assert_int_equal(t.sec, rows[i].want.sec);
		assert_int_equal(t.nsec, rows[i].want.nsec);
		assert_int_equal(t.digits, rows[i].want.digits);
	}
}

static void
pax_numbers_are_decimal_and_fit(void **state)
{
	uint64_t u = 7;
	int64_t n = 7;

	(void)state;
	assert_true(hs_pax_u64(&u, HS_SPAN("18446744073709551615")));
	assert_true(u == UINT64_MAX);
	assert_false(hs_pax_u64(&u, HS_SPAN("18446744073709551616")));
	assert_false(hs_pax_u64(&u, HS_SPAN("+1")));
	assert_true(hs_pax_i64(&n, HS_SPAN("-12")));
	assert_int_equal(n, -12);
	assert_false(hs_pax_i64(&n, HS_SPAN("9223372036854775808")));
}

static void
pax_values_keep_the_last_of_a_key(void **state)
{
	struct hs_pax_values v = { 0 };

	(void)state;
	for (unsigned k = 0; k < HS_PAX_N_KEYS; k++)
		assert_int_equal(hs_pax_key_of(hs_span_of(hs_pax_key_name((enum hs_pax_key)k))), k);
	assert_int_equal(hs_pax_key_of(HS_SPAN("comment")), HS_PAX_N_KEYS);
	hs_pax_set(&v, HS_PAX_PATH, HS_SPAN("a"));
	hs_pax_set(&v, HS_PAX_PATH, HS_SPAN("b"));
	assert_true(hs_pax_has(&v, HS_PAX_PATH));
	assert_true(hs_span_is(v.of[HS_PAX_PATH], "b"));
	hs_pax_set(&v, HS_PAX_PATH, HS_SPAN(""));
	assert_false(hs_pax_has(&v, HS_PAX_PATH));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pax_takes_records_whose_values_hold_any_byte),
		cmocka_unit_test(pax_refuses_malformed_records),
		cmocka_unit_test(pax_times_keep_sign_and_fraction),
		cmocka_unit_test(pax_numbers_are_decimal_and_fit),
		cmocka_unit_test(pax_values_keep_the_last_of_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
