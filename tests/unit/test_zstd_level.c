/* SPDX-License-Identifier: Apache-2.0 */
#include "core/zstd_level.h"

#include "build_stream.h"
#include "unit.h"

#include <stdlib.h>
#include <zstd.h>

/* Compressed with the size in the header, or without, as of a pipe. */
static struct hs_span
packed(struct hs_arena *a, struct hs_span plain, int level, bool with_size)
{
	const size_t room = ZSTD_compressBound(plain.len) + 64;
	uint8_t *at = hs_arena_alloc(a, room);
	ZSTD_CCtx *z = ZSTD_createCCtx();
	ZSTD_inBuffer in = { plain.at, plain.len, 0 };
	ZSTD_outBuffer out = { at, room, 0 };

	ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	if (with_size)
		ZSTD_CCtx_setPledgedSrcSize(z, plain.len);
	while (in.pos < in.size)
		assert_false(ZSTD_isError(ZSTD_compressStream2(z, &out, &in, ZSTD_e_continue)));
	assert_int_equal(ZSTD_compressStream2(z, &out, &in, ZSTD_e_end), 0);
	ZSTD_freeCCtx(z);
	return (struct hs_span){ at, out.pos };
}

static void
levels_of_libzstd_are_proven(void **state)
{
	static const int levels[] = { 1, 2, 3, 5, 9, 12 };
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 300000), little = hs_span_head(text, 5000);

	(void)state;
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		for (int with_size = 0; with_size < 2; with_size++) {
			struct hs_zstd_level l =
				hs_zstd_level(packed(&a, text, levels[i], with_size));

			assert_true(l.levels >> levels[i] & 1);
			assert_int_equal(l.checked, 128 << 10);
			assert_false(l.whole);
			l = hs_zstd_level(packed(&a, little, levels[i], with_size));
			assert_true(l.levels >> levels[i] & 1);
			assert_int_equal(l.checked, 5000);
			assert_true(l.whole);
		}
	}
}

static void
what_libzstd_does_not_make_is_not_proven(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 3000), frame = packed(&a, text, 3, true);

	(void)state;
	/* One raw block of text that can be compressed, as no level leaves it. */
	assert_int_equal(hs_zstd_level(HS_SPAN("\x28\xb5\x2f\xfd\x20\x20\x01\x01\0"
	                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
	                         .levels,
	                 0);
	for (size_t len = 0; len < frame.len; len++) {
		const struct hs_span cut = exact_copy(frame, len);

		assert_int_equal(hs_zstd_level(cut).levels, 0);
		free((void *)(uintptr_t)cut.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_of_libzstd_are_proven),
		cmocka_unit_test(what_libzstd_does_not_make_is_not_proven),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
