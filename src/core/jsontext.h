/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_JSONTEXT_H
#define HS_CORE_JSONTEXT_H

#include "core/arena.h"
#include "core/err.h"

/*
 * The tokens of a JSON document as they are spelled: what a parser forgets
 * (digits of numbers, white space, escapes). Takes anything; whether the
 * tokens make a document is the parser's to say.
 */
struct hs_json_token {
	char kind; /* one of { } [ ] : , or " for a string, 0 for a number, w for a word */
	struct hs_span blank; /* white space before it */
	struct hs_span text;  /* a string with its quotes */
};

/* The next token off the front; false at the end (out->blank is what was left) and before what is
 * none. */
bool hs_json_take(struct hs_json_token *out, struct hs_span *rest);

/* Whether all of it is spelled like one number. */
bool hs_json_is_number(struct hs_span s);

/* How many numbers there are; HS_ELIMIT past HS_MAX_JSON_DEPTH open brackets or HS_MAX_JSON_TOKENS.
 */
int hs_json_survey(size_t *n_numbers, struct hs_span document, struct hs_err *err);

/*
 * How the document is laid out, in words that are the same for any content
 * where there is a rule ("compact", "indented by 2 spaces, final newline"),
 * and else a digest of the white space. In the arena.
 */
const char *hs_json_formatting(struct hs_arena *a, struct hs_span document);

/* A digest of the escapes that a writer may choose (\/ and \u), in the arena; NULL for none. */
const char *hs_json_escapes(struct hs_arena *a, struct hs_span document);

#endif
