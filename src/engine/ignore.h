/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_IGNORE_H
#define HS_ENGINE_IGNORE_H

#include "engine/compare.h"

/*
 * Marks in a finished comparison what the options find unimportant, and
 * counts it into report->n_ignored; hs_summarize() draws the verdict from the
 * marks. Nothing is taken out. Does nothing where the options ask for nothing.
 *
 * A node is ignored when all of its own differences are and all of its
 * members are. What only follows from that is ignored with it: the digest and
 * the size of an ignored layer wherever a manifest, a configuration or a file
 * name has them. What names a real difference is never ignored.
 */
void hs_ignore(struct hs_report *report, const struct hs_compare_options *options);

#endif
