/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_AGREEMENT_H
#define HS_IMAGE_AGREEMENT_H

#include "image/image.h"

/*
 * An OCI archive with a manifest.json for older readers describes its images
 * twice. Where the two descriptions differ, two readers load two images from
 * one archive: that is remarked on manifest.json. docker 25.0.0 wrote OCI
 * manifests without layers, and with layers in another order (moby #47065,
 * #47150).
 */
void hs_image_check_agreement(struct hs_image *image);

#endif
