/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/sketch.h"

enum { SIZE = 60000 };

/* Bytes that look random and are the same every time. */
static void
fill(uint8_t *out, size_t n, uint32_t seed)
{
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525 + 1013904223;
		out[i] = (uint8_t)(seed >> 24);
	}
}

static unsigned
similarity(struct hs_span x, struct hs_span y)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_sketch a, b;

	hs_sketch_make(&a, &arena, x);
	hs_sketch_make(&b, &arena, y);
	assert_int_equal(hs_sketch_similarity(&a, &b), hs_sketch_similarity(&b, &a));
	return hs_sketch_similarity(&a, &b);
}

static void
sketch_survives_an_insertion_at_the_front(void **state)
{
	static uint8_t a[SIZE], b[SIZE + 10];

	(void)state;
	fill(a, SIZE, 1);
	memcpy(b, "0123456789", 10);
	memcpy(b + 10, a, SIZE);
	assert_true(similarity((struct hs_span){ a, SIZE }, (struct hs_span){ b, SIZE + 10 }) > 90);
}

static void
sketch_tells_strangers_and_relatives_apart(void **state)
{
	static uint8_t a[SIZE], b[SIZE];
	unsigned half;

	(void)state;
	fill(a, SIZE, 1);
	fill(b, SIZE, 2);
	assert_int_equal(similarity((struct hs_span){ a, SIZE }, (struct hs_span){ b, SIZE }), 0);
	assert_int_equal(similarity((struct hs_span){ a, SIZE }, (struct hs_span){ a, SIZE }), 100);
	memcpy(b, a, SIZE / 2);
	half = similarity((struct hs_span){ a, SIZE }, (struct hs_span){ b, SIZE });
	assert_in_range(half, 15, 55);
	assert_int_equal(similarity((struct hs_span){ 0 }, (struct hs_span){ a, SIZE }), 0);
}

static void
sketch_of_zeros_has_one_chunk_and_its_tail(void **state)
{
	static uint8_t zeros[SIZE];
	RELEASED struct hs_arena arena = { 0 };
	struct hs_sketch s;

	(void)state;
	hs_sketch_make(&s, &arena, (struct hs_span){ zeros, SIZE });
	assert_in_range(s.n, 1, 2);
	assert_int_equal(s.size, SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sketch_survives_an_insertion_at_the_front),
		cmocka_unit_test(sketch_tells_strangers_and_relatives_apart),
		cmocka_unit_test(sketch_of_zeros_has_one_chunk_and_its_tail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
