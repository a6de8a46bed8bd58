/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_DIRECTORY_H
#define HS_ENGINE_DIRECTORY_H

#include "core/tree.h"

/*
 * A directory (as ".") and the files below it, at all depths, as one tree
 * without an order.
 * Nothing is followed out of it: symbolic links are members, and each file is
 * opened by its path below the open directory with no link on the way. A
 * folder that cannot be read is an entry with a note; the rest goes on.
 * `dir` stays the caller's and is duplicated.
 */
int hs_directory_expand(struct hs_tree *t, int dir, struct hs_err *err);

/* Forgets what the file system says of the files, owners, modes and times: of a directory that was
 * made for them to be looked at. Before a view arranges the tree. */
void hs_directory_forget(struct hs_tree *t);

#endif
