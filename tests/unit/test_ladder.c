/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/ladder.h"

/* The words of docs/report-format.md, from the top. */
static void
rungs_have_the_names_of_the_report(void **state)
{
	static const char *const names[] = {
		"archive", "manifest", "image-id", "diff-ids", "canonical", "rootfs", "content",
	};

	(void)state;
	assert_int_equal(sizeof(names) / sizeof(names[0]), HS_N_RUNGS);
	for (int i = 0; i < HS_N_RUNGS; i++)
		assert_string_equal(hs_rung_name((enum hs_rung)i), names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rungs_have_the_names_of_the_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
