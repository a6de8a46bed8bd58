/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LISTED_H
#define LISTED_H

#include "build_bytes.h"
#include "expanded.h"

/* Expands what was built, and releases the building. */
void listed_open(struct expanded *o, const struct hs_comparator *by, struct hs_build *b);

/* A line for each entry: "KIND KEY SIZE", then " -> LINK" and ": NOTE" where it has them; escaped.
 */
const char *listed(struct expanded *o);

/* The facts of the first entry of that key, or of the file for NULL. */
const char *listed_facts(struct expanded *o, const char *key);

/* The content of the first entry of that key, escaped; or the error's text. */
const char *listed_content(struct expanded *o, const char *key);

/* Expands and exercises each beginning of `file`, and calls check() with it. */
typedef void listed_check(const struct expanded *o, size_t len);
void listed_truncations(const struct hs_comparator *by, struct hs_span file, listed_check *check);

#endif
