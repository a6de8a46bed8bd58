/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "core/cbor.h"
#include "listed.h"
#include "unit.h"

#include <stdlib.h>

static const struct hs_comparator *const by = &hs_comparator_cbor;

#define ITEM "\xa2\x61\x61\x48\x01\x02\x03\x04\x05\x06\x07\xff\x61\x62\x82\x01\xf6"

static int
render(char **text, struct hs_span file)
{
	struct hs_err err;
	size_t len = 0;
	FILE *const out = open_memstream(text, &len);
	const int rc = by->render(out, file, &err);

	fclose(out);
	return rc;
}

static void
cbor_bids_low_and_only_for_a_whole_item(void **state)
{
	(void)state;
	assert_int_equal(by->bid(HS_SPAN("")), 0);
	assert_int_equal(by->bid(HS_SPAN("\xd9\xd9\xf7")), 24);
	assert_int_equal(by->bid(HS_SPAN(ITEM)), 2);
	assert_ptr_equal(hs_comparator_for(HS_SPAN(ITEM), 0), by);
	assert_int_equal(by->bid(HS_SPAN(ITEM "\x01")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x83\x01\x02\x03")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x78\x1e"
	                                 "one text of thirty characters.")),
	                 0);
}

/* A large file is read in full only where somebody asks for it. */
static void
cbor_reads_large_files(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_cbor_writer w = { .arena = &a };
	struct hs_facts facts = { .arena = &a };
	struct hs_span file;
	struct hs_err err;

	(void)state;
	hs_cbor_head(&w, HS_CBOR_ARRAY, 40000);
	for (int i = 0; i < 40000; i++)
		hs_cbor_int(&w, 200);
	file = hs_cbor_written(&w);
	assert_int_equal(by->bid(file), 1);
	assert_int_equal(by->describe(&facts, file, &err), 0);
	assert_int_equal(by->describe(&facts, hs_span_head(file, file.len - 1), &err), HS_ENOTMINE);
}

static void
cbor_is_lines(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(render(&text, HS_SPAN(ITEM)), 0);
	assert_string_equal(text, "{\n  \"a\": h'01020304050607ff',\n  \"b\": [\n    1,\n"
	                          "    null\n  ]\n}\n");
	free(text);
}

static void
cbor_tells_damage_only_where_it_is_certain(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts facts = { .arena = &a };
	const struct hs_span tagged = HS_SPAN("\xd9\xd9\xf7" ITEM), item = HS_SPAN(ITEM);
	struct hs_err err;

	(void)state;
	assert_int_equal(by->describe(&facts, tagged, &err), 0);
	assert_string_equal(hs_facts_text(&facts), "tag: 55799 (self-described)\n");
	for (size_t len = 0; len < item.len; len++) {
		char *text;

		assert_int_equal(render(&text, hs_span_head(item, len)), HS_ENOTMINE);
		free(text);
		assert_int_equal(render(&text, hs_span_head(tagged, len + 3)), HS_EFORMAT);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cbor_bids_low_and_only_for_a_whole_item),
		cmocka_unit_test(cbor_reads_large_files),
		cmocka_unit_test(cbor_is_lines),
		cmocka_unit_test(cbor_tells_damage_only_where_it_is_certain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
