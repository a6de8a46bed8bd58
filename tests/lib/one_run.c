/* SPDX-License-Identifier: Apache-2.0 */
#include "one_run.h"

#include "unit.h"

struct hs_run one_run;

int
one_run_setup(void **state)
{
	(void)state;
	start_run(&one_run, 1);
	return 0;
}

int
one_run_teardown(void **state)
{
	(void)state;
	hs_run_release(&one_run);
	return 0;
}
