/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the leaves to the root: a node is judged when its members are. The
 * parts of an image name one another (an index its manifests, a manifest its
 * layers and its configuration, that its layers again), so they are judged
 * again until nothing more follows.
 */
#include "engine/ignore.h"

#include "engine/ignore_ids.h"
#include "engine/ignore_rule.h"

#include <fnmatch.h>

/* How often the parts of an image are judged: an index may name an index, and so on. */
enum { MAX_ROUNDS = HS_MAX_INDEX_DEPTH + 8 };

struct ignoring {
	struct hs_report *report;
	const struct hs_compare_options *options;
	struct hs_arena *scratch;
};

static uint16_t
lowest(unsigned bits)
{
	return (uint16_t)(bits & -bits);
}

/* ---- One node ---- */

/* What is left of a node that is not ignored as such. */
struct left {
	unsigned open;    /* differences that count */
	unsigned follows; /* that follow from the content */
	unsigned named;   /* file names that bind nobody */
	unsigned ignored; /* enum hs_ignore, of all that is */
};

static void
judge_change(struct left *left, const struct ignoring *ig, const struct hs_node *node,
             struct hs_change *c, unsigned places)
{
	const unsigned bits = c->ignored ? 0 : hs_ignore_rule(node, c, places);

	if (c->origin)
		return;
	if (!c->ignored)
		c->ignored = lowest(bits & ig->options->ignore);
	left->ignored |= c->ignored;
	if (c->ignored)
		return;
	if (bits & HS_IGNORE_NAMED)
		left->named++;
	else if (bits & HS_IGNORE_FOLLOWS)
		left->follows++;
	else
		left->open++;
}

static void
judge_changes(struct left *left, const struct ignoring *ig, struct hs_node *node)
{
	const unsigned head = hs_place_of_head(node), body = hs_place_of_body(node);
	uint32_t i = 0;

	for (struct hs_change *c = node->changes.first; c; c = c->next, i++)
		judge_change(left, ig, node, c, i < node->n_head ? head : body);
}

static void
judge_notes(struct left *left, const struct ignoring *ig, struct hs_node *node)
{
	for (struct hs_note *n = node->notes; n; n = n->next) {
		const unsigned bits = hs_ignore_note_rule(node, n);

		left->open += n->damage;
		if (!n->ignored)
			n->ignored = lowest(bits & ig->options->ignore);
		left->ignored |= n->ignored;
		if (!bits || n->ignored)
			continue;
		if (bits & HS_IGNORE_NAMED)
			left->named++;
		else
			left->open++;
	}
}

static void
judge_children(struct left *left, const struct hs_node *node)
{
	for (const struct hs_node *n = node->first_child; n; n = n->next) {
		left->ignored |= n->ignored;
		left->open += !n->ignored && n->status != HS_STATUS_SAME;
	}
}

static bool
is_written_otherwise(const struct hs_node *node)
{
	return node->rewritten && node->parent && hs_is_image_format(node->parent->a.format) &&
	       hs_is_image_format(node->parent->b.format);
}

/* Whether something tells what differs in the content: members, facts of it, or a note. */
static bool
is_told(const struct hs_node *node)
{
	bool told = node->first_child || node->changes.n > node->n_head;

	for (const struct hs_note *n = node->notes; n; n = n->next)
		told = told || hs_ignore_note_rule(node, n);
	return told;
}

/* What the status says beyond changes, notes and members. */
static void
judge_status(struct left *left, const struct ignoring *ig, struct hs_node *node)
{
	unsigned bits = 0;

	switch (node->status) {
	case HS_STATUS_SAME:
	case HS_STATUS_METADATA:
		return;
	case HS_STATUS_ONLY_A:
	case HS_STATUS_ONLY_B:
		bits = hs_ignore_presence_rule(node);
		break;
	case HS_STATUS_MOVED:
		break;
	case HS_STATUS_CONTENT:
		/* Members, facts and notes tell all that differs where nothing is listed. */
		if (node->view == HS_VIEW_NONE && node->moved_from.len == 0 && is_told(node))
			return;
		if (node->by_field && node->moved_from.len == 0 && !node->reordered) {
			if (!node->rewritten)
				return;
			bits = is_written_otherwise(node) ? HS_IGNORE_PACKING : 0;
		}
		break;
	}
	bits &= ig->options->ignore;
	left->ignored |= bits;
	left->open += !bits;
}

static void
ignore_rest(struct hs_node *node, unsigned why)
{
	for (struct hs_change *c = node->changes.first; c; c = c->next)
		if (!c->ignored && !c->origin)
			c->ignored = HS_IGNORE_DERIVED;
	for (struct hs_note *n = node->notes; n; n = n->next)
		if (!n->ignored && hs_ignore_note_rule(node, n))
			n->ignored = HS_IGNORE_DERIVED;
	node->ignored = (uint16_t)why;
}

