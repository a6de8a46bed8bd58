/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_MEMBER_SPOOL_H
#define HS_COMPARATORS_MEMBER_SPOOL_H

#include "core/spool.h"
#include "core/tree.h"

/*
 * The contents of members that are decoded one after the other, while their
 * container is read: all of them become one blob of the spool.
 *
 *	struct hs_member_spool s = { .out = tree, .file = file };
 *	for each member: add its entry, hs_member_spool_put() its bytes piece by
 *		piece, hs_member_spool_close(&s, entry);
 *	rc = hs_member_spool_end(&s, rc, err);
 *
 * Until then an entry's codec is HS_IN_SPOOL and its bytes have a length and
 * no place.
 */
enum { HS_IN_SPOOL = 1 };

struct hs_member_spool {
	struct hs_tree *out;
	struct hs_span file; /* of which all that is put is decoded: bounds the ratio */
	struct hs_spool_writer writer;
	bool begun;
	uint64_t content; /* bytes of all members so far */
	uint64_t closed;  /* of the writer's, those that belong to an entry */
};

/* Puts bytes behind the others; NULL is zeros. HS_ELIMIT past --max-size and --max-ratio. */
int hs_member_spool_put(struct hs_member_spool *s, const uint8_t *at, uint64_t len,
                        struct hs_err *err);

/* The same limits for `n` bytes that need no copy: members that overlap could make any amount. */
int hs_member_spool_count(struct hs_member_spool *s, uint64_t n, struct hs_err *err);

/* What was put since the last call is the content of the entry. */
void hs_member_spool_close(struct hs_member_spool *s, struct hs_entry *e);

/*
 * Gives each entry its part of the spool, also where `rc`, what the reading
 * came to, is an error: then that is what is returned. Where a full disk kept
 * the spool from being made, the entries have a note.
 */
int hs_member_spool_end(struct hs_member_spool *s, int rc, struct hs_err *err);

#endif
