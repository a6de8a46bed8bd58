/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_MEET_H
#define HS_IMAGE_MEET_H

#include "image/images.h"

/* Which image of one archive is compared with which of the other. */
struct hs_image_pair {
	const struct hs_image_info *a, *b; /* one of them NULL for an image of one side */
};

struct hs_image_pairs {
	const struct hs_image_pair *list; /* in the order of a; then those of b alone */
	size_t n;
	const char *note; /* which are compared though their names differ, and there was a choice;
	                     escaped. NULL where there is nothing to say */
};

/*
 * Pairs the images of two arranged and finished trees: those of the same name
 * and platform, the n-th of equals with the n-th; then those that alone on
 * each side are of one platform; then of the same name; then the last one of
 * each, where they are not of two platforms beside others that are paired.
 *
 * The keys of the side with fewer images (of b where they are as many) are
 * changed so that paired images have the same prefix, and their infos'
 * prefixes with them. An image without a partner keeps its prefix, but for a
 * number where that would make it meet what it is no partner of. May be
 * called again, and then finds the same pairs. None, and nothing changed, for
 * a tree that is no image.
 *
 * What is in *out lives as long as the tree of a, the infos as long as their trees.
 */
void hs_images_meet(struct hs_image_pairs *out, struct hs_tree *a, struct hs_tree *b);

#endif
