/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_NAMES_H
#define HS_IMAGE_NAMES_H

#include "core/tree.h"

/* Where the file of a name stands in a tree; made once for a tree that stays as it is. */
struct hs_names {
	const struct hs_tree *tree;
	struct hs_arena *scratch;
	size_t *slots; /* open addressing: entry + 1, or 0 */
	size_t mask;
	size_t *targets; /* of symbolic links once followed: entry + 1, or HS_NOWHERE + 1 */
};

#define HS_NOWHERE ((size_t)-2)

/* Memory is taken from `a`; what a lookup needs for a while from `scratch`. */
void hs_names_init(struct hs_names *out, struct hs_arena *a, struct hs_arena *scratch,
                   const struct hs_tree *tree);

/* The entry of that key, of whatever kind; HS_NOWHERE for none. */
size_t hs_names_entry(const struct hs_names *names, struct hs_span key);

/*
 * The entry that holds the content of that key: a file, or the file that a
 * symbolic link leads to inside the tree (old docker saves a repeated layer
 * as one), HS_MAX_LINKS at most. The last entry counts where several have the
 * key, as when they are unpacked. HS_NOWHERE for none.
 */
size_t hs_names_find(struct hs_names *names, struct hs_span key);

#endif
