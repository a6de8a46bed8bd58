/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/hunks.h"

static void
hunks_keep_lines_up_to_the_limit_and_count_the_rest(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_hunks h = { .arena = &arena, .max_lines = 3 };
	struct hs_listing out = { 0 };

	(void)state;
	hs_hunks_open(&h);
	hs_hunks_line(&h, (struct hs_line){ .op = '-', .text = HS_SPAN("one") });
	hs_hunks_line(&h, (struct hs_line){ .op = '+', .text = HS_SPAN("two") });
	hs_hunks_close(&h, 5, 1, 5, 1);
	assert_false(hs_hunks_full(&h));
	hs_hunks_open(&h);
	hs_hunks_line(&h, (struct hs_line){ .op = ' ', .text = HS_SPAN("three") });
	assert_true(hs_hunks_full(&h));
	hs_hunks_line(&h, (struct hs_line){ .op = '+', .text = HS_SPAN("four") });
	hs_hunks_close(&h, 5, 1, 5, 2);
	hs_hunks_open(&h);
	hs_hunks_skip(&h, 7);
	hs_hunks_close(&h, 5, 0, 5, 7);
	hs_hunks_take(&out, &h, true);

	assert_int_equal(out.n_hunks, 2);
	assert_int_equal(out.lines_left_out, 8);
	assert_int_equal(out.hunks[0].n_lines, 2);
	assert_span(out.hunks[0].lines[1].text, "two");
	assert_int_equal(out.hunks[1].n_lines, 1);
	assert_int_equal(out.hunks[1].b_count, 2);
	assert_span(out.hunks[1].lines[0].text, "three");
}

static void
hunks_of_nothing_are_none(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_hunks h = { .arena = &arena, .max_lines = 3 };
	struct hs_listing out = { 0 };

	(void)state;
	hs_hunks_take(&out, &h, false);
	assert_int_equal(out.n_hunks, 0);
	assert_int_equal(out.lines_left_out, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hunks_keep_lines_up_to_the_limit_and_count_the_rest),
		cmocka_unit_test(hunks_of_nothing_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
