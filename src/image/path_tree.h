/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_PATH_TREE_H
#define HS_IMAGE_PATH_TREE_H

#include "core/tree.h"

/*
 * The paths of a root file system while layers are applied to it; the inside
 * of overlay.c. A node is a name in a directory and stays once it is there:
 * what is hidden is older than the `cut` of a node above it, so that hiding a
 * folder of a million files is one assignment.
 */
struct hs_path_node {
	const uint8_t *at;              /* its name, which ends its path where path_len is known */
	const struct hs_entry *entry;   /* what is there; NULL for a directory that is implied */
	const struct hs_entry *content; /* the same, or what a hard link leads to */
	uint32_t name_len, path_len;    /* path_len 0: the path is not in memory as a whole */
	uint32_t layer, content_layer;
	uint32_t parent;
	uint32_t since; /* when it was put there */
	uint32_t cut;   /* below it, what was put there before is hidden */
	uint32_t hash;
	bool present, aside, replaced, linked; /* aside: below a name that only AUFS gives */
};

struct hs_path_tree {
	struct hs_path_node *nodes; /* a parent stands before its children; the root is the first */
	uint32_t n, room;
	uint32_t *slots; /* node, or 0 */
	size_t n_slots;
	uint32_t now, layer, layer_start; /* set by who applies */
	uint64_t link_steps;              /* taken on behalf of symbolic links */
	uint64_t version;                 /* changes when a known place may be another */
	uint64_t n_implied;               /* directories that had to be implied */
};

#define HS_PATH_NONE UINT32_MAX

void hs_path_tree_init(struct hs_path_tree *t, size_t expected);
void hs_path_tree_release(struct hs_path_tree *t);

/* A directory and what is hidden in it: children put there before `cut`. */
struct hs_path_place {
	uint32_t dir, cut;
	bool found;    /* always, where directories are made */
	bool followed; /* through a symbolic link */
	bool loop;     /* a symbolic link that leads nowhere was taken for a directory */
	bool below_file;
};

/*
 * The directory of that path (empty: the root), as a runtime finds it: by
 * symbolic links that never leave the root. ".." is a name like any other but
 * in a link's target. With `make`, what is missing is implied and what is no
 * directory becomes one.
 */
int hs_path_walk(struct hs_path_place *out, struct hs_path_tree *t, struct hs_span path, bool make,
                 struct hs_err *err);

/* The node of that name, or HS_PATH_NONE; hidden or not. */
uint32_t hs_path_find(const struct hs_path_tree *t, uint32_t dir, struct hs_span name);

/* A name in a directory. */
struct hs_path_name {
	struct hs_span name;
	size_t path_len; /* of all of it where that stands in memory before the name, else 0 */
};

/* The same, added as absent where there is none. */
int hs_path_add(uint32_t *out, struct hs_path_tree *t, uint32_t dir,
                const struct hs_path_name *name, struct hs_err *err);

static inline bool
hs_path_is_there(const struct hs_path_node *n, uint32_t cut)
{
	return n->present && n->since >= cut;
}

enum hs_kind hs_path_kind(const struct hs_path_node *n);

/* Hides what was put below the node before `when`. */
void hs_path_cut(struct hs_path_tree *t, struct hs_path_node *n, uint32_t when);

#endif
