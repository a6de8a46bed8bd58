/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_EXTFS_WALK_H
#define HS_COMPARATORS_EXTFS_WALK_H

#include "core/tree.h"

/*
 * Adds all files of an ext2, ext3 or ext4 to the tree, in the order of its
 * directories, each with a head of hs_member_head(), and their contents; then,
 * where they hold anything, the blocks that belong to no file and the bytes
 * behind the last block. What was read before damage stays. HS_EABSENT where
 * this was built without libext2fs.
 */
int hs_extfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err);

#endif
