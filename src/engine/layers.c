/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Images whose root file systems are compared. Their layers are paired by
 * diff_id and told in a line each; what they come to is a member of its own,
 * "rootfs", that no archive holds.
 */
#include "core/escape.h"
#include "engine/engine.h"
#include "engine/rootfs.h"
#include "image/image.h"

#include <stdlib.h>

/* Two images, or one that is inspected. */
struct images {
	const struct hs_image_info *of[2];
	struct hs_span key; /* of its rootfs */
	size_t first, n;    /* its pairs of layers */
};

struct hs_layers {
	const struct hs_opened *side[2];
	struct images *images;
	size_t n_images;
	struct hs_pair *pairs;
	size_t n_pairs;
};

/* A layer's entry that was taken out of the pairing. */
struct taken {
	const struct hs_part *part;
	size_t image, at; /* of the plan; from the bottom */
	const struct hs_entry *entry;
};

struct side_layers {
	struct taken *list;
	size_t n;
};

/* ---- Which images ---- */

static const struct hs_image_info *
partner_of(const struct hs_image_info *image, const struct hs_images *among)
{
	const struct hs_image_info *list = among->list;

	for (size_t i = 0; i < among->n; i++)
		if (hs_span_equal(list[i].prefix, image->prefix))
			return &list[i];
	return NULL;
}

static bool
is_wanted(const struct hs_engine *en, const struct hs_image_info *a, const struct hs_image_info *b)
{
	const bool asked = en->options && en->options->rootfs;

	if (en->inspection)
		return asked;
	return a && b && (asked || a->n_layers != b->n_layers);
}

static void
choose_images(struct hs_layers *l, const struct hs_engine *en, struct hs_worker *w,
              struct hs_node *node, struct hs_arena *arena)
{
	const struct hs_images none = { NULL, 0 };
	const struct hs_images a = l->side[0] ? hs_images_of(&l->side[0]->tree) : none;
	const struct hs_images b = l->side[1] ? hs_images_of(&l->side[1]->tree) : none;
	const struct hs_images first = l->side[0] ? a : b;

	l->images = hs_arena_array(arena, first.n, sizeof(*l->images));
	for (size_t i = 0; i < first.n; i++) {
		struct images *x = &l->images[l->n_images];
		struct hs_entry e = { 0 };

		*x = (struct images){ .of = { l->side[0] ? &first.list[i] : NULL, NULL } };
		x->of[1] = l->side[0] ? partner_of(&first.list[i], &b) : &first.list[i];
		x->key = hs_arena_join(arena, first.list[i].prefix, HS_SPAN("rootfs"));
		e.key = x->key;
		if (is_wanted(en, x->of[0], x->of[1]) && !hs_is_excluded(en, w, node, &e))
			l->n_images++;
	}
}

/* ---- Their layers ---- */

static int
by_part(const void *x, const void *y)
{
	const struct taken *a = x, *b = y;

	return ((uintptr_t)a->part > (uintptr_t)b->part) -
	       ((uintptr_t)a->part < (uintptr_t)b->part);
}

static void
list_layers(struct side_layers *out, const struct hs_layers *l, int side, struct hs_arena *arena)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n_images; i++)
		n += l->images[i].of[side] ? l->images[i].of[side]->n_layers : 0;
	*out = (struct side_layers){ hs_arena_array(arena, n, sizeof(*out->list)), 0 };
	for (size_t i = 0; i < l->n_images; i++) {
		const struct hs_image_info *image = l->images[i].of[side];

		for (size_t k = 0; image && k < image->n_layers; k++)
			if (image->layers[k])
				out->list[out->n++] =
					(struct taken){ image->layers[k], i, k, NULL };
	}
	if (out->n)
		qsort(out->list, out->n, sizeof(*out->list), by_part);
}

/* Marks the layer whose entry this is as taken; false where it is none of them. */
static bool
take(struct side_layers *layers, const struct hs_entry *e)
{
	const struct hs_role *role = e && layers->n ? e->more : NULL;
	const struct taken key = { .part = role ? role->part : NULL };
	struct taken *found = NULL;

	if (key.part)
		found = bsearch(&key, layers->list, layers->n, sizeof(key), by_part);
	if (found)
		found->entry = e;
	return found;
}

static void
take_all(struct hs_pairing *p, struct side_layers layers[2])
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n_pairs; i++) {
		const bool of_a = take(&layers[0], p->pairs[i].a);
		const bool of_b = take(&layers[1], p->pairs[i].b);

		if (!of_a && !of_b)
			p->pairs[kept++] = p->pairs[i];
	}
	p->n_pairs = kept;
}

/* By image, then by diff_id, those that have none last, then by place. */
static int
by_diff_id(const void *x, const void *y)
{
	const struct taken *a = x, *b = y;
	const struct hs_span p = a->part->diff_id.text, q = b->part->diff_id.text;
	int d;

	if (a->image != b->image)
		return a->image < b->image ? -1 : 1;
	d = !p.len != !q.len ? !p.len - !q.len : hs_span_order(p, q);
	return d ? d : (a->at > b->at) - (a->at < b->at);
}

