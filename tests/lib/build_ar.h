/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_AR_H
#define BUILD_AR_H

#include "build_bytes.h"

void hs_build_ar_begin(struct hs_build *b);

/* A member by the text of its name field, with mode 100644, owner 0:0 and mtime 0. */
void hs_build_ar_member(struct hs_build *b, const char *name, struct hs_span data);

/* A header with each field as it is to stand. */
void hs_build_ar_header(struct hs_build *b, const char *const fields[6]);

#endif
