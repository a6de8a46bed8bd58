/* SPDX-License-Identifier: Apache-2.0 */
#include "core/seen.h"

#include "unit.h"

static void
seen_knows_what_it_was_given(void **state)
{
	struct hs_seen s = { 0 };

	(void)state;
	for (uint64_t i = 1; i <= 5000; i++)
		assert_true(hs_seen_add(&s, (struct hs_xxh128){ i, i / 7 }));
	for (uint64_t i = 1; i <= 5000; i++)
		assert_false(hs_seen_add(&s, (struct hs_xxh128){ i, i / 7 }));
	assert_int_equal(s.n, 5000);
	hs_seen_release(&s);
	assert_int_equal(s.n, 0);
	assert_true(hs_seen_add(&s, (struct hs_xxh128){ 0, 0 }));
	assert_false(hs_seen_add(&s, (struct hs_xxh128){ 0, 0 }));
	hs_seen_release(&s);
}

/* Digests whose lower bits are equal share a slot and stay apart. */
static void
seen_tells_collisions_apart(void **state)
{
	struct hs_seen s = { 0 };

	(void)state;
	for (uint64_t i = 0; i < 100; i++)
		assert_true(hs_seen_add(&s, (struct hs_xxh128){ i << 32, 1 }));
	for (uint64_t i = 0; i < 100; i++)
		assert_true(hs_seen_add(&s, (struct hs_xxh128){ i << 32, 2 }));
	assert_int_equal(s.n, 200);
	hs_seen_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seen_knows_what_it_was_given),
		cmocka_unit_test(seen_tells_collisions_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
