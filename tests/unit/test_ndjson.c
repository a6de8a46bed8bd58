/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_ndjson;

static const char sample[] = "{\"a\": 1}\n[\"x\", {\"b\": null}]\r\n{\"c\": \"\\n\"}\n";

static void
ndjson_wins_by_its_name(void **state)
{
	(void)state;
	check_leaf_wins(row, hs_span_of(sample), "log.jsonl");
	assert_int_equal(row->bid_named(hs_span_of(sample), HS_SPAN("x.NDJSON")), 29);
	assert_int_equal(row->bid_named(hs_span_of(sample), HS_SPAN("x.json")), 0);
	assert_int_equal(row->bid_named(HS_SPAN("\1\2\0"), HS_SPAN("x.jsonl")), 0);
}

static void
ndjson_says_each_record(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, sample),
	             ".[0].a: 1\n.[1][0]: x\n.[1][1].b: null\n.[2].c: \\n\n(key order): sorted\n");
	assert_string_not_equal(leaf_of(&arena, row, "{}\n"), leaf_of(&arena, row, "{}"));
}

static void
ndjson_leaves_to_text_what_is_none(void **state)
{
	static const char *const rows[] = { "",       "{}\n\n{}\n", "{}\n1\n",       "{},{}\n",
		                            "{\n}\n", "{a}\n",      "{\"a\":1\n{}\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		if (row->describe(&facts, hs_span_of(rows[i]), &err) != HS_ENOTMINE)
			fail_msg("%s is taken", rows[i]);
	}
}

static void
ndjson_survives_truncations_and_changes(void **state)
{
	(void)state;
	check_leaf_truncations(row, hs_span_of(sample), 8);
	check_leaf_survives(row, hs_span_of(sample));
	check_leaf_tells_every_byte(row, hs_span_of(sample), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ndjson_wins_by_its_name),
		cmocka_unit_test(ndjson_says_each_record),
		cmocka_unit_test(ndjson_leaves_to_text_what_is_none),
		cmocka_unit_test(ndjson_survives_truncations_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
