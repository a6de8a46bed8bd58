/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/comparator.h"
#include "core/capture.h"
#include "core/limits.h"

#include <stdlib.h>

static const char *
described(struct hs_arena *arena, struct hs_span file)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_err err;

	assert_int_equal(hs_comparator_json.describe(&facts, file, &err), 0);
	return hs_facts_text(&facts);
}

static const char *
rendered(struct hs_arena *arena, struct hs_span file)
{
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);
	struct hs_err err;
	const char *text;

	assert_int_equal(hs_comparator_json.render(out, file, &err), 0);
	fclose(out);
	text = (const char *)hs_arena_copy(arena, (struct hs_span){ c.bytes, c.len }).at;
	free(c.bytes);
	return text;
}

static void
json_bids_on_brackets_that_close(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(" {\"a\": 1}\n"), 0), &hs_comparator_json);
	assert_ptr_equal(hs_comparator_for(HS_SPAN(" {\"a\": 1}\n"), 1), &hs_comparator_text);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN("\n[1]\t")), 4);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN("[1}")), 0);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN("{")), 0);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN("")), 0);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN(" \n")), 0);
	assert_int_equal(hs_comparator_json.bid(HS_SPAN("text")), 0);
}

static void
json_says_every_value_by_its_path(void **state)
{
	static const struct {
		const char *file, *want;
	} rows[] = {
		{ "{}", ".: {}\n(key order): sorted\n(formatting): compact\n" },
		{ "[]", ".: []\n(key order): sorted\n(formatting): compact\n" },
		{ "[1,\"a\"]", ".[]: 1\n.[]: a\n(key order): sorted\n(formatting): compact\n" },
		{ "[{\"a\":null}]", ".[0].a: null\n(key order): sorted\n(formatting): compact\n" },
		{ "{\"config\":{\"Env\":[\"A=1\",\"B=2\"],\"User\":\"\","
		  "\"Volumes\":{\"/data\":{}}},"
		  "\"layers\":[{\"digest\":\"sha256:1\"},[],7],\"os\":\"linux\"}",
		  ".config.Env[]: A=1\n.config.Env[]: B=2\n.config.User: \"\"\n"
		  ".config.Volumes[\"/data\"]: {}\n.layers[0].digest: sha256:1\n.layers[1]: []\n"
		  ".layers[2]: 7\n.os: linux\n(key order): sorted\n(formatting): compact\n" },
		/* A string that looks like another value keeps its quotes. */
		{ "[\"1\",1,\"true\",true,\"null\",null,\"{}\",\"\\\"\",\"1.2.3\"]",
		  ".[]: \"1\"\n.[]: 1\n.[]: \"true\"\n.[]: true\n.[]: \"null\"\n.[]: null\n"
		  ".[]: \"{}\"\n.[]: \"\"\"\n.[]: 1.2.3\n(key order): sorted\n"
		  "(formatting): compact\n" },
		/* Numbers stay as they are spelled. */
		{ "[1.0,1.00,123456789012345678901234567890,-0,1E5]",
		  ".[]: 1.0\n.[]: 1.00\n.[]: 123456789012345678901234567890\n.[]: -0\n"
		  ".[]: 1E5\n(key order): sorted\n(formatting): compact\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		assert_string_equal(described(&arena, hs_span_of(rows[i].file)), rows[i].want);
	}
}

static void
json_quotes_keys_that_are_no_words(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	const struct hs_span file =
		HS_SPAN("{\"\":1,\"0a\":1,\"a\\\"\\\\b\":1,\"a.b\":1,\"a\\u001b\":1}");
	static const char *const want[] = { "[\"\"]", "[\"0a\"]", "[\"a\\\"\\\\b\"]", "[\"a.b\"]",
		                            "[\"a\\x1b\"]" };
	const struct hs_fact *f;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_comparator_json.describe(&facts, file, &err), 0);
	f = facts.first;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++, f = f->next)
		assert_string_equal(f->field, want[i]);
}

