/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "build_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const enum hs_codec all[] = {
	HS_CODEC_GZIP, HS_CODEC_ZLIB, HS_CODEC_DEFLATE, HS_CODEC_BZIP2, HS_CODEC_XZ,
	HS_CODEC_LZMA, HS_CODEC_LZIP, HS_CODEC_ZSTD,    HS_CODEC_LZ4,
};

enum { N_ALL = sizeof(all) / sizeof(all[0]) };

struct fixture {
	struct hs_run run;
	struct hs_arena arena;
};

static int
set_up(void **state)
{
	const struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct fixture *f = calloc(1, sizeof(*f));

	hs_run_init(&f->run, &limits, 1, NULL);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	hs_run_release(&f->run);
	hs_arena_release(&f->arena);
	free(f);
	return 0;
}

/* libarchive alone neither counts streams nor tells what stands behind them. */
static bool
is_exact(enum hs_codec codec)
{
	switch (codec) {
	case HS_CODEC_BZIP2:
		return HS_WITH_BZIP2;
	case HS_CODEC_XZ:
	case HS_CODEC_LZMA:
	case HS_CODEC_LZIP:
		return HS_WITH_LZMA;
	default:
		return true;
	}
}

static void
every_codec_gives_back_what_was_compressed(void **state)
{
	static const size_t sizes[] = { 0, 1, 1000, 300000 };
	struct fixture *f = *state;

	for (size_t i = 0; i < N_ALL; i++) {
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
			const struct hs_span plain = build_text(&f->arena, sizes[k]);
			const struct hs_span packed = build_stream(&f->arena, all[i], plain);
			const struct hs_sha256 digest = hs_sha256(plain);
			struct hs_inflated out;
			struct hs_err err = { 0 };

			assert_int_equal(hs_inflate(&out, all[i], packed, &f->run, &err), 0);
			assert_true(hs_span_equal(out.blob->bytes, plain));
			assert_memory_equal(out.sha256.bytes, digest.bytes, HS_SHA256_SIZE);
			assert_true(out.consumed == packed.len || !is_exact(all[i]));
			assert_int_equal(out.n_streams, 1);
			hs_blob_unref(out.blob);
		}
	}
}

/* bare deflate, zlib and .lzma are one stream by their nature */
static bool
is_joinable(enum hs_codec codec)
{
	return codec != HS_CODEC_ZLIB && codec != HS_CODEC_DEFLATE && codec != HS_CODEC_LZMA;
}

static void
streams_one_after_the_other_are_one_content(void **state)
{
	struct fixture *f = *state;
	const struct hs_span one = build_text(&f->arena, 70000);
	const struct hs_span two = HS_SPAN("and the second");

	for (size_t i = 0; i < N_ALL; i++) {
		struct hs_span packed, plain = build_joined(&f->arena, one, two);
		struct hs_inflated out;
		struct hs_err err = { 0 };

		if (!is_joinable(all[i]))
			continue;
		packed = build_joined(&f->arena, build_stream(&f->arena, all[i], one),
		                      build_stream(&f->arena, all[i], two));
		assert_int_equal(hs_inflate(&out, all[i], packed, &f->run, &err), 0);
		assert_true(hs_span_equal(out.blob->bytes, plain));
		assert_int_equal(out.consumed, packed.len);
		assert_int_equal(out.n_streams, is_exact(all[i]) ? 2 : 1);
		hs_blob_unref(out.blob);
	}
}

static void
bytes_behind_the_last_stream_are_not_consumed(void **state)
{
	const struct hs_span tails[] = { HS_SPAN("\0\0\0\0\0\0\0\0"),
		                         HS_SPAN("\0"),
		                         HS_SPAN("trailing words that are no stream"),
		                         HS_SPAN("\x1f\x8b"),
		                         HS_SPAN("BZh"),
		                         HS_SPAN("LZ"),
		                         HS_SPAN("\xfd\x37z") };
	enum { N_TAILS = sizeof(tails) / sizeof(tails[0]) };
	struct fixture *f = *state;
	const struct hs_span plain = build_text(&f->arena, 5000);

	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed = build_stream(&f->arena, all[i], plain);

		for (size_t k = 0; is_exact(all[i]) && k < N_TAILS; k++) {
			const struct hs_span in = build_joined(&f->arena, packed, tails[k]);
			struct hs_inflated out;
			struct hs_err err = { 0 };

			assert_int_equal(hs_inflate(&out, all[i], in, &f->run, &err), 0);
			assert_true(hs_span_equal(out.blob->bytes, plain));
			assert_int_equal(out.consumed, packed.len);
			hs_blob_unref(out.blob);
		}
	}
}

