/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_LEAF_H
#define HS_TESTS_LEAF_H

#include "comparators/comparator.h"

/* What a row says of a file, as lines "field: value"; behind them "! TEXT" where it fails. In the
 * arena; the file is a copy of exactly its size. */
const char *leaf_text(struct hs_arena *arena, const struct hs_comparator *row, struct hs_span file);

/* The same of a text. */
const char *leaf_of(struct hs_arena *arena, const struct hs_comparator *row, const char *file);

/* Describes each beginning of the file: it must end well, or with an error that has a text. */
void leaf_truncations(const struct hs_comparator *row, struct hs_span file);

/* No byte of the file differs unseen: with any one of them changed, the bid, a fact or the error is
 * another. */
void leaf_every_byte_counts(const struct hs_comparator *row, struct hs_span file);

#endif
