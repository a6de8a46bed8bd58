/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "build_stream.h"
#include "one_run.h"
#include "unit.h"

#include <stdlib.h>

/* `packed` with one byte changed gives `text` and what came before. */
static void
check_damage(enum hs_codec codec, struct hs_span packed, size_t at, const char *text,
             const char *kept)
{
	uint8_t *copy = build_exact(packed);
	struct hs_inflated out;
	struct hs_err err;

	copy[at] ^= 1;
	assert_int_equal(
		hs_inflate(&out, codec, (struct hs_span){ copy, packed.len }, &one_run, &err),
		HS_EFORMAT);
	assert_string_equal(err.text, text);
	if (kept)
		assert_span(out.blob->bytes, kept);
	else
		assert_null(out.blob);
	hs_blob_unref(out.blob);
	free(copy);
}

static void
wrong_sums_are_told_and_the_content_is_kept(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span gzip = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("content"));
	const struct hs_span zlib = build_stream(&arena, HS_CODEC_ZLIB, HS_SPAN("content"));

	(void)state;
	check_damage(HS_CODEC_GZIP, gzip, gzip.len - 8,
	             "member at offset 0: the CRC is 0xfec530a9, 0xfec530a8 is stored", "content");
	check_damage(HS_CODEC_GZIP, gzip, gzip.len - 4,
	             "member at offset 0: the size is 7 modulo 2^32, 6 is stored", "content");
	check_damage(HS_CODEC_ZLIB, zlib, zlib.len - 1,
	             "the Adler-32 is 0x0bcb02fc, 0x0bcb02fd is stored", "content");
}

static void
wrong_headers_are_told(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span gzip = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("content"));

	(void)state;
	check_damage(HS_CODEC_GZIP, gzip, 0, "member at offset 0: no gzip header of method 8",
	             NULL);
	check_damage(HS_CODEC_ZLIB, HS_SPAN("\x78\x9c more"), 1, "no zlib header (0x789d)", NULL);
	check_damage(HS_CODEC_ZLIB, HS_SPAN("\x78\xba more"), 1,
	             "the zlib stream needs a dictionary of its own", NULL);
}

static void
a_damaged_member_keeps_those_before_it(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("one "));
	const struct hs_span two = build_joined(&arena, one, one);

	(void)state;
	check_damage(HS_CODEC_GZIP, two, two.len - 8,
	             "member at offset 24: the CRC is 0x23ac6149, 0x23ac6148 is stored",
	             "one one ");
}

/* Blocks of bytes as they are, which end on no border of a buffer. */
static void
stored_blocks_are_whole(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span packed = HS_SPAN(""), plain = HS_SPAN("");
	const struct hs_span part = build_text(&arena, 65535);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	for (int i = 0; i < 9; i++) {
		packed = build_joined(&arena, packed, HS_SPAN("\0\xff\xff\0\0"));
		packed = build_joined(&arena, packed, part);
		plain = build_joined(&arena, plain, part);
	}
	packed = build_joined(&arena, packed,
	                      HS_SPAN("\1\0\0\xff\xff"
	                              "behind"));
	assert_int_equal(hs_inflate(&out, HS_CODEC_DEFLATE, packed, &one_run, &err), 0);
	assert_true(hs_span_equal(out.blob->bytes, plain));
	assert_int_equal(out.consumed, packed.len - 6);
	hs_blob_unref(out.blob);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_sums_are_told_and_the_content_is_kept),
		cmocka_unit_test(wrong_headers_are_told),
		cmocka_unit_test(a_damaged_member_keeps_those_before_it),
		cmocka_unit_test(stored_blocks_are_whole),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
