/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_OVERLAY_H
#define HS_IMAGE_OVERLAY_H

#include "core/tree.h"

/*
 * Layers applied one on the other, as a runtime does when it unpacks an image
 * (image-spec, layer.md): later entries replace earlier ones, whiteouts and
 * opaque directories hide what is below them, a directory that a file
 * replaces takes its members with it. Nothing is unpacked: the result says
 * which entry of which layer counts.
 *
 * Symbolic links on the way to an entry are followed inside the root, as
 * umoci and containerd do. Whiteouts hide layers below theirs only, wherever
 * they stand in it. The root and directories that no layer has an entry for
 * are there too.
 */
struct hs_overlay_entry {
	uint32_t layer;               /* that put it there */
	uint32_t content_layer;       /* of `content` */
	const struct hs_entry *entry; /* of that layer's tree; NULL for an implied directory */
	/* The same entry; for a hard link the one that it leads to, in whichever layer: its
	 * metadata and its content count. A hard link to nothing is its own. */
	const struct hs_entry *content;
	struct hs_span key;  /* path in the root file system */
	struct hs_span link; /* the first path of the same file, where several are; else empty */
	bool in_layer_below; /* a layer below had it too: it was replaced */
};

/* What the layers say that a runtime would refuse or that two would read otherwise: ".wh." alone,
 * a hard link to nothing. */
struct hs_overlay_remark {
	uint32_t layer;
	struct hs_span key;
	const char *text; /* goes on after the name: "is a hard link to nothing" */
};

struct hs_overlay {
	struct hs_overlay_entry *entries; /* sorted by key; hidden ones are gone */
	size_t n;
	const struct hs_overlay_remark *remarks; /* HS_MAX_ROOTFS_REMARKS at most */
	size_t n_remarks, n_remarks_left_out;
	uint64_t n_entries;                         /* of all layers */
	uint64_t n_replaced, n_whiteouts, n_opaque; /* what was hidden, for the report */
	/* How often a directory was taken for granted that no entry so far had made. Without any,
	 * a layer below could not have led an entry to another place. */
	uint64_t n_implied;
};

/*
 * `layers` are finished trees from the bottom up, and must outlive the
 * overlay; NULL for one that could not be read. In the arena. After an error
 * *out holds what was applied before it.
 */
int hs_overlay_make(struct hs_overlay *out, struct hs_arena *a, const struct hs_tree *const *layers,
                    size_t n_layers, struct hs_err *err);

#endif
