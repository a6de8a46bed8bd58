/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_ROOTFS_H
#define HS_ENGINE_ROOTFS_H

#include "engine/side.h"
#include "image/images.h"

/*
 * The effective root file system of an image: its layers applied with
 * whiteouts (image/overlay.h), as one tree whose entries say, beside what
 * their layer says of them, which layer and which line of the history they
 * come from. Format "rootfs", a tree like any other to the comparison.
 */
void hs_rootfs_open(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                    const struct hs_tree *image_tree, const struct hs_image_info *image);

/* What hs_rootfs_same() found. */
enum hs_rootfs_verdict {
	HS_ROOTFS_SAME,
	HS_ROOTFS_DIFFERENT,
	HS_ROOTFS_UNKNOWN, /* a layer is absent or damaged */
};

struct hs_rootfs_pair {
	const struct hs_tree *tree[2]; /* a and b */
	const struct hs_image_info *image[2];
};

/*
 * Whether two images have the same root file system: the same paths of the
 * same type, mode, owner, link target, extended attributes and content. Times
 * are aside, and so is which layer an entry comes from. Layers at the bottom
 * that both share are not opened where the ones above already tell.
 */
enum hs_rootfs_verdict hs_rootfs_same(struct hs_run *run, struct hs_worker *w,
                                      const struct hs_rootfs_pair *pair);

#endif
