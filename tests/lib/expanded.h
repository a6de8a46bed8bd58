/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EXPANDED_H
#define EXPANDED_H

#include "comparators/comparator.h"
#include "core/run.h"

/*
 * One file as a comparator reads it, for tests: its run, its members, and an
 * arena for the texts that are asked of it. The bytes are a copy in memory of
 * exactly their size, so that the sanitizer sees any read past them.
 */
struct expanded {
	struct hs_run run;
	struct hs_tree tree;
	struct hs_arena arena;
	const struct hs_comparator *by;
	struct hs_span file;
	struct hs_blob *blob;
	int rc; /* of expand() */
	struct hs_err err;
};

/* Expands and finishes the tree; `limits` may be NULL. */
void expanded_init(struct expanded *o, const struct hs_comparator *by, struct hs_span file,
                   const struct hs_limits *limits);
void expanded_release(struct expanded *o);

/* The first entry of that key; the test fails where there is none. */
const struct hs_entry *expanded_entry(struct expanded *o, const char *key);

/* "field: value" lines, of an entry or of the file itself. */
const char *expanded_entry_text(struct expanded *o, const struct hs_entry *e);
const char *expanded_text(struct expanded *o);

/* The value of a fact, escaped; "" where it is not said. */
const char *expanded_fact(struct expanded *o, const struct hs_entry *e, const char *field);

/* The content of an entry, as a C string in the arena; *rc is what opening it gave. */
struct hs_span expanded_content(struct expanded *o, const struct hs_entry *e, int *rc);

/* The keys of all entries, one a line. */
const char *expanded_keys(struct expanded *o);

/* Describes and opens every entry, for what must only not crash. */
void expanded_exercise(struct expanded *o);

#endif
