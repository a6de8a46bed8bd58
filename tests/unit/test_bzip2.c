/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static void
bzip2_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_bzip2, build_stream(&arena, HS_CODEC_BZIP2, plain),
	                     plain);
	check_filter_content(&hs_comparator_bzip2,
	                     build_stream(&arena, HS_CODEC_BZIP2, HS_SPAN("")), HS_SPAN(""));
}

static void
bzip2_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_bzip2, build_stream(&arena, HS_CODEC_BZIP2, plain),
	                         plain);
}

static void
bzip2_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_bzip2, build_stream(&arena, HS_CODEC_BZIP2, plain),
	                      plain);
}

static void
bzip2_says_the_level_of_each_stream(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_BZIP2, HS_SPAN("one"));
	uint8_t *two = build_exact(one);
	struct expanded o;

	(void)state;
	two[3] = '1';
	check_filter_says(&hs_comparator_bzip2, one, 0, "level: 9\n");
	check_filter_says(&hs_comparator_bzip2, HS_SPAN("BZh"), HS_EFORMAT, "");
	expanded_init(&o, &hs_comparator_bzip2,
	              build_joined(&arena, one, (struct hs_span){ two, one.len }), NULL);
	if (HS_WITH_BZIP2)
		assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "")),
		                    "type: file\nsize: 6\nstreams: 2\nstream: level 9\n"
		                    "stream: level 1\n");
	expanded_release(&o);
	free(two);
}

static void
bzip2_wants_more_than_its_three_letters(void **state)
{
	(void)state;
	assert_int_equal(hs_comparator_bzip2.bid(HS_SPAN("BZh9 is a magic")), 0);
	assert_int_equal(hs_comparator_bzip2.bid(HS_SPAN("BZh0\x31\x41\x59\x26\x53\x59")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bzip2_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(bzip2_refuses_every_truncation),
		cmocka_unit_test(bzip2_shows_bytes_after_the_end),
		cmocka_unit_test(bzip2_says_the_level_of_each_stream),
		cmocka_unit_test(bzip2_wants_more_than_its_three_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
