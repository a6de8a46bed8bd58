/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/text/json_read.h"

static void
documents_keep_how_their_numbers_are_spelled(void **state)
{
	struct hs_json_document d;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_json_read(&d,
	                              HS_SPAN("{\"a\":[1.0,\"2\",{\"b\":1e5}],\"c\":-0,\"d\":{}}"),
	                              &err),
	                 0);
	assert_int_equal(d.n_numbers, 3);
	assert_span(hs_json_spelling(&d, json_object_get(d.root, "c")), "-0");
	assert_span(hs_json_spelling(&d, json_array_get(json_object_get(d.root, "a"), 0)), "1.0");
	assert_span(hs_json_spelling(&d, json_object_get(d.root, "d")), "{}");
	assert_span(hs_json_spelling(&d, json_object_get(d.root, "a")), "");
	assert_span(hs_json_string(json_array_get(json_object_get(d.root, "a"), 1)), "2");
	hs_json_release(&d);
}

static void
keys_are_sorted_by_their_bytes(void **state)
{
	struct hs_json_document d;
	const char **keys;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_json_read(&d, HS_SPAN("{\"b\":1,\"\":2,\"\u00e9\":3,\"B\":4}"), &err),
	                 0);
	keys = hs_json_sorted_keys(&d, d.root);
	assert_string_equal(keys[0], "");
	assert_string_equal(keys[1], "B");
	assert_string_equal(keys[2], "b");
	assert_string_equal(keys[3], "\xc3\xa9");
	hs_json_release(&d);
}

static void
documents_are_refused_where_readers_would_disagree(void **state)
{
	static const char *const rows[] = {
		"", "{", "{\"a\":1,\"a\":1}", "[1}", "[1]x", "[01]", "nul", "[\"\xff\"]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_json_document d;
		struct hs_err err;

		assert_int_equal(hs_json_read(&d, hs_span_of(rows[i]), &err), HS_ENOTMINE);
	}
}

static void
documents_are_bid_on_by_their_ends(void **state)
{
	(void)state;
	assert_int_equal(hs_json_bid(HS_SPAN(" {} ")), 4);
	assert_int_equal(hs_json_bid(HS_SPAN("{]")), 0);
	assert_int_equal(hs_json_bid(HS_SPAN("")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_keep_how_their_numbers_are_spelled),
		cmocka_unit_test(keys_are_sorted_by_their_bytes),
		cmocka_unit_test(documents_are_refused_where_readers_would_disagree),
		cmocka_unit_test(documents_are_bid_on_by_their_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
