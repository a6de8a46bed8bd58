/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static void
lzip_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_lzip, build_stream(&arena, HS_CODEC_LZIP, plain),
	                     plain);
	check_filter_content(&hs_comparator_lzip, build_stream(&arena, HS_CODEC_LZIP, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
lzip_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_lzip, build_stream(&arena, HS_CODEC_LZIP, plain),
	                         plain);
}

static void
lzip_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_lzip, build_stream(&arena, HS_CODEC_LZIP, plain),
	                      plain);
}

static void
lzip_says_version_and_dictionary(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_lzip, HS_SPAN("LZIP\1\x0c"), 0,
	                  "version: 1\ndictionary size: 4096\n");
	check_filter_says(&hs_comparator_lzip, HS_SPAN("LZIP\1\xd3"), 0,
	                  "version: 1\ndictionary size: 327680\n");
	check_filter_says(&hs_comparator_lzip, HS_SPAN("LZIP\1"), HS_EFORMAT,
	                  "version: 1\ndictionary size: 1\n");
	assert_int_equal(hs_comparator_lzip.bid(HS_SPAN("LZIP\2\x0c")), 0);
}

static void
lzip_says_the_dictionary_of_each_member(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_LZIP, HS_SPAN("one"));
	uint8_t *two = build_exact(one);
	struct expanded o;

	(void)state;
	two[5] = 0x0d;
	expanded_init(&o, &hs_comparator_lzip,
	              build_joined(&arena, one, (struct hs_span){ two, one.len }), NULL);
	assert_int_equal(o.rc, 0);
	assert_int_equal(expanded_entry(&o, "")->size, 6);
	if (o.tree.entries[0].head.len > 0 &&
	    strstr(expanded_entry_text(&o, &o.tree.entries[0]), "streams: 2"))
		assert_non_null(strstr(expanded_entry_text(&o, &o.tree.entries[0]),
		                       "stream: dictionary size 8192\n"));
	expanded_release(&o);
	free(two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lzip_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(lzip_refuses_every_truncation),
		cmocka_unit_test(lzip_shows_bytes_after_the_end),
		cmocka_unit_test(lzip_says_version_and_dictionary),
		cmocka_unit_test(lzip_says_the_dictionary_of_each_member),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
