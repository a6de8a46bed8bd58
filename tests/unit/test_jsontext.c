/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/jsontext.h"
#include "core/limits.h"

#include <stdlib.h>

static void
jsontext_takes_tokens_as_they_are_spelled(void **state)
{
	struct hs_span rest = HS_SPAN(" { \"a\\\"\":[-1.50e+3,\ttrue]}\n");
	static const char *const want[] = { "{", "\"a\\\"\"", ":", "[", "-1.50e+3",
		                            ",", "true",      "]", "}" };
	static const char kinds[] = "{\":[\0,w]}";
	struct hs_json_token t;

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_true(hs_json_take(&t, &rest));
		assert_span(t.text, want[i]);
		assert_int_equal(t.kind, kinds[i]);
	}
	assert_false(hs_json_take(&t, &rest));
	assert_span(t.blank, "\n");
}

static void
jsontext_takes_nothing_from_what_is_no_token(void **state)
{
	static const char *const rows[] = { "",   " ",  "\"",  "\"a\\\"", "-",  "01",
		                            "1.", "1e", "1e+", "TRUE",    "+1", ".5" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span copy = exact_copy(hs_span_of(rows[i]), strlen(rows[i]));
		struct hs_span rest = copy;
		struct hs_json_token t;

		assert_false(hs_json_take(&t, &rest));
		assert_false(hs_json_is_number(copy));
		free((void *)(uintptr_t)copy.at);
	}
	assert_true(hs_json_is_number(HS_SPAN("-0.0E-12")));
	assert_false(hs_json_is_number(HS_SPAN("1.2.3")));
}

static void
jsontext_surveys_numbers_and_depth(void **state)
{
	static char deep[HS_MAX_JSON_DEPTH + 1];
	struct hs_err err;
	size_t n;

	(void)state;
	assert_int_equal(hs_json_survey(&n, HS_SPAN("[1,{\"2\":3},\"4\"]"), &err), 0);
	assert_int_equal(n, 2);
	memset(deep, '[', sizeof(deep));
	assert_int_equal(
		hs_json_survey(&n, (struct hs_span){ (uint8_t *)deep, sizeof(deep) - 1 }, &err), 0);
	assert_int_equal(
		hs_json_survey(&n, (struct hs_span){ (uint8_t *)deep, sizeof(deep) }, &err),
		HS_ELIMIT);
	assert_string_equal(err.text, "nested deeper than 256 levels");
}

static void
jsontext_names_the_layouts_of_usual_writers(void **state)
{
	static const struct {
		const char *document, *want;
	} rows[] = {
		{ "{}", "compact" },
		{ "[]\n", "compact, final newline" },
		{ "{\"a\":1,\"b\":[1,2,{}]}", "compact" },
		{ "{\"a\": 1, \"b\": [1, 2]}", "one line with blanks behind colons and commas" },
		{ "{\"a\": 1}", "one line with blanks behind colons and commas" },
		{ "[1, 2]", "one line with blanks behind colons and commas" },
		{ "{\"a\":1, \"b\":2}", "one line with blanks behind commas" },
		{ "{\"a\": 1,\"b\": 2}\n", "one line with blanks behind colons, final newline" },
		{ "{\n  \"a\": 1,\n  \"b\": [\n    {},\n    2\n  ]\n}\n",
		  "indented by 2 spaces, final newline" },
		{ "[\n\t1,\n\t[]\n]", "indented by 1 tabs" },
		{ "{\n    \"a\":1\n}", "indented by 4 spaces, no blank behind colons" },
		{ "[\n1,\n2\n]", "indented by 0 spaces" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		assert_string_equal(hs_json_formatting(&arena, hs_span_of(rows[i].document)),
		                    rows[i].want);
	}
}

static void
jsontext_tells_other_layouts_apart(void **state)
{
	static const char *const rows[] = {
		"{\"a\" : 1}",       " {\"a\": 1}",   "{\"a\":  1}",      "{\"a\":1 }",
		"{\"a\":1}\n\n",     "{\"a\":1}\r\n", "{\"a\":\n1}",      "{\n \"a\": 1 }",
		"{\n \t\"a\": 1\n}", "{ }",           "{\n \"a\":\t1\n}",
	};
	RELEASED struct hs_arena arena = { 0 };
	const char *found[sizeof(rows) / sizeof(rows[0])];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		found[i] = hs_json_formatting(&arena, hs_span_of(rows[i]));
		assert_int_equal(strncmp(found[i], "sha256:", 7), 0);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(found[i], found[k]);
	}
}

static void
jsontext_tells_how_strings_are_escaped(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *slash, *unicode;

	(void)state;
	assert_null(hs_json_escapes(&arena, HS_SPAN("[\"a/<\\n\\\\u\\\"\"]")));
	slash = hs_json_escapes(&arena, HS_SPAN("[\"a\\/<\"]"));
	unicode = hs_json_escapes(&arena, HS_SPAN("[\"a/\\u003c\"]"));
	assert_non_null(slash);
	assert_string_not_equal(slash, unicode);
	assert_string_equal(unicode, hs_json_escapes(&arena, HS_SPAN("[\"b\\u003c\"]")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jsontext_takes_tokens_as_they_are_spelled),
		cmocka_unit_test(jsontext_takes_nothing_from_what_is_no_token),
		cmocka_unit_test(jsontext_surveys_numbers_and_depth),
		cmocka_unit_test(jsontext_names_the_layouts_of_usual_writers),
		cmocka_unit_test(jsontext_tells_other_layouts_apart),
		cmocka_unit_test(jsontext_tells_how_strings_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
