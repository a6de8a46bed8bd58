/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_COMPARATOR_H
#define HS_COMPARATORS_COMPARATOR_H

#include "core/blob.h"
#include "core/err.h"
#include "core/facts.h"
#include "core/span.h"
#include "core/tree.h"

#include <stdio.h>

/*
 * What a format is made of. Two sides of different formats are still compared
 * member by member when both are file trees, and a filter is unwrapped when
 * only one side has it.
 */
enum hs_shape {
	HS_SHAPE_LEAF,   /* no members */
	HS_SHAPE_FILTER, /* one stream inside: exactly one entry, with the empty name */
	HS_SHAPE_TREE,   /* files with names and metadata */
	HS_SHAPE_PARTS,  /* members with roles of this format: sections, ... */
};

/*
 * What this tool knows of one format. A comparator sees one file at a time:
 * it says facts of the file and lists the members, and the core compares what
 * was said of two. Rows are constant and shared between threads: a callback
 * keeps no state outside its arguments, and owns no memory but the stack.
 *
 * A callback that fails leaves whatever it had added to `out`. The caller
 * keeps that, notes err->text beside it, and goes on to compare the bytes.
 * HS_ENOTMINE says that the bid was a guess: the next best row is asked.
 */
struct hs_comparator {
	const char *name;     /* "kind" in reports, short: "tar", "gzip" */
	const char *about;    /* the line that --list-formats prints */
	const char *known_by; /* how it is recognised, for people: "\"070701\" at 0" */
	const char *library;  /* what reads it: "libarchive"; NULL: this program does */
	enum hs_shape shape;

	/*
	 * How many bits vouch for the format: 8 for each byte of magic verified,
	 * 48 for a checksum, 1 to 7 for a guess, 0 for none. Looks at no more
	 * than the first and last 64 KiB of the file.
	 */
	unsigned (*bid)(struct hs_span file);

	/*
	 * The same for what its bytes alone do not tell: `name` is that of the file
	 * in its container, or the last part of an operand's path; empty where
	 * there is none. NULL where the name says nothing. The higher of both bids
	 * counts.
	 */
	unsigned (*bid_named)(struct hs_span file, struct hs_span name);

	/* What the file says outside its members. NULL where that is nothing. */
	int (*describe)(struct hs_facts *out, struct hs_span file, struct hs_err *err);

	/*
	 * The members, to be paired by key and compared in turn. NULL where there
	 * are none. Bytes that are neither a member's nor told by a fact are added
	 * as gaps, so that nothing differs unseen. Sets out->ops. Does not call
	 * hs_tree_finish().
	 */
	int (*expand)(struct hs_tree *out, struct hs_span file, struct hs_err *err);

	/*
	 * A leaf as lines of UTF-8 text, whose diff is shown to people. NULL: the
	 * bytes are shown in hex. Writes at most a few times the file's size.
	 */
	int (*render)(FILE *out, struct hs_span file, struct hs_err *err);

	/* A leaf whose facts are its content, field by field: the lines say the same once more. */
	bool by_field;

	/*
	 * People take the file for one thing: its members (functions, sections) are for
	 * who compares it with another. Inside of something else, and without
	 * another to compare it with, only what describe() says is told.
	 */
	bool whole;

	/*
	 * A leaf that lists things, each as a fact "package NAME", where this is "package": the
	 * report counts those that differ. NULL: it lists none.
	 */
	const char *lists;
};

/*
 * The row with the highest bid below `below` rows already asked: rank 0 is
 * the best bidder, 1 the next ... NULL when no more rows bid. The earlier row
 * of the table wins a tie.
 */
const struct hs_comparator *hs_comparator_for(struct hs_span file, unsigned rank);

/* The same of a content: what its container knows it to be is asked first, and its name counts. */
const struct hs_comparator *hs_comparator_of(const struct hs_content *c, unsigned rank);

/* The rows one after the other; NULL past the last. */
const struct hs_comparator *hs_comparator_at(size_t i);

#define HS_ROW(name) extern const struct hs_comparator hs_comparator_##name;
#include "comparators/rows.def"
#undef HS_ROW

#endif
