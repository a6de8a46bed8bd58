/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_REKEY_H
#define HS_IMAGE_REKEY_H

#include "image/image.h"

/*
 * Gives each image of an arranged and finished tree another prefix: its parts'
 * keys, the entries' keys and the info's prefix change together, and the
 * occurrences are numbered anew. `prefixes` has one for each image that
 * hs_images_of() gives, as long-lived as the tree.
 */
void hs_image_rekey(struct hs_tree *t, const struct hs_span *prefixes);

/* The part that an entry of an arranged tree is, or NULL. */
const struct hs_part *hs_entry_part(const struct hs_entry *e);

#endif
