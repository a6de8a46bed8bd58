/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_IGNORE_RULE_H
#define HS_ENGINE_IGNORE_RULE_H

#include "core/node.h"

/*
 * Which switch a single difference belongs to: one table of field names and
 * of the places where they mean that. What else must hold for a node to be
 * ignored is in ignore.c.
 */
enum hs_place {
	HS_PLACE_HEAD = 1 << 0,     /* a member's header in its container */
	HS_PLACE_TAR_HEAD = 1 << 1, /* the same in a tar */
	HS_PLACE_PART = 1 << 2,     /* the same in an image's archive, and the part's descriptor */
	HS_PLACE_TAR = 1 << 3,      /* what a tar says outside its members */
	HS_PLACE_FILTER = 1 << 4,   /* what a compressor wrote around its stream */
	HS_PLACE_OUTER = 1 << 5,    /* the same, around the whole operand */
	HS_PLACE_CONFIG = 1 << 6,   /* an image's configuration, by field */
	HS_PLACE_DOCUMENT = 1 << 7, /* another document of an image, by field */
	HS_PLACE_NAMES = 1 << 8,    /* the file `repositories` of a docker-archive */
};

/* Beside the bits of enum hs_ignore: nothing by itself, it follows from the node's content ... */
#define HS_IGNORE_FOLLOWS (1U << 16)
/* ... or it is a file name made of a digest or an id, which binds nobody. */
#define HS_IGNORE_NAMED (1U << 17)

/* Whether the format is that of an image's archive. */
bool hs_is_image_format(const char *format);

/* The places of the changes of the node: those of its header, and those of its content. */
unsigned hs_place_of_head(const struct hs_node *node);
unsigned hs_place_of_body(const struct hs_node *node);

/* Each of the bits is enough to ignore the change of `node`, found at one of `places`. */
unsigned hs_ignore_rule(const struct hs_node *node, const struct hs_change *c, unsigned places);

/* The same of a note: one that is a difference, as of the order. 0 for all others. */
unsigned hs_ignore_note_rule(const struct hs_node *node, const struct hs_note *note);

/* The bits that a node of one side, which is a difference by being there, may be ignored for. */
unsigned hs_ignore_presence_rule(const struct hs_node *node);

#endif
