/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a container would find below "/": of each entry its type, mode, owner
 * by number, size, modification time, link target, device and extended
 * attributes. How its tar header writes them, names of owners and the other
 * times are of the layer, not of the file system.
 */
#include "engine/rootfs.h"

#include "core/escape.h"
#include "engine/rootfs_layers.h"
#include "image/history.h"
#include "image/image.h"

#include <inttypes.h>

enum { SHORT_NAME = 160 };

static void
release_layers(void *state)
{
	struct hs_rootfs *s = state;

	for (size_t i = 0; i < s->n; i++)
		hs_side_release(&s->layers[i].opened);
}

/* ---- Layers ---- */

struct opening {
	struct hs_run *run;
	const struct hs_tree *image_tree;
	const struct hs_image_info *image;
	struct hs_rootfs_layer *layers;
};

static void
open_layer(void *ctx, size_t i, struct hs_worker *w)
{
	struct opening *o = ctx;
	struct hs_rootfs_layer *l = &o->layers[i];
	const struct hs_part *part = o->image->layers[i];
	struct hs_content content;

	l->trouble.code = 0;
	if (!part) {
		hs_fail(&l->trouble, HS_EFORMAT, "the archive does not hold it");
		return;
	}
	hs_layer_open(&content, o->image_tree, part, &l->trouble);
	hs_side_open_for(&l->opened, o->run, w, content, HS_ASK_MEMBERS);
	hs_content_release(&content);
	if (l->trouble.code == 0)
		l->trouble = l->opened.trouble;
	/* An image inside a layer is files like any others. */
	if (l->opened.has_members)
		l->tree = l->opened.view ? &((struct hs_image *)l->opened.tree.state)->under
		                         : &l->opened.tree;
	if (l->tree && !(l->tree->ops && l->tree->ops->meta))
		l->tree = NULL;
	if (!l->tree && l->opened.bytes.len && l->trouble.code == 0)
		hs_fail(&l->trouble, HS_EFORMAT, "it is no tar archive");
	for (size_t k = 0; l->tree && k < l->tree->n_entries; k++)
		l->has_globals |= hs_span_is(l->tree->entries[k].key, "(pax global header)");
}

/* The first trouble in full, and how many layers more have any. */
static void
collect_trouble(struct hs_opened *out, const struct hs_rootfs *s)
{
	size_t more = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->layers[i].trouble.code == 0)
			continue;
		if (out->trouble.code) {
			more++;
			continue;
		}
		out->trouble = s->layers[i].trouble;
		hs_fail_in(&out->trouble, "layer[%zu]", i);
	}
	if (more) {
		const struct hs_err first = out->trouble;

		hs_fail(&out->trouble, first.code, "%zu other %s not read either; %.200s", more,
		        more == 1 ? "layer is" : "layers are", first.text);
	}
}

/* ---- Entries ---- */

/* A time without zeros at the end of its fraction, which are the header's. */
static void
trim(struct hs_time *t)
{
	uint32_t unit = 1;

	for (unsigned i = t->digits; i < 9; i++)
		unit *= 10;
	while (t->digits && t->nsec / unit % 10 == 0) {
		t->digits--;
		unit *= 10;
	}
}

static bool
rootfs_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t,
            const struct hs_entry *e)
{
	const struct hs_rootfs *s = t->state;
	const struct hs_overlay_entry *x = e->more;
	const struct hs_tree *layer;

	/* What runtimes give a directory that no layer has an entry for. */
	*out = (struct hs_meta){
		.has = HS_HAS_MODE | HS_HAS_OWNER,
		.kind = HS_KIND_DIR,
		.mode = 0755,
	};
	if (!x->entry)
		return true;
	layer = s->layers[x->content_layer].tree;
	if (!layer->ops->meta(out, a, layer, x->content))
		return false;
	out->has &= HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_SIZE | HS_HAS_MTIME | HS_HAS_LINK |
	            HS_HAS_DEVICE;
	trim(&out->mtime);
	return true;
}

static void
rootfs_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_rootfs *s = t->state;
	const struct hs_overlay_entry *x = e->more;
	const bool of_origin = out->of_origin;
	struct hs_meta m;

	if (rootfs_meta(&m, out->arena, t, e))
		hs_say_meta(out, &m);
	if (x->link.len)
		hs_say(out, "hard link to", x->link);
	out->of_origin = true;
	if (!x->entry)
		hs_say_word(out, "implied", "by what is in it");
	if (s->n) {
		hs_say(out, "layer", s->layers[x->layer].name);
		if (s->layers[x->layer].history.len)
			hs_say(out, "history", s->layers[x->layer].history);
	}
	out->of_origin = of_origin;
}

static int
rootfs_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
            struct hs_err *err)
{
	const struct hs_rootfs *s = t->state;
	const struct hs_overlay_entry *x = e->more;

	return hs_tree_open(out, s->layers[x->content_layer].tree, x->content, err);
}

