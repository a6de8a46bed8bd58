/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_number.h"

static void
integers_are_those_of_strconv(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t want;
	} rows[] = {
		{ "0", true, 0 },
		{ "007", true, 7 },
		{ "+5", true, 5 },
		{ "-5", true, -5 },
		{ "-0", true, 0 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "99999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "+", false, 0 },
		{ "1 ", false, 0 },
		{ "0x1", false, 0 },
		{ "1_0", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t v = 77;

		assert_int_equal(hs_go_parse_int(&v, hs_span_of(rows[i].text)), rows[i].ok);
		assert_int_equal(v, rows[i].ok ? rows[i].want : 77);
	}
}

static void
fields_are_octal_or_base_256(void **state)
{
	static const struct {
		struct hs_span field;
		bool ok;
		int64_t want;
	} rows[] = {
		{ { (const uint8_t *)"0000644\0", 8 }, true, 0644 },
		{ { (const uint8_t *)"  644 \0 ", 8 }, true, 0644 },
		{ { (const uint8_t *)"\0\0\0 644\0", 8 }, true, 0644 },
		{ { (const uint8_t *)"\0\0\0\0\0\0\0\0", 8 }, true, 0 },
		{ { (const uint8_t *)"12\00034567", 8 }, true, 012 },
		{ { (const uint8_t *)"12 34\0\0\0", 8 }, false, 0 },
		{ { (const uint8_t *)"0000648\0", 8 }, false, 0 },
		{ { (const uint8_t *)"-000644\0", 8 }, false, 0 },
		{ { (const uint8_t *)"\x80\0\0\0\0\0\1\2", 8 }, true, 0x102 },
		{ { (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xfe", 8 }, true, -2 },
		{ { (const uint8_t *)"\xc0\0\0\0\0\0\0\0", 8 }, true, -(INT64_C(1) << 62) },
		{ { (const uint8_t *)"\x80\0\0\0\0\0\0\0\0\0\1\0", 12 }, true, 0x100 },
		{ { (const uint8_t *)"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12 },
		  true,
		  INT64_MAX },
		{ { (const uint8_t *)"\x80\0\0\0\x80\0\0\0\0\0\0\0", 12 }, false, 0 },
		{ { (const uint8_t *)"\x80\1\0\0\0\0\0\0\0\0\0\0", 12 }, false, 0 },
		{ { (const uint8_t *)"\xff\xff\xff\xff\x80\0\0\0\0\0\0\0", 12 }, true, INT64_MIN },
		{ { (const uint8_t *)"\xff\xff\xff\xff\x7f\0\0\0\0\0\0\0", 12 }, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t v = 77;

		assert_int_equal(hs_go_parse_numeric(&v, rows[i].field), rows[i].ok);
		assert_int_equal(v, rows[i].ok ? rows[i].want : 77);
	}
}

static void
times_are_read_and_written_with_their_sign(void **state)
{
	static const struct {
		const char *text;
		int64_t sec;
		uint32_t nsec;
		const char *again;
	} rows[] = {
		{ "1", 1, 0, "1" },
		{ "1.", 1, 0, "1" },
		{ "1.5", 1, 500000000, "1.5" },
		{ "-1", -1, 0, "-1" },
		{ "-1.25", -2, 750000000, "-1.25" },
		{ "-0.5", -1, 500000000, "-0.5" },
		{ "1.1234567899", 1, 123456789, "1.123456789" },
		{ "1.0000000001", 1, 0, "1" },
		{ "-9223372036854775808", INT64_MIN, 0, "-9223372036854775808" },
	};
	static const char *const bad[] = { "", ".5", "1.x", "1.5.5", "x", "1.-5", "1e3" };
	char room[HS_GO_NUMBER_ROOM];
	struct hs_time t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(hs_go_parse_time(&t, hs_span_of(rows[i].text)));
		assert_int_equal(t.sec, rows[i].sec);
		assert_int_equal(t.nsec, rows[i].nsec);
		assert_span(hs_go_tar_time_text(room, &t), rows[i].again);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(hs_go_parse_time(&t, hs_span_of(bad[i])));
}

static void
a_time_is_rounded_half_up(void **state)
{
	static const struct {
		int64_t sec;
		uint32_t nsec;
		int64_t want;
	} rows[] = {
		{ 5, 0, 5 },           { 5, 499999999, 5 },   { 5, 500000000, 6 },
		{ -5, 499999999, -5 }, { -5, 500000000, -4 }, { -1, 999999999, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_time t = { .sec = rows[i].sec, .nsec = rows[i].nsec };

		assert_int_equal(hs_go_tar_time_rounded(&t).sec, rows[i].want);
		assert_int_equal(hs_go_tar_time_rounded(&t).nsec, 0);
	}
}

static void
times_are_ordered_and_one_is_zero(void **state)
{
	const struct hs_go_tar_time none = { .set = false };
	const struct hs_go_tar_time zero = { .at = { .sec = INT64_C(-62135596800) }, .set = true };
	const struct hs_go_tar_time later = { .at = { .sec = zero.at.sec, .nsec = 1 },
		                              .set = true };
	const struct hs_go_tar_time epoch = { .at = { .sec = 0 }, .set = true };

	(void)state;
	assert_true(hs_go_tar_time_is_zero(&none));
	assert_true(hs_go_tar_time_is_zero(&zero));
	assert_false(hs_go_tar_time_is_zero(&later));
	assert_false(hs_go_tar_time_is_zero(&epoch));
	assert_true(hs_go_tar_time_order(&zero.at, &later.at) < 0);
	assert_true(hs_go_tar_time_order(&epoch.at, &later.at) > 0);
	assert_int_equal(hs_go_tar_time_order(&epoch.at, &epoch.at), 0);
}

static void
fields_are_filled_to_their_width(void **state)
{
	uint8_t field[12];

	(void)state;
	hs_go_put_numeric(field, 8, 0644);
	assert_memory_equal(field, "0000644\0", 8);
	hs_go_put_octal(field, 8, 1 << 21);
	assert_memory_equal(field, "0000000\0", 8);
	hs_go_put_numeric(field, 8, 1 << 21);
	assert_memory_equal(field, "\x80\0\0\0\0\x20\0\0", 8);
	hs_go_put_numeric(field, 8, INT64_MAX);
	assert_memory_equal(field, "0000000\0", 8);
	hs_go_put_numeric(field, 12, -2);
	assert_memory_equal(field, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe", 12);
	assert_true(hs_go_fits_octal(12, (INT64_C(1) << 33) - 1));
	assert_false(hs_go_fits_octal(12, INT64_C(1) << 33));
	assert_false(hs_go_fits_octal(12, -1));
	assert_true(hs_go_fits_base256(8, -(INT64_C(1) << 56)));
	assert_false(hs_go_fits_base256(8, INT64_C(1) << 56));
	assert_true(hs_go_fits_base256(12, INT64_MIN));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_those_of_strconv),
		cmocka_unit_test(fields_are_octal_or_base_256),
		cmocka_unit_test(times_are_read_and_written_with_their_sign),
		cmocka_unit_test(a_time_is_rounded_half_up),
		cmocka_unit_test(times_are_ordered_and_one_is_zero),
		cmocka_unit_test(fields_are_filled_to_their_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
