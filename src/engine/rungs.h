/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_RUNGS_H
#define HS_ENGINE_RUNGS_H

#include "core/ladder.h"
#include "engine/compare.h"
#include "engine/side.h"

/*
 * The ladder of two opened image archives: each pair of images, rung by rung,
 * what each canonical form would make of it, and what that comes to. Reads
 * layers only where the digests of the documents leave a rung open. NULL where
 * one of them is no image. Lives as long as the run.
 */
struct hs_ladder_order {
	struct hs_opened *side[2];                /* a and b */
	const struct hs_node *root;               /* what the comparison of members found */
	const struct hs_compare_options *options; /* or NULL */
};
const struct hs_ladder *hs_ladder_make(struct hs_worker *w, const struct hs_ladder_order *order);

/* The pair of images while its ladder is made. */
struct hs_ladder_pair {
	struct hs_worker *w;
	const struct hs_compare_options *options;
	const struct hs_node *root;
	const struct hs_tree *tree[2]; /* a and b */
	const struct hs_image_info *image[2];
	struct hs_image_ladder *out;
};

/* The rungs that digests tell: manifest, image ID, diffIDs. See rung_digests.c. */
void hs_ladder_digests(struct hs_ladder_pair *p);

/* What the canonical forms make of the two, and that rung. See rung_forms.c. */
void hs_ladder_forms(struct hs_ladder_pair *p);

/* The cause and the remedy, once the rungs are known. See rung_words.c. */
void hs_ladder_words(struct hs_ladder_pair *p);

#endif
