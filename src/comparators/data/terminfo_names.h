/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TERMINFO_NAMES_H
#define HS_COMPARATORS_TERMINFO_NAMES_H

#include <stddef.h>

enum hs_terminfo_kind {
	HS_TERMINFO_BOOLEAN,
	HS_TERMINFO_NUMBER,
	HS_TERMINFO_STRING,
};

/* What terminfo(5) calls the capability with that place in a compiled entry ("am", "cols",
 * "clear"); NULL past the last that is known. */
const char *hs_terminfo_name(enum hs_terminfo_kind kind, size_t i);

#endif
