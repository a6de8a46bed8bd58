/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_LEGACY_H
#define HS_IMAGE_LEGACY_H

#include "image/image.h"

/*
 * What image archives still hold for Docker before 1.10: for each layer a
 * folder, named by an id that no one can foresee, with "json", "VERSION" and
 * the layer or a link to it; since docker 25 the JSON alone, as a blob that
 * nothing names. Their entries are keyed by the layer that they go with
 * ("layer[2].v1/json"), so that those of two builds meet.
 */

/* The folders of the layers of one image; those that an image before it has are taken. */
struct hs_legacy;

struct hs_legacy *hs_legacy_new(struct hs_image *image);
void hs_legacy_place(struct hs_legacy *l, const struct hs_image_info *info, const size_t *layers,
                     size_t n_layers);

/* The blobs of docker 25. */
void hs_legacy_place_blobs(struct hs_image *image);

#endif
