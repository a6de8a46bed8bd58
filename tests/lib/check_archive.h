/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_ARCHIVE_H
#define CHECK_ARCHIVE_H

#include "comparators/comparator.h"

/* It outbids all others for `file` and reads it without damage. */
void check_archive_wins(const struct hs_comparator *by, struct hs_span file);

/* No part of `file` of 0, step, 2 * step ... bytes below `end` is taken for whole. */
void check_archive_truncations(const struct hs_comparator *by, struct hs_span file, size_t step,
                               size_t end);

/* Reads the file with one byte after the other changed; nothing is asked but that it ends well. */
void check_archive_survives(const struct hs_comparator *by, struct hs_span file, size_t step);

#endif