static void
every_codec_refuses_every_truncation_and_keeps_what_came_before(void **state)
{
	struct fixture *f = *state;
	const struct hs_span plain = build_text(&f->arena, 600);

	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed = build_stream(&f->arena, all[i], plain);

		for (size_t len = 0; len < packed.len; len++) {
			uint8_t *at = build_exact(hs_span_head(packed, len));
			struct hs_inflated out;
			struct hs_err err = { 0 };
			int rc = hs_inflate(&out, all[i], (struct hs_span){ at, len }, &f->run,
			                    &err);

			assert_int_equal(rc, HS_EFORMAT);
			assert_true(err.text[0] >= 'a' && err.text[0] <= 'z');
			if (out.blob)
				assert_true(hs_span_starts(plain, out.blob->bytes));
			hs_blob_unref(out.blob);
			free(at);
		}
	}
}

static void
a_cut_large_stream_keeps_most_of_its_content(void **state)
{
	struct fixture *f = *state;
	const struct hs_span plain = build_text(&f->arena, 2 << 20);

	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed = build_stream(&f->arena, all[i], plain);
		struct hs_inflated out;
		struct hs_err err = { 0 };

		assert_int_equal(hs_inflate(&out, all[i], hs_span_head(packed, packed.len - 4),
		                            &f->run, &err),
		                 HS_EFORMAT);
		assert_non_null(out.blob);
		assert_true(hs_span_starts(plain, out.blob->bytes));
		assert_true(out.blob->bytes.len >= plain.len / 2);
		hs_blob_unref(out.blob);
	}
}

/* Whatever the flipped bit: no crash, and what is given has a reason or a sum that fits. */
static void
every_codec_survives_a_flipped_bit_in_every_byte(void **state)
{
	struct fixture *f = *state;
	const struct hs_span plain = build_text(&f->arena, 100);

	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed = build_stream(&f->arena, all[i], plain);
		uint8_t *at = build_exact(packed);

		for (size_t k = 0; k < packed.len; k++) {
			const uint8_t bit = (uint8_t)(1 << k % 8);
			struct hs_inflated out;
			struct hs_err err = { 0 };
			int rc;

			at[k] ^= bit;
			rc = hs_inflate(&out, all[i], (struct hs_span){ at, packed.len }, &f->run,
			                &err);
			assert_true(rc == 0 || rc == HS_EFORMAT || rc == HS_ELIMIT);
			assert_true(rc == 0 || err.text[0]);
			assert_true(out.consumed <= packed.len);
			hs_blob_unref(out.blob);
			at[k] ^= bit;
		}
		free(at);
	}
}

static void
the_size_limit_ends_every_codec(void **state)
{
	struct fixture *f = *state;
	const struct hs_span plain = build_text(&f->arena, 400000);

	f->run.limits.max_size = 300000;
	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed = build_stream(&f->arena, all[i], plain);
		struct hs_inflated out;
		struct hs_err err = { 0 };

		atomic_store(&f->run.inflated, 0);
		assert_int_equal(hs_inflate(&out, all[i], packed, &f->run, &err), HS_ELIMIT);
		assert_non_null(strstr(err.text, "--max-size"));
		assert_null(out.blob);
	}
}

/* Zeros, as many streams of them one after the other as pass HS_RATIO_FREE. */
static void
the_ratio_limit_ends_a_bomb(void **state)
{
	static const enum hs_codec bombs[] = { HS_CODEC_GZIP, HS_CODEC_ZSTD, HS_CODEC_XZ };
	enum { PART = 16 << 20 };
	struct fixture *f = *state;
	const struct hs_span zeros = { hs_arena_alloc(&f->arena, PART), PART };

	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		struct hs_span packed = build_stream(&f->arena, bombs[i], zeros);
		struct hs_inflated out;
		struct hs_err err = { 0 };

		for (uint64_t n = PART; n <= HS_RATIO_FREE; n *= 2)
			packed = build_joined(&f->arena, packed, packed);
		assert_int_equal(hs_inflate(&out, bombs[i], packed, &f->run, &err), HS_ELIMIT);
		assert_non_null(strstr(err.text, "--max-ratio"));
		assert_null(out.blob);
	}
}

