/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_STRUCTURED_H
#define HS_COMPARATORS_STRUCTURED_H

#include "comparators/text/json_say.h"

/*
 * A text of some structured language on its way into facts. A reader makes a
 * tree of values, all of it in hs_structured.document.arena, and notes what
 * stands between them; the tree is said under paths as JSON's are:
 *
 *	.a.b                 a scalar of a map
 *	.a[]                 an array of scalars: a list
 *	.a[name=web].b       an array of maps that a name, id or key tells apart
 *	.a[0].b              any other array
 *
 * Comments are facts. "(key order)", "(formatting)" (blanks) and "(notation)"
 * (quotes, brackets, all other bytes that carry no value) tell how the text is
 * written.
 */
enum hs_value_kind { HS_VALUE_SCALAR, HS_VALUE_LIST, HS_VALUE_MAP };

struct hs_value {
	enum hs_value_kind kind;
	const char *key;       /* in a map */
	struct hs_span shown;  /* a scalar, as facts have it */
	struct hs_span marked; /* what else is said of a list or map: anchor, tag */
	struct hs_value *first, *last, *next;
	size_t n;
	size_t order; /* for who sorts them */
};

struct hs_structured {
	struct hs_json_document document;
	struct hs_json_saying say;
	struct hs_sha256_stream order, blanks, notation;
	const char *joint; /* before each key, unquoted: "/"; NULL for JSON's paths */
	size_t n_values;
};

/* hs_structured_end() must follow, also on the way out with an error. */
void hs_structured_begin(struct hs_structured *s, struct hs_facts *out);
void hs_structured_end(struct hs_structured *s, bool whole);

/* A value at the end of `in` (may be NULL); NULL where there are HS_MAX_STRUCTURED_VALUES. */
struct hs_value *hs_value_add(struct hs_structured *s, struct hs_value *in,
                              enum hs_value_kind kind);

/* Puts a value that is in nothing at the end of `in`. */
void hs_value_append(struct hs_value *in, struct hs_value *v);

/* The scalar of that key in a map, or NULL. */
const struct hs_value *hs_value_scalar(const struct hs_value *map, const char *key);

/* Says a tree under the path at hand. Calls itself; who makes a tree bounds its depth. */
void hs_value_say(struct hs_structured *s, const struct hs_value *v);

/* Notes a key or name for "(key order)". */
void hs_structured_key(struct hs_structured *s, struct hs_span key);

/* Notes what stands between two values: comments that one of `leads` begins behind a blank become
 * facts, the rest is writing. */
void hs_structured_between(struct hs_structured *s, struct hs_span bytes, const char *leads);

/* Notes how a value is written: nothing where it stands as it is. */
void hs_structured_note(struct hs_structured *s, struct hs_span spelling);

/* Whether the text is UTF-8 within the limits, and its body, without a mark. */
bool hs_structured_text(struct hs_span *out, struct hs_span file);

/* Whether the name ends in a dot and one of the n extensions, in whatever case. */
bool hs_name_extension(struct hs_span name, const char *const *extensions, size_t n);

#endif
