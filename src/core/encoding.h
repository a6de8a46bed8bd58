/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ENCODING_H
#define HS_CORE_ENCODING_H

#include "core/err.h"
#include "core/span.h"

#include <stdio.h>

/* How characters became bytes. */
enum hs_encoding {
	HS_ENCODING_UTF8,    /* ASCII too */
	HS_ENCODING_UTF16LE, /* the UTF-16s only with a byte order mark */
	HS_ENCODING_UTF16BE,
	HS_ENCODING_8BIT, /* Latin-1 or a relative of it: read as Latin-1 */
};

/* "UTF-8", "UTF-16LE", ...; a word of reports. */
const char *hs_encoding_name(enum hs_encoding e);

/* What a text is besides its lines. */
struct hs_text {
	enum hs_encoding encoding;
	bool mark;             /* begins with a byte order mark */
	bool final_newline;    /* the last line has a line end */
	struct hs_span body;   /* without the mark */
	uint64_t lf, crlf, cr; /* line ends of each kind */
	uint64_t lines;
};

/* How likely bytes are text, from the first and last 64 KiB: 3 for UTF-8, 2, 1, or 0 for no text.
 */
unsigned hs_text_guess(struct hs_span file);

/* Reads all of it, in linear time; false where it is no text, or empty. */
bool hs_text_read(struct hs_text *out, struct hs_span file);

/* Whether its bytes are UTF-8 without a mark, with no line end but \n: its own rendering. */
bool hs_text_is_plain(const struct hs_text *t);

/* Writes it as UTF-8 without a mark; \r\n and \r become \n unless `keep_ends`. */
void hs_text_write(FILE *out, const struct hs_text *t, bool keep_ends);

/*
 * hs_text_read() and hs_text_write() with \n, as a comparator's render;
 * HS_ENOTMINE for no text.
 */
int hs_text_render(FILE *out, struct hs_span file, struct hs_err *err);

#endif
