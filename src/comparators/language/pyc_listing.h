/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PYC_LISTING_H
#define HS_COMPARATORS_PYC_LISTING_H

#include "comparators/language/pyc_code.h"

/* The instructions of a code object, one a line; then its table of exceptions. */
void hs_pyc_listing_write(FILE *out, struct hs_pyc_value *v, const struct hs_pyc_opcodes *ops,
                          const struct hs_pyc_code *c);

#endif
