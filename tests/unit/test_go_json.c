/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/limits.h"
#include "golang/go_json.h"

#include <stdlib.h>

/* The value as one can see it: strings in angle brackets, the rest as it is spelled. */
static const char *
shown(struct hs_arena *a, const struct hs_go_value *v)
{
	const char *out = "";

	if (v->kind == HS_GO_STRING)
		return hs_arena_printf(a, "<%.*s>", (int)v->text.len, (const char *)v->text.at);
	if (v->kind != HS_GO_ARRAY && v->kind != HS_GO_OBJECT)
		return hs_arena_printf(a, "%.*s", (int)v->raw.len, (const char *)v->raw.at);
	for (const struct hs_go_value *m = v->first; m; m = m->next)
		out = hs_arena_printf(a, "%s%.*s%s%s;", out, (int)m->key.len,
		                      (const char *)m->key.at, m->key.len ? "=" : "", shown(a, m));
	return hs_arena_printf(a, v->kind == HS_GO_ARRAY ? "[%s]" : "{%s}", out);
}

static const char *
read_json(struct hs_arena *a, struct hs_span document, bool whole)
{
	const struct hs_go_value *v;
	struct hs_err err;

	if (hs_go_json_read(&v, a, document, whole, &err) < 0)
		return hs_arena_printf(a, "! %s", err.text);
	return shown(a, v);
}

