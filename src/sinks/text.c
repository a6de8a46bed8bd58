/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report for people and pipes: the verdict, the operands, what differs as
 * a tree whose indentation is the depth of containers, and what to do next.
 */
#include "sinks/text.h"

#include <stdlib.h>

static void
text_begin(struct hs_sink *s)
{
	struct hs_text *t = hs_alloc(sizeof(*t));

	s->state = t;
	t->out = s->out;
	t->report = s->report;
	t->color = s->options->color;
	t->verbose = s->options->verbose;
	hs_text_follow_begin(t);
	hs_text_head(t);
}

/*
 * A filter with nothing of its own to say: what it wraps takes its name, as
 * in "layer[0]  tar in gzip".
 */
static bool
is_silent_filter(const struct hs_text *t, const struct hs_node *node)
{
	const struct hs_node *only = node->first_child;

	return only && !only->next && only->name.len == 0 && node->n_same == 0 &&
	       node->changes.n == 0 && !node->notes && node->view == HS_VIEW_NONE && !t->verbose &&
	       !only->ignored;
}

static void
push(struct hs_text *t, const struct hs_node *node, const struct hs_node *head, unsigned indent)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	struct hs_text_frame *frame = hs_arena_alloc(&t->arena, sizeof(*frame));

	frame->outer = t->frame;
	frame->mark = mark;
	frame->node = node;
	frame->head = head;
	frame->indent = indent;
	frame->counted = false;
	if (!t->report->inspection && !t->verbose)
		hs_folds_make(&frame->folds, &t->arena, node);
	t->frame = frame;
}

/* Whether the node is told in one line with others; the first of them brings that line. */
static bool
is_folded(struct hs_text *t, const struct hs_node *node)
{
	const struct hs_text_frame *f = t->frame;
	const struct hs_fold *fold = f ? hs_folds_find(&f->folds, node) : NULL;

	if (fold && fold->first == node) {
		hs_text_body(t);
		hs_text_fold(t, f->indent, &f->folds, fold);
	}
	return fold;
}

/* Whether the node is only counted, with its members, since all in it is ignored. */
static bool
is_ignored(struct hs_text *t, const struct hs_node *node)
{
	if (t->skipped)
		return true;
	if (!node->ignored || t->verbose || (!node->parent && node->first_child))
		return false;
	t->skipped = node;
	if (t->frame && !t->frame->counted) {
		hs_text_ignored_members(t, t->frame->indent, node);
		t->frame->counted = true;
	}
	return true;
}

/* Whether the node is only counted, since all in it follows from others. */
static bool
is_following(struct hs_text *t, const struct hs_node *node)
{
	if (!hs_text_only_follows(t, node))
		return false;
	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		t->left.following += !c->ignored;
	return true;
}

/* The root has no line: the operands have said what it is. What is said of it stands below them. */
static void
put_root(struct hs_text *t, const struct hs_node *node)
{
	bool shown = hs_text_n_shown(t, node) > 0;

	for (const struct hs_note *n = node->notes; n; n = n->next)
		shown = shown || hs_text_is_shown(t, n->ignored);
	for (const struct hs_change *c = node->changes.first; c && !node->ignored; c = c->next)
		shown = shown || !hs_text_follows(t, node, c);
	if (shown)
		hs_text_body(t);
	hs_text_facts(t, 2, node);
	hs_text_notes(t, 2, node);
	hs_text_ignored_facts(t, 2, node);
	t->in_body = false;
}

/* What the hint may name: bytes between members are no member. */
static bool
is_file(const struct hs_node *node)
{
	return (node->b.present ? node->b.kind : node->a.kind) == HS_KIND_FILE;
}

static void
text_enter(struct hs_sink *s, const struct hs_node *node, const struct hs_listing *listing)
{
	struct hs_text *t = s->state;
	const struct hs_text_frame *outer = t->frame;
	const struct hs_node *head = outer && outer->head ? outer->head : node;
	const unsigned indent = outer ? outer->indent : 0;
	const bool rooted = !head->parent;

	if (is_ignored(t, node) || is_following(t, node) || is_folded(t, node))
		return;
	if (is_silent_filter(t, node)) {
		push(t, node, head, indent);
		return;
	}
	if (rooted) {
		put_root(t, node);
	} else {
		hs_text_body(t);
		hs_text_node(t, indent, node, head);
	}
	/* What the facts tell field by field is shown again only to who asks for everything. */
	if (listing && (!node->by_field || t->verbose) && !hs_text_is_packing(t, node)) {
		hs_text_body(t);
		hs_text_listing(t, rooted ? 2 : indent + 4, node, listing);
	}
	if (!t->example && !node->ignored && head->name.len && node->view != HS_VIEW_NONE &&
	    is_file(node))
		t->example = node;
	if (node->first_child)
		push(t, node, NULL, rooted ? 0 : indent + 2);
}

static void
text_leave(struct hs_sink *s, const struct hs_node *node)
{
	struct hs_text *t = s->state;

	if (t->skipped == node)
		t->skipped = NULL;
	if (t->frame && t->frame->node == node) {
		const struct hs_arena_mark mark = t->frame->mark;

		t->frame = t->frame->outer;
		hs_arena_rewind(&t->arena, mark);
	}
}

static int
text_end(struct hs_sink *s, struct hs_err *err)
{
	struct hs_text *t = s->state;

	hs_text_tail(t);
	hs_arena_release(&t->arena);
	free(t);
	s->state = NULL;
	return hs_sink_finish(s, err);
}

const struct hs_sink_ops hs_sink_text = {
	.name = "text",
	.begin = text_begin,
	.enter = text_enter,
	.leave = text_leave,
	.end = text_end,
};