/* What two facts would say the same of must be the same values. */
static void
json_tells_shapes_apart(void **state)
{
	static const char *const rows[] = { "{\"a\":\"x\"}",     "{\"a\":[\"x\"]}",
		                            "{\"a\":[[\"x\"]]}", "{\"a\":{\"b\":\"x\"}}",
		                            "{\"a.b\":\"x\"}",   "{\"a\":[{\"b\":\"x\"}]}",
		                            "[\"x\"]",           "[[\"x\"]]" };
	RELEASED struct hs_arena arena = { 0 };
	const char *found[sizeof(rows) / sizeof(rows[0])];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		found[i] = described(&arena, hs_span_of(rows[i]));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(found[i], found[k]);
	}
}

/* The fields in which two documents differ. */
static const char *
differing(struct hs_arena *arena, const char *a, const char *b)
{
	struct hs_facts fa = { .arena = arena }, fb = { .arena = arena };
	struct hs_changes changes = { 0 };
	const char *out = "";
	struct hs_err err;

	assert_int_equal(hs_comparator_json.describe(&fa, hs_span_of(a), &err), 0);
	assert_int_equal(hs_comparator_json.describe(&fb, hs_span_of(b), &err), 0);
	hs_facts_diff(&changes, arena, &fa, &fb, true);
	for (const struct hs_change *c = changes.first; c; c = c->next)
		out = hs_arena_printf(arena, "%s%s%s;", out, c->field,
		                      c->order_only ? " order" : "");
	return out;
}

static void
json_tells_order_and_layout_from_content(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "(key order);" },
		{ "{\"a\":1,\"b\":2}", "{\"a\": 1, \"b\": 2}", "(formatting);" },
		{ "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}\n", "(formatting);" },
		{ "{\"a\":\"<\"}", "{\"a\":\"\\u003c\"}", "(escapes);" },
		{ "{\"a\":[1,2]}", "{\"a\":[2,1]}", ".a[] order;" },
		{ "{\"a\":1}", "{\"a\":1.0}", ".a;" },
		{ "{\"a\":1}", "{\"a\":\"1\"}", ".a;" },
		{ "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}", ".c;" },
		{ "{\"b\":[{\"d\":1,\"c\":1}]}", "{\"b\":[{\"c\":1,\"d\":1}]}", "(key order);" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		assert_string_equal(differing(&arena, rows[i].a, rows[i].b), rows[i].want);
	}
}

static void
json_renders_sorted_and_indented(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(rendered(&arena, HS_SPAN("{\"b\":[1.00,{}],\"a\":\"x\\u0001\\n\\\"\","
	                                             "\"c\":[],\"B\":{\"x\":null}}")),
	                    "{\n  \"B\": {\n    \"x\": null\n  },\n  \"a\": \"x\\u0001\\n\\\"\",\n"
	                    "  \"b\": [\n    1.00,\n    {}\n  ],\n  \"c\": []\n}\n");
	assert_string_equal(rendered(&arena, HS_SPAN("[true,false]")), "[\n  true,\n  false\n]\n");
}

static void
json_leaves_what_is_not_json_to_text(void **state)
{
	static const struct hs_span rows[] = {
		{ (const uint8_t *)"{a}", 3 },
		{ (const uint8_t *)"[1,]", 4 },
		{ (const uint8_t *)"[1][2]", 6 },
		{ (const uint8_t *)"{\"a\":1,\"a\":1}", 13 },
		{ (const uint8_t *)"[\"\xff\"]", 5 },
		{ (const uint8_t *)"[1e999999]", 10 },
		{ (const uint8_t *)"{\"a\\u0000\":1}", 13 },
		{ (const uint8_t *)"[01]", 4 },
		{ (const uint8_t *)"[\"\\ud800\"]", 10 },
		{ (const uint8_t *)"[tru]", 5 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		assert_int_equal(hs_comparator_json.describe(&facts, rows[i], &err), HS_ENOTMINE);
		assert_int_equal(facts.n, 0);
	}
}

static void
json_refuses_every_truncation(void **state)
{
	const struct hs_span whole =
		HS_SPAN("{\"a\":[1,-2.5e3,\"x\\u00e9\",true],\"b\":{\"c\":null}}");

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		const struct hs_span file = exact_copy(whole, len);
		struct hs_err err;

		hs_comparator_json.bid(file);
		assert_int_equal(hs_comparator_json.describe(&facts, file, &err), HS_ENOTMINE);
		assert_int_equal(hs_comparator_json.render(stderr, file, &err), HS_ENOTMINE);
		free((void *)(uintptr_t)file.at);
	}
}

