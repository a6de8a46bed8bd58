/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/size.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
sizes_are_read_and_printed(void **state)
{
	static const struct {
		const char *text;
		uint64_t bytes;
		const char *printed, *shown;
	} rows[] = {
		{ "0", 0, "0", "0 B" },
		{ "1000", 1000, "1000", "1000 B" },
		{ "1024", 1024, "1K", "1.0 KiB" },
		{ "512M", UINT64_C(512) << 20, "512M", "512.0 MiB" },
		{ "10g", UINT64_C(10) << 30, "10G", "10.0 GiB" },
		{ "3KiB", 3072, "3K", "3.0 KiB" },
		{ "1048575", 1048575, "1048575", "1.0 MiB" },
		{ "18446744073709551615", UINT64_MAX, "18446744073709551615", "16384.0 PiB" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t bytes = 1;
		char text[32];

		assert_true(hs_size_parse(&bytes, rows[i].text));
		assert_true(bytes == rows[i].bytes);
		hs_size_print(text, sizeof(text), bytes);
		assert_string_equal(text, rows[i].printed);
		hs_size_show(text, sizeof(text), bytes);
		assert_string_equal(text, rows[i].shown);
	}
}

static void
what_is_no_number_is_refused(void **state)
{
	static const char *const texts[] = { "",   "-1",  " 1",        "1 ",
		                             "K",  "1GB", "1Gi",       "1Kx",
		                             "0x", "+1",  "99999999P", "18446744073709551616" };
	uint64_t n = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_false(hs_size_parse(&n, texts[i]));
		assert_false(hs_number_parse(&n, texts[i]));
	}
	assert_false(hs_number_parse(&n, "1K"));
	assert_true(n == 42);
}

static void
seconds_may_have_a_fraction(void **state)
{
	static const char *const wrong[] = { "", ".", "-1", "nan", "inf", "1e3", "1.2.3", "0x1" };
	double s = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(hs_seconds_parse(&s, wrong[i]));
	assert_true(s > 6.9 && s < 7.1);
	assert_true(hs_seconds_parse(&s, "0.25"));
	assert_true(s > 0.24 && s < 0.26);
	assert_true(hs_seconds_parse(&s, ".5"));
	assert_true(hs_seconds_parse(&s, "0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_read_and_printed),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(seconds_may_have_a_fraction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
