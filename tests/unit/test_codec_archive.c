/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec_job.h"

#include "build_stream.h"
#include "one_run.h"
#include "unit.h"

#include <stdlib.h>

static void
legacy_frames_of_lz4_are_read(void **state)
{
	/* One block: a literal run of 11 bytes. */
	const struct hs_span in = HS_SPAN("\2\x21\x4c\x18\x0c\0\0\0\xb0hello world");
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_LZ4, in, &one_run, &err), 0);
	assert_span(out.blob->bytes, "hello world");
	assert_int_equal(out.consumed, in.len);
	hs_blob_unref(out.blob);
}

static void
a_wrong_checksum_of_lz4_keeps_the_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_LZ4, HS_SPAN("content"));
	uint8_t *copy = build_exact(packed);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	copy[packed.len - 1] ^= 1;
	assert_int_equal(hs_inflate(&out, HS_CODEC_LZ4, (struct hs_span){ copy, packed.len },
	                            &one_run, &err),
	                 HS_EFORMAT);
	assert_non_null(strstr(err.text, "the lz4 stream is damaged"));
	assert_span(out.blob->bytes, "content");
	hs_blob_unref(out.blob);
	free(copy);
}

static void
only_skippable_frames_are_no_content(void **state)
{
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_LZ4, HS_SPAN("\x50\x2a\x4d\x18\1\0\0\0a"),
	                            &one_run, &err),
	                 0);
	assert_int_equal(out.blob->bytes.len, 0);
	assert_int_equal(out.consumed, 9);
	assert_int_equal(out.n_streams, 1);
	hs_blob_unref(out.blob);
}

/* What stands in where a codec's own library is not built in. */
static void
libarchive_decodes_the_others_too(void **state)
{
	static const enum hs_codec codecs[] = { HS_CODEC_BZIP2, HS_CODEC_XZ, HS_CODEC_LZMA,
		                                HS_CODEC_LZIP };
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 300000);

	(void)state;
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
		const struct hs_inflate_order order = {
			.codec = codecs[i],
			.in = build_stream(&arena, codecs[i], plain),
			.run = &one_run,
		};
		struct hs_codec_job job = { .order = &order, .in = order.in };
		struct hs_sha256 digest, want = hs_sha256(plain);
		struct hs_blob *blob;
		struct hs_err err;

		hs_spool_begin(&job.writer, one_run.spool);
		hs_digest_task_init(&job.sha256);
		assert_int_equal(hs_decode_archive(&job, &err), 0);
		hs_digest_task_end(&digest, &job.sha256, one_run.pool);
		assert_memory_equal(&digest, &want, sizeof(want));
		assert_int_equal(hs_spool_end(&job.writer, &blob, &err), 0);
		assert_true(hs_span_equal(blob->bytes, plain));
		hs_blob_unref(blob);
	}
}

static void
a_codec_that_libarchive_is_not_asked_for_is_absent(void **state)
{
	const struct hs_inflate_order order = { .codec = HS_CODEC_ZSTD,
		                                .in = HS_SPAN("\x28\xb5\x2f\xfd"),
		                                .run = &one_run };
	struct hs_codec_job job = { .order = &order, .in = order.in };
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_decode_archive(&job, &err), HS_EABSENT);
	assert_string_equal(err.text, "libarchive reads no zstd here");
}

/* Left to itself, libarchive decodes until nothing more can be decoded. */
static void
one_layer_is_taken_off_and_no_more(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span inner = build_stream(&arena, HS_CODEC_LZ4, HS_SPAN("content"));
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_inflate(&out, HS_CODEC_LZ4, build_stream(&arena, HS_CODEC_LZ4, inner),
	                            &one_run, &err),
	                 0);
	assert_true(hs_span_equal(out.blob->bytes, inner));
	hs_blob_unref(out.blob);
}

static void
what_has_not_the_magic_is_no_stream(void **state)
{
	const struct hs_inflate_order order = { .codec = HS_CODEC_BZIP2,
		                                .in = HS_SPAN("no stream"),
		                                .run = &one_run };
	struct hs_codec_job job = { .order = &order, .in = order.in };
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_decode_archive(&job, &err), HS_EFORMAT);
	assert_string_equal(err.text, "no bzip2 header");
	assert_int_equal(hs_inflate(&out, HS_CODEC_LZ4, order.in, &one_run, &err), HS_EFORMAT);
	assert_string_equal(err.text, "no lz4 header");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(legacy_frames_of_lz4_are_read),
		cmocka_unit_test(a_wrong_checksum_of_lz4_keeps_the_content),
		cmocka_unit_test(only_skippable_frames_are_no_content),
		cmocka_unit_test(libarchive_decodes_the_others_too),
		cmocka_unit_test(one_layer_is_taken_off_and_no_more),
		cmocka_unit_test(what_has_not_the_magic_is_no_stream),
		cmocka_unit_test(a_codec_that_libarchive_is_not_asked_for_is_absent),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
