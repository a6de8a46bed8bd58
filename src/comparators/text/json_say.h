/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_JSON_SAY_H
#define HS_COMPARATORS_JSON_SAY_H

#include "comparators/text/json_read.h"
#include "core/facts.h"
#include "core/hash.h"

/*
 * A document on its way into facts: values under their paths (".a.b[0]"), or
 * under names that mean more to a reader, up to HS_MAX_JSON_VALUES; of the
 * rest there is a count and a digest.
 *
 *	hs_json_say_begin(&s, out, document);
 *	hs_json_say(&s, document->root);
 *	hs_json_say_end(&s, file);
 */
struct hs_json_saying {
	struct hs_facts *out;
	struct hs_json_document *document;
	char *path; /* of the value at hand; in the document's arena */
	size_t len, room;
	size_t n_said;
	uint64_t names;               /* bytes of the names that were said */
	struct hs_sha256_stream more; /* what is too much to be said value by value */
	uint64_t n_more;
};

void hs_json_say_begin(struct hs_json_saying *s, struct hs_facts *out, struct hs_json_document *d);

/* Says the value, and all that is in it, under the path at hand. */
void hs_json_say(struct hs_json_saying *s, json_t *value);

/* Goes down; keep s->len from before and put it back to come up again. */
void hs_json_push_key(struct hs_json_saying *s, const char *key);
void hs_json_push_index(struct hs_json_saying *s, size_t i);

/* For documents of other languages: bytes at the end of the path, which are printable; and a value
 * as it is shown, under the path at hand, which is *field from then on (NULL before). */
void hs_json_push(struct hs_json_saying *s, struct hs_span part);
void hs_json_say_shown(struct hs_json_saying *s, struct hs_span shown, const char **field);

/* Says a value under a name that is in the arena of the facts, or a literal. */
void hs_json_say_field(struct hs_json_saying *s, const char *field, struct hs_span value);

/* What was too much: its count and its digest. */
void hs_json_say_more(struct hs_json_saying *s);

/* What was too much, and how the document is written: "(key order)", "(formatting)", "(escapes)".
 */
void hs_json_say_end(struct hs_json_saying *s, struct hs_span file);

#endif
