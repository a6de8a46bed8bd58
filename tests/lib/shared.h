/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_SHARED_H
#define HS_TESTS_SHARED_H

#include "build_bytes.h"

/*
 * Inputs with known answers that are kept beside the checkout: in the folder
 * that HS_SHARED names, else in ../shared. shared_needs("vectors/eif") skips the
 * test, with a message, where they are not there.
 */
void shared_needs(const char *folder);

/* Reads the file of that path below it; the test fails where there is none. Release *out. */
void shared_read(struct hs_build *out, const char *path);

#endif
