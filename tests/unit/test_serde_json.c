/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_json.h"

#include "core/capture.h"
#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

static const char *
written(struct hs_arena *a, const struct hs_serde *v, bool pretty)
{
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);
	struct hs_span copy;

	if (pretty)
		hs_serde_write_pretty(out, v, 1);
	else
		hs_serde_write(out, v);
	fclose(out);
	copy = hs_arena_copy(a, (struct hs_span){ made.bytes, made.len });
	free(made.bytes);
	return (const char *)copy.at;
}

/* As serde_json 1.0.135 does. */
static void
documents_are_written_as_by_serde_json(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ " null ", "null" },
		{ "[ 1 , true,false ]", "[1,true,false]" },
		{ "{\"b\":1,\"a\":[],\"B\":{}}", "{\"B\":{},\"a\":[],\"b\":1}" },
		{ "{\"k\":1,\"a\":0,\"k\":2,\"k\":3}", "{\"a\":0,\"k\":3}" },
		{ "{\"\":1,\"a\":2,\"\\u0000\":3}", "{\"\":1,\"\\u0000\":3,\"a\":2}" },
		{ "\"\\/\\u0008\\u000c\\n\\r\\t\\u0001\\u001F\x7f\\\"\\\\\"",
		  "\"/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\\"\\\\\"" },
		{ "\"\\u00e9\\ud83d\\ude00\"", "\"\xc3\xa9\xf0\x9f\x98\x80\"" },
		{ "[1.50,1e2,-0,1e20,0.1]", "[1.5,100.0,-0.0,1e20,0.1]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_serde *v;
		struct hs_err err;

		assert_int_equal(hs_serde_read(&v, &arena, hs_span_of(rows[i].text), &err), 0);
		assert_string_equal(written(&arena, v, false), rows[i].want);
	}
}

static void
documents_are_indented_by_two_blanks_a_level(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_serde *v;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_serde_read(&v, &arena,
	                               HS_SPAN("{\"a\":[1,{\"b\":null}],\"c\":[],\"d\":{}}"), &err),
	                 0);
	assert_string_equal(written(&arena, v, true), "{\n"
	                                              "    \"a\": [\n"
	                                              "      1,\n"
	                                              "      {\n"
	                                              "        \"b\": null\n"
	                                              "      }\n"
	                                              "    ],\n"
	                                              "    \"c\": [],\n"
	                                              "    \"d\": {}\n"
	                                              "  }");
}

static void
members_are_found_by_name(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_serde *v;
	struct hs_err err;

	(void)state;
	assert_int_equal(
		hs_serde_read(&v, &arena, HS_SPAN("{\"d\":4,\"a\":1,\"c\":3,\"b\":2}"), &err), 0);
	for (char key[2] = "a"; *key <= 'd'; ++*key)
		assert_int_equal(hs_serde_get(v, key)->u64, *key - 'a' + 1);
	assert_null(hs_serde_get(v, "e"));
	assert_null(hs_serde_get(v, ""));
	assert_null(hs_serde_get(NULL, "a"));
	assert_null(hs_serde_get(hs_serde_get(v, "a"), "a"));
}

static int
read_nested(struct hs_arena *a, size_t levels, struct hs_err *err)
{
	const struct hs_serde *v;
	char text[300];

	memset(text, '[', levels);
	memset(text + levels, ']', levels);
	return hs_serde_read(&v, a, (struct hs_span){ (uint8_t *)text, 2 * levels }, err);
}

static void
the_128th_level_is_refused(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_err err;

	(void)state;
	assert_int_equal(read_nested(&arena, 127, &err), 0);
	assert_int_equal(read_nested(&arena, 128, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the JSON is nested deeper than 127 levels at byte 127 "
	                              "(serde_json's limit)");
}

static void
documents_are_refused_at_every_cut(void **state)
{
	const struct hs_span whole =
		HS_SPAN("{\"a\":[1,-2,3.5e+7,\"\\u00e9\\n\"],\"b\":{\"c\":null,\"d\":true}}");

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span cut = exact_copy(whole, len);
		const struct hs_serde *v;
		struct hs_err err;

		assert_int_equal(hs_serde_read(&v, &arena, cut, &err), HS_EFORMAT);
		free((void *)(uintptr_t)cut.at);
	}
}

static void
documents_that_serde_json_refuses_are_refused(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "\xef\xbb\xbf{}", "what begins no value at byte 0 of the JSON" },
		{ "{}x", "more behind the value at byte 2 of the JSON" },
		{ "[1,]", "what begins no value at byte 3 of the JSON" },
		{ "[,1]", "what begins no value at byte 1 of the JSON" },
		{ "{\"a\":1,}", "no '\"' where one has to be at byte 7 of the JSON" },
		{ "{a:1}", "no '\"' where one has to be at byte 1 of the JSON" },
		{ "nulL", "a word that is no value at byte 0 of the JSON" },
		{ "NaN", "what begins no value at byte 0 of the JSON" },
		{ "1\v", "more behind the value at byte 1 of the JSON" },
		{ "[1}", "no ',' where one has to be at byte 2 of the JSON" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_serde *v;
		struct hs_err err;

		assert_int_equal(hs_serde_read(&v, &arena, hs_span_of(rows[i].text), &err),
		                 HS_EFORMAT);
		assert_string_equal(err.text, rows[i].want);
	}
}

static void
documents_past_a_limit_are_refused(void **state)
{
	const size_t size = HS_MAX_JSON + 1;
	struct hs_arena arena RELEASED = { 0 };
	char *text = malloc(size);
	const struct hs_serde *v;
	struct hs_err err;

	(void)state;
	memset(text, ' ', size);
	assert_int_equal(hs_serde_read(&v, &arena, (struct hs_span){ (uint8_t *)text, size }, &err),
	                 HS_ELIMIT);
	for (size_t i = 1; i < size; i++)
		text[i] = i % 2 ? '0' : ',';
	text[0] = '[';
	assert_int_equal(
		hs_serde_read(&v, &arena, (struct hs_span){ (uint8_t *)text, 9000000 }, &err),
		HS_ELIMIT);
	assert_string_equal(err.text,
	                    "the JSON has more than 1000000 values (HS_MAX_SERDE_VALUES)");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_written_as_by_serde_json),
		cmocka_unit_test(documents_are_indented_by_two_blanks_a_level),
		cmocka_unit_test(members_are_found_by_name),
		cmocka_unit_test(the_128th_level_is_refused),
		cmocka_unit_test(documents_are_refused_at_every_cut),
		cmocka_unit_test(documents_that_serde_json_refuses_are_refused),
		cmocka_unit_test(documents_past_a_limit_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
