/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_MEMBER_H
#define HS_COMPARATORS_MEMBER_H

#include "core/tree.h"

/*
 * hs_tree_add(), but a name that is too long to keep does not end the
 * reading: the entry gets the beginning of the name and its length instead,
 * and a note that says so.
 */
int hs_member_add(struct hs_entry **out, struct hs_tree *t, struct hs_span name,
                  struct hs_err *err);

/* "dir/name", or the name alone where the folder is the container itself; in the arena. */
struct hs_span hs_member_path(struct hs_arena *a, struct hs_span dir, struct hs_span name);

/* Adds a remark to the entry's note; the text lives as long as the tree. */
void hs_member_note(struct hs_tree *t, struct hs_entry *e, const char *text);

/* The same for damage. */
void hs_member_damage(struct hs_tree *t, struct hs_entry *e, const char *text);

#endif
