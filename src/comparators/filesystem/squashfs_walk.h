/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_SQUASHFS_WALK_H
#define HS_COMPARATORS_SQUASHFS_WALK_H

#include "core/tree.h"

/*
 * Adds all files of a squashfs to the tree, in the order of its directories,
 * each with a head of hs_member_head(), and their contents decoded. What was
 * read before damage stays. HS_EABSENT where this was built without libsquashfs.
 */
int hs_squashfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err);

#endif
