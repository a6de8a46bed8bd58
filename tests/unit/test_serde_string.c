/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_string.h"

#include "unit.h"

#include <stdlib.h>

/* Reads a string, or passes over it; the bytes behind it must be what is left. */
static int
take(struct hs_span *out, struct hs_arena *a, struct hs_span text, struct hs_err *err)
{
	struct hs_serde_parser p;
	int rc;

	hs_serde_parse_init(&p, a, text, err);
	rc = out ? hs_serde_parse_string(&p, out) : hs_serde_ignore_string(&p);
	if (rc == 0)
		assert_int_equal(p.at, text.len);
	hs_serde_parse_release(&p);
	return rc;
}

static void
strings_are_unescaped(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "\"\"", "" },
		{ " \t\r\n\"a b\"", "a b" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
		{ "\"x\\u0041\\u00e9\\u20AC\"", "xA\xc3\xa9\xe2\x82\xac" },
		{ "\"\\ud83d\\uDe00!\"", "\xf0\x9f\x98\x80!" },
		{ "\"\\\"\"", "\"" },
		{ "\"\x7f\xc3\xa9\"", "\x7f\xc3\xa9" },
		{ "\"\\ud800\\udc00\\udbff\\udfff\"", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span text =
			exact_copy(hs_span_of(rows[i].text), strlen(rows[i].text));
		struct hs_span got;
		struct hs_err err;

		assert_int_equal(take(&got, &arena, text, &err), 0);
		assert_span(got, rows[i].want);
		assert_int_equal(take(NULL, &arena, text, &err), 0);
		free((void *)(uintptr_t)text.at);
	}
}

static void
strings_that_serde_json_refuses_are_refused(void **state)
{
	static const struct {
		const char *text, *want;
		bool ignored; /* it is good enough where nobody reads it */
	} rows[] = {
		{ "\"a", "the text ends within a string at byte 2 of the JSON", false },
		{ "\"a\n\"", "a control character in a string at byte 2 of the JSON", false },
		{ "\"\\x\"", "an escape that is none at byte 2 of the JSON", false },
		{ "\"\\", "an escape that is none at byte 2 of the JSON", false },
		{ "\"\\u12", "an escape that is none at byte 5 of the JSON", false },
		{ "\"\\u12g4\"", "an escape that is none at byte 5 of the JSON", false },
		{ "\"\\ud800\"", "half of a surrogate pair at byte 7 of the JSON", true },
		{ "\"\\ud800\\n\"", "half of a surrogate pair at byte 7 of the JSON", true },
		{ "\"\\ud800\\u0041\"", "half of a surrogate pair at byte 13 of the JSON", true },
		{ "\"\\udc00\"", "half of a surrogate pair at byte 7 of the JSON", true },
		{ "\"\xff\"",
		  "bytes that are not UTF-8 in the string that ends at byte 3 of the JSON", true },
		{ "\"\xed\xa0\x80\\n\"",
		  "bytes that are not UTF-8 in the string that ends at byte 7 of the JSON", true },
		{ "x", "no '\"' where one has to be at byte 0 of the JSON", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span text =
			exact_copy(hs_span_of(rows[i].text), strlen(rows[i].text));
		struct hs_span got;
		struct hs_err err;

		assert_int_equal(take(&got, &arena, text, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].want);
		assert_int_equal(take(NULL, &arena, text, &err), rows[i].ignored ? 0 : HS_EFORMAT);
		free((void *)(uintptr_t)text.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_unescaped),
		cmocka_unit_test(strings_that_serde_json_refuses_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
