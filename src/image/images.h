/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_IMAGES_H
#define HS_IMAGE_IMAGES_H

#include "core/tree.h"

struct hs_part;

/*
 * The images that a view found in a tree: which parts make each of them. What
 * needs an image as a whole (a selector, the ladder, the root file system, a
 * canonical form) starts here; what compares members never does.
 */
struct hs_image_info {
	struct hs_span ref;          /* its tag or the annotation that names it; or empty */
	const struct hs_span *names; /* all that name it; `ref` is the first */
	size_t n_names;
	struct hs_span platform;        /* "linux/arm64/v8"; empty where nothing states it */
	struct hs_span prefix;          /* of the keys of its parts: "", "linux/arm64/" */
	const struct hs_part *manifest; /* NULL in a docker-archive */
	const struct hs_part *config;   /* NULL where the archive lacks it */
	const struct hs_part **layers;  /* from the bottom; NULL for one that the archive lacks */
	size_t n_layers;
};

struct hs_images {
	const struct hs_image_info *list;
	size_t n;
};

/* Those of an arranged tree, in the order of its documents; none for a tree that is no image.
 * They live as long as the tree. */
struct hs_images hs_images_of(const struct hs_tree *t);

/* Whether a part belongs to that image of its tree: its documents, its layers, what is attached. */
bool hs_image_has(const struct hs_tree *t, const struct hs_image_info *image,
                  const struct hs_part *part);

/* The stored bytes of a part of an arranged tree. *out is the caller's in any case. */
int hs_part_open(struct hs_content *out, const struct hs_tree *t, const struct hs_part *part,
                 struct hs_err *err);

/*
 * A layer uncompressed, checked against its diff_id. What was decompressed is
 * kept for the next who asks while HS_MAX_KEPT_LAYERS allows. Any thread may
 * ask. On an error *out holds what could be read; it is the caller's in any case.
 */
int hs_layer_open(struct hs_content *out, const struct hs_tree *t, const struct hs_part *layer,
                  struct hs_err *err);

#endif
