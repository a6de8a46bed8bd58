/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_ROOTFS_LAYERS_H
#define HS_ENGINE_ROOTFS_LAYERS_H

#include "engine/side.h"
#include "image/overlay.h"

/* The state of a tree of hs_rootfs_open(): layer by layer, and what they come to. */
struct hs_rootfs_layer {
	struct hs_opened opened;
	const struct hs_tree *tree; /* its members as stored; NULL where it could not be opened */
	bool has_globals;           /* headers alone do not say all */
	struct hs_span name, history;
	struct hs_err trouble;
};

struct hs_rootfs {
	struct hs_rootfs_layer *layers;
	size_t n;
	struct hs_overlay overlay; /* entry by entry that of the tree */
};

#endif
