/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_DISK_PARTS_H
#define HS_COMPARATORS_DISK_PARTS_H

#include "core/err.h"
#include "core/tree.h"

/* What of a disk image is somebody's; the rest are gaps. */
struct hs_disk_parts {
	struct hs_tree *tree;
	struct hs_span file;
	unsigned n_numbered; /* partitions that have a number so far */
	struct hs_span *told;
	size_t n_told, room;
};

struct hs_partition {
	unsigned number;
	struct hs_span head; /* its row of the table */
	uint64_t at, size;   /* in bytes */
};

/* These bytes are told: by a fact, or as a member. */
void hs_disk_tell(struct hs_disk_parts *p, struct hs_span bytes);

/* Adds the partition as "partition 1", with what of it is in the file. */
int hs_disk_add(struct hs_disk_parts *p, const struct hs_partition *one, struct hs_err *err);

/* Adds what nothing tells and is not zeros; lets go of what was collected. */
int hs_disk_add_gaps(struct hs_disk_parts *p, struct hs_err *err);

#endif
