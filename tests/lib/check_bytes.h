/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_BYTES_H
#define CHECK_BYTES_H

#include "comparators/comparator.h"

/*
 * No byte of the file differs unseen: with any one of them changed, a fact, a
 * member's name, header or stored bytes, a gap, or what is wrong is another; or
 * the file is of another format.
 */
void check_every_byte_counts(const struct hs_comparator *by, struct hs_span file);

#endif
