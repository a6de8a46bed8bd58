/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_DEB822_SAY_H
#define HS_COMPARATORS_DEB822_SAY_H

#include "comparators/package/deb822.h"
#include "core/facts.h"
#include "core/hash.h"

/*
 * Fields of control files as facts, so that each byte of them is told:
 *
 *	Version: 1            one value
 *	Depends: a, b (>= 2)  a list, an element a fact
 *	Files: SUM 12 x.deb   one a file, "Files x.deb" is "SUM 12"
 *	other fields of several lines are a list of lines
 *
 * The order of fields and paragraphs is the fact "(key order)", blanks and blank lines that
 * mean nothing are "(formatting)".
 */
struct hs_deb822_said {
	struct hs_facts *out;
	struct hs_sha256_stream order, form;
	bool odd; /* something was not written as dpkg writes it */
};

/* hs_deb822_say_end() must follow. */
void hs_deb822_say_begin(struct hs_deb822_said *s, struct hs_facts *out);

/* Says a field under its name behind the prefix ("" or "libc6 "), which is printable. */
void hs_deb822_say_field(struct hs_deb822_said *s, const char *prefix,
                         const struct hs_deb822_item *field);

/* The same of a field whose value is told already. */
void hs_deb822_note_field(struct hs_deb822_said *s, const struct hs_deb822_item *field);

/* Notes for "(key order)" that the key of a paragraph comes here. */
void hs_deb822_say_key(struct hs_deb822_said *s, struct hs_span key);

/* A comment is the fact "comment". */
void hs_deb822_say_comment(struct hs_deb822_said *s, struct hs_span line);

/* Notes bytes that mean nothing, blank lines; `canonical` is what dpkg would write there. */
void hs_deb822_say_other(struct hs_deb822_said *s, struct hs_span bytes, struct hs_span canonical);

/* Says "(key order)" and "(formatting)". */
void hs_deb822_say_end(struct hs_deb822_said *s);

/*
 * All fields of the paragraphs of a text under the prefix, those of the second paragraph behind
 * "[2] " and so on. False, with nothing but some facts said, where a line is no field.
 */
bool hs_deb822_say_text(struct hs_deb822_said *s, struct hs_span text);

/* A name from an input as part of a field's: escaped, in the arena. */
const char *hs_field_part(struct hs_arena *a, struct hs_span name);

#endif