static const struct hs_tree_ops rootfs_ops = {
	.describe = rootfs_describe,
	.open = rootfs_open,
	.meta = rootfs_meta,
};

static int
add_entry(struct hs_tree *t, const struct hs_rootfs *s, const struct hs_overlay_entry *x,
          struct hs_err *err)
{
	const struct hs_rootfs_layer *l = x->entry ? &s->layers[x->content_layer] : NULL;
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, t, x->key, err);

	if (rc < 0)
		return rc;
	e->key = x->key;
	e->more = x;
	if (!l) {
		e->kind = HS_KIND_DIR;
		return 0;
	}
	e->kind = x->content->kind;
	e->bytes = x->content->bytes;
	e->size = x->content->size;
	e->codec = x->content->codec;
	e->link = x->content->link;
	e->note = x->content->note;
	e->notes = x->content->notes;
	e->n_notes = x->content->n_notes;
	e->damaged = x->content->damaged;
	/* A head that does not say all is none. */
	if (!l->has_globals && x->link.len == 0)
		e->head = x->content->head;
	e->blob = hs_blob_ref(x->content->blob ? x->content->blob : l->tree->blob);
	return 0;
}

/* ---- What is to be said of the layers ---- */

/* The first of each kind by name, and how many there are. */
static void
note_remarks(struct hs_tree *t, const struct hs_overlay *o)
{
	for (size_t i = 0; i < o->n_remarks; i++) {
		const struct hs_overlay_remark *r = &o->remarks[i];
		char name[SHORT_NAME];
		size_t n = 0;

		for (size_t k = 0; k < i && n == 0; k++)
			n += o->remarks[k].text == r->text;
		if (n)
			continue;
		for (size_t k = i; k < o->n_remarks; k++)
			n += o->remarks[k].text == r->text;
		hs_escape_short(name, sizeof(name), r->key);
		t->note = hs_arena_printf(&t->arena, "%s%s%s of layer[%" PRIu32 "] %s",
		                          t->note ? t->note : "", t->note ? "; " : "", name,
		                          r->layer, r->text);
		if (n > 1)
			t->note =
				hs_arena_printf(&t->arena, "%s (so are %zu more)", t->note, n - 1);
	}
	if (o->n_remarks_left_out)
		t->note = hs_arena_printf(&t->arena, "%s; %zu more remarks", t->note,
		                          o->n_remarks_left_out);
}

static void
say_layers(struct hs_facts *out, const struct hs_overlay *o, size_t n_layers)
{
	out->of_origin = true;
	hs_say_u64(out, "layers", n_layers);
	hs_say_u64(out, "entries of layers", o->n_entries);
	hs_say_u64(out, "entries replaced", o->n_replaced);
	hs_say_u64(out, "whiteouts", o->n_whiteouts);
	hs_say_u64(out, "opaque directories", o->n_opaque);
	out->of_origin = false;
}

static struct hs_rootfs *
new_state(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
          const struct hs_tree *image_tree, const struct hs_image_info *image)
{
	struct hs_arena *a = &out->tree.arena;
	struct hs_rootfs *s = hs_arena_alloc(a, sizeof(*s));
	struct opening o = { run, image_tree, image, NULL };
	const struct hs_span *history = hs_image_history(&w->keep, image_tree, image);

	s->n = image->n_layers;
	s->layers = o.layers = hs_arena_array(a, s->n, sizeof(*s->layers));
	for (size_t i = 0; i < s->n; i++) {
		s->layers[i].name = hs_arena_span(&w->keep, "layer[%zu]", i);
		if (history)
			s->layers[i].history = history[i];
	}
	hs_pool_each(w, s->n, open_layer, &o);
	return s;
}

void
hs_rootfs_open(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
               const struct hs_tree *image_tree, const struct hs_image_info *image)
{
	const struct hs_tree **trees;
	struct hs_err err;
	struct hs_rootfs *s;
	int rc;

	*out = (struct hs_opened){
		.format = "rootfs",
		.shape = HS_SHAPE_TREE,
		.facts.arena = &out->arena,
		.has_members = true,
	};
	hs_tree_init(&out->tree, run, w, NULL);
	out->tree.ops = &rootfs_ops;
	out->tree.unordered = out->tree.composed = true;
	s = new_state(out, run, w, image_tree, image);
	out->tree.state = s;
	out->tree.release = release_layers;
	collect_trouble(out, s);
	trees = hs_arena_array(&out->tree.arena, s->n, sizeof(*trees));
	for (size_t i = 0; i < s->n; i++)
		trees[i] = s->layers[i].tree;
	rc = hs_overlay_make(&s->overlay, &out->tree.arena, trees, s->n, &err);
	for (size_t i = 0; i < s->overlay.n && rc == 0; i++)
		rc = add_entry(&out->tree, s, &s->overlay.entries[i], &err);
	if (rc < 0 && out->trouble.code == 0)
		out->trouble = err;
	note_remarks(&out->tree, &s->overlay);
	say_layers(&out->facts, &s->overlay, s->n);
}
