/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SERDE_PARSE_H
#define HS_ENCLAVE_SERDE_PARSE_H

#include "enclave/serde_json.h"

/*
 * serde_json's reader, step by step: for who knows which members an object
 * has. What it refuses is HS_EFORMAT with the offset.
 */
struct hs_serde_parser {
	struct hs_span text;
	size_t at; /* the next byte */
	struct hs_arena *arena;
	struct hs_err *err;
	unsigned depth;    /* brackets that are open */
	uint64_t n_values; /* so far */
	struct hs_serde_pending *pending;
	size_t n_pending, room; /* of values whose array or object is not at its end */
};

/* Release it in any case. */
void hs_serde_parse_init(struct hs_serde_parser *p, struct hs_arena *a, struct hs_span text,
                         struct hs_err *err);
void hs_serde_parse_release(struct hs_serde_parser *p);

/* The next byte that is not blank, without taking it; -1 at the end. */
int hs_serde_parse_peek(struct hs_serde_parser *p);

/* Takes that byte, which must be next. */
int hs_serde_parse_expect(struct hs_serde_parser *p, char c);

/* Any value. */
int hs_serde_parse_value(struct hs_serde_parser *p, struct hs_serde *out);

/* A string and nothing else. */
int hs_serde_parse_string(struct hs_serde_parser *p, struct hs_span *out);

/*
 * Any value that nobody asked for. serde_json takes more then: any depth,
 * bytes in strings that are not UTF-8, halves of surrogates, numbers of any size.
 */
int hs_serde_parse_ignored(struct hs_serde_parser *p);

/* One more bracket is open; HS_EFORMAT for the 128th, which serde_json refuses. */
int hs_serde_parse_enter(struct hs_serde_parser *p, char bracket);

/*
 * Goes to the next element of the array or object whose closing bracket is
 * `close`: false behind the last, with the bracket taken, or *rc set where
 * it is neither.
 */
bool hs_serde_parse_next(struct hs_serde_parser *p, char close, bool first, int *rc);

/* A key with its colon. */
int hs_serde_parse_key(struct hs_serde_parser *p, struct hs_span *out);

/* Nothing but blanks up to the end. */
int hs_serde_parse_end(struct hs_serde_parser *p);

/* HS_EFORMAT: "`what` at byte N of the JSON". */
int hs_serde_parse_fail(const struct hs_serde_parser *p, const char *what);

#endif
