/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/level_memo.h"

#include <zlib.h>

enum { LARGE = 2 << 20 };

/* Letters that are hard to compress. */
static struct hs_span
letters(struct hs_arena *a, size_t n)
{
	uint8_t *text = hs_arena_alloc(a, n);
	uint32_t x = 1;

	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		text[i] = (uint8_t)('a' + (x >> 24) % 23);
	}
	return (struct hs_span){ text, n };
}

static struct hs_span
deflated(struct hs_arena *a, struct hs_span plain, int level)
{
	uint8_t *room = hs_arena_alloc(a, plain.len + 1024);
	z_stream z = { .next_out = room, .avail_out = (uint32_t)plain.len + 1024 };

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (uint8_t *)(uintptr_t)plain.at;
	z.avail_in = (uint32_t)plain.len;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct hs_span){ room, z.total_out };
}

static void
assert_asked(struct hs_level_memo *m, struct hs_span stream)
{
	const struct hs_deflate_level wanted = hs_deflate_level(stream);

	for (int i = 0; i < 2; i++) {
		const struct hs_deflate_level got = hs_level_memo_ask(m, stream);

		assert_int_equal(got.levels, wanted.levels);
		assert_int_equal(got.memory, wanted.memory);
		assert_int_equal(got.by_pigz, wanted.by_pigz);
		assert_int_equal(got.whole, wanted.whole);
		assert_int_equal(got.checked, wanted.checked);
		assert_int_equal(got.read, wanted.read);
	}
}

static void
memo_says_what_a_proof_would(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = letters(&a, LARGE);
	struct hs_level_memo *m = hs_level_memo_new();
	const struct hs_span large = deflated(&a, text, 6);
	const struct hs_span small = deflated(&a, hs_span_head(text, 3000), 6);
	const size_t read = hs_deflate_level(large).read;

	(void)state;
	assert_in_range(read, 512 << 10, large.len - 1);
	assert_int_equal(hs_deflate_level(small).read, small.len);
	assert_asked(m, large);
	assert_asked(m, hs_span_head(large, read));
	/* Too short for the answer to rest on the same bytes. */
	assert_int_equal(hs_deflate_level(hs_span_head(large, read - 1)).read, 0);
	assert_asked(m, hs_span_head(large, read - 1));
	assert_asked(m, hs_span_head(large, 1000));
	assert_asked(m, small);
	assert_asked(m, hs_arena_join(&a, small, HS_SPAN("trailer")));
	assert_asked(m, hs_span_head(small, small.len - 1));
	assert_asked(m, HS_SPAN(""));
	hs_level_memo_free(m);
}

static void
memo_forgets_the_oldest_and_stays_right(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span text = letters(&a, 2000);
	struct hs_level_memo *m = hs_level_memo_new();

	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < 40; i++)
			assert_asked(m, deflated(&a, hs_span_from(text, i), 1 + (int)(i % 9)));
	hs_level_memo_free(m);
	hs_level_memo_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memo_says_what_a_proof_would),
		cmocka_unit_test(memo_forgets_the_oldest_and_stays_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
