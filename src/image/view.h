/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_VIEW_H
#define HS_IMAGE_VIEW_H

#include "core/tree.h"

/*
 * A way to read a file tree as something more: an OCI layout in a tar or a
 * directory, a docker-archive. A view changes no bytes: it gives members the
 * roles they play ("manifest", "config", "layer[0]") as keys, so that the
 * manifest of one side meets the manifest of the other whatever their
 * digests are, and it checks what one member claims of another.
 */
struct hs_view {
	const char *name; /* "kind" in reports: "oci-archive", "docker-archive" */
	const char
		*on_disk; /* the same for a directory that is no archive; NULL where it is `name` */
	const char *about;
	const char *known_by; /* how it is recognised, for people */

	/*
	 * Whether the members are what the view reads. Looks at names, and where
	 * these leave it open opens the one document that the view starts from.
	 */
	bool (*is)(const struct hs_tree *t);

	/*
	 * Gives entries their roles; called once after expand(), before
	 * hs_tree_finish(). Replaces t->ops by ops that add facts and unwrap
	 * layers, adds one more entry for each further role of a member, and
	 * marks entries with notes. What it fails to understand keeps its own
	 * name, so that a damaged image is still compared as the tree it is.
	 */
	int (*arrange)(struct hs_tree *t, struct hs_err *err);
};

/* The view that reads the tree, or NULL. */
const struct hs_view *hs_view_for(const struct hs_tree *t);

/* The views one after the other; NULL past the last. */
const struct hs_view *hs_view_at(size_t i);

extern const struct hs_view hs_view_oci;
extern const struct hs_view hs_view_docker;
extern const struct hs_view hs_view_dir;

#endif
