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
 */
struct hs_overlay_entry {
	uint32_t layer;
	const struct hs_entry *entry; /* of that layer's tree */
	struct hs_span key;           /* path in the root file system */
	bool in_layer_below;          /* a layer below had it too: it was replaced */
};

/* What the layers say that a runtime would refuse or that two would read otherwise: ".wh." alone,
 * a hard link to nothing. */
struct hs_overlay_remark {
	uint32_t layer;
	struct hs_span key;
	const char *text;
};

struct hs_overlay {
	struct hs_overlay_entry *entries; /* sorted by key; hidden ones are gone */
	size_t n;
	const struct hs_overlay_remark *remarks;
	size_t n_remarks;
	uint64_t n_replaced, n_whiteouts, n_opaque; /* what was hidden, for the report */
};

/* `layers` are finished trees from the bottom up, and must outlive the overlay. In the arena. */
int hs_overlay_make(struct hs_overlay *out, struct hs_arena *a, const struct hs_tree *const *layers,
                    size_t n_layers, struct hs_err *err);

#endif
