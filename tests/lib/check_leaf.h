/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_LEAF_H
#define CHECK_LEAF_H

#include "comparators/comparator.h"

/* What every comparator of shape leaf owes; each fails the test where it does not hold. */

/* It outbids all others for `file`, which has that name, and describes it. */
void check_leaf_wins(const struct hs_comparator *by, struct hs_span file, const char *name);

/* describe() gives `rc` and says just that, as "field: value" lines. */
void check_leaf_says(const struct hs_comparator *by, struct hs_span file, int rc, const char *text);

/* That line is among what it says of the file. */
void check_leaf_line(const struct hs_comparator *by, struct hs_span file, const char *line);

/* describe() gives `rc` and, where that is an error, that sentence. */
void check_leaf_refuses(const struct hs_comparator *by, struct hs_span file, int rc,
                        const char *sentence);

/* The text that it makes of the file is that. */
void check_leaf_renders(const struct hs_comparator *by, struct hs_span file, const char *text);

/* Reads every beginning of the file, in memory of just that size. Below `needed` bytes none is
 * taken for whole. */
void check_leaf_truncations(const struct hs_comparator *by, struct hs_span file, size_t needed);

/* Reads the file with one byte after the other changed: it ends, and well. */
void check_leaf_survives(const struct hs_comparator *by, struct hs_span file);

/* With any one byte changed that `same` (may be NULL) does not spare, it says something else. */
void check_leaf_tells_every_byte(const struct hs_comparator *by, struct hs_span file,
                                 bool (*same)(size_t at));

#endif
