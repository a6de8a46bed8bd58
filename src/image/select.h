/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_SELECT_H
#define HS_IMAGE_SELECT_H

#include "image/images.h"

/*
 * Leaves one image of an arranged and finished tree: its manifest, config and
 * layers and what is attached to it, under keys without the image's prefix,
 * so that hs_images_of() gives just this one. The tree's note says how many
 * members that leaves out.
 *
 * A selector is one or more of these, with "@" between them, that all fit:
 *
 *	busybox:1.36, docker.io/library/busybox:1.36, 1.36   its name, or the tag alone
 *	linux/arm64, linux/arm/v7                            its platform
 *	sha256:1b2c...                    digest of its manifest or config; 8 digits or more
 *	image[1]                          what stands before its members' names in a report
 *
 * HS_EUSAGE, naming what there is, where no image fits, where several do, and for
 * a tree that is no image.
 */
int hs_image_select(struct hs_tree *t, struct hs_span selector, struct hs_err *err);

/* The same with the image at hand, one of hs_images_of(). */
void hs_image_keep(struct hs_tree *t, const struct hs_image_info *image);

/* How each image can be asked for, as a list for a sentence: "@app:1, @app:2@linux/arm64". */
const char *hs_image_selectors(struct hs_arena *a, struct hs_images images);

/* HS_EUSAGE: several images, none of which goes with the one that the other side is. */
int hs_image_choose(const struct hs_tree *t, struct hs_err *err);

#endif
