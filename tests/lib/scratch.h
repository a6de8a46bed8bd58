/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_SCRATCH_H
#define HS_TESTS_SCRATCH_H

#include "core/run.h"

/*
 * A folder of a test's own, below /tmp. Paths given to these functions are
 * relative to it; each gives the whole path back, in memory that lives until
 * the next call but three.
 */
void scratch_begin(void);
void scratch_end(void); /* removes the folder and all in it */

/* The same with a run (two threads), as the setup and teardown of a group of tests. */
extern struct hs_run scratch_run;
int scratch_setup(void **state);
int scratch_teardown(void **state);

const char *scratch_path(const char *name);
const char *scratch_file(const char *name, struct hs_span bytes);
const char *scratch_folder(const char *name);
const char *scratch_link(const char *name, const char *target);

#endif
