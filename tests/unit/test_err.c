/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include <errno.h>

static void
err_puts_names_in_front_on_its_way_up(void **state)
{
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_fail(&err, HS_EFORMAT, "section %d is cut", 3), HS_EFORMAT);
	assert_int_equal(hs_fail_in(&err, "%s", "ramdisk"), HS_EFORMAT);
	assert_int_equal(hs_fail_in_span(&err, HS_SPAN("a\x1b[2J.eif")), HS_EFORMAT);
	assert_string_equal(err.text, "a\\x1b[2J.eif: ramdisk: section 3 is cut");
}

static void
err_says_what_the_system_said(void **state)
{
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_fail_errno(&err, ENOENT, "cannot open it"), HS_EIO);
	assert_string_equal(err.text, "cannot open it: No such file or directory");
}

static void
err_survives_a_name_longer_than_itself(void **state)
{
	char name[2000];
	struct hs_err err;

	(void)state;
	memset(name, 'n', sizeof(name));
	hs_fail(&err, HS_EIO, "%.*s", (int)sizeof(name), name);
	for (int i = 0; i < 5; i++)
		hs_fail_in_span(&err, (struct hs_span){ (uint8_t *)name, sizeof(name) });
	assert_true(strlen(err.text) < sizeof(err.text));
	assert_non_null(strstr(err.text, "..."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(err_puts_names_in_front_on_its_way_up),
		cmocka_unit_test(err_says_what_the_system_said),
		cmocka_unit_test(err_survives_a_name_longer_than_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
