/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "build_stream.h"
#include "one_run.h"
#include "unit.h"

#include <stdlib.h>

static void
frames_and_skippable_frames_are_counted(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_ZSTD, HS_SPAN("one "));
	const struct hs_span skipped = HS_SPAN("\x50\x2a\x4d\x18\3\0\0\0abc");
	const struct hs_span in = build_joined(&arena, build_joined(&arena, one, skipped), one);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_ZSTD, in, &one_run, &err), 0);
	assert_span(out.blob->bytes, "one one ");
	assert_int_equal(out.n_streams, 3);
	assert_int_equal(out.consumed, in.len);
	hs_blob_unref(out.blob);
}

static void
a_window_past_the_limit_is_refused_before_memory_is_taken(void **state)
{
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_ZSTD, HS_SPAN("\x28\xb5\x2f\xfd\0\xa8\1\0\0"),
	                            &one_run, &err),
	                 HS_ELIMIT);
	assert_string_equal(err.text,
	                    "the zstd frame at offset 0 has a window of more than 2^30 bytes");
	assert_null(out.blob);
	assert_int_equal(hs_inflate(&out, HS_CODEC_ZSTD, HS_SPAN("\x28\xb5\x2f\xfd\0\xa0\1\0\0"),
	                            &one_run, &err),
	                 0);
	assert_int_equal(out.blob->bytes.len, 0);
	hs_blob_unref(out.blob);
}

/* Blocks have 128 KiB: all of them in front of the damaged one are there. */
static void
blocks_before_damage_are_kept_to_the_last(void **state)
{
	enum { BLOCK = 128 * 1024 };
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 5 * BLOCK);
	const struct hs_span packed = build_stream(&arena, HS_CODEC_ZSTD, plain);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_ZSTD, hs_span_head(packed, packed.len - 100),
	                            &one_run, &err),
	                 HS_EFORMAT);
	assert_int_equal(out.blob->bytes.len, 4 * BLOCK);
	assert_true(hs_span_starts(plain, out.blob->bytes));
	hs_blob_unref(out.blob);
}

static void
a_wrong_checksum_keeps_the_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_ZSTD, HS_SPAN("content"));
	uint8_t *copy = build_exact(packed);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	copy[packed.len - 1] ^= 1;
	assert_int_equal(hs_inflate(&out, HS_CODEC_ZSTD, (struct hs_span){ copy, packed.len },
	                            &one_run, &err),
	                 HS_EFORMAT);
	assert_non_null(strstr(err.text, "checksum"));
	assert_span(out.blob->bytes, "content");
	hs_blob_unref(out.blob);
	free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_and_skippable_frames_are_counted),
		cmocka_unit_test(a_window_past_the_limit_is_refused_before_memory_is_taken),
		cmocka_unit_test(blocks_before_damage_are_kept_to_the_last),
		cmocka_unit_test(a_wrong_checksum_keeps_the_content),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
