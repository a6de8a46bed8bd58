/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TEXTDIFF_H
#define HS_CORE_TEXTDIFF_H

#include "core/edits.h"
#include "core/hunks.h"

/*
 * Adds to `out` the edits, whole lines each, that make `b` of `a`. A line ends
 * with \n; the last may lack it, and is then another line than one that has
 * it. What is equal at both ends costs a memcmp. The rest is compared by
 * libgit2 where it has up to HS_MAX_DIFF_LINES lines; a longer one is first
 * split at the lines that are single on both sides, and what cannot be split
 * or is larger than HS_MAX_TEXT is one edit.
 */
void hs_textdiff(struct hs_edits *out, struct hs_span a, struct hs_span b);

/* The edits as hunks with `context` lines around them. The lines are spans of `a` and `b`. */
void hs_textdiff_hunks(struct hs_hunks *out, struct hs_span a, struct hs_span b,
                       const struct hs_edits *edits, unsigned context);

#endif
