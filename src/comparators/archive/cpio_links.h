/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CPIO_LINKS_H
#define HS_COMPARATORS_CPIO_LINKS_H

#include "core/cpio.h"
#include "core/tree.h"

/*
 * The names that share an inode. All zero is none. What is remembered lives
 * in the arena that is handed over, and no longer than that.
 */
struct hs_cpio_links {
	struct hs_cpio_link *last;
	size_t n;
};

/* `entry` of the tree is a regular file that says it has more names than one. */
void hs_cpio_links_add(struct hs_cpio_links *links, struct hs_arena *a,
                       const struct hs_cpio_member *m, unsigned archive, size_t entry);

/*
 * Gives names without data of their own the data of another name, and sets
 * `more` of all but the first to the first's name (a struct hs_span), which
 * their heads then end with.
 */
void hs_cpio_links_resolve(struct hs_cpio_links *links, struct hs_arena *a, struct hs_tree *t);

#endif
