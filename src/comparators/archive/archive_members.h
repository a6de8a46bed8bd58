/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ARCHIVE_MEMBERS_H
#define HS_COMPARATORS_ARCHIVE_MEMBERS_H

#include "comparators/comparator.h"

struct archive;

/* Facts that a format says of a member beside what hs_meta has. */
enum { HS_MEMBER_FACTS = 4 };

struct hs_member {
	struct hs_span name; /* as stored; not a part of the head */
	struct hs_meta meta;
	struct hs_attr facts[HS_MEMBER_FACTS]; /* name: a literal */
	size_t n_facts;
};

/* A format that libarchive reads. */
struct hs_archive_format {
	int (*enable)(struct archive *ar); /* archive_read_support_format_... */

	/* What it records, of enum hs_meta_has: libarchive makes up the rest. */
	unsigned records;
	uint8_t time_digits; /* of the fraction of a second; more where one is not zero beyond */

	/* Corrects what libarchive makes of member `i` (in the order of the archive). NULL:
	 * nothing. */
	void (*amend)(const void *ctx, struct hs_arena *a, size_t i, struct hs_member *m);
	const void *ctx;

	/* Of the format's own, so that two trees of one format are known as such. */
	const struct hs_tree_ops *ops;
};

/*
 * Lists what libarchive finds in the file. Contents that stand in the file as
 * they are become spans of it; what is compressed is decoded once, in the
 * archive's order, into one blob of the spool. Damage keeps the members before
 * it and fails with HS_EFORMAT; a damaged or encrypted member has a note.
 */
int hs_archive_members_expand(struct hs_tree *out, struct hs_span file,
                              const struct hs_archive_format *format, struct hs_err *err);

/* For the `describe` of a format's ops: says what the head of an entry holds. */
void hs_archive_members_describe(struct hs_facts *out, const struct hs_tree *t,
                                 const struct hs_entry *e);

/* A date and time of MS-DOS, which is local time of nobody knows where: taken as UTC. */
struct hs_time hs_dos_time(unsigned date, unsigned time);

#endif
