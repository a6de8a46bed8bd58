/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_NOTES_H
#define HS_COMPARATORS_TAR_NOTES_H

#include "core/tar_reader.h"
#include "core/tree.h"

/* Puts a sentence for each bit of enum hs_tar_odd into the entry's note. */
void hs_tar_set_notes(struct hs_tree *t, struct hs_entry *e, unsigned odd);

/* How many entries readers that go on behind the end of an archive would still find in `rest`. */
uint64_t hs_tar_count_hidden(struct hs_span rest);

#endif
