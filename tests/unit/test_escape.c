/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/escape.h"

#include <stdio.h>

static const struct {
	struct hs_span raw;
	const char *shown;
} rows[] = {
	{ { NULL, 0 }, "" },
	{ { (const uint8_t *)"plain ~", 7 }, "plain ~" },
	{ { (const uint8_t *)"a\\b\n\t\r", 6 }, "a\\\\b\\n\\t\\r" },
	{ { (const uint8_t *)"\0\x1b[2J\x7f", 6 }, "\\x00\\x1b[2J\\x7f" },
	{ { (const uint8_t *)"gr\xc3\xbc\xc3\x9f", 6 }, "gr\xc3\xbc\xc3\x9f" },
	{ { (const uint8_t *)"\xe2\x80\xae"
	                     "exe",
	    6 },
	  "\\xe2\\x80\\xae"
	  "exe" },                                                     /* U+202E */
	{ { (const uint8_t *)"\xe2\x80\x8b", 3 }, "\\xe2\\x80\\x8b" }, /* zero-width space */
	{ { (const uint8_t *)"\xc2\x9b", 2 }, "\\xc2\\x9b" },          /* C1: CSI */
	{ { (const uint8_t *)"\xff\xc0\x80", 3 }, "\\xff\\xc0\\x80" }, /* overlong */
	{ { (const uint8_t *)"\xed\xa0\x80", 3 }, "\\xed\\xa0\\x80" }, /* a surrogate */
	{ { (const uint8_t *)"\xf0\x9f\x98\x80", 4 }, "\xf0\x9f\x98\x80" },
	{ { (const uint8_t *)"\xf0\x9f\x98", 3 }, "\\xf0\\x9f\\x98" }, /* cut short */
	{ { (const uint8_t *)"\xf4\x90\x80\x80", 4 }, "\\xf4\\x90\\x80\\x80" },
};

static void
escape_shows_what_prints_and_spells_out_the_rest(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char file[64] = "";
		FILE *out = fmemopen(file, sizeof(file), "w");

		assert_span(hs_escape(&a, rows[i].raw), rows[i].shown);
		hs_escape_write(out, rows[i].raw);
		fclose(out);
		assert_string_equal(file, rows[i].shown);
	}
}

static void
escape_short_cuts_the_middle_and_never_overruns(void **state)
{
	uint8_t long_name[600];
	char out[120];

	(void)state;
	hs_escape_short(out, sizeof(out), HS_SPAN("short\n"));
	assert_string_equal(out, "short\\n");
	/* What fits is whole, however much of the room it takes. */
	for (size_t len = 0; len < 300; len++) {
		memset(long_name, 'm', sizeof(long_name));
		memcpy(long_name, "begin", len < 5 ? len : 5);
		if (len >= 8)
			memcpy(long_name + len - 3, "end", 3);
		hs_escape_short(out, sizeof(out), (struct hs_span){ long_name, len });
		if (len < sizeof(out)) {
			assert_int_equal(strlen(out), len);
			assert_memory_equal(out, long_name, len);
		} else {
			assert_non_null(strstr(out, "m...m"));
			assert_memory_equal(out, "begin", 5);
			assert_string_equal(out + strlen(out) - 3, "end");
			assert_in_range(strlen(out), sizeof(out) - 4, sizeof(out) - 1);
		}
	}
	for (unsigned byte = 0; byte < 256; byte++) {
		memset(long_name, (int)byte, sizeof(long_name));
		for (size_t len = 0; len < sizeof(long_name); len++) {
			hs_escape_short(out, sizeof(out), (struct hs_span){ long_name, len });
			assert_true(strlen(out) < sizeof(out));
		}
		assert_non_null(strstr(out, "..."));
	}
}

static void
utf8_is_taken_by_the_book(void **state)
{
	struct hs_span s = HS_SPAN("a\xc3\xbc\xff");

	(void)state;
	assert_int_equal(hs_take_utf8(&s), 'a');
	assert_int_equal(hs_take_utf8(&s), 0xfc);
	assert_int_equal(hs_take_utf8(&s), -1);
	assert_int_equal(s.len, 0);
	assert_true(hs_is_utf8(HS_SPAN("gr\xc3\xbc\xc3\x9f")));
	assert_false(hs_is_utf8(HS_SPAN("\xe2\x82")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escape_shows_what_prints_and_spells_out_the_rest),
		cmocka_unit_test(escape_short_cuts_the_middle_and_never_overruns),
		cmocka_unit_test(utf8_is_taken_by_the_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