/* The changes of a member of one side are what it is, not what differs. */
static void
judge_one_sided(const struct ignoring *ig, struct hs_node *node)
{
	struct left left = { 0 };

	judge_status(&left, ig, node);
	if (left.open == 0)
		node->ignored = (uint16_t)left.ignored;
}

/* What is known of the other parts of an image. */
struct others {
	bool any;    /* one is ignored: names may follow from it */
	bool rootfs; /* all that the layers come to is ignored */
};

static bool
has_note(const struct hs_node *node, const char *code)
{
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (strcmp(n->code, code) == 0)
			return true;
	return false;
}

static void
judge(const struct ignoring *ig, struct hs_node *node, const struct others *others)
{
	struct left left = { 0 };

	if (!node->a.present || !node->b.present) {
		judge_one_sided(ig, node);
		return;
	}
	judge_changes(&left, ig, node);
	judge_notes(&left, ig, node);
	judge_children(&left, node);
	/* A layer that was not looked into is what the root file system was found to be. */
	if (others->rootfs && has_note(node, "see-rootfs"))
		left.ignored |= HS_IGNORE_DERIVED;
	else
		judge_status(&left, ig, node);
	if (left.open || node->status == HS_STATUS_SAME)
		return;
	if (left.follows && !(left.ignored && node->status == HS_STATUS_CONTENT))
		return;
	if (left.named && !left.ignored && !others->any)
		return;
	if (left.follows || left.named)
		left.ignored |= HS_IGNORE_DERIVED;
	if (left.ignored)
		ignore_rest(node, left.ignored);
}

/* ---- The parts of an image ---- */

static bool
ends_with(const char *text, size_t len, const char *end)
{
	const size_t n = strlen(end);

	return len >= n && memcmp(text + len - n, end, n) == 0;
}

/* Whether the field beside it, "x.digest" for "x.size", names an ignored part. */
static bool
is_size_of_ignored(const struct hs_node *node, const struct hs_change *c)
{
	const size_t len = strlen(c->field);
	size_t stem = len;

	if (ends_with(c->field, len, ".size") || ends_with(c->field, len, ".data"))
		stem = len - strlen("size");
	if (stem == len)
		return false;
	for (const struct hs_change *d = node->changes.first; d; d = d->next)
		if (strncmp(d->field, c->field, stem) == 0 &&
		    strcmp(d->field + stem, "digest") == 0 && d->ignored)
			return true;
	return false;
}

/* A field that only one side has, and the other has in the same words but for related ids. */
static bool
is_counterpart(const struct hs_ids *ids, const struct hs_change *a, const struct hs_change *b)
{
	const bool same_field = strcmp(a->field, b->field) == 0;
	const bool size = ends_with(a->field, strlen(a->field), ".size");

	if (a->ignored || b->ignored || a->order_only || b->order_only)
		return false;
	if (same_field)
		return hs_ids_related(ids, a->a, b->b);
	return hs_ids_related(ids, hs_span_of(a->field), hs_span_of(b->field)) &&
	       (size || hs_span_equal(a->a, b->b) || hs_ids_related(ids, a->a, b->b));
}

/* The elements of a list that was made of digests: the first of one side with the first of the
 * other. */
static bool
derive_one_sided(struct hs_node *node, const struct hs_ids *ids)
{
	struct hs_change *next = node->changes.first;
	bool any = false;

	for (struct hs_change *a = node->changes.first; a; a = a->next) {
		struct hs_change *b = next;

		if (!a->has_a || a->has_b || a->ignored)
			continue;
		while (b && (b->has_a || !is_counterpart(ids, a, b)))
			b = b->next;
		if (!b)
			continue;
		a->ignored = b->ignored = HS_IGNORE_DERIVED;
		next = b->next;
		any = true;
	}
	return any;
}

/* Marks what names ignored parts in a part of an image. */
static bool
derive(struct hs_node *node, const struct hs_ids *ids)
{
	bool any = false;

	if (!node->by_field)
		return false;
	for (struct hs_change *c = node->changes.first; c; c = c->next) {
		if (c->ignored || c->order_only || c->origin || !c->has_a || !c->has_b)
			continue;
		if (hs_ids_related(ids, c->a, c->b)) {
			c->ignored = HS_IGNORE_DERIVED;
			any = true;
		}
	}
	any |= derive_one_sided(node, ids);
	for (struct hs_change *c = node->changes.first; any && c; c = c->next)
		if (!c->ignored && is_size_of_ignored(node, c))
			c->ignored = HS_IGNORE_DERIVED;
	return any;
}

/* Only who asks for the root file system has layers that differ told by it. */
static struct others
others_of(const struct ignoring *ig, const struct hs_node *image)
{
	struct others o = { 0 };
	bool counts = false;

	for (const struct hs_node *n = image->first_child; n; n = n->next) {
		o.any |= n->ignored != 0;
		if (!ig->options->rootfs || !hs_span_ends(n->name, HS_SPAN("rootfs")))
			continue;
		o.rootfs |= n->ignored != 0;
		counts |= !n->ignored;
	}
	o.rootfs &= !counts;
	return o;
}

