/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

static void
zstd_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_zstd, build_stream(&arena, HS_CODEC_ZSTD, plain),
	                     plain);
	check_filter_content(&hs_comparator_zstd, build_stream(&arena, HS_CODEC_ZSTD, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
zstd_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_zstd, build_stream(&arena, HS_CODEC_ZSTD, plain),
	                         plain);
}

static void
zstd_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_zstd, build_stream(&arena, HS_CODEC_ZSTD, plain),
	                      plain);
}

static void
zstd_says_its_frame_header(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_zstd, HS_SPAN("\x28\xb5\x2f\xfd\x24\1\x09\0\0x\1\2\3\4"),
	                  0,
	                  "frames: 1\nwindow: the whole content\nchecksum: yes\n"
	                  "content size: 1\nblocks: 1\n");
	check_filter_says(&hs_comparator_zstd, HS_SPAN("\x28\xb5\x2f\xfd\2\x59\7\0\1\0\0"), 0,
	                  "frames: 1\nwindow: 2359296\nchecksum: no\ncontent size: not stored\n"
	                  "dictionary: 7\nblocks: 1\n");
	check_filter_says(&hs_comparator_zstd, HS_SPAN("\x28\xb5\x2f\xfd\0\x58"), HS_EFORMAT,
	                  "frames: 1\nwindow: 2097152\nchecksum: no\ncontent size: not stored\n"
	                  "blocks: 1\n");
}

static void
zstd_says_where_frames_are_not_alike(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_zstd,
	                  HS_SPAN("\x28\xb5\x2f\xfd\0\x58\1\0\0\x28\xb5\x2f\xfd\0\x60\1\0\0"), 0,
	                  "frames: 2\nwindow: 2097152\nchecksum: no\ncontent size: not stored\n"
	                  "frame headers: not the same in all frames\nblocks: 2\n");
}

static void
zstd_shows_skippable_frames(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span skipped = HS_SPAN("\x51\x2a\x4d\x18\2\0\0\0hi");
	struct hs_span file = build_stream(&arena, HS_CODEC_ZSTD, HS_SPAN("x"));
	struct expanded o;

	(void)state;
	for (int i = 0; i < 20; i++)
		file = build_joined(&arena, file, skipped);
	expanded_init(&o, &hs_comparator_zstd, file, NULL);
	assert_int_equal(o.rc, 0);
	assert_int_equal(o.tree.n_entries, 1);
	assert_non_null(
		strstr(expanded_text(&o), "skippable frame: magic 0x184d2a51, sha256:8f434346"));
	assert_non_null(strstr(expanded_text(&o),
	                       "skippable frames: 20\nskippable frames together: sha256:"));
	expanded_release(&o);
}

/* Twelve bytes must not make the decoder take gigabytes. */
static void
zstd_names_a_window_that_is_too_large(void **state)
{
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_zstd, HS_SPAN("\x28\xb5\x2f\xfd\0\xa8\1\0\0"), NULL);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_non_null(strstr(o.err.text, "2^30"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zstd_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(zstd_refuses_every_truncation),
		cmocka_unit_test(zstd_shows_bytes_after_the_end),
		cmocka_unit_test(zstd_says_its_frame_header),
		cmocka_unit_test(zstd_says_where_frames_are_not_alike),
		cmocka_unit_test(zstd_shows_skippable_frames),
		cmocka_unit_test(zstd_names_a_window_that_is_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
