/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_LIBRARIES_H
#define HS_CLI_LIBRARIES_H

#include "core/span.h"

#include <stdbool.h>

/* A library that the program was built with, or could have been. */
struct hs_library {
	const char *name;    /* as `library` of a comparator has it */
	const char *without; /* what is lost where it is missing; NULL: there is no program then */
	bool built;
	bool replaced;    /* without it the same is read, another way */
	char version[32]; /* the one in use; empty where it does not tell */
};

enum { HS_N_LIBRARIES = 19 };

/* In the order of --version: first those that are always there. */
void hs_libraries(struct hs_library out[HS_N_LIBRARIES]);

/* NULL for a name that is none of them. */
const struct hs_library *hs_library_find(const struct hs_library all[HS_N_LIBRARIES],
                                         struct hs_span name);

#endif
