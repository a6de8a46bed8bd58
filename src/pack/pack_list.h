/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_PACK_PACK_LIST_H
#define HS_PACK_PACK_LIST_H

#include "core/tree.h"

/*
 * What a layer made of a root file system holds, in the order in which it
 * stands there: each path once, sorted as bytes, each below a directory that
 * stands before it.
 *
 * An archive is read as unpacking it would end: of a path that comes twice
 * the later entry counts, and a hard link is another name of what its target
 * was when the link came.
 */
struct hs_pack_item {
	struct hs_span path;          /* without a slash at either end; "" is the root */
	const struct hs_entry *entry; /* what the name stands for; NULL for a directory that the
	                                 tree lacks */
	size_t first;                 /* the item that is the first name of the same file: its own
	                                 number where the file has no other */
};

/* What is not packed, and that is no error. */
struct hs_pack_remark {
	struct hs_span name; /* as stored; empty where it speaks of all */
	const char *text;
	struct hs_pack_remark *next;
};

struct hs_pack_list {
	struct hs_arena *arena; /* of paths and remarks */
	struct hs_pack_item *items;
	size_t n, room;
	struct hs_pack_remark *remarks, *last;
};

/*
 * `list` is all zero but for the arena; release it in any case. HS_EFORMAT for
 * what cannot be unpacked (".." in a path, a file as a directory, a link to
 * nothing) and for damage, HS_EUSAGE for names that mean something else in a
 * layer (whiteouts), HS_ELIMIT past --max-members.
 */
int hs_pack_list_make(struct hs_pack_list *list, const struct hs_tree *t, struct hs_err *err);
void hs_pack_list_release(struct hs_pack_list *list);

/* Adds a remark at the end; what it is made of is copied. */
void hs_pack_remark(struct hs_pack_list *list, struct hs_span name, const char *text);

#endif
