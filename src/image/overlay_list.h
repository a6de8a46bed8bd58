/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_OVERLAY_LIST_H
#define HS_IMAGE_OVERLAY_LIST_H

#include "image/overlay.h"
#include "image/path_tree.h"

/* What is there in the end: sets entries, n and n_replaced. Uses up the tree. */
int hs_overlay_list(struct hs_overlay *out, struct hs_arena *a, struct hs_path_tree *t,
                    struct hs_err *err);

#endif
