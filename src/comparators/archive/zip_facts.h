/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ZIP_FACTS_H
#define HS_COMPARATORS_ZIP_FACTS_H

#include "comparators/archive/zip_member.h"

/* Says all that both headers of an entry hold; the tree's ops->describe. */
void hs_zip_describe_entry(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e);

/*
 * Says what the archive holds beside its members: its comment, what its end
 * records say, the order of the data. Damage is expand's to tell.
 */
int hs_zip_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err);

#endif
