/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CLASS_CODE_H
#define HS_COMPARATORS_CLASS_CODE_H

#include "comparators/language/class_file.h"

/*
 * Writes the Code attribute of a method: its instructions with the constants
 * that they mean, places by label, lines of the source as steps from one to
 * the next. Returns its first line; 0 where it tells none.
 */
unsigned hs_class_code_write(FILE *out, const struct hs_class *k, struct hs_span code);

#endif
