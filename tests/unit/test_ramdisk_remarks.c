/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/limits.h"
#include "newc_text.h"

#include <stdio.h>

static void
remarks_stand_in_their_order_and_are_escaped(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_ramdisk_remarks r = { .arena = &arena };

	(void)state;
	assert_string_equal(remarks_text(&arena, &r), "");
	hs_ramdisk_remark_path(&r, HS_RAMDISK_SOCKET, HS_SPAN("a\n\x1b"), "is one");
	hs_ramdisk_remark(&r, HS_RAMDISK_USER, "USER %d", 7);
	hs_ramdisk_remark_path(&r, HS_RAMDISK_SOCKET, HS_SPAN("b"), "is two");
	assert_string_equal(remarks_text(&arena, &r), "socket: a\\n\\x1b is one\n"
	                                              "user-ignored: USER 7\n"
	                                              "socket: b is two\n");
}

static void
remarks_of_a_kind_are_counted_past_the_limit(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_ramdisk_remarks r = { .arena = &arena };
	unsigned n = 0;

	(void)state;
	for (unsigned i = 0; i < HS_MAX_RAMDISK_REMARKS + 5; i++) {
		hs_ramdisk_remark(&r, HS_RAMDISK_HARD_LINK, "%u", i);
		hs_ramdisk_remark(&r, HS_RAMDISK_TIME, "%u", i);
	}
	for (const struct hs_ramdisk_remark *i = r.first; i; i = i->next)
		n++;
	assert_int_equal(n, 2 * HS_MAX_RAMDISK_REMARKS);
	assert_int_equal(r.last->n_more, 5);
	assert_int_equal(r.first->n_more, 0);
}

static void
each_kind_of_remark_has_a_code_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < HS_RAMDISK_N_KINDS; i++) {
		assert_non_null(hs_ramdisk_kind_code((enum hs_ramdisk_kind)i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(hs_ramdisk_kind_code((enum hs_ramdisk_kind)i),
			                        hs_ramdisk_kind_code((enum hs_ramdisk_kind)k));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remarks_stand_in_their_order_and_are_escaped),
		cmocka_unit_test(remarks_of_a_kind_are_counted_past_the_limit),
		cmocka_unit_test(each_kind_of_remark_has_a_code_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
