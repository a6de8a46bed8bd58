/* SPDX-License-Identifier: Apache-2.0 */
#include "core/deflate_level.h"

#include "build_stream.h"
#include "unit.h"

#include <stdlib.h>
#include <zlib.h>

/* Deflated by zlib; in pieces, each ended on a byte, for `piece` not 0. */
static struct hs_span
deflated(struct hs_arena *a, struct hs_span plain, int level, int memory, size_t piece)
{
	uint8_t *room = hs_arena_alloc(a, plain.len + plain.len / 8 + 1024);
	z_stream z = { .next_out = room,
		       .avail_out = (uint32_t)(plain.len + plain.len / 8 + 1024) };

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, -15, memory, Z_DEFAULT_STRATEGY),
	                 Z_OK);
	z.next_in = (uint8_t *)(uintptr_t)plain.at;
	z.avail_in = (uint32_t)plain.len;
	if (piece) {
		z.avail_in = (uint32_t)piece;
		assert_int_equal(deflate(&z, Z_SYNC_FLUSH), Z_OK);
		z.avail_in = (uint32_t)(plain.len - piece);
	}
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct hs_span){ room, z.total_out };
}

static void
each_level_of_zlib_is_proven(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 400000);

	(void)state;
	for (int level = 1; level <= 9; level++) {
		for (int memory = 8; memory <= 9; memory++) {
			const struct hs_deflate_level l =
				hs_deflate_level(deflated(&a, text, level, memory, 0));

			assert_true(l.levels >> level & 1);
			assert_int_equal(l.memory, memory);
			assert_int_equal(l.checked, 256 << 10);
			assert_false(l.whole);
			assert_false(l.by_pigz);
		}
	}
}

static void
a_short_stream_is_proven_to_its_end(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 50000);
	struct hs_span stream = deflated(&a, text, 6, 8, 0);
	struct hs_deflate_level l = hs_deflate_level(stream);

	(void)state;
	assert_true(l.levels >> 6 & 1);
	assert_true(l.whole);
	assert_int_equal(l.checked, 50000);
	/* What follows the stream is not its. */
	stream = hs_arena_join(&a, stream, HS_SPAN("trailer"));
	assert_int_equal(hs_deflate_level(stream).levels, l.levels);
}

static void
pieces_of_pigz_are_known(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 400000);
	const struct hs_deflate_level l = hs_deflate_level(deflated(&a, text, 6, 8, 128 << 10));

	(void)state;
	assert_true(l.by_pigz);
	assert_true(l.levels >> 6 & 1);
	assert_int_equal(l.checked, 128 << 10);
}

static void
what_zlib_does_not_make_is_not_proven(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = build_text(&a, 400000);
	const struct hs_span stream = deflated(&a, text, 6, 8, 0);

	(void)state;
	/* A stored block, which no level from 1 on makes of such a text. */
	assert_int_equal(hs_deflate_level(HS_SPAN("\1\x08\0\xf7\xff"
	                                          "aaaaaaaa"))
	                         .levels,
	                 0);
	assert_int_equal(hs_deflate_level(HS_SPAN("")).levels, 0);
	assert_int_equal(hs_deflate_level(HS_SPAN("\xff\xff\xff")).levels, 0);
	for (size_t len = 0; len < 300; len++) {
		const struct hs_span cut = exact_copy(stream, len);

		assert_int_equal(hs_deflate_level(cut).levels, 0);
		free((void *)(uintptr_t)cut.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_level_of_zlib_is_proven),
		cmocka_unit_test(a_short_stream_is_proven_to_its_end),
		cmocka_unit_test(pieces_of_pigz_are_known),
		cmocka_unit_test(what_zlib_does_not_make_is_not_proven),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
