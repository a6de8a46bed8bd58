/* SPDX-License-Identifier: Apache-2.0 */
/* Two opened sides: what they say of themselves, then their members. */
#include "engine/engine.h"
#include "engine/measure.h"
#include "engine/rungs.h"

#include "image/meet.h"

bool
hs_members_meet(const struct hs_opened *a, const struct hs_opened *b)
{
	if (!a || !b)
		return (a ? a : b)->has_members;
	if (!a->has_members || !b->has_members)
		return false;
	if (a->row == b->row && a->view == b->view)
		return true;
	return a->shape == b->shape && a->shape != HS_SHAPE_PARTS;
}

static void
compare_facts(struct hs_node *node, struct hs_worker *w, const struct hs_opened *a,
              const struct hs_opened *b)
{
	if (strcmp(a->format, b->format) != 0 && !(a->chosen && b->chosen))
		hs_changes_add(&node->changes, &w->keep,
		               (struct hs_change){
				       .field = "format",
				       .a = hs_span_of(*a->format ? a->format : "data"),
				       .b = hs_span_of(*b->format ? b->format : "data"),
				       .has_a = true,
				       .has_b = true,
			       });
	/* Facts of two formats are about two things: a line count says nothing of a gzip. */
	if (a->row == b->row)
		hs_facts_diff(&node->changes, &w->keep, &a->facts, &b->facts, true);
}

static void
note_tree(struct hs_node *node, struct hs_worker *w, const struct hs_opened *o, char side)
{
	if (o && o->tree.note)
		hs_node_note(
			node, &w->keep,
			(struct hs_note){ .code = o->tree.note_code ? o->tree.note_code : "remark",
		                          .text = hs_arena_printf(&w->keep, "%s", o->tree.note),
		                          .side = side });
}

/* The notes of one side, but of b's those that a has in the same words. */
static void
note_others(struct hs_node *node, struct hs_worker *w, const struct hs_opened *o,
            const struct hs_opened *other, char side)
{
	for (size_t i = 0; o && i < o->tree.n_notes; i++) {
		const struct hs_entry_note *n = &o->tree.notes[i];
		const bool both = other && hs_notes_hold(other->tree.notes, other->tree.n_notes, n);

		if (!both || side == 'a')
			hs_node_note(
				node, &w->keep,
				(struct hs_note){ .code = n->code,
			                          .text = hs_arena_printf(&w->keep, "%s", n->text),
			                          .side = !both && other ? side : 0,
			                          .damage = n->damage });
	}
}

/* What is to be said of the containers as a whole; in the same words on both sides, once. */
static void
note_trees(struct hs_node *node, struct hs_worker *w, const struct hs_opened *a,
           const struct hs_opened *b)
{
	const bool both =
		a && b && a->tree.note && b->tree.note && strcmp(a->tree.note, b->tree.note) == 0;

	note_tree(node, w, a, a && b && !both ? 'a' : 0);
	if (!both)
		note_tree(node, w, b, a && b ? 'b' : 0);
	note_others(node, w, a, b, 'a');
	note_others(node, w, b, a, 'b');
}

/* What a filter wraps is the same on both sides: then its header and its compressor, or how it was
 * made text, are all that differs. */
static void
remark_on_filter(struct hs_node *node, struct hs_worker *w, const struct hs_opened *a)
{
	const bool armour = a->row == &hs_comparator_attestation_armour;

	if (a->shape == HS_SHAPE_FILTER && !node->first_child)
		hs_node_note(node, &w->keep,
		             (struct hs_note){ .code = armour ? "armour-only" : "compression-only",
		                               .text = armour ? "only the armour differs"
		                                              : "only the compression differs" });
}

/* Children that --exclude left nothing of are kept, to say so, and differ in nothing. */
static bool
any_differs(const struct hs_node *node)
{
	for (const struct hs_node *n = node->first_child; n; n = n->next)
		if (n->status != HS_STATUS_SAME)
			return true;
	return false;
}

/* Where both are images, keys are made such that those of one image meet those of its partner. */
static void
meet(struct hs_node *node, struct hs_worker *w, struct hs_opened *a, struct hs_opened *b)
{
	struct hs_image_pairs pairs;

	hs_images_meet(&pairs, &a->tree, &b->tree);
	if (pairs.note)
		hs_node_note(
			node, &w->keep,
			(struct hs_note){ .code = "remark",
		                          .text = hs_arena_printf(&w->keep, "%s", pairs.note) });
}

/* Whether a change behind `before` is one that no member tells. */
static bool
counts_since(const struct hs_node *node, const struct hs_change *before)
{
	for (const struct hs_change *c = before ? before->next : node->changes.first; c;
	     c = c->next)
		if (!c->of_members)
			return true;
	return false;
}

bool
hs_compare_opened(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                  struct hs_opened *a, struct hs_opened *b)
{
	const struct hs_change *before = node->changes.last;

	if (a && b)
		meet(node, w, a, b);
	note_trees(node, w, a, b);
	if (!a || !b) {
		struct hs_opened *one = a ? a : b;

		/* In a comparison the facts of a one-sided leaf are its content once more. */
		if (en->inspection || hs_is_left_whole(one))
			hs_facts_alone(&node->changes, &w->keep, &one->facts, a != NULL);
		if (one->has_members)
			hs_compare_members(en, w, node, a, b);
		return true;
	}
	compare_facts(node, w, a, b);
	if (hs_members_meet(a, b)) {
		if (!hs_measure_members(en, w, node, a, b))
			hs_compare_members(en, w, node, a, b);
		if (a->trouble.code == 0 && b->trouble.code == 0)
			remark_on_filter(node, w, a);
	}
	if (!node->parent && en->ladder)
		*en->ladder =
			hs_ladder_make(w, &(struct hs_ladder_order){ { a, b }, node, en->options });
	return counts_since(node, before) || any_differs(node);
}
