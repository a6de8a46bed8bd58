/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/limits.h"
#include "image/image_json.h"

#include <stdlib.h>

static void
image_json_says_what_is_wrong_and_where(void **state)
{
	static const char *const rows[][2] = {
		{ "", "the JSON is empty" },
		{ "{", "the JSON ends early at byte 1" },
		{ "{\"a\":1,\"a\":2}", "the JSON names a field twice at byte 10" },
		{ "{} x", "the JSON goes on behind its end at byte 4" },
		{ "{\"a\":\"\xff\"}", "the JSON is not UTF-8 at byte 6" },
		{ "{\"a\":99999999999999999999}",
		  "the JSON has a number that is too large at byte 25" },
		{ "{'a':1}", "the JSON is not valid JSON at byte 2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		json_t *json;

		assert_int_equal(hs_image_json_load(&json, hs_span_of(rows[i][0]), &err),
		                 HS_EFORMAT);
		assert_string_equal(err.text, rows[i][1]);
	}
}

static void
image_json_refuses_nesting_without_end(void **state)
{
	const size_t n = 100000;
	char *text = hs_alloc(n);
	struct hs_err err;
	json_t *json;

	(void)state;
	memset(text, '[', n);
	assert_int_equal(hs_image_json_load(&json, (struct hs_span){ (uint8_t *)text, n }, &err),
	                 HS_EFORMAT);
	assert_non_null(strstr(err.text, "the JSON is nested too deeply"));
	free(text);
}

static void
image_json_refuses_what_is_too_large(void **state)
{
	const size_t n = HS_MAX_IMAGE_JSON + 1;
	char *text = hs_alloc(n);
	struct hs_err err;
	json_t *json;

	(void)state;
	memset(text, ' ', n);
	assert_int_equal(hs_image_json_load(&json, (struct hs_span){ (uint8_t *)text, n }, &err),
	                 HS_ELIMIT);
	assert_non_null(strstr(err.text, "HS_MAX_IMAGE_JSON"));
	free(text);
}

static void
image_json_gives_texts_and_fields(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_err err;
	json_t *json;

	(void)state;
	assert_int_equal(hs_image_json_load(
				 &json, HS_SPAN("{\"s\":\"x\\u0000y\",\"n\":null,\"i\":7}"), &err),
	                 0);
	assert_int_equal(hs_image_json_text(&a, json, "s").len, 3);
	assert_int_equal(hs_image_json_text(&a, json, "i").len, 0);
	assert_int_equal(hs_image_json_text(&a, json, "absent").len, 0);
	assert_null(hs_image_json_field(json, "n"));
	assert_null(hs_image_json_field(json, "absent"));
	assert_non_null(hs_image_json_field(json, "i"));
	assert_int_equal(hs_image_json_span(NULL).len, 0);
	json_decref(json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(image_json_says_what_is_wrong_and_where),
		cmocka_unit_test(image_json_refuses_nesting_without_end),
		cmocka_unit_test(image_json_refuses_what_is_too_large),
		cmocka_unit_test(image_json_gives_texts_and_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
