/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_HISTORY_H
#define HS_IMAGE_HISTORY_H

#include "image/images.h"

/*
 * For each layer of the image the line of its history that made it
 * ("created_by"), at most HS_HISTORY_LINE bytes of it; empty where it is not
 * said. In the arena. NULL where the configuration has no history or one
 * whose lines do not fit the layers, so that nothing is guessed.
 */
const struct hs_span *hs_image_history(struct hs_arena *a, const struct hs_tree *t,
                                       const struct hs_image_info *image);

#define HS_HISTORY_LINE 1000

#endif
