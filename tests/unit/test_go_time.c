/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_time.h"

static void
go_time_reads_and_writes_as_go_does(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		const char *written; /* NULL: as it was read */
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0, NULL },
		{ "0001-01-01T00:00:00Z", -INT64_C(62135596800), NULL },
		{ "0000-01-01T00:00:00Z", -INT64_C(62167219200), NULL },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799), NULL },
		{ "1969-12-31T23:59:59.5Z", -1, NULL },
		{ "2000-02-29T12:00:00Z", 951825600, NULL },
		{ "1900-03-01T00:00:00Z", -INT64_C(2203891200), NULL },
		{ "2023-11-14T22:13:20.123456789Z", 1700000000, NULL },
		{ "2023-11-14T22:13:20.100Z", 1700000000, "2023-11-14T22:13:20.1Z" },
		{ "2023-11-14T22:13:20.1234567899Z", 1700000000, "2023-11-14T22:13:20.123456789Z" },
		{ "2023-11-14T22:13:20.000Z", 1700000000, "2023-11-14T22:13:20Z" },
		{ "2023-11-15T00:43:20+02:30", 1700000000, NULL },
		{ "2023-11-13T22:14:20-23:59", 1700000000, NULL },
		{ "2023-11-14T22:13:20+00:00", 1700000000, "2023-11-14T22:13:20Z" },
		{ "2023-11-14T22:13:20-00:00", 1700000000, "2023-11-14T22:13:20Z" },
		{ "2023-11-14T2:13:20Z", 1699928000, "2023-11-14T02:13:20Z" },
		{ "2023-11-14T22:13:20,5Z", 1700000000, "2023-11-14T22:13:20.5Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[HS_GO_TIME_TEXT];
		struct hs_go_time t;

		assert_true(hs_go_time_read(&t, hs_span_of(rows[i].text)));
		assert_int_equal(t.seconds, rows[i].seconds);
		hs_go_time_write(text, t);
		assert_string_equal(text, rows[i].written ? rows[i].written : rows[i].text);
	}
}

static void
go_time_refuses_what_go_refuses(void **state)
{
	static const char *const rows[] = {
		"",
		"2023",
		"2023-02-29T00:00:00Z",
		"2023-00-01T00:00:00Z",
		"2023-13-01T00:00:00Z",
		"2023-01-00T00:00:00Z",
		"2023-04-31T00:00:00Z",
		"2023-01-01T24:00:00Z",
		"2023-01-01T00:60:00Z",
		"2023-01-01T00:00:60Z",
		"2023-01-01 00:00:00Z",
		"2023-01-01t00:00:00Z",
		"2023-01-01T00:00:00z",
		"2023-01-01T00:00:00",
		"2023-01-01T00:00:00.Z",
		"2023-01-01T00:00:00+0200",
		"2023-01-01T00:00:00+25:00",
		"2023-01-01T00:00:00+01:61",
		"2023-01-01T00:00:00Zx",
		"-023-01-01T00:00:00Z",
		"02023-01-01T00:00:00Z",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_go_time t;

		assert_false(hs_go_time_read(&t, hs_span_of(rows[i])));
	}
}

static void
go_time_writes_every_day_of_four_centuries(void **state)
{
	(void)state;
	for (int64_t day = -INT64_C(719528); day < 146097 - 719528; day += 1) {
		const struct hs_go_time t = { .seconds = day * 86400 + 86399 };
		char text[HS_GO_TIME_TEXT];
		struct hs_go_time again;

		hs_go_time_write(text, t);
		assert_true(hs_go_time_read(&again, hs_span_of(text)));
		assert_int_equal(again.seconds, t.seconds);
	}
}

static void
go_time_knows_what_is_later_and_what_can_be_written(void **state)
{
	const struct hs_go_time whole = { .seconds = 5 }, more = { .seconds = 5, .nanos = 1 };
	struct hs_go_time t;

	(void)state;
	assert_false(hs_go_time_is_after(whole, 5));
	assert_true(hs_go_time_is_after(whole, 4));
	assert_true(hs_go_time_is_after(more, 5));
	assert_false(hs_go_time_is_after(more, 6));
	assert_true(hs_go_time_is_after(HS_GO_TIME_ZERO, -INT64_C(62135596801)));
	assert_true(hs_go_time_read(&t, HS_SPAN("2023-01-01T00:00:00+23:60")));
	assert_false(hs_go_time_is_writable(t));
	assert_true(hs_go_time_read(&t, HS_SPAN("2023-01-01T00:00:00-24:00")));
	assert_false(hs_go_time_is_writable(t));
	assert_true(hs_go_time_read(&t, HS_SPAN("2023-01-01T00:00:00-23:59")));
	assert_true(hs_go_time_is_writable(t));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(go_time_reads_and_writes_as_go_does),
		cmocka_unit_test(go_time_refuses_what_go_refuses),
		cmocka_unit_test(go_time_writes_every_day_of_four_centuries),
		cmocka_unit_test(go_time_knows_what_is_later_and_what_can_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
