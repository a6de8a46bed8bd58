/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

static void
lz4_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_lz4, build_stream(&arena, HS_CODEC_LZ4, plain), plain);
	check_filter_content(&hs_comparator_lz4, build_stream(&arena, HS_CODEC_LZ4, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
lz4_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_lz4, build_stream(&arena, HS_CODEC_LZ4, plain),
	                         plain);
}

static void
lz4_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_lz4, build_stream(&arena, HS_CODEC_LZ4, plain), plain);
}

static void
lz4_says_the_flags_of_its_frames(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_lz4,
	                  HS_SPAN("\4\x22\x4d\x18\x64\x40\xa7\0\0\0\0\5\x5d\xcc\2"), 0,
	                  "frame format: standard\nflags: 0x64\nindependent blocks: yes\n"
	                  "block size: 65536\nblock checksums: no\ncontent checksum: yes\n"
	                  "content size: not stored\nframes: 1\nblocks: 0\n");
	check_filter_says(&hs_comparator_lz4,
	                  HS_SPAN("\4\x22\x4d\x18\x49\x70\3\0\0\0\0\0\0\0\1\2\0\0\x99\0\0\0\0"), 0,
	                  "frame format: standard\nflags: 0x49\nindependent blocks: no\n"
	                  "block size: 4194304\nblock checksums: no\ncontent checksum: no\n"
	                  "content size: 3\ndictionary: 0x201\nframes: 1\nblocks: 0\n");
	check_filter_says(&hs_comparator_lz4, HS_SPAN("\2\x21\x4c\x18\1\0\0\0\x10"), 0,
	                  "frame format: legacy\nframes: 1\nblocks: 1\n");
	check_filter_says(&hs_comparator_lz4, HS_SPAN("\4\x22\x4d\x18\x64"), HS_EFORMAT,
	                  "frame format: standard\nflags: 0x64\nindependent blocks: yes\n"
	                  "block checksums: no\ncontent checksum: yes\ncontent size: not stored\n"
	                  "frames: 1\nblocks: 0\n");
}

static void
lz4_shows_skippable_frames(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span skipped = HS_SPAN("\x51\x2a\x4d\x18\2\0\0\0hi");
	const struct hs_span file =
		build_joined(&arena, build_stream(&arena, HS_CODEC_LZ4, HS_SPAN("x")), skipped);
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_lz4, file, NULL);
	assert_int_equal(o.rc, 0);
	assert_int_equal(o.tree.n_entries, 1);
	assert_non_null(
		strstr(expanded_text(&o), "skippable frame: magic 0x184d2a51, sha256:8f434346"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lz4_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(lz4_refuses_every_truncation),
		cmocka_unit_test(lz4_shows_bytes_after_the_end),
		cmocka_unit_test(lz4_says_the_flags_of_its_frames),
		cmocka_unit_test(lz4_shows_skippable_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
