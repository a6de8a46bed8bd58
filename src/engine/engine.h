/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_ENGINE_H
#define HS_ENGINE_ENGINE_H

#include "core/pair.h"
#include "engine/compare.h"
#include "engine/side.h"

/*
 * The inside of the engine. A pair of contents is compared by opening both
 * sides (side.c), comparing what they say and pairing their members
 * (members.c); each pair of members is first compared as the bytes it stands
 * in, then by what its header says, then by content, which is where it
 * starts again (entry.c, content.c). Nodes are made for what differs only.
 */
struct hs_engine {
	struct hs_run *run;
	const struct hs_compare_options *options;
	const struct hs_ladder **ladder;             /* where that of two images goes; or NULL */
	const struct hs_measurements **measurements; /* likewise of two enclave images; or NULL */
	bool inspection;                             /* keep everything of the one side there is */
	bool closed;        /* tell whether members differ, and do not look into them */
	unsigned unwrapped; /* filters seen through without a node of their own: they count as depth
	                     */
};

/* Two contents to be compared into a node; one of them absent for a member of one side. */
struct hs_content_pair {
	struct hs_content a, b;
	bool has_a, has_b;
};

/*
 * Compares contents that are known to differ, or of which there is only one:
 * fills in the node's formats, changes, children, view and notes. Borrows the
 * contents; what the node keeps is referenced.
 */
void hs_compare_content(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                        const struct hs_content_pair *c);

/* Keeps the contents for the listing, and says how they will be shown. */
void hs_show_bytes(struct hs_node *node, const struct hs_content_pair *c, enum hs_view_kind view);

/* Whether members of the two mean the same thing and can be paired; of one side alone, whether it
 * has any. */
bool hs_members_meet(const struct hs_opened *a, const struct hs_opened *b);

/*
 * Compares two opened sides into the node: facts, then members. The other
 * side may be NULL. True where that told any difference.
 */
bool hs_compare_opened(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                       struct hs_opened *a, struct hs_opened *b);

/* Pairs the members of two opened sides (or takes those of one) and compares them into children of
 * the node. */
void hs_compare_members(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                        const struct hs_opened *a, const struct hs_opened *b);

/*
 * The root file systems that are compared in place of layers: with --rootfs
 * those of all paired images, else those of images that do not have as many
 * layers as each other. See layers.c.
 */
struct hs_layers;

/* Takes the pairs of these layers out of `p`. NULL where there are none. In the pairing's arena. */
struct hs_layers *hs_layers_take(const struct hs_engine *en, struct hs_worker *w,
                                 struct hs_node *node, struct hs_pairing *p,
                                 const struct hs_opened *const side[2]);

/* How many nodes hs_layers_compare() may make. */
size_t hs_layers_room(const struct hs_layers *l);

/* Compares the root file systems and lists the layers; NULL in `out` for what is the same. */
void hs_layers_compare(struct hs_node **out, const struct hs_engine *en, struct hs_worker *w,
                       struct hs_node *node, const struct hs_layers *l);

/* Whether --exclude names the member that this entry of the node's container would be. */
bool hs_is_excluded(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                    const struct hs_entry *e);

/*
 * Compares one pair of members. NULL where they are the same (and this is no
 * inspection); else the node, in w->keep, with `parent` set. One that is only
 * shifted is for hs_take_shifted().
 */
struct hs_node *hs_compare_entry(const struct hs_engine *en, struct hs_worker *w,
                                 struct hs_node *parent, const struct hs_pair *pair,
                                 const struct hs_opened *const side[2]);

/*
 * Takes the shifted of the `n` members (of which any may be NULL) out, counts
 * them, and notes on their container how many there are and by how much.
 */
void hs_take_shifted(struct hs_node *parent, struct hs_worker *w, struct hs_node **nodes, size_t n,
                     const char *places);

/* Of two leaves that list things (a row's `lists`) notes how many of them differ. The other side
 * may be NULL. */
void hs_remark_on_list(struct hs_node *node, struct hs_worker *w, const struct hs_opened *a,
                       const struct hs_opened *b);

/* Notes the trouble of one side ('a' or 'b', 0 for both) on the node, as damage. */
void hs_note_trouble(struct hs_node *node, struct hs_worker *w, const struct hs_err *err,
                     char side);

/* Whether the bytes are equal; large ones are compared by all threads. */
bool hs_same_bytes(struct hs_worker *w, struct hs_span a, struct hs_span b);

/* Numbers the nodes, counts them and draws the verdict. */
void hs_summarize(struct hs_report *report);

#endif
