/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_JSON_WRITE_H
#define HS_SINKS_JSON_WRITE_H

#include "core/span.h"

#include <stdio.h>

/*
 * Writes JSON (RFC 8259) as it comes, keeping nothing. Commas are put by the
 * writer; that brackets match and that a key stands before each value of an
 * object is the caller's duty. Whatever the bytes, what is written is UTF-8,
 * and no character that moves a cursor or cannot be seen stands in it raw.
 *
 *	struct hs_json j = { .out = out };
 *
 *	hs_json_open(&j, '{');
 *	hs_json_key(&j, "sizes");
 *	hs_json_open(&j, '[');
 *	hs_json_u64(&j, 12);
 *	hs_json_close(&j, ']');
 *	hs_json_close(&j, '}');
 */
struct hs_json {
	FILE *out;
	bool follows; /* something stands before in the same brackets: a comma is due */
	bool keyed;   /* a key stands before */
	bool broken;  /* a new line is due */
	bool in_line; /* the caller's: no line is ever broken */
};

void hs_json_open(struct hs_json *j, char bracket);
void hs_json_close(struct hs_json *j, char bracket);

/* What comes next, a key, a value or a closing bracket, begins a line. */
void hs_json_break(struct hs_json *j);

/* A literal: nothing in it is escaped. */
void hs_json_key(struct hs_json *j, const char *key);

/* A key from an input, written as hs_json_text() writes a value. */
void hs_json_key_text(struct hs_json *j, struct hs_span key);

/* A number as it is spelled. */
void hs_json_number(struct hs_json *j, struct hs_span digits);

void hs_json_u64(struct hs_json *j, uint64_t value);
void hs_json_i64(struct hs_json *j, int64_t value);
void hs_json_bool(struct hs_json *j, bool value);
void hs_json_null(struct hs_json *j);

/* A text of our own, or one that is escaped already. Bytes that are not UTF-8 become U+FFFD. */
void hs_json_text(struct hs_json *j, struct hs_span text);

/* hs_json_text() of a C string; NULL is null. */
void hs_json_word(struct hs_json *j, const char *word);

/* Bytes from an input in the form of core/escape.h, in which backslashes are doubled. */
void hs_json_shown(struct hs_json *j, struct hs_span bytes);

/* RFC 4648 section 4, padded. */
void hs_json_base64(struct hs_json *j, struct hs_span bytes);

#endif
