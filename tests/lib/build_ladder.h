/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_BUILD_LADDER_H
#define HS_TESTS_BUILD_LADDER_H

#include "core/arena.h"
#include "core/ladder.h"

/* A pair of images that part at `rung`: all above it differ, with digests "sha256:a" and
 * "sha256:b". */
struct hs_image_ladder *build_image_ladder(struct hs_arena *a, enum hs_rung rung, const char *cause,
                                           const char *remedy);

/* The four canonical forms: ggcr makes one image, buildkit and buildah leave layer[1], stabilize
 * refuses. */
void build_forms(struct hs_arena *a, struct hs_image_ladder *l);

#endif
