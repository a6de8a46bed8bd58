/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_checksums;

#define X "b1946ac92492d2347c6235b4d2611184"
#define Y "f572d396fae9206628714fb2ce00f72e94f2258f"

static void
sums_win_where_each_line_has_a_digest(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(X "  usr/x\n"), 0), row);
	assert_ptr_equal(hs_comparator_for(HS_SPAN(Y " *usr/x y\n" Y "  b\n"), 0), row);
	assert_int_equal(row->bid(HS_SPAN(X "  usr/x\nhello\n")), 0);
	assert_int_equal(row->bid(HS_SPAN(X " usr/x\n")), 0);
	assert_int_equal(row->bid(HS_SPAN(X "  ")), 0);
	assert_int_equal(row->bid(HS_SPAN(X "0  usr/x\n")), 0);
	assert_int_equal(row->bid(HS_SPAN("")), 0);
}

static void
sums_are_said_by_file(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, X "  usr/x\n" Y " *b c\n"),
	             "usr/x: " X "\nb c: *" Y "\n(key order): sha256:");
	hs_check_has(leaf_of(&arena, row, X "  usr/x\n"), "(formatting): plain\n");
	hs_check_has(leaf_of(&arena, row, X "  usr/x"), "(formatting): no newline at the end\n");
}

static void
sums_leave_to_text_what_is_none(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, X "  usr/x\n" X "  y\n" X "  z\n\n"),
	             "! not each line is a checksum\n");
}

static void
sums_survive_every_truncation_and_see_every_byte(void **state)
{
	(void)state;
	leaf_truncations(row, HS_SPAN(X "  usr/x\n" Y " *b c\n"));
	leaf_every_byte_counts(row, HS_SPAN(X "  usr/x\n" Y " *b c\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_win_where_each_line_has_a_digest),
		cmocka_unit_test(sums_are_said_by_file),
		cmocka_unit_test(sums_leave_to_text_what_is_none),
		cmocka_unit_test(sums_survive_every_truncation_and_see_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