/* By image, then by place. */
static int
by_place(const void *x, const void *y)
{
	const struct taken *a = x, *b = y;

	if (a->image != b->image)
		return a->image < b->image ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static void
add_pair(struct hs_layers *l, const struct taken *a, const struct taken *b)
{
	l->pairs[l->n_pairs++] =
		(struct hs_pair){ .a = a ? a->entry : NULL, .b = b ? b->entry : NULL };
}

/* Leaves those that --exclude has not. */
static void
drop_excluded(struct side_layers *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].entry)
			s->list[kept++] = s->list[i];
	s->n = kept;
}

/* Walks two sorted lists; those of equal rank are a pair and are taken out of them. */
static void
meet(struct hs_layers *l, struct side_layers s[2],
     int (*order)(const struct taken *a, const struct taken *b))
{
	size_t i = 0, j = 0, n_a = 0, n_b = 0;

	while (i < s[0].n || j < s[1].n) {
		const int d = i == s[0].n   ? 1
		              : j == s[1].n ? -1
		                            : order(&s[0].list[i], &s[1].list[j]);

		if (d == 0)
			add_pair(l, &s[0].list[i++], &s[1].list[j++]);
		else if (d < 0)
			s[0].list[n_a++] = s[0].list[i++];
		else
			s[1].list[n_b++] = s[1].list[j++];
	}
	s[0].n = n_a;
	s[1].n = n_b;
}

/* Equal diff_ids of one image; the n-th with the n-th. */
static int
same_diff_id(const struct taken *a, const struct taken *b)
{
	const struct hs_span p = a->part->diff_id.text, q = b->part->diff_id.text;

	if (a->image != b->image)
		return a->image < b->image ? -1 : 1;
	if (!p.len || !q.len)
		return p.len ? -1 : q.len ? 1 : -1;
	return hs_span_order(p, q);
}

static int
same_place(const struct taken *a, const struct taken *b)
{
	return by_place(a, b);
}

static void
sort(struct side_layers s[2], int (*order)(const void *, const void *))
{
	for (int i = 0; i < 2; i++)
		if (s[i].n)
			qsort(s[i].list, s[i].n, sizeof(*s[i].list), order);
}

/* Layers of two images that do not have as many are not each other's because they are as high. */
static bool
as_many(const struct hs_layers *l, const struct taken *t)
{
	const struct images *x = &l->images[t->image];

	return x->of[0] && x->of[1] && x->of[0]->n_layers == x->of[1]->n_layers;
}

static void
pair_layers(struct hs_layers *l, struct side_layers s[2])
{
	struct side_layers left[2];

	drop_excluded(&s[0]);
	drop_excluded(&s[1]);
	sort(s, by_diff_id);
	meet(l, s, same_diff_id);
	sort(s, by_place);
	for (int i = 0; i < 2; i++) {
		left[i] = (struct side_layers){ s[i].list, 0 };
		for (size_t k = 0; k < s[i].n; k++) {
			const struct taken t = s[i].list[k];

			if (as_many(l, &t))
				left[i].list[left[i].n++] = t;
			else
				add_pair(l, i == 0 ? &t : NULL, i == 1 ? &t : NULL);
		}
	}
	meet(l, left, same_place);
	for (size_t k = 0; k < left[0].n; k++)
		add_pair(l, &left[0].list[k], NULL);
	for (size_t k = 0; k < left[1].n; k++)
		add_pair(l, NULL, &left[1].list[k]);
}

struct hs_layers *
hs_layers_take(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
               struct hs_pairing *p, const struct hs_opened *const side[2])
{
	struct hs_layers *l = hs_arena_alloc(p->arena, sizeof(*l));
	struct side_layers layers[2];

	*l = (struct hs_layers){ .side = { side[0], side[1] } };
	choose_images(l, en, w, node, p->arena);
	if (l->n_images == 0)
		return NULL;
	list_layers(&layers[0], l, 0, p->arena);
	list_layers(&layers[1], l, 1, p->arena);
	take_all(p, layers);
	l->pairs = hs_arena_array(p->arena, layers[0].n + layers[1].n, sizeof(*l->pairs));
	pair_layers(l, layers);
	return l;
}

size_t
hs_layers_room(const struct hs_layers *l)
{
	return l->n_pairs + l->n_images;
}

/* ---- The comparison ---- */

struct layers_job {
	const struct hs_engine *en;
	struct hs_node *node;
	const struct hs_layers *l;
	struct hs_node **out;
};

/* The same layer in another place, packed in the same way. */
static bool
is_same_blob(const struct hs_entry *a, const struct hs_entry *b)
{
	if (!a || !b || a->codec != b->codec)
		return false;
	if (a->digest.len && hs_span_equal(a->digest, b->digest))
		return true;
	return a->bytes.at && b->bytes.at && hs_span_equal(a->bytes, b->bytes);
}

