/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include <unistd.h>

static void
run_stops_when_its_time_is_up(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	limits.timeout_s = 1e-9;
	hs_run_init(&run, &limits, 1, NULL);
	usleep(10);
	assert_int_equal(hs_run_check(&run, &err), HS_ESTOP);
	assert_non_null(strstr(err.text, "--timeout"));
	assert_int_equal(hs_run_check(&run, &err), HS_ESTOP);
	hs_run_release(&run);
	start_run(&run, 1);
	assert_int_equal(hs_run_check(&run, &err), 0);
	hs_run_release(&run);
}

static void
run_counts_what_is_decompressed(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	limits.max_size = 100;
	hs_run_init(&run, &limits, 1, NULL);
	assert_int_equal(hs_run_inflated(&run, 60, &err), 0);
	assert_int_equal(hs_run_inflated(&run, 40, &err), 0);
	assert_int_equal(hs_run_inflated(&run, 1, &err), HS_ELIMIT);
	assert_non_null(strstr(err.text, "--max-size"));
	hs_run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(run_stops_when_its_time_is_up),
		cmocka_unit_test(run_counts_what_is_decompressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
