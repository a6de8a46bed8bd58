/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLASS_TEXT_H
#define CLASS_TEXT_H

#include "comparators/language/class_file.h"

/* A class that has but these Utf8 constants, from 1 on; "" ends them. In the arena. */
struct hs_class class_of(struct hs_arena *a, const char *const *utf8);

/* What write() writes of the class and the bytes, as a C string; free() it. */
typedef void class_write(FILE *out, const struct hs_class *k, struct hs_span bytes);
char *class_text(const struct hs_class *k, struct hs_span bytes, class_write *write);

#endif