static void
compare_layer(void *ctx, size_t i, struct hs_worker *w)
{
	struct layers_job *j = ctx;
	const struct hs_pair *pair = &j->l->pairs[i];
	struct hs_node *n;

	if (pair->a && pair->b && !hs_span_equal(pair->a->key, pair->b->key) &&
	    is_same_blob(pair->a, pair->b))
		return;
	n = j->out[i] = hs_compare_entry(j->en, w, j->node, pair, j->l->side);
	if (n && n->status != HS_STATUS_METADATA && n->status != HS_STATUS_MOVED)
		hs_node_note(n, &w->keep,
		             (struct hs_note){ .code = "see-rootfs",
		                               .text = "what the layers come to is in rootfs" });
}

struct open_job {
	const struct hs_engine *en;
	const struct hs_layers *l;
	const struct images *images;
	struct hs_opened out[2];
};

static void
open_rootfs(void *ctx, size_t i, struct hs_worker *w)
{
	struct open_job *j = ctx;

	if (j->images->of[i])
		hs_rootfs_open(&j->out[i], j->en->run, w, &j->l->side[i]->tree, j->images->of[i]);
}

static struct hs_node *
new_node(struct hs_worker *w, struct hs_node *parent, const struct images *x)
{
	struct hs_node *n = hs_arena_alloc(&w->keep, sizeof(*n));

	n->parent = parent;
	n->depth = parent->depth + 1;
	n->name = hs_arena_copy(&w->keep, x->key);
	n->a = (struct hs_side){ .format = "", .kind = HS_KIND_DIR };
	n->b = n->a;
	return n;
}

/* NULL where the two are the same and there is nothing to say of them. */
static struct hs_node *
compare_rootfs(const struct hs_engine *en, struct hs_worker *w, struct hs_node *parent,
               const struct hs_layers *l, const struct images *x)
{
	struct open_job j = { .en = en, .l = l, .images = x };
	struct hs_opened *const a = x->of[0] ? &j.out[0] : NULL;
	struct hs_opened *const b = x->of[1] ? &j.out[1] : NULL;
	struct hs_node *n = new_node(w, parent, x);
	bool differs;

	hs_pool_each(w, 2, open_rootfs, &j);
	n->a.present = a != NULL;
	n->b.present = b != NULL;
	n->a.format = a ? a->format : "";
	n->b.format = b ? b->format : "";
	differs = hs_compare_opened(en, w, n, a, b) && !en->inspection;
	for (int i = 0; i < 2; i++) {
		struct hs_opened *o = i == 0 ? a : b;

		if (!o)
			continue;
		if (o->trouble.code)
			hs_note_trouble(n, w, &o->trouble, a && b ? "ab"[i] : 0);
		differs |= o->trouble.code && !en->inspection;
		hs_side_release(o);
	}
	n->status = differs ? HS_STATUS_CONTENT : HS_STATUS_SAME;
	return differs || en->inspection || n->notes ? n : NULL;
}

/* "linux/arm64: " where there are several images. */
static const char *
name_of(struct hs_arena *a, const struct images *x)
{
	const struct hs_span prefix = x->of[0]->prefix;
	struct hs_span name;

	if (prefix.len == 0)
		return "";
	name = hs_escape(a, hs_span_head(prefix, prefix.len - 1));
	return hs_arena_printf(a, "%.*s: ", (int)name.len, (const char *)name.at);
}

/* Why there is a rootfs that nobody asked for, and what it came to where it has no node. */
static void
note_images(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
            const struct images *x, bool same)
{
	const size_t n_a = x->of[0] ? x->of[0]->n_layers : 0;
	const size_t n_b = x->of[1] ? x->of[1]->n_layers : 0;

	if (en->inspection)
		return;
	if (n_a != n_b)
		hs_node_note(
			node, &w->keep,
			(struct hs_note){
				.code = "layers-differ",
				.text = hs_arena_printf(
					&w->keep,
					"%sa has %zu %s, b has %zu: what they come to is compared, "
					"as rootfs",
					name_of(&w->scratch, x), n_a, n_a == 1 ? "layer" : "layers",
					n_b) });
	if (same)
		hs_node_note(node, &w->keep,
		             (struct hs_note){
				     .code = "same-rootfs",
				     .text = hs_arena_printf(&w->keep,
		                                             "%sthe root file systems are the same",
		                                             name_of(&w->scratch, x)) });
}

void
hs_layers_compare(struct hs_node **out, const struct hs_engine *en, struct hs_worker *w,
                  struct hs_node *node, const struct hs_layers *l)
{
	struct hs_engine closed = *en;
	struct layers_job j = { &closed, node, l, out };

	closed.closed = true;
	hs_pool_each(w, l->n_pairs, compare_layer, &j);
	for (size_t i = 0; i < l->n_images; i++) {
		struct hs_node *n = compare_rootfs(en, w, node, l, &l->images[i]);

		out[l->n_pairs + i] = n;
		note_images(en, w, node, &l->images[i], !n || n->status == HS_STATUS_SAME);
	}
}
