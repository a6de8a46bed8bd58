/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PYC_VALUE_H
#define HS_COMPARATORS_PYC_VALUE_H

#include "comparators/language/marshal.h"

#include <stdio.h>

/* Writes objects as Python would spell them. */
struct hs_pyc_value {
	const struct hs_marshal *m;
	const struct hs_span *names; /* of the code objects, by the object's number */
	uint64_t budget;             /* objects that may still be written; each takes one */
	unsigned version;
};

/* Nothing but "..." once the budget is used up, or where objects hold themselves. */
void hs_pyc_value_write(FILE *out, struct hs_pyc_value *v, uint32_t i);

/* A string, quoted and escaped; one that is too long to show is its length and digest. */
void hs_pyc_quote(FILE *out, const char *prefix, struct hs_span s);

#endif
