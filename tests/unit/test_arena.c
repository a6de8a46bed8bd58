/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

static void
arena_gives_zeroed_memory_after_a_rewind(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	hs_arena_alloc(&a, 100);
	for (size_t size = 1; size < 200000; size *= 3) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);
		uint8_t *p = hs_arena_alloc(&a, size);

		assert_true(hs_span_is_zero((struct hs_span){ p, size }));
		memset(p, 0xff, size);
		memset(hs_arena_alloc(&a, 3 * size), 0xff, 3 * size);
		hs_arena_rewind(&a, mark);
	}
}

static void
arena_keeps_what_was_before_the_mark(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	char *kept = hs_arena_printf(&a, "%s-%d", "kept", 7);
	const struct hs_arena_mark mark = hs_arena_mark(&a);

	(void)state;
	for (int i = 0; i < 100; i++)
		hs_arena_alloc(&a, 4000);
	hs_arena_rewind(&a, mark);
	assert_string_equal(kept, "kept-7");
}

static void
arena_copies_and_joins_with_a_nul_behind(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span none = { 0 };

	(void)state;
	assert_span(hs_arena_copy(&a, HS_SPAN("ab")), "ab");
	assert_span(hs_arena_copy(&a, none), "");
	assert_span(hs_arena_join(&a, HS_SPAN("ab"), HS_SPAN("cd")), "abcd");
	assert_span(hs_arena_join(&a, none, HS_SPAN("cd")), "cd");
	assert_int_equal(hs_arena_join(&a, HS_SPAN("x"), HS_SPAN("y")).at[2], 0);
	assert_span(hs_arena_span(&a, "%u%%", 5U), "5%");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_zeroed_memory_after_a_rewind),
		cmocka_unit_test(arena_keeps_what_was_before_the_mark),
		cmocka_unit_test(arena_copies_and_joins_with_a_nul_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
