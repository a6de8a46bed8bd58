/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_LINES_H
#define HS_BINARY_LINES_H

#include "core/blob.h"
#include "core/err.h"

/*
 * A text in the making, on the heap, of up to HS_MAX_TEXT bytes. What goes
 * past that is left out and `full` is set. All zero is the empty text.
 */
struct hs_lines {
	uint8_t *at;
	size_t len, room;
	bool full;
};

void hs_lines_add(struct hs_lines *l, struct hs_span s);
void hs_lines_word(struct hs_lines *l, const char *word);
void hs_linesf(struct hs_lines *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A name from an input, escaped; one too long for a line keeps its beginning and gets a hash of all
 * of it, so that no two become the same. */
void hs_lines_name(struct hs_lines *l, struct hs_span name);

/* Bytes in hex, without spaces. */
void hs_lines_hex(struct hs_lines *l, struct hs_span bytes);

struct hs_span hs_lines_span(const struct hs_lines *l);

void hs_lines_release(struct hs_lines *l);

/* Makes the text a content of its own, and *l empty. HS_ELIMIT where it was full; *out then has
 * what fits. */
int hs_lines_content(struct hs_content *out, struct hs_lines *l, struct hs_err *err);

#endif
