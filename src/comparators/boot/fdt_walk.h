/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_FDT_WALK_H
#define HS_COMPARATORS_FDT_WALK_H

#include "core/arena.h"
#include "core/err.h"
#include "core/limits.h"
#include "core/span.h"

/*
 * A flattened device tree, read where it stands (Devicetree Specification
 * 0.4, section 5). Each of its parts is checked to be inside the file.
 */
struct hs_fdt {
	struct hs_span structure, strings;
	struct hs_span reserved; /* from where it begins to the end of the file */
	uint64_t size, version, last_compatible, boot_cpu;
};

/* HS_EFORMAT where a part is not in the file. */
int hs_fdt_open(struct hs_fdt *out, struct hs_span file, struct hs_err *err);

enum hs_fdt_token {
	HS_FDT_NODE = 1, /* a node begins: the innermost of the path */
	HS_FDT_PROPERTY = 3,
};

/* One step after the other through the structure. */
struct hs_fdt_walk {
	const struct hs_fdt *tree;
	struct hs_cursor at;
	struct hs_span path[HS_MAX_FDT_DEPTH]; /* names of the nodes that are open; the root's is
	                                          empty */
	unsigned depth;
	enum hs_fdt_token token;
	struct hs_span name, value; /* of a property */
};

void hs_fdt_begin(struct hs_fdt_walk *w, const struct hs_fdt *t);

/* 1 for a node or a property, 0 at the end, or an error; what ends a node is not told. */
int hs_fdt_next(struct hs_fdt_walk *w, struct hs_err *err);

/* The path of the node, "/soc/uart@1000", and the property's name; escaped, in the arena. */
const char *hs_fdt_path(struct hs_arena *a, const struct hs_fdt_walk *w);
const char *hs_fdt_name(struct hs_arena *a, const struct hs_fdt_walk *w);

/* Whether the property is what an image of a FIT holds: "/images/NAME data". */
bool hs_fdt_is_image(const struct hs_fdt_walk *w);

#endif
