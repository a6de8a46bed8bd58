/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_SIDE_H
#define HS_ENGINE_SIDE_H

#include "comparators/comparator.h"
#include "core/node.h"
#include "engine/operand.h"
#include "image/view.h"

enum hs_asked {
	HS_ASK_ALL,
	HS_ASK_MEMBERS, /* nothing but its members: what a format says of the whole is not asked for
	                 */
	HS_ASK_ALONE,   /* there is no other side: a file that people take for one is left so */
};

/*
 * One side of a comparison, opened: which format claims it, what it says of
 * itself and which members it has. Owns all of it; it must not be moved in memory.
 */
struct hs_opened {
	const struct hs_comparator
		*row;               /* NULL for bytes that nobody claims, and for a directory */
	const struct hs_view *view; /* how the members are read as more, or NULL */
	const char *format;         /* the name of the view, of the row, "empty", or "" */
	enum hs_shape shape;
	struct hs_span bytes;  /* what was opened; empty for a directory */
	struct hs_arena arena; /* of the facts */
	struct hs_facts facts;
	struct hs_tree tree;
	bool has_members;
	enum hs_asked asked;   /* what of it is wanted */
	bool chosen;           /* one image of an archive: what the archive is says nothing of it */
	const char *through;   /* the filter around it that was seen through, or NULL */
	struct hs_err trouble; /* code 0 for none: what kept it from being read to its end;
	                          HS_EUSAGE: the operand's selector names no one image */
};

/* Opens bytes. Never fails: trouble is told in the struct. */
void hs_side_open(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                  struct hs_content content);
void hs_side_open_for(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                      struct hs_content content, enum hs_asked asked);

/* Whether it has members that HS_ASK_ALONE left in it. */
bool hs_is_left_whole(const struct hs_opened *o);

/*
 * Opens an operand as the members that it has: those of a directory, of the
 * image that its selector names, or of its bytes. Filters around a file tree
 * are seen through.
 */
void hs_side_open_operand(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                          const struct hs_operand *o);

/*
 * Where the other side, `selected`, is one image that a selector named, leaves
 * of this one the image that it is compared with. HS_EUSAGE in its trouble where none
 * of its images is that; what is no image stays as it is.
 */
void hs_side_follow(struct hs_opened *o, struct hs_opened *selected);

void hs_side_release(struct hs_opened *o);

#endif
