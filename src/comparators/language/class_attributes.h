/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CLASS_ATTRIBUTES_H
#define HS_COMPARATORS_CLASS_ATTRIBUTES_H

#include "comparators/language/class_file.h"

/*
 * Writes the attributes from their number on, a line or some each, with what
 * their constants mean. Code and LineNumberTable, which the instructions tell,
 * are left out; an attribute that is not known is its length and digest. Gives what stands behind
 * them, cut where they end early.
 */
struct hs_cursor hs_class_attributes_write(FILE *out, const struct hs_class *k, struct hs_cursor c);

/* " 12 bytes, sha256:...", of what is in no words. */
void hs_class_raw_write(FILE *out, struct hs_span bytes);

#endif
