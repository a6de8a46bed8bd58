/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_JSON_READ_H
#define HS_COMPARATORS_JSON_READ_H

#include "core/arena.h"
#include "core/err.h"

#include <jansson.h>

/* A document that was read; numbers[i] is spelled as the i-th number stands in the file. */
struct hs_json_document {
	json_t *root; /* each number's value is its index */
	struct hs_span *numbers;
	size_t n_numbers;
	struct hs_arena arena;
};

/* How many bits vouch for JSON: a guess, from the first and the last byte that is not white. */
unsigned hs_json_bid(struct hs_span file);

/* HS_ENOTMINE for what is no JSON, says a key twice, is too large or too deep; nothing is to be
 * released then. */
int hs_json_read(struct hs_json_document *out, struct hs_span file, struct hs_err *err);
void hs_json_release(struct hs_json_document *d);

/* The keys of an object, as many as it has, by their bytes; in the document's arena. */
const char **hs_json_sorted_keys(struct hs_json_document *d, json_t *object);

struct hs_span hs_json_string(const json_t *value);

/* The text of a number, word, or empty container; none for any other value. */
struct hs_span hs_json_spelling(const struct hs_json_document *d, const json_t *value);

#endif
