/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_KEPT_H
#define HS_IMAGE_KEPT_H

#include "core/codec.h"

/*
 * Layers that stay decompressed. A layer is asked for by the comparison of
 * members, by the root file system and by canonical forms; the first who asks
 * decompresses it, and whoever asks meanwhile waits for that. What is past
 * HS_MAX_KEPT_LAYERS is decompressed for each who asks.
 */
struct hs_kept;
struct hs_kept_layer;

struct hs_kept *hs_kept_new(void);
void hs_kept_free(struct hs_kept *k);

/* The place of one layer; it belongs to `k`. */
struct hs_kept_layer *hs_kept_add(struct hs_kept *k);

/*
 * hs_inflate_watched(), or what it gave before: its result, its error too. The blob in
 * *out is the caller's to unref.
 */
int hs_kept_inflate(struct hs_inflated *out, struct hs_kept_layer *l,
                    const struct hs_inflate_order *order, struct hs_err *err);

#endif