static void
json_leaves_what_is_too_deep_to_text(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	static char deep[2 * HS_MAX_JSON_DEPTH + 2];
	struct hs_err err;

	(void)state;
	memset(deep, '[', sizeof(deep) / 2);
	memset(deep + sizeof(deep) / 2, ']', sizeof(deep) / 2);
	assert_int_equal(hs_comparator_json.describe(
				 &facts, (struct hs_span){ (uint8_t *)deep, sizeof(deep) }, &err),
	                 HS_ENOTMINE);
	assert_int_equal(
		hs_comparator_json.describe(
			&facts, (struct hs_span){ (uint8_t *)deep + 1, sizeof(deep) - 2 }, &err),
		0);
}

/* A long name over many values, and many values: the rest is a digest, and nothing is lost. */
static void
json_sums_up_what_is_too_much(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const size_t n = HS_MAX_JSON_VALUES + 5;
	char *text = hs_arena_alloc(&arena, 2 * n + 1);
	struct hs_facts facts = { .arena = &arena };
	const struct hs_fact *found;
	const char *digest[2];
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < n; i++)
		memcpy(text + 2 * i, ",1", 2);
	text[0] = '[';
	text[2 * n] = ']';
	for (size_t i = 0; i < 2; i++) {
		text[2 * n - 1] = (char)('1' + i);
		facts = (struct hs_facts){ .arena = &arena };
		assert_int_equal(
			hs_comparator_json.describe(
				&facts, (struct hs_span){ (uint8_t *)text, 2 * n + 1 }, &err),
			0);
		assert_int_equal(facts.n, HS_MAX_JSON_VALUES + 4);
		assert_span(hs_facts_find(&facts, "(more values)")->value, "5");
		found = hs_facts_find(&facts, "(digest of more values)");
		digest[i] = (const char *)found->value.at;
	}
	assert_string_not_equal(digest[0], digest[1]);
}

static void
json_spends_no_more_on_long_names(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const size_t name = 1 << 20, n = 100;
	const size_t room = name + 20 * n;
	char *text = hs_arena_alloc(&arena, room), *p = text;
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	(void)state;
	*p++ = '{';
	*p++ = '"';
	memset(p, 'k', name);
	p += name;
	p += snprintf(p, room - (size_t)(p - text), "\":{");
	for (size_t i = 0; i < n; i++)
		p += snprintf(p, room - (size_t)(p - text), "%s\"%zu\":1", i ? "," : "", i);
	p += snprintf(p, room - (size_t)(p - text), "}}");
	assert_int_equal(
		hs_comparator_json.describe(
			&facts, (struct hs_span){ (uint8_t *)text, (size_t)(p - text) }, &err),
		0);
	assert_in_range(facts.n, HS_MAX_JSON_NAMES / name, HS_MAX_JSON_NAMES / name + 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_bids_on_brackets_that_close),
		cmocka_unit_test(json_says_every_value_by_its_path),
		cmocka_unit_test(json_quotes_keys_that_are_no_words),
		cmocka_unit_test(json_tells_shapes_apart),
		cmocka_unit_test(json_tells_order_and_layout_from_content),
		cmocka_unit_test(json_renders_sorted_and_indented),
		cmocka_unit_test(json_leaves_what_is_not_json_to_text),
		cmocka_unit_test(json_refuses_every_truncation),
		cmocka_unit_test(json_leaves_what_is_too_deep_to_text),
		cmocka_unit_test(json_sums_up_what_is_too_much),
		cmocka_unit_test(json_spends_no_more_on_long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
