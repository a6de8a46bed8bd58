/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_MEMBER_HEAD_H
#define HS_COMPARATORS_MEMBER_HEAD_H

#include "comparators/archive/archive_members.h"

/*
 * The head of a member whose format has no header bytes that stand alone: all
 * its metadata in one canonical row of bytes, so that equal metadata is equal
 * bytes, and back.
 */
struct hs_span hs_member_head(struct hs_arena *a, const struct hs_member *m);

/* What hs_member_head() wrote; spans are parts of `head`, the list of xattrs is in the arena. */
void hs_member_of_head(struct hs_member *m, struct hs_arena *a, struct hs_span head);

#endif
