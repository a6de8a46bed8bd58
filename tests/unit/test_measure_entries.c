/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_text.h"
#include "measured.h"

static struct hs_span
ramdisk(struct hs_arena *a, const char *words)
{
	return measured_ramdisk(a, words, 721, 1);
}

/* What stands behind the PCRs, of two customer ramdisks. */
static const char *
causes(struct hs_arena *a, const char *x, const char *y)
{
	const char *text = measure_ramdisks(a, ramdisk(a, x), ramdisk(a, y));

	return strchr(strstr(text, "PCR8"), '\n') + 1;
}

static void
numbers_behind_an_entry_more_are_no_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(causes(&a, "a b c d", "a x b c d"),
	                    "only-b PCR0,PCR2 1 ramdisk[2]!x: x in the customer ramdisk is only in "
	                    "b\n");
}

static void
another_order_is_one_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(causes(&a, "a b c d", "a c b d"),
	                    "order PCR0,PCR2 1 ramdisk[2]: the entries of the customer ramdisk "
	                    "stand in another order\n");
}

static void
numbers_that_do_not_count_are_a_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *words = "a b c d e";
	const char *text =
		measure_ramdisks(&a, ramdisk(&a, words), measured_ramdisk(&a, words, 721, 3));

	(void)state;
	hs_check_has(text, "numbering PCR0,PCR2 4 ramdisk[2]!b: inode of 4 entries in the customer "
	                   "ramdisk differs (b and others)\n");
	hs_check_lacks(text, "trailer");
	text = measure_ramdisks(&a, ramdisk(&a, words), measured_ramdisk(&a, words, 1, 1));
	hs_check_has(text, "numbering PCR0,PCR2 1 ramdisk[2]: the inode numbers of the customer "
	                   "ramdisk begin with 721 in a and with 1 in b\n");
	hs_check_lacks(text, "form PCR0");
}

static void
a_directory_of_one_side_stands_for_what_is_in_it(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(causes(&a, "z", "opt/ opt/a opt/b/ opt/b/c optional z"),
	                    "only-b PCR0,PCR2 4 ramdisk[2]!opt: opt and the 3 entries below it in "
	                    "the customer ramdisk are only in b\n"
	                    "only-b PCR0,PCR2 1 ramdisk[2]!optional: optional in the customer "
	                    "ramdisk is only in b\n");
	assert_string_equal(causes(&a, "opt/ opt/a z", "z"),
	                    "only-a PCR0,PCR2 2 ramdisk[2]!opt: opt and the entry below it in the "
	                    "customer ramdisk are only in a\n");
}

static void
entries_with_the_same_difference_are_told_together(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(causes(&a, "a@1 b@1 c@1 d@1 e%600", "a@2 b@2 c@2 d@2 e%644"),
	                    "metadata PCR0,PCR2 1 ramdisk[2]!e: mode of e in the customer ramdisk "
	                    "is 0600 in a and 0644 in b\n"
	                    "times PCR0,PCR2 4 ramdisk[2]!a: mtime of 4 entries in the customer "
	                    "ramdisk is 1970-01-01T00:00:01Z in a and 1970-01-01T00:00:02Z in b\n");
	assert_string_equal(causes(&a, "a@1 b@1 c@1 d@1", "a@2 b@2 c@2 d@3"),
	                    "times PCR0,PCR2 4 ramdisk[2]!a: mtime of 4 entries in the customer "
	                    "ramdisk differs (a and others)\n");
	assert_string_equal(causes(&a, "a%600@1", "a%644@2"),
	                    "metadata PCR0,PCR2 1 ramdisk[2]!a: mode, mtime of a in the customer "
	                    "ramdisk differ\n");
}

static void
a_move_is_told_with_both_names(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(causes(&a, "lib/a=content z", "lib/b=content z"),
	                    "moved PCR0,PCR2 1 ramdisk[2]!lib/b: lib/b in the customer ramdisk is "
	                    "called lib/a in a\n");
}

static void
bytes_behind_the_trailer_are_a_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = ramdisk(&a, "a b");
	const struct hs_span zeros = { hs_arena_alloc(&a, 512), 512 };
	const char *text = measure_ramdisks(&a, x, hs_arena_join(&a, x, zeros));

	(void)state;
	hs_check_has(text, "form PCR0,PCR2 1 ramdisk[2]: the customer ramdisk is filled up "
	                   "otherwise behind its trailer (up to a multiple of 512 in a and ");
	text = measure_ramdisks(&a, x, hs_arena_join(&a, x, HS_SPAN("rest")));
	hs_check_has(text, "padding PCR0,PCR2 1 ramdisk[2]!");
	hs_check_has(text, ": bytes of the customer ramdisk that belong to no entry differ (");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_behind_an_entry_more_are_no_cause),
		cmocka_unit_test(another_order_is_one_cause),
		cmocka_unit_test(numbers_that_do_not_count_are_a_cause),
		cmocka_unit_test(a_directory_of_one_side_stands_for_what_is_in_it),
		cmocka_unit_test(entries_with_the_same_difference_are_told_together),
		cmocka_unit_test(a_move_is_told_with_both_names),
		cmocka_unit_test(bytes_behind_the_trailer_are_a_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
