/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/json_write.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

/* What `write` makes of the bytes, to be freed. */
static char *
written(void (*write)(struct hs_json *, struct hs_span), struct hs_span bytes)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len) };

	assert_non_null(j.out);
	write(&j, bytes);
	fclose(j.out);
	return text;
}

struct row {
	struct hs_span bytes;
	const char *want;
};

static void
check_rows(void (*write)(struct hs_json *, struct hs_span), const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *text = written(write, rows[i].bytes);

		assert_string_equal(rows[i].want, text);
		free(text);
	}
}

static void
texts_are_escaped_by_the_book(void **state)
{
	const struct row rows[] = {
		{ HS_SPAN(""), "\"\"" },
		{ HS_SPAN("a b"), "\"a b\"" },
		{ HS_SPAN("\"\\/"), "\"\\\"\\\\/\"" },
		{ HS_SPAN("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
		{ HS_SPAN("\0\x1b\x7f"), "\"\\u0000\\u001b\\u007f\"" },
		{ HS_SPAN("\xc3\xa9 \xe2\x82\xac"), "\"\xc3\xa9 \xe2\x82\xac\"" },
		{ HS_SPAN("\xe2\x80\xae"), "\"\\u202e\"" },
		{ HS_SPAN("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"" },
		{ HS_SPAN("\xf3\xa0\x80\x81"), "\"\\udb40\\udc01\"" },
		{ HS_SPAN("\xff"
		          "a\xc3"),
		  "\"\\ufffda\\ufffd\"" },
	};

	(void)state;
	check_rows(hs_json_text, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
shown_bytes_can_be_read_back(void **state)
{
	const struct row rows[] = {
		{ HS_SPAN("a\\n"), "\"a\\\\\\\\n\"" },
		{ HS_SPAN("\n\r\t"), "\"\\\\n\\\\r\\\\t\"" },
		{ HS_SPAN("\x1b[0m\""), "\"\\\\x1b[0m\\\"\"" },
		{ HS_SPAN("\xe2\x80\xae"), "\"\\\\xe2\\\\x80\\\\xae\"" },
		{ HS_SPAN("\xff\xc3\xa9"), "\"\\\\xff\xc3\xa9\"" },
		{ HS_SPAN("\xf4\x8f\xbf\xbf"), "\"\\\\xf4\\\\x8f\\\\xbf\\\\xbf\"" },
	};

	(void)state;
	check_rows(hs_json_shown, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
base64_is_padded(void **state)
{
	const struct row rows[] = {
		{ HS_SPAN(""), "\"\"" },
		{ HS_SPAN("f"), "\"Zg==\"" },
		{ HS_SPAN("fo"), "\"Zm8=\"" },
		{ HS_SPAN("foo"), "\"Zm9v\"" },
		{ HS_SPAN("foob"), "\"Zm9vYg==\"" },
		{ HS_SPAN("\xff\xfe\xfd"), "\"//79\"" },
	};

	(void)state;
	check_rows(hs_json_base64, rows, sizeof(rows) / sizeof(rows[0]));
}

/* Any two bytes, either way: a parser that rejects bad UTF-8 and bare controls takes it. */
static void
every_pair_of_bytes_makes_valid_json(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 0x10000; i++) {
		const uint8_t bytes[] = { (uint8_t)(i >> 8), (uint8_t)i };
		const struct hs_span span = { bytes, sizeof(bytes) };
		char *const texts[] = { written(hs_json_text, span), written(hs_json_shown, span) };

		for (size_t k = 0; k < 2; k++) {
			json_t *json = json_loads(texts[k], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

			assert_non_null(json);
			json_decref(json);
			free(texts[k]);
		}
	}
}

static void
commas_and_lines_are_put_between_values(void **state)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len) };

	(void)state;
	assert_non_null(j.out);
	hs_json_open(&j, '{');
	hs_json_key(&j, "a");
	hs_json_open(&j, '[');
	hs_json_close(&j, ']');
	hs_json_break(&j);
	hs_json_key(&j, "b");
	hs_json_open(&j, '[');
	hs_json_u64(&j, UINT64_MAX);
	hs_json_bool(&j, true);
	hs_json_bool(&j, false);
	hs_json_null(&j);
	hs_json_word(&j, NULL);
	hs_json_open(&j, '{');
	hs_json_close(&j, '}');
	hs_json_word(&j, "w");
	hs_json_break(&j);
	hs_json_close(&j, ']');
	hs_json_key(&j, "c");
	hs_json_u64(&j, 0);
	hs_json_close(&j, '}');
	fclose(j.out);
	assert_string_equal("{\"a\": [],\n\"b\": [18446744073709551615, true, false, null, null, "
	                    "{}, \"w\"\n], \"c\": 0}",
	                    text);
	free(text);
}

static void
keys_and_numbers_of_an_input_are_written(void **state)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len) };

	(void)state;
	assert_non_null(j.out);
	hs_json_open(&j, '{');
	hs_json_key_text(&j, HS_SPAN("a\"\n"));
	hs_json_number(&j, HS_SPAN("1.50e3"));
	hs_json_key_text(&j, HS_SPAN(""));
	hs_json_open(&j, '[');
	hs_json_number(&j, HS_SPAN("0"));
	hs_json_number(&j, HS_SPAN("-1"));
	hs_json_close(&j, ']');
	hs_json_close(&j, '}');
	fclose(j.out);
	assert_string_equal("{\"a\\\"\\n\": 1.50e3, \"\": [0, -1]}", text);
	free(text);
}

static void
a_document_can_stand_on_one_line(void **state)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len), .in_line = true };

	(void)state;
	assert_non_null(j.out);
	hs_json_open(&j, '{');
	hs_json_break(&j);
	hs_json_key(&j, "a");
	hs_json_open(&j, '[');
	hs_json_break(&j);
	hs_json_u64(&j, 1);
	hs_json_break(&j);
	hs_json_u64(&j, 2);
	hs_json_break(&j);
	hs_json_close(&j, ']');
	hs_json_break(&j);
	hs_json_close(&j, '}');
	fclose(j.out);
	assert_string_equal("{\"a\": [1, 2]}", text);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_escaped_by_the_book),
		cmocka_unit_test(shown_bytes_can_be_read_back),
		cmocka_unit_test(base64_is_padded),
		cmocka_unit_test(every_pair_of_bytes_makes_valid_json),
		cmocka_unit_test(commas_and_lines_are_put_between_values),
		cmocka_unit_test(a_document_can_stand_on_one_line),
		cmocka_unit_test(keys_and_numbers_of_an_input_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
