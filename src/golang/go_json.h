/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_JSON_H
#define HS_GOLANG_GO_JSON_H

#include "core/arena.h"
#include "core/err.h"

/*
 * JSON as Go's encoding/json reads and writes it (Go 1.22 and later): what
 * makes the digest of a configuration that a Go tool has written anew.
 *
 * Unlike image/image_json.h this keeps what readers disagree on: fields named
 * twice, in their order, and bytes that are not UTF-8, each as U+FFFD.
 */
enum hs_go_kind {
	HS_GO_NULL,
	HS_GO_FALSE,
	HS_GO_TRUE,
	HS_GO_NUMBER,
	HS_GO_STRING,
	HS_GO_ARRAY,
	HS_GO_OBJECT,
};

struct hs_go_value {
	struct hs_span raw;  /* as it is spelled, without white space around it */
	struct hs_span text; /* a string, decoded */
	struct hs_span key;  /* of a member of an object, decoded */
	const struct hs_go_value *first, *next; /* elements or members, in their order */
	enum hs_go_kind kind;
};

/*
 * The value at the front of the document, as json.Decoder takes it. With
 * `whole`, nothing may follow but white space, as with json.Unmarshal. All of
 * it is in the arena or part of `document`. HS_EFORMAT where Go would say that
 * it is no JSON; HS_ELIMIT past HS_MAX_IMAGE_JSON, HS_MAX_JSON_DEPTH and
 * HS_MAX_JSON_VALUES.
 */
int hs_go_json_read(const struct hs_go_value **out, struct hs_arena *a, struct hs_span document,
                    bool whole, struct hs_err *err);

/* "null", "a number", ... for sentences. */
const char *hs_go_kind_name(enum hs_go_kind kind);

/* Whether a key names the field of a Go structure: the same but for case, as unicode.SimpleFold has
 * it. */
bool hs_go_key_folds(struct hs_span key, const char *field);

/* JSON in the making; all zero is empty. */
struct hs_go_text {
	uint8_t *at;
	size_t len, room;
};

void hs_go_put(struct hs_go_text *t, struct hs_span s);
void hs_go_puts(struct hs_go_text *t, const char *s);
void hs_go_put_number(struct hs_go_text *t, int64_t n);

/* A string with its quotes; <, > and & become \u003c and the like. */
void hs_go_put_string(struct hs_go_text *t, struct hs_span s);

/* What a json.RawMessage becomes: no white space, <, > and & escaped, all else as it is spelled. */
void hs_go_put_raw(struct hs_go_text *t, struct hs_span raw);

/* What was made, in the arena; leaves the text empty. */
struct hs_span hs_go_text_take(struct hs_go_text *t, struct hs_arena *a);
void hs_go_text_release(struct hs_go_text *t);

#endif
