/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_struct.h"

static const struct hs_go_field inner[] = {
	{ "name", HS_GO_TEXT, true, NULL },
	{ "n", HS_GO_INT, true, NULL },
	{ 0 },
};

static const struct hs_go_field outer[] = {
	{ "bool", HS_GO_BOOL, true, NULL },
	{ "int", HS_GO_INT, true, NULL },
	{ "pint", HS_GO_INT_POINTER, true, NULL },
	{ "text", HS_GO_TEXT, true, NULL },
	{ "texts", HS_GO_TEXTS, true, NULL },
	{ "words", HS_GO_WORDS, true, NULL },
	{ "set", HS_GO_SET, true, NULL },
	{ "map", HS_GO_MAP, true, NULL },
	{ "raws", HS_GO_RAWS, true, NULL },
	{ "pointer", HS_GO_POINTER, true, inner },
	{ "structs", HS_GO_STRUCTS, true, inner },
	{ "ptime", HS_GO_TIME_POINTER, true, NULL },
	{ 0 },
};

/* Reads and writes; "! " and the error where it is refused. */
static const char *
through(struct hs_arena *a, const struct hs_go_field *fields, const char *json)
{
	struct hs_go_object *o = hs_go_object_new(a, fields);
	const struct hs_go_value *v;
	struct hs_go_text t = { 0 };
	struct hs_err err;

	assert_int_equal(hs_go_json_read(&v, a, hs_span_of(json), true, &err), 0);
	if (hs_go_object_read(o, a, v, &err) < 0) {
		assert_int_equal(err.code, HS_EUSAGE);
		return hs_arena_printf(a, "! %s", err.text);
	}
	hs_go_object_write(&t, o);
	return (const char *)hs_go_text_take(&t, a).at;
}

static void
go_struct_reads_as_unmarshal_does(void **state)
{
	static const struct {
		const char *json, *want;
	} rows[] = {
		{ "null", "{}" },
		{ "{\"unknown\":{\"x\":[1]}}", "{}" },
		/* Any case; a field named just so comes before one that folds. */
		{ "{\"TEXT\":\"x\"}", "{\"text\":\"x\"}" },
		{ "{\"text\":\"x\",\"Text\":\"y\"}", "{\"text\":\"y\"}" },
		/* null empties what can be nil, and nothing else. */
		{ "{\"text\":\"x\",\"text\":null,\"int\":7,\"int\":null}",
		  "{\"int\":7,\"text\":\"x\"}" },
		{ "{\"texts\":[\"x\"],\"texts\":null,\"map\":{\"a\":\"b\"},\"map\":null}", "{}" },
		{ "{\"pointer\":{\"name\":\"x\"},\"pointer\":null}", "{}" },
		/* What is named twice goes on where the first left off. */
		{ "{\"map\":{\"a\":\"1\",\"b\":\"2\"},\"map\":{\"a\":\"3\"}}",
		  "{\"map\":{\"a\":\"3\",\"b\":\"2\"}}" },
		{ "{\"structs\":[{\"name\":\"x\",\"n\":1}],\"structs\":[{\"n\":2},{\"n\":3}]}",
		  "{\"structs\":[{\"name\":\"x\",\"n\":2},{\"n\":3}]}" },
		{ "{\"pointer\":{\"name\":\"x\"},\"pointer\":{\"n\":1}}",
		  "{\"pointer\":{\"name\":\"x\",\"n\":1}}" },
		{ "{\"texts\":[\"a\",\"b\"],\"texts\":[null]}", "{\"texts\":[\"a\"]}" },
		{ "{\"structs\":[{\"n\":1}],\"structs\":[],\"structs\":[{}]}",
		  "{\"structs\":[{}]}" },
		/* strslice.StrSlice. */
		{ "{\"words\":\"x\"}", "{\"words\":[\"x\"]}" },
		{ "{\"words\":[\"x\",\"y\"],\"words\":[null]}", "{\"words\":[\"\"]}" },
		{ "{\"set\":{\"b\":{\"x\":1},\"a\":null,\"b\":{}}}",
		  "{\"set\":{\"a\":{},\"b\":{}}}" },
		{ "{\"raws\":{\"b\":[1, 2],\"a\":null}}", "{\"raws\":{\"a\":null,\"b\":[1,2]}}" },
		{ "{\"pint\":0}", "{\"pint\":0}" },
		{ "{\"int\":-9223372036854775808}", "{\"int\":-9223372036854775808}" },
		{ "{\"ptime\":\"2020-01-01T00:00:00.50+01:00\"}",
		  "{\"ptime\":\"2020-01-01T00:00:00.5+01:00\"}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_string_equal(through(&a, outer, rows[i].json), rows[i].want);
	}
}

static void
go_struct_names_the_field_that_go_refuses(void **state)
{
	static const struct {
		const char *json, *want;
	} rows[] = {
		{ "[]", "!  is a list" },
		{ "{\"bool\":0}", "! .bool is a number" },
		{ "{\"BOOL\":\"\"}", "! .bool is a string" },
		{ "{\"int\":1.0}", "! .int is no whole number of 64 bits" },
		{ "{\"int\":9223372036854775808}", "! .int is no whole number of 64 bits" },
		{ "{\"int\":111111111111111111111111111111111111111111}",
		  "! .int is no whole number of 64 bits" },
		{ "{\"int\":true}", "! .int is a truth value" },
		{ "{\"text\":{}}", "! .text is an object" },
		{ "{\"texts\":\"x\"}", "! .texts is a string" },
		{ "{\"texts\":[\"x\",1]}", "! .texts[1] is a number" },
		{ "{\"words\":[1]}", "! .words[0] is a number" },
		{ "{\"set\":{\"a\":1}}", "! .set.a is a number" },
		{ "{\"map\":{\"a\\n\":[]}}", "! .map.a\\n is a list" },
		{ "{\"pointer\":[]}", "! .pointer is a list" },
		{ "{\"structs\":[{},{\"n\":\"\"}]}", "! .structs[1].n is a string" },
		{ "{\"ptime\":\"2020\"}", "! .ptime is no time of RFC 3339" },
		{ "{\"ptime\":\"2020-01-01T00:00:00\\u005a\"}", "! .ptime is no time of RFC 3339" },
		{ "{\"ptime\":5}", "! .ptime is a number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_string_equal(through(&a, outer, rows[i].json), rows[i].want);
	}
}

static const char *
lost(struct hs_arena *a, const char *json)
{
	const struct hs_go_value *v;
	struct hs_err err;

	assert_int_equal(hs_go_json_read(&v, a, hs_span_of(json), true, &err), 0);
	return hs_go_lost(a, v, inner);
}

static void
go_struct_names_what_no_field_takes(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_null(lost(&a, "{\"NAME\":\"x\",\"e\":[],\"f\":{},\"g\":0,\"h\":\"\",\"i\":false}"));
	assert_null(lost(&a, "[1]"));
	assert_string_equal(lost(&a, "{\"a\":1,\"name\":2,\"b\\n\":true}"), "a, b\\n");
	assert_string_equal(lost(&a, "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,"
	                             "\"h\":1,\"i\":1,\"j\":1}"),
	                    "a, b, c, d, e, f, g, h and 2 more");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(go_struct_reads_as_unmarshal_does),
		cmocka_unit_test(go_struct_names_the_field_that_go_refuses),
		cmocka_unit_test(go_struct_names_what_no_field_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
