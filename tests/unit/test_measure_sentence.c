/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_text.h"
#include "engine/measuring.h"
#include "measured.h"

static void
values_are_told_where_they_are_short(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_change c = { .field = "f", .a = HS_SPAN("1"), .has_a = true, .has_b = true };

	(void)state;
	assert_string_equal(hs_cause_values(&a, &c), "1 in a and empty in b");
	c.has_b = false;
	assert_string_equal(hs_cause_values(&a, &c), "1 in a and none in b");
	c.a = hs_arena_span(&a, "%060d", 1);
	assert_string_equal(hs_cause_values(&a, &c), "");
}

static void
names_are_escaped_and_numbered(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *text = measure_ramdisks(&a, measured_ramdisk(&a, "a\x1b]=1 b b=1", 721, 1),
	                                    measured_ramdisk(&a, "a\x1b]=2 b b=2", 721, 1));

	(void)state;
	hs_check_has(text, ": a\\x1b] in the customer ramdisk has other content\n");
	hs_check_has(text, " ramdisk[2]!b#2: b#2 in the customer ramdisk has other content\n");
}

static void
another_kind_and_other_fields_are_told(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	hs_check_has(measure_ramdisks(&a, measured_ramdisk(&a, "a%600=1", 721, 1),
	                              measured_ramdisk(&a, "a%644=2", 721, 1)),
	             ": a in the customer ramdisk has other content (mode differs too)\n");
	hs_check_has(measure_ramdisks(&a, measured_ramdisk(&a, "a=1 z", 721, 1),
	                              measured_ramdisk(&a, "a/ z", 721, 1)),
	             ": a in the customer ramdisk is a file in a and a directory in b\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_told_where_they_are_short),
		cmocka_unit_test(names_are_escaped_and_numbered),
		cmocka_unit_test(another_kind_and_other_fields_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