static void
go_json_reads_what_go_reads(void **state)
{
	const struct {
		struct hs_span document;
		const char *want;
	} rows[] = {
		{ HS_SPAN("null"), "null" },
		{ HS_SPAN(" [ true , false ]\n"), "[true;false;]" },
		{ HS_SPAN("-0.5e+3"), "-0.5e+3" },
		{ HS_SPAN("[]"), "[]" },
		{ HS_SPAN("{ }"), "{}" },
		{ HS_SPAN("{\"a\":1,\"a\":[2,{\"b\":null}]}"), "{a=1;a=[2;{b=null;};];}" },
		{ HS_SPAN("\"\""), "<>" },
		{ HS_SPAN("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "<\"\\/\b\f\n\r\t>" },
		{ HS_SPAN("\"\\u0041\\u00e9\\u20AC\""), "<A\xc3\xa9\xe2\x82\xac>" },
		{ HS_SPAN("\"\\ud83d\\ude00\""), "<\xf0\x9f\x98\x80>" },
		/* Half a pair is U+FFFD, and what stands where the other half was to be counts. */
		{ HS_SPAN("\"\\ud83dx\""), "<\xef\xbf\xbdx>" },
		{ HS_SPAN("\"\\ude00\""), "<\xef\xbf\xbd>" },
		{ HS_SPAN("\"\\ud800\\u0041\""), "<\xef\xbf\xbd"
		                                 "A>" },
		{ HS_SPAN("\"\\ud800\\ud83d\\ude00\""), "<\xef\xbf\xbd\xf0\x9f\x98\x80>" },
		/* Each byte that is not UTF-8 is one U+FFFD. */
		{ HS_SPAN("\"\xff\xe2\x82\""), "<\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd>" },
		{ HS_SPAN("{\"\xff\":1}"), "{\xef\xbf\xbd=1;}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_string_equal(read_json(&a, rows[i].document, true), rows[i].want);
	}
}

static void
go_json_refuses_what_go_refuses(void **state)
{
	const struct {
		struct hs_span document;
		const char *want;
	} rows[] = {
		{ HS_SPAN(""), "! the JSON ends early, at byte 0" },
		{ HS_SPAN("  "), "! the JSON ends early, at byte 2" },
		{ HS_SPAN("nil"), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("[1,]"), "! the JSON is not valid at byte 3" },
		{ HS_SPAN("[1 2]"), "! the JSON is not valid at byte 3" },
		{ HS_SPAN("{1:2}"), "! the JSON is not valid at byte 1" },
		{ HS_SPAN("{\"a\" 2}"), "! the JSON is not valid at byte 5" },
		{ HS_SPAN("{\"a\":}"), "! the JSON is not valid at byte 5" },
		{ HS_SPAN("[01]"), "! the JSON is not valid at byte 1" },
		{ HS_SPAN("\"\\x\""), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("\"\\'\""), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("\"\\u00g0\""), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("\"\\\0\""), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("\"\n\""), "! the JSON is not valid at byte 0" },
		{ HS_SPAN("{\"a\":1} x"), "! the JSON goes on behind its end, at byte 7" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_string_equal(read_json(&a, rows[i].document, true), rows[i].want);
	}
}

static void
go_json_takes_the_first_value_as_a_decoder_does(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(read_json(&a, HS_SPAN("{\"a\":1} x"), false), "{a=1;}");
}

static void
go_json_refuses_every_truncation(void **state)
{
	const struct hs_span whole =
		HS_SPAN("{\"a\":[1,true,\"\\ud83d\\ude00\\n\",null],\"b\":{\"c\":-1.5e3}}");

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span cut = exact_copy(whole, len);

		assert_int_equal(read_json(&a, cut, true)[0], '!');
		free((void *)(uintptr_t)cut.at);
	}
}

static void
go_json_keeps_its_limits(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const size_t n = HS_MAX_JSON_VALUES + 2;
	uint8_t *deep = hs_arena_alloc(&a, HS_MAX_JSON_DEPTH + 1);
	uint8_t *many = hs_arena_alloc(&a, 2 * n);

	(void)state;
	memset(deep, '[', HS_MAX_JSON_DEPTH + 1);
	assert_string_equal(read_json(&a, (struct hs_span){ deep, HS_MAX_JSON_DEPTH + 1 }, true),
	                    "! the JSON is nested deeper than 256 levels (HS_MAX_JSON_DEPTH)");
	for (size_t i = 0; i < 2 * n; i += 2)
		memcpy(many + i, i ? ",0" : "[0", 2);
	assert_string_equal(read_json(&a, (struct hs_span){ many, 2 * n }, true),
	                    "! the JSON has more than 100000 values (HS_MAX_JSON_VALUES)");
	assert_string_equal(read_json(&a, (struct hs_span){ many, HS_MAX_IMAGE_JSON + 1 }, true),
	                    "! the JSON is 4194305 bytes long, 4194304 are read of an image's "
	                    "(HS_MAX_IMAGE_JSON)");
}

static void
go_json_folds_keys_as_go_does(void **state)
{
	(void)state;
	assert_true(hs_go_key_folds(HS_SPAN("OS.Version"), "os.version"));
	assert_true(hs_go_key_folds(HS_SPAN("o\xc5\xbf"), "os"));
	assert_true(hs_go_key_folds(HS_SPAN("Healthchec\xe2\x84\xaa"), "Healthcheck"));
	assert_false(hs_go_key_folds(HS_SPAN("os"), "os.version"));
	assert_false(hs_go_key_folds(HS_SPAN("os.version"), "os"));
	assert_false(hs_go_key_folds(HS_SPAN("\xff"), "o"));
	assert_false(hs_go_key_folds(HS_SPAN(""), "o"));
}

static void
go_json_writes_strings_as_go_does(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_go_text t = { 0 };

	(void)state;
	hs_go_put_string(&t, HS_SPAN("a\"\\\b\f\n\r\t\1\x7f<&>\xe2\x80\xa8\xe2\x80\xa9\xc3\xa9"
	                             "\xff\xef\xbf\xbd"));
	assert_span(
		hs_go_text_take(&t, &a),
		"\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f\\u003c\\u0026\\u003e\\u2028\\u2029\xc3\xa9"
		"\\ufffd\xef\xbf\xbd\"");
	hs_go_put_number(&t, INT64_MIN);
	assert_span(hs_go_text_take(&t, &a), "-9223372036854775808");
}

static void
go_json_compacts_raw_messages(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_go_text t = { 0 };

	(void)state;
	hs_go_put_raw(&t, HS_SPAN(" { \"a<\\u003c\\/ \" : [ 1.50 ,\n\t\"\xe2\x80\xa8\xff\" ] } "));
	assert_span(hs_go_text_take(&t, &a), "{\"a\\u003c\\u003c\\/ \":[1.50,\"\\u2028\xff\"]}");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(go_json_reads_what_go_reads),
		cmocka_unit_test(go_json_refuses_what_go_refuses),
		cmocka_unit_test(go_json_takes_the_first_value_as_a_decoder_does),
		cmocka_unit_test(go_json_refuses_every_truncation),
		cmocka_unit_test(go_json_keeps_its_limits),
		cmocka_unit_test(go_json_folds_keys_as_go_does),
		cmocka_unit_test(go_json_writes_strings_as_go_does),
		cmocka_unit_test(go_json_compacts_raw_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