static void
the_clock_ends_a_stream(void **state)
{
	struct fixture *f = *state;
	const struct hs_span packed =
		build_stream(&f->arena, HS_CODEC_GZIP, build_text(&f->arena, 1000));
	struct hs_inflated out;
	struct hs_err err = { 0 };

	f->run.deadline_ns = 1;
	assert_int_equal(hs_inflate(&out, HS_CODEC_GZIP, packed, &f->run, &err), HS_ESTOP);
	assert_null(out.blob);
}

static void
the_first_bytes_name_the_codec(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < N_ALL; i++) {
		const struct hs_span packed =
			build_stream(&f->arena, all[i], build_text(&f->arena, 100));
		const bool has_magic = all[i] != HS_CODEC_ZLIB && all[i] != HS_CODEC_DEFLATE &&
		                       all[i] != HS_CODEC_LZMA;

		assert_int_equal(hs_codec_of(packed), has_magic ? all[i] : HS_CODEC_NONE);
	}
	assert_int_equal(hs_codec_of(HS_SPAN("")), HS_CODEC_NONE);
	assert_int_equal(hs_codec_of(HS_SPAN("BZhello world")), HS_CODEC_NONE);
}

static void
a_skippable_frame_in_front_hides_no_codec(void **state)
{
	static const struct hs_span skipped = { (const uint8_t *)"\x5a\x2a\x4d\x18\3\0\0\0abc",
		                                11 };
	struct fixture *f = *state;
	const enum hs_codec codecs[] = { HS_CODEC_ZSTD, HS_CODEC_LZ4 };

	for (size_t i = 0; i < 2; i++) {
		const struct hs_span plain = build_text(&f->arena, 100);
		const struct hs_span packed =
			build_joined(&f->arena, skipped, build_stream(&f->arena, codecs[i], plain));
		struct hs_inflated out;
		struct hs_err err = { 0 };

		assert_int_equal(hs_codec_of(packed), codecs[i]);
		assert_int_equal(hs_inflate(&out, codecs[i], packed, &f->run, &err), 0);
		assert_true(hs_span_equal(out.blob->bytes, plain));
		assert_int_equal(out.consumed, packed.len);
		hs_blob_unref(out.blob);
	}
}

static void
see(void *ctx, uint64_t at)
{
	uint64_t *sum = ctx;

	*sum = *sum * 1000 + at;
}

static void
a_watcher_is_told_where_each_stream_begins(void **state)
{
	struct fixture *f = *state;
	const struct hs_span one = build_stream(&f->arena, HS_CODEC_GZIP, HS_SPAN("one"));
	uint64_t sum = 0;
	const struct hs_inflate_order order = { .codec = HS_CODEC_GZIP,
		                                .in = build_joined(&f->arena, one, one),
		                                .run = &f->run,
		                                .seen = see,
		                                .ctx = &sum };
	struct hs_inflated out;
	struct hs_err err = { 0 };

	assert_int_equal(hs_inflate_watched(&out, &order, &err), 0);
	assert_int_equal(sum, one.len);
	hs_blob_unref(out.blob);
}

static void
no_codec_is_no_stream(void **state)
{
	struct fixture *f = *state;
	struct hs_inflated out;
	struct hs_err err = { 0 };

	assert_int_equal(hs_inflate(&out, HS_CODEC_NONE, HS_SPAN("x"), &f->run, &err), HS_EUSAGE);
	assert_string_equal(hs_codec_name(HS_CODEC_NONE), "none");
}

static void
no_bytes_at_all_are_a_cut_stream(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < N_ALL; i++) {
		struct hs_inflated out;
		struct hs_err err = { 0 };

		assert_int_equal(
			hs_inflate(&out, all[i], (struct hs_span){ NULL, 0 }, &f->run, &err),
			HS_EFORMAT);
		hs_blob_unref(out.blob);
	}
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(every_codec_gives_back_what_was_compressed),
		ROW(streams_one_after_the_other_are_one_content),
		ROW(bytes_behind_the_last_stream_are_not_consumed),
		ROW(every_codec_refuses_every_truncation_and_keeps_what_came_before),
		ROW(a_cut_large_stream_keeps_most_of_its_content),
		ROW(every_codec_survives_a_flipped_bit_in_every_byte),
		ROW(the_size_limit_ends_every_codec),
		ROW(the_ratio_limit_ends_a_bomb),
		ROW(the_clock_ends_a_stream),
		ROW(the_first_bytes_name_the_codec),
		ROW(a_skippable_frame_in_front_hides_no_codec),
		ROW(a_watcher_is_told_where_each_stream_begins),
		ROW(no_bytes_at_all_are_a_cut_stream),
		ROW(no_codec_is_no_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
