/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_KERNEL_PARTS_H
#define HS_COMPARATORS_KERNEL_PARTS_H

#include "core/codec.h"
#include "core/tree.h"

/*
 * How a kernel image is taken apart: parts that were found in it, pieces that
 * facts tell, and names for whatever is left, so that each byte is accounted
 * for once.
 *
 *	struct hs_kernel_parts p = { .file = file };
 *	hs_parts_told(&p, 0, 64);
 *	hs_parts_add(&p, &(struct hs_kernel_part){ .at = 512, .len = 9, .name = "config" });
 *	hs_parts_region(&p, (struct hs_kernel_region){ .at = 64, .len = 4096, .name = ".text" });
 *	rc = hs_parts_list(&p, tree, err);
 *
 * gives "config" as a member, the rest of the region as members ".text" (one
 * before and one behind it), and what no region names as gaps.
 */
struct hs_kernel_part {
	uint64_t at, len;
	const char *name;    /* NULL: facts tell these bytes */
	const char *packing; /* what it is compressed with, "" for nothing */
	enum hs_codec codec; /* how that is decoded; HS_CODEC_NONE: it is not */
	bool sized; /* a number of 4 bytes follows its stream and is in `len`: the decoded size */
	bool line; /* a text: zero bytes behind it are its own, so that what follows is not moved */
};

struct hs_kernel_region {
	uint64_t at, len;
	const char *name; /* lives as long as the tree */
	bool gap;         /* no member: headers, padding */
};

enum { HS_KERNEL_PARTS = 48, HS_KERNEL_REGIONS = 160 };

struct hs_kernel_parts {
	struct hs_span file;
	struct hs_kernel_part parts[HS_KERNEL_PARTS];
	struct hs_kernel_region regions[HS_KERNEL_REGIONS];
	size_t n_parts, n_regions;
};

/*
 * Each is passed over where there is no room for it (its bytes are then shown
 * with those around it), and cut at the end of the file.
 */
void hs_parts_add(struct hs_kernel_parts *p, const struct hs_kernel_part *part);
void hs_parts_told(struct hs_kernel_parts *p, uint64_t at, uint64_t len);
/* A line that facts tell. */
void hs_parts_line(struct hs_kernel_parts *p, struct hs_span line);
void hs_parts_region(struct hs_kernel_parts *p, struct hs_kernel_region region);

/*
 * Adds it all to the tree, in the order of the file; sets tree->ops. Of parts
 * that overlap the first counts. What neither a part nor a region holds is a
 * gap "between the parts", unless it is zero bytes.
 */
int hs_parts_list(struct hs_kernel_parts *p, struct hs_tree *tree, struct hs_err *err);

/*
 * The compression that the first bytes of a kernel's payload announce, as
 * Linux tells them apart: .lzma and lzop besides what hs_codec_of() knows.
 * Sets part->packing and part->codec.
 */
void hs_kernel_packing(struct hs_kernel_part *part, struct hs_span bytes);

#endif
