/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_IGNORE_IDS_H
#define HS_ENGINE_IGNORE_IDS_H

#include "core/node.h"

/*
 * Digests and ids, as the documents and file names of an image have them: 64
 * or 128 hex digits in a row. Two of them, one a side, are related when they
 * name two parts that differ in nothing but what is ignored.
 */
struct hs_id_pair {
	struct hs_span a, b;
};

struct hs_ids {
	struct hs_id_pair *pairs; /* sorted */
	size_t n;
};

/* Whether the two are equal but for the ids in them, of which each has one at least. */
bool hs_ids_same_form(struct hs_span a, struct hs_span b);

/* By what the ignored children of the node are named on both sides. In the arena. */
void hs_ids_collect(struct hs_ids *out, struct hs_arena *a, const struct hs_node *image);

/* Whether the two are of the same form, and their ids equal or related, one by one. */
bool hs_ids_related(const struct hs_ids *ids, struct hs_span a, struct hs_span b);

#endif
