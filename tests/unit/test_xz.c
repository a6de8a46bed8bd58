/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static void
xz_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_xz, build_stream(&arena, HS_CODEC_XZ, plain), plain);
	check_filter_content(&hs_comparator_xz, build_stream(&arena, HS_CODEC_XZ, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
xz_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_xz, build_stream(&arena, HS_CODEC_XZ, plain),
	                         plain);
}

static void
xz_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	if (!HS_WITH_LZMA) /* libarchive takes them for damage */
		skip();
	check_filter_trailing(&hs_comparator_xz, build_stream(&arena, HS_CODEC_XZ, plain), plain);
}

static void
xz_says_check_filters_streams_and_blocks(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_XZ, HS_SPAN("one"));
	const struct hs_span padded = build_joined(&arena, one, HS_SPAN("\0\0\0\0\0\0\0\0"));

	(void)state;
	check_filter_says(&hs_comparator_xz, one, 0,
	                  "check: 4 (CRC-64)\nfilter: lzma2, dictionary 8388608\n"
	                  "sizes in block headers: no\nstreams: 1\nblocks: 1\n");
	check_filter_says(&hs_comparator_xz, build_joined(&arena, padded, one), 0,
	                  "check: 4 (CRC-64)\nfilter: lzma2, dictionary 8388608\n"
	                  "sizes in block headers: no\nstreams: 2\nblocks: 2\n"
	                  "padding between streams: 8\n");
	check_filter_says(&hs_comparator_xz, build_joined(&arena, one, HS_SPAN("tail")), 0,
	                  "check: 4 (CRC-64)\nfilter: lzma2, dictionary 8388608\n"
	                  "sizes in block headers: no\n");
	check_filter_says(&hs_comparator_xz, hs_span_head(one, 11), HS_EFORMAT, "");
}

static void
xz_says_filters_and_sizes_of_a_block_header(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_xz,
	                  HS_SPAN("\xfd\x37zXZ\0\0\x0a"
	                          "crc.\4\xc2\x85\1\3\3\1\7\4\0\x21\1\x17"
	                          "pad crc."),
	                  0,
	                  "check: 10 (SHA-256)\nfilter: delta, distance 8\nfilter: x86 (0x4)\n"
	                  "filter: lzma2, dictionary 12582912\nsizes in block headers: yes\n");
}

static void
xz_survives_a_hostile_index(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_XZ, HS_SPAN("one"));

	(void)state;
	for (size_t i = 0; i < one.len; i++) {
		uint8_t *at = build_exact(one);
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		at[i] = 0xff;
		assert_int_equal(
			hs_comparator_xz.describe(&facts, (struct hs_span){ at, one.len }, &err),
			0);
		free(at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xz_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(xz_refuses_every_truncation),
		cmocka_unit_test(xz_shows_bytes_after_the_end),
		cmocka_unit_test(xz_says_check_filters_streams_and_blocks),
		cmocka_unit_test(xz_says_filters_and_sizes_of_a_block_header),
		cmocka_unit_test(xz_survives_a_hostile_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
