/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_ONE_RUN_H
#define HS_TESTS_ONE_RUN_H

#include "core/run.h"

/* One run of one thread for a group of tests, by its setup and teardown. */
extern struct hs_run one_run;
int one_run_setup(void **state);
int one_run_teardown(void **state);

#endif