static void
judge_parts(const struct ignoring *ig, struct hs_node *image)
{
	bool more = true;

	for (int round = 0; more && round < MAX_ROUNDS; round++) {
		const struct hs_arena_mark mark = hs_arena_mark(ig->scratch);
		const struct others others = others_of(ig, image);
		struct hs_ids ids;

		more = false;
		hs_ids_collect(&ids, ig->scratch, image);
		for (struct hs_node *n = image->first_child; n; n = n->next) {
			if (n->ignored || n->status == HS_STATUS_SAME)
				continue;
			derive(n, &ids);
			judge(ig, n, &others);
			more |= n->ignored != 0;
		}
		hs_arena_rewind(ig->scratch, mark);
	}
}

/* ---- The whole ---- */

static bool
matches(const struct ignoring *ig, const struct hs_node *node)
{
	const struct hs_arena_mark mark = hs_arena_mark(ig->scratch);
	struct hs_node other = *node;
	struct hs_span path = hs_node_path(ig->scratch, node), from = path;
	bool found = false;

	if (node->moved_from.len) {
		other.name = node->moved_from;
		from = hs_node_path(ig->scratch, &other);
	}
	for (size_t i = 0; !found && i < ig->options->n_ignore_paths; i++)
		found = fnmatch(ig->options->ignore_paths[i], (const char *)path.at, 0) == 0 ||
		        fnmatch(ig->options->ignore_paths[i], (const char *)from.at, 0) == 0;
	hs_arena_rewind(ig->scratch, mark);
	return found;
}

static bool
is_damaged(const struct hs_node *node)
{
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (n->damage)
			return true;
	return false;
}

/* All of the node and below it, but for damage: what was not read is not known to be unimportant.
 */
static void
ignore_by_path(struct hs_node *node)
{
	for (struct hs_change *c = node->changes.first; c; c = c->next)
		c->ignored = c->origin ? 0 : HS_IGNORE_PATH;
	for (struct hs_note *n = node->notes; n; n = n->next)
		if (hs_ignore_note_rule(node, n))
			n->ignored = HS_IGNORE_PATH;
	if (node->status != HS_STATUS_SAME && !is_damaged(node))
		node->ignored = HS_IGNORE_PATH;
}

/* Goes down to the first leaf, marking what --ignore-path names on the way. */
static struct hs_node *
descend(const struct ignoring *ig, struct hs_node *node)
{
	for (;; node = node->first_child) {
		const bool inside = node->parent && (node->parent->ignored & HS_IGNORE_PATH);

		if (node->parent && ig->options->n_ignore_paths && (inside || matches(ig, node)))
			ignore_by_path(node);
		if (!node->first_child)
			return node;
	}
}

static void
judge_all(const struct ignoring *ig)
{
	static const struct others none = { 0 };
	struct hs_node *node = descend(ig, ig->report->root);

	for (;;) {
		if (node->first_child && !node->ignored && hs_is_image_format(node->a.format) &&
		    hs_is_image_format(node->b.format))
			judge_parts(ig, node);
		if (!node->ignored)
			judge(ig, node, &none);
		for (const struct hs_node *n = node->first_child; n; n = n->next)
			node->n_ignored += n->ignored != 0;
		if (node == ig->report->root)
			return;
		node = node->next ? descend(ig, node->next) : node->parent;
	}
}

static void
count_one(struct hs_report *r, unsigned bit)
{
	for (size_t i = 0; i < HS_N_IGNORE; i++)
		if (bit >> i & 1)
			r->n_ignored[i]++;
}

static bool
is_one_sided(const struct hs_node *node)
{
	return !node->a.present || !node->b.present;
}

/* Each fact and note once; a member of one side, and bytes that are listed, once as well. */
static void
count(struct hs_report *r)
{
	for (const struct hs_node *n = r->root; n; n = hs_node_next(n)) {
		bool any = false;

		if (is_one_sided(n)) {
			count_one(r, lowest(n->ignored));
			continue;
		}
		for (const struct hs_change *c = n->changes.first; c; c = c->next) {
			count_one(r, c->ignored);
			any |= c->ignored != 0;
		}
		for (const struct hs_note *note = n->notes; note; note = note->next) {
			count_one(r, note->ignored);
			any |= note->ignored != 0;
		}
		if (n->ignored && (!any || n->rewritten) && !n->first_child)
			count_one(r,
			          n->ignored & HS_IGNORE_PATH ? HS_IGNORE_PATH : HS_IGNORE_PACKING);
	}
}

void
hs_ignore(struct hs_report *report, const struct hs_compare_options *options)
{
	struct hs_arena scratch = { 0 };
	const struct ignoring ig = { report, options, &scratch };

	if (!options || (!options->ignore && options->n_ignore_paths == 0))
		return;
	report->ignoring = true;
	judge_all(&ig);
	count(report);
	hs_arena_release(&scratch);
}
