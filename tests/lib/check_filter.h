/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_FILTER_H
#define CHECK_FILTER_H

#include "comparators/comparator.h"

/* What every comparator of shape filter owes; each fails the test where it does not hold. */

/* It outbids all others for `packed`, and its one entry holds `plain`. */
void check_filter_content(const struct hs_comparator *by, struct hs_span packed,
                          struct hs_span plain);

/* No part of `packed` from its front is taken for whole: damage is told and what came before kept.
 */
void check_filter_truncations(const struct hs_comparator *by, struct hs_span packed,
                              struct hs_span plain);

/* Bytes behind `packed` are the gap "(after the end)". */
void check_filter_trailing(const struct hs_comparator *by, struct hs_span packed,
                           struct hs_span plain);

/* What it says of `file` as "field: value" lines; the test fails where describe() gives not `rc`.
 */
void check_filter_says(const struct hs_comparator *by, struct hs_span file, int rc,
                       const char *text);

#endif
