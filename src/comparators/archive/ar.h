/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_AR_H
#define HS_COMPARATORS_AR_H

#include "comparators/comparator.h"

/* What formats that are built on ar share: the members of an archive, as hs_comparator.expand. */
int hs_ar_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err);

/* The name in the first header, without what fills it; empty where `file` is no ar archive. */
struct hs_span hs_ar_first_name(struct hs_span file);

#endif
