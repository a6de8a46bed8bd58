/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/image.h"

#include <stdlib.h>

static const char *
said(struct hs_arena *a, enum hs_codec codec, struct hs_span packed)
{
	struct hs_facts facts = { .arena = a };

	hs_say_stream(&facts, codec, packed, NULL);
	return hs_facts_text(&facts);
}

static void
stream_tells_gzip_headers_apart(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(
		said(&a, HS_CODEC_GZIP, HS_SPAN("\x1f\x8b\x08\x00\x01\x02\x00\x00\x02\xff")),
		"gzip flags: 0x0\ngzip mtime: 513\ngzip xfl: 2\ngzip os: 255\n");
	assert_string_equal(
		said(&a, HS_CODEC_GZIP,
	             HS_SPAN("\x1f\x8b\x08\x1c\0\0\0\0\0\x03\x02\0xyname\0note\0")),
		"gzip flags: 0x1c\ngzip mtime: 0\ngzip xfl: 0\ngzip os: 3\ngzip extra: xy\n"
		"gzip name: name\ngzip comment: note\n");
}

/* A skippable frame of 3 bytes; a frame with window, checksum and a raw block of 1 byte; one of a
 * single segment with a run-length block. */
#define ZSTD                                                                                       \
	HS_SPAN("\x50\x2a\x4d\x18\x03\0\0\0xyz"                                                    \
	        "\x28\xb5\x2f\xfd\x04\x58\x09\0\0A\1\2\3\4"                                        \
	        "\x28\xb5\x2f\xfd\x20\x05\x2b\0\0B")

static void
stream_counts_zstd_frames(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, HS_CODEC_ZSTD, ZSTD),
	                    "zstd frames: 2\nzstd skippable frames: 1\nzstd skippable bytes: 3\n"
	                    "zstd content size: not stored\nzstd checksum: stored\n");
	assert_string_equal(
		said(&a, HS_CODEC_ZSTD, hs_span_from(ZSTD, 25)),
		"compressor: not this libzstd: another version, or Go klauspost/compress\n"
		"zstd frames: 1\nzstd content size: stored\nzstd checksum: not stored\n");
}

static void
stream_survives_every_truncation(void **state)
{
	const struct hs_span gzip = HS_SPAN("\x1f\x8b\x08\x1c\0\0\0\0\0\x03\x02\0xyname\0note\0");
	const struct hs_span zstd = ZSTD;

	(void)state;
	for (size_t len = 0; len < zstd.len; len++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span cut = exact_copy(zstd, len);

		assert_non_null(said(&a, HS_CODEC_ZSTD, cut));
		free((void *)(uintptr_t)cut.at);
	}
	for (size_t len = 0; len < gzip.len; len++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span cut = exact_copy(gzip, len);

		assert_non_null(said(&a, HS_CODEC_GZIP, cut));
		free((void *)(uintptr_t)cut.at);
	}
}

static void
stream_says_nothing_of_other_codecs(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, HS_CODEC_XZ,
	                         HS_SPAN("\xfd"
	                                 "7zXZ")),
	                    "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stream_tells_gzip_headers_apart),
		cmocka_unit_test(stream_counts_zstd_frames),
		cmocka_unit_test(stream_survives_every_truncation),
		cmocka_unit_test(stream_says_nothing_of_other_codecs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
