/* SPDX-License-Identifier: Apache-2.0 */
#include "core/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

static void
the_version_has_three_numbers(void **state)
{
	unsigned major, minor, patch;
	int end = 0;

	(void)state;
	assert_int_equal(3, sscanf(hs_version(), "%u.%u.%u%n", &major, &minor, &patch, &end));
	assert_true(end > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_version_has_three_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
