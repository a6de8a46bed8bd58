/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_NOTES_H
#define HS_COMPARATORS_TAR_NOTES_H

#include "core/tar_reader.h"
#include "core/tree.h"

/* The bits of enum hs_tar_odd. */
enum { HS_TAR_N_ODD = 12 };

/* Gives the entry a note for each bit of enum hs_tar_odd: of the code "reader-differential" where
 * other readers see something else, "damaged" or "remark". */
void hs_tar_set_notes(struct hs_tree *t, struct hs_entry *e, unsigned odd);

/* What the i-th kind of oddity is called where it is one that readers disagree on and `odd` has
 * it; else NULL. */
const char *hs_tar_differential(size_t i, unsigned odd);

/* What stands behind the end marker of an archive, as a reader finds it that goes on there. All
 * zero but for `r.file`. */
struct hs_tar_hidden {
	struct hs_tar_reader r;
	uint64_t n; /* found so far */
};

/* The next; false where there is none. */
bool hs_tar_next_hidden(struct hs_tar_member *out, struct hs_tar_hidden *walk);

/* The length of the zero blocks at the front of `rest`, all of it where it is zero. */
size_t hs_tar_padding(struct hs_span rest);

#endif
