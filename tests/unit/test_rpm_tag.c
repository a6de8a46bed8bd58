/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_tag.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

static void
rpm_tags_mean_another_thing_in_signatures(void **state)
{
	(void)state;
	assert_string_equal(hs_rpm_tag_of(1000, false)->name, "NAME");
	assert_string_equal(hs_rpm_tag_of(1000, true)->name, "SIZE");
	assert_string_equal(hs_rpm_tag_of(63, false)->name, "HEADERIMMUTABLE");
	assert_null(hs_rpm_tag_of(273, false));
	assert_null(hs_rpm_tag_of(999999, true));
}

static void
rpm_tags_say_how_values_are_read(void **state)
{
	(void)state;
	assert_int_equal(hs_rpm_tag_of(1006, false)->how, HS_RPM_TIME);
	assert_int_equal(hs_rpm_tag_of(1034, false)->how, HS_RPM_TIME | HS_RPM_PER_FILE);
	assert_int_equal(hs_rpm_tag_of(1030, false)->how, HS_RPM_OCTAL | HS_RPM_PER_FILE);
	assert_int_equal(hs_rpm_tag_of(1000, false)->how, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpm_tags_mean_another_thing_in_signatures),
		cmocka_unit_test(rpm_tags_say_how_values_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
