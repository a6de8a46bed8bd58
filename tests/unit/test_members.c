/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "compared.h"

static void
members_that_are_the_same_are_counted_and_not_kept(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct compared c;

	(void)state;
	compared_init(&c, cpio_of(&a, "x=1 y=2 z/"), cpio_of(&a, "x=1 y=3 z/"), NULL, NULL);
	assert_int_equal(c.report.root->n_same, 2);
	assert_int_equal(c.report.root->n_children, 1);
	assert_int_equal(c.report.summary.entries, 3);
	assert_int_equal(c.report.summary.content, 1);
	compared_release(&c);
}

static void
members_stand_in_an_order_of_their_own(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(cpio_of(&a, "l[10]=\1 l[9]=\1 d-x=\1 d/=1 d/y=\1 same=s"),
	               cpio_of(&a, "d-x=\2 l[9]=\2 d/=2 d/y=\2 same=s l[10]=\2"),
	               "content  [cpio cpio] {order}\n"
	               "content d [text text] text\n"
	               "content d/y [ ] hex\n"
	               "content d-x [ ] hex\n"
	               "content l[9] [ ] hex\n"
	               "content l[10] [ ] hex\n");
}

static void
members_in_another_order_are_said_to_be_only_that(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(cpio_of(&a, "x=1 y=2"), cpio_of(&a, "y=2 x=1"),
	               "content  [cpio cpio] {order-only}\n");
}

static void
members_that_moved_are_found_again(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(cpio_of(&a, "k=k old=content"), cpio_of(&a, "k=k new=content"),
	               "content  [cpio cpio]\n"
	               "moved new from old [ ]\n");
	check_compared(cpio_of(&a, "x=one y=two"), cpio_of(&a, "y=one x=two"),
	               "content  [cpio cpio] {order}\n"
	               "content x [text text] text\n"
	               "content y [text text] text\n");
}

static void
members_that_share_nothing_are_paired_only_where_they_are_alone(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct compared c;

	(void)state;
	check_compared(cpio_of(&a, "v1=one"), cpio_of(&a, "v2=2"),
	               "content  [cpio cpio]\n"
	               "content v2 from v1 [text text] size:3>1; text\n");
	compared_init(&c, cpio_of(&a, "s=s v1=one"), cpio_of(&a, "s=s v2=2"), NULL, NULL);
	assert_int_equal(c.report.summary.only_a, 1);
	assert_int_equal(c.report.summary.only_b, 1);
	compared_release(&c);
}

static void
members_left_out_by_a_glob_are_counted(void **state)
{
	static const char *const globs[] = { "*.log", "var/*" };
	const struct hs_compare_options options = { .exclude = globs, .n_exclude = 2 };
	RELEASED struct hs_arena a = { 0 };
	struct compared c;

	(void)state;
	compared_init(&c, cpio_of(&a, "a.log=1 var/x/y=1 z=1"),
	              cpio_of(&a, "a.log=2 var/x/y=2 z=1"), &options, NULL);
	assert_string_equal(compared_text(&c), "same  [cpio cpio] {excluded}\n");
	assert_int_equal(c.report.exit_status, 0);
	assert_string_equal(c.report.root->notes->text, "2 members left out by --exclude");
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_that_are_the_same_are_counted_and_not_kept),
		cmocka_unit_test(members_stand_in_an_order_of_their_own),
		cmocka_unit_test(members_in_another_order_are_said_to_be_only_that),
		cmocka_unit_test(members_that_moved_are_found_again),
		cmocka_unit_test(members_that_share_nothing_are_paired_only_where_they_are_alone),
		cmocka_unit_test(members_left_out_by_a_glob_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
