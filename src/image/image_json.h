/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_IMAGE_JSON_H
#define HS_IMAGE_IMAGE_JSON_H

#include "core/arena.h"
#include "core/err.h"
#include "image/remarks.h"

#include <jansson.h>

/*
 * The JSON documents of an image. *out is the caller's to json_decref().
 * HS_ELIMIT past HS_MAX_IMAGE_JSON; HS_EFORMAT for what is not JSON, names a
 * field twice (readers disagree which one counts) or is nested too deeply.
 */
int hs_image_json_load(json_t **out, struct hs_span bytes, struct hs_err *err);

/*
 * The same as far as it can be read: what is wrong is remarked. A field named
 * twice counts as it does for Go's readers, the last time; a number past 64
 * bits is no integer. *out is NULL, and the result an error, where nothing can
 * be read.
 */
int hs_image_json_read(json_t **out, struct hs_remarks *r, struct hs_arena *a,
                       struct hs_span bytes);

/* A string as a span, which lives as long as the JSON; empty for anything else. */
struct hs_span hs_image_json_span(const json_t *value);

/* The string field of an object, copied into the arena; empty where there is none. */
struct hs_span hs_image_json_text(struct hs_arena *a, const json_t *object, const char *field);

/* A field that counts: NULL where it is absent or null, which the specification does not tell
 * apart. */
const json_t *hs_image_json_field(const json_t *object, const char *field);

#endif
