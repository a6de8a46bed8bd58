/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_PACK_PACK_CONFIG_H
#define HS_PACK_PACK_CONFIG_H

#include "core/arena.h"
#include "core/err.h"
#include "core/hash.h"

#include <jansson.h>

/*
 * The configuration of a packed image: linux and amd64, unless the user's
 * object says otherwise, and what else that says, unknown keys too. What
 * comes from the packing itself (created, rootfs, history) it may not say.
 *
 * *out is the caller's to json_decref(). HS_EUSAGE where `given` makes no
 * configuration, with *out NULL; empty, it says nothing.
 */
int hs_pack_config_load(json_t **out, struct hs_span given, struct hs_err *err);

/* Puts in what comes from the packing. */
void hs_pack_config_fill(json_t *config, int64_t created, const struct hs_sha256 *diff_id);

/* As it is stored: compact, fields in the order of the image specification, others and all below
 * them sorted. */
struct hs_span hs_pack_config_text(struct hs_arena *a, json_t *config);

/* A value as compact JSON with sorted keys. */
struct hs_span hs_pack_json(struct hs_arena *a, const json_t *value);

#endif
