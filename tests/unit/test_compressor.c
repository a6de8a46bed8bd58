/* SPDX-License-Identifier: Apache-2.0 */
#include "core/compressor.h"

#include "build_stream.h"
#include "unit.h"

#include <stdlib.h>

/* The levels that fit depend on the library: "N" stands for them. */
static const char *
without_levels(struct hs_arena *a, const char *text)
{
	const char *level = strstr(text, "\nlevel: "), *proof = strstr(text, ", proven on");
	const char *by = proof;

	if (!level || !proof)
		return text;
	while (by[-1] != '(')
		by--;
	return hs_arena_printf(a, "%.*s\nlevel: N (%s", (int)(level - text), text, by);
}

static const char *
said(struct hs_arena *a, enum hs_codec codec, struct hs_span packed)
{
	struct hs_facts facts = { .arena = a };

	hs_say_compressor(&facts, codec, packed, "gzip ", NULL);
	return without_levels(a, hs_facts_text(&facts));
}

/* A deflate stream of zlib's behind another header. */
static struct hs_span
with_header(struct hs_arena *a, struct hs_span gzip, struct hs_span header)
{
	return hs_arena_join(a, header, hs_span_from(gzip, 10));
}

static void
gzip_streams_of_zlib_are_named_by_header_and_proof(void **state)
{
	static const struct {
		struct hs_span header;
		const char *text;
	} rows[] = {
		{ { (const uint8_t *)"\x1f\x8b\x08\0\0\0\0\0\0\3", 10 },
		  "compressor: zlib\nlevel: N (zlib, proven on the first 256 KiB)\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\0\1\2\0\0\0\xff", 10 },
		  "compressor: Python gzip\nlevel: N (zlib, proven on the first 256 KiB)\n"
		  "gzip mtime: 513\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10 },
		  "compressor: Python gzip, or Java\n"
		  "level: N (zlib, proven on the first 256 KiB)\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\0\0\0\0\0\0\0", 10 },
		  "compressor: Java before 16, or zlib on DOS\n"
		  "level: N (zlib, proven on the first 256 KiB)\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\x08\0\0\0\0\7\3name\0", 15 },
		  "compressor: zlib\nlevel: N (zlib, proven on the first 256 KiB)\n"
		  "gzip xfl: 7\ngzip name: name\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\0\0\x09\x6e\x88\0\xff", 10 },
		  "compressor: Go klauspost/pgzip (Buildah, Podman, Skopeo, umoci)\n"
		  "level: not the fastest, not the best (by its header)\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0ab", 18 },
		  "compressor: bgzip\nlevel: N (zlib, proven on the first 256 KiB)\n"
		  "gzip os: 255\ngzip extra: BC\\x02\\x00ab\n" },
		{ { (const uint8_t *)"\x1f\x8b\x08\0\0\0\0\0\0\x0a", 10 },
		  "compressor: unknown\nlevel: N (zlib, proven on the first 256 KiB)\n"
		  "gzip os: 10\n" },
	};
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span gzip = build_stream(&a, HS_CODEC_GZIP, build_text(&a, 400000));

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(said(&a, HS_CODEC_GZIP, with_header(&a, gzip, rows[i].header)),
		                    rows[i].text);
}

static void
gzip_streams_of_go_end_in_an_empty_block(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, HS_CODEC_GZIP,
	                         HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\4\xff"
	                                 "\1\0\0\xff\xff\0\0\0\0\0\0\0\0")),
	                    "compressor: Go compress/gzip\n"
	                    "level: 1, or Huffman codes alone (by its header)\n");
	assert_string_equal(said(&a, HS_CODEC_GZIP,
	                         HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\2\xff"
	                                 "\x1f\x8b\x08\4\0\0\0\0\0\xff\x1a\0SG\x16\0"
	                                 "0000000000001038STARGZ\1\0\0\xff\xff\0\0\0\0\0\0\0\0")),
	                    "compressor: Go compress/gzip, as eStargz\nlevel: 9 (by its header)\n");
}

static void
a_header_alone_is_said_as_it_is(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, HS_CODEC_GZIP, HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\2\xff")),
	                    "gzip flags: 0x0\ngzip mtime: 0\ngzip xfl: 2\ngzip os: 255\n");
	assert_string_equal(said(&a, HS_CODEC_ZSTD, HS_SPAN("\x28\xb5\x2f\xfd")), "");
	assert_string_equal(said(&a, HS_CODEC_XZ, HS_SPAN("\xfd")), "");
}

/* So little that each level makes the same of it tells nothing. */
static void
a_short_stream_proves_no_level(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, HS_CODEC_GZIP,
	                         with_header(&a, build_stream(&a, HS_CODEC_GZIP, HS_SPAN("hi\n")),
	                                     HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\0\3"))),
	                    "compressor: zlib, GNU gzip or others\n");
}

static void
zstd_streams_are_named_by_proof_or_window(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span zstd = build_stream(&a, HS_CODEC_ZSTD, build_text(&a, 300000));
	const struct hs_span chunk = HS_SPAN("\x50\x2a\x4d\x18\x08\0\0\0GNUlInUx");
	const struct hs_span pzstd = HS_SPAN("\x50\x2a\x4d\x18\4\0\0\0aaaa");
	const char *text = said(&a, HS_CODEC_ZSTD, zstd);

	(void)state;
	assert_non_null(strstr(text, "compressor: libzstd\nlevel: N (libzstd, proven"));
	assert_non_null(strstr(said(&a, HS_CODEC_ZSTD, hs_arena_join(&a, pzstd, zstd)),
	                       "compressor: pzstd\nlevel: N (libzstd, proven"));
	assert_string_equal(said(&a, HS_CODEC_ZSTD, hs_arena_join(&a, zstd, chunk)),
	                    "compressor: Go klauspost/compress, as zstd:chunked\n");
	/* A raw block in a window of 8 MiB. */
	assert_string_equal(said(&a, HS_CODEC_ZSTD,
	                         HS_SPAN("\x28\xb5\x2f\xfd\x00\x68\x41\x01\0"
	                                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
	                    "compressor: Go klauspost/compress\nlevel: default (by its window)\n");
}

static void
compressor_survives_every_truncation(void **state)
{
	static const enum hs_codec codecs[] = { HS_CODEC_GZIP, HS_CODEC_ZSTD };
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 2000);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct hs_span packed = build_stream(&a, codecs[i], text);

		for (size_t len = 0; len < packed.len; len++) {
			const struct hs_span cut = exact_copy(packed, len);

			assert_non_null(said(&a, codecs[i], cut));
			free((void *)(uintptr_t)cut.at);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_streams_of_zlib_are_named_by_header_and_proof),
		cmocka_unit_test(gzip_streams_of_go_end_in_an_empty_block),
		cmocka_unit_test(a_header_alone_is_said_as_it_is),
		cmocka_unit_test(a_short_stream_proves_no_level),
		cmocka_unit_test(zstd_streams_are_named_by_proof_or_window),
		cmocka_unit_test(compressor_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
