/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_random.h"

#include "core/anchors.h"

#include <stdlib.h>

static void
anchors_are_single_tokens_in_one_order(void **state)
{
	static const uint64_t a[] = { 1, 7, 2, 3, 7, 4, 5, 9 };
	static const uint64_t b[] = { 7, 4, 1, 2, 8, 3, 5, 5 };
	size_t n;
	struct hs_anchor *found = hs_anchors_find(&n, a, 8, b, 8);

	(void)state;
	assert_int_equal(n, 3);
	assert_int_equal(found[0].a, 0);
	assert_int_equal(found[0].b, 2);
	assert_int_equal(found[1].a, 2);
	assert_int_equal(found[1].b, 3);
	assert_int_equal(found[2].a, 3);
	assert_int_equal(found[2].b, 5);
	free(found);
}

static void
anchors_of_nothing_are_none(void **state)
{
	static const uint64_t one[] = { 1 };
	size_t n = 1;

	(void)state;
	free(hs_anchors_find(&n, one, 0, one, 1));
	assert_int_equal(n, 0);
	free(hs_anchors_find(&n, one, 1, one, 0));
	assert_int_equal(n, 0);
}

static void
anchors_ascend_whatever_the_order(void **state)
{
	struct build_random r = { 5 };
	enum { N = 3000 };
	static uint64_t a[N], b[N];

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct hs_anchor *found;
		size_t n;

		for (size_t i = 0; i < N; i++) {
			a[i] = build_random_below(&r, N * 2);
			b[i] = build_random_below(&r, N * 2);
		}
		found = hs_anchors_find(&n, a, N, b, N);
		assert_true(n > 0);
		for (size_t i = 0; i < n; i++) {
			assert_true(a[found[i].a] == b[found[i].b]);
			assert_true(i == 0 ||
			            (found[i].a > found[i - 1].a && found[i].b > found[i - 1].b));
		}
		free(found);
	}
}

/* Hashes that all want one place of the table: a square of 200,000 would take minutes. */
static void
anchors_take_no_longer_for_hashes_that_collide(void **state)
{
	enum { N = 200000 };
	uint64_t *a = hs_alloc(N * sizeof(*a));
	size_t n;

	(void)state;
	for (size_t i = 0; i < N; i++)
		a[i] = (uint64_t)i << 40;
	free(hs_anchors_find(&n, a, N, a, N));
	assert_true(n > 0 && n < N);
	free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(anchors_are_single_tokens_in_one_order),
		cmocka_unit_test(anchors_of_nothing_are_none),
		cmocka_unit_test(anchors_ascend_whatever_the_order),
		cmocka_unit_test(anchors_take_no_longer_for_hashes_that_collide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
