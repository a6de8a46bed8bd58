/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether two images hold the same files, asked from what costs least to what
 * costs most: diff_ids, then the layers that only one of them has, then
 * metadata and sizes of all files, then their contents.
 */
#include "engine/engine.h"
#include "engine/rootfs.h"
#include "engine/rootfs_layers.h"
#include "image/image.h"

#include <stdlib.h>

enum { BATCH = 256 };

/* Two root file systems, whose first `n_shared` layers are the same. */
struct pair {
	struct hs_opened side[2];
	const struct hs_rootfs *root[2];
	size_t n_shared;
};

/* ---- Metadata ---- */

static int
by_name(const void *x, const void *y)
{
	const struct hs_attr *a = x, *b = y;
	const int d = hs_span_order(a->name, b->name);

	return d ? d : hs_span_order(a->value, b->value);
}

static bool
same_xattrs(struct hs_arena *scratch, const struct hs_meta *a, const struct hs_meta *b)
{
	const size_t n = a->n_xattrs;
	struct hs_attr *x, *y;

	if (n != b->n_xattrs)
		return false;
	if (n == 0)
		return true;
	x = hs_arena_array(scratch, n, sizeof(*x));
	y = hs_arena_array(scratch, n, sizeof(*y));
	memcpy(x, a->xattrs, n * sizeof(*x));
	memcpy(y, b->xattrs, n * sizeof(*y));
	qsort(x, n, sizeof(*x), by_name);
	qsort(y, n, sizeof(*y), by_name);
	for (size_t i = 0; i < n; i++)
		if (by_name(&x[i], &y[i]) != 0)
			return false;
	return true;
}

static bool
same_meta(struct hs_arena *scratch, const struct hs_meta *a, const struct hs_meta *b)
{
	const bool device = a->has & HS_HAS_DEVICE;

	if (a->kind != b->kind || (a->mode & 07777) != (b->mode & 07777) || a->uid != b->uid ||
	    a->gid != b->gid || !hs_span_equal(a->link, b->link))
		return false;
	if (device && (a->dev_major != b->dev_major || a->dev_minor != b->dev_minor))
		return false;
	return same_xattrs(scratch, a, b);
}

/* The same entry of a layer that both have. */
static bool
is_shared(const struct pair *p, const struct hs_overlay_entry *a, const struct hs_overlay_entry *b)
{
	const size_t layer = a->content_layer;

	if (!a->entry || !b->entry || layer >= p->n_shared || b->content_layer != layer)
		return false;
	return a->content - p->root[0]->layers[layer].tree->entries ==
	       b->content - p->root[1]->layers[layer].tree->entries;
}

/* All but content; a size that differs is told here. */
static bool
same_entry(const struct pair *p, struct hs_arena *scratch, size_t i, size_t j)
{
	const struct hs_entry *x = &p->side[0].tree.entries[i], *y = &p->side[1].tree.entries[j];
	const struct hs_overlay_entry *a = x->more, *b = y->more;
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	struct hs_meta of_a, of_b;
	bool same;

	if (!hs_span_equal(a->link, b->link))
		return false;
	if (is_shared(p, a, b))
		return true;
	if (x->kind != y->kind || x->size != y->size)
		return false;
	if (x->head.len && hs_span_equal(x->head, y->head) && hs_span_equal(x->link, y->link))
		return true;
	same = p->side[0].tree.ops->meta(&of_a, scratch, &p->side[0].tree, x) &&
	       p->side[1].tree.ops->meta(&of_b, scratch, &p->side[1].tree, y) &&
	       same_meta(scratch, &of_a, &of_b);
	hs_arena_rewind(scratch, mark);
	return same;
}

/* ---- Content ---- */

struct content_job {
	const struct pair *pair;
	struct hs_run *run;
	const size_t (*at)[2]; /* entries of a and b */
	size_t n;
	atomic_bool differ, failed;
};

static bool
same_content(struct content_job *j, struct hs_worker *w, const struct hs_entry *x,
             const struct hs_entry *y)
{
	struct hs_content a = { 0 }, b = { 0 };
	struct hs_err err;
	bool same = true;

	if (x->size == 0 || is_shared(j->pair, x->more, y->more))
		return true;
	if (hs_run_check(j->run, &err) < 0 ||
	    hs_tree_open(&a, &j->pair->side[0].tree, x, &err) < 0 ||
	    hs_tree_open(&b, &j->pair->side[1].tree, y, &err) < 0)
		atomic_store(&j->failed, true);
	else
		same = hs_same_bytes(w, a.bytes, b.bytes);
	hs_content_release(&a);
	hs_content_release(&b);
	return same;
}

static void
compare_batch(void *ctx, size_t batch, struct hs_worker *w)
{
	struct content_job *j = ctx;
	const size_t end = (batch + 1) * BATCH < j->n ? (batch + 1) * BATCH : j->n;

	for (size_t i = batch * BATCH; i < end && !atomic_load(&j->differ); i++)
		if (!same_content(j, w, &j->pair->side[0].tree.entries[j->at[i][0]],
		                  &j->pair->side[1].tree.entries[j->at[i][1]]))
			atomic_store(&j->differ, true);
}

static enum hs_rootfs_verdict
compare_contents(const struct pair *p, struct hs_run *run, struct hs_worker *w,
                 const size_t (*at)[2], size_t n)
{
	struct content_job j = { .pair = p, .run = run, .at = at, .n = n };

	hs_pool_each(w, (n + BATCH - 1) / BATCH, compare_batch, &j);
	if (atomic_load(&j.differ))
		return HS_ROOTFS_DIFFERENT;
	return atomic_load(&j.failed) ? HS_ROOTFS_UNKNOWN : HS_ROOTFS_SAME;
}

/* ---- The whole ---- */

/* Both sides at once: each has layers to read. */
struct open_job {
	struct pair *p;
	struct hs_run *run;
	const struct hs_rootfs_pair *pair;
	const struct hs_image_info *image;
};

static void
open_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct open_job *j = ctx;

	hs_rootfs_open(&j->p->side[i], j->run, w, j->pair->tree[i], &j->image[i]);
	j->p->root[i] = j->p->side[i].tree.state;
}

static void
open_both(struct pair *p, struct hs_run *run, struct hs_worker *w,
          const struct hs_rootfs_pair *pair, const struct hs_image_info image[2])
{
	struct open_job j = { p, run, pair, image };

	hs_pool_each(w, 2, open_one, &j);
}

static void
release(struct pair *p)
{
	hs_side_release(&p->side[0]);
	hs_side_release(&p->side[1]);
}

/* Whether both have an entry for it: the root may have none. */
static bool
is_given(const struct hs_tree *a, const struct hs_tree *b, size_t i, size_t j)
{
	const struct hs_overlay_entry *x = a->entries[i].more, *y = b->entries[j].more;

	return x->entry && y->entry;
}

/*
 * Walks both in the order of paths. With `strict` a path of one side alone is
 * a difference; without, only what both have can be.
 */
static enum hs_rootfs_verdict
compare(const struct pair *p, struct hs_run *run, struct hs_worker *w, bool strict)
{
	const struct hs_tree *a = &p->side[0].tree, *b = &p->side[1].tree;
	struct hs_arena arena = { 0 };
	size_t(*at)[2] = hs_arena_array(&arena, a->n_entries, sizeof(*at));
	enum hs_rootfs_verdict out = HS_ROOTFS_SAME;
	size_t i = 0, j = 0, n = 0;

	while (out == HS_ROOTFS_SAME && (i < a->n_entries || j < b->n_entries)) {
		const int d = i == a->n_entries ? 1
		              : j == b->n_entries
		                      ? -1
		                      : hs_span_order(a->entries[i].key, b->entries[j].key);

		if (d ? strict
		      : (strict || is_given(a, b, i, j)) && !same_entry(p, &w->scratch, i, j))
			out = HS_ROOTFS_DIFFERENT;
		if (d == 0) {
			at[n][0] = i;
			at[n++][1] = j;
		}
		i += d <= 0;
		j += d >= 0;
	}
	if (out == HS_ROOTFS_SAME)
		out = compare_contents(p, run, w, (const size_t(*)[2])at, n);
	hs_arena_release(&arena);
	return out;
}

/* The number of layers from the bottom that are the same by their diff_ids. */
static size_t
count_shared(const struct hs_image_info *a, const struct hs_image_info *b)
{
	size_t n = 0;

	while (n < a->n_layers && n < b->n_layers && a->layers[n] && b->layers[n] &&
	       a->layers[n]->diff_id.alg != HS_DIGEST_OTHER &&
	       hs_span_equal(a->layers[n]->diff_id.text, b->layers[n]->diff_id.text))
		n++;
	return n;
}

static struct hs_image_info
above(const struct hs_image_info *image, size_t n)
{
	struct hs_image_info out = *image;

	out.config = NULL;
	out.layers += n;
	out.n_layers -= n;
	return out;
}

static bool
has_trouble(const struct pair *p)
{
	return p->side[0].trouble.code || p->side[1].trouble.code;
}

/*
 * Whether the layers above those that both share already tell a difference,
 * which nothing below can undo: a path that both of them give, each otherwise.
 * Where a directory had to be implied, a symbolic link below may lead there
 * from somewhere else; where a link leads below, its file is not known.
 */
static bool
differ_above(struct hs_run *run, struct hs_worker *w, const struct hs_rootfs_pair *pair,
             size_t n_shared)
{
	const struct hs_image_info image[2] = { above(pair->image[0], n_shared),
		                                above(pair->image[1], n_shared) };
	struct pair p = { .n_shared = 0 };
	bool decides;

	if (n_shared == 0 || image[0].n_layers == 0 || image[1].n_layers == 0)
		return false;
	open_both(&p, run, w, pair, image);
	decides = !has_trouble(&p);
	for (int i = 0; i < 2; i++) {
		decides = decides && p.root[i]->overlay.n_implied == 0;
		for (size_t k = 0; decides && k < p.side[i].tree.n_entries; k++)
			decides = p.side[i].tree.entries[k].kind != HS_KIND_HARDLINK;
	}
	decides = decides && compare(&p, run, w, false) == HS_ROOTFS_DIFFERENT;
	release(&p);
	return decides;
}

enum hs_rootfs_verdict
hs_rootfs_same(struct hs_run *run, struct hs_worker *w, const struct hs_rootfs_pair *pair)
{
	const struct hs_image_info image[2] = { above(pair->image[0], 0),
		                                above(pair->image[1], 0) };
	struct pair p = { .n_shared = count_shared(&image[0], &image[1]) };
	enum hs_rootfs_verdict out;

	if (p.n_shared == image[0].n_layers && p.n_shared == image[1].n_layers)
		return HS_ROOTFS_SAME;
	if (differ_above(run, w, pair, p.n_shared))
		return HS_ROOTFS_DIFFERENT;
	open_both(&p, run, w, pair, image);
	out = has_trouble(&p) ? HS_ROOTFS_UNKNOWN : compare(&p, run, w, true);
	release(&p);
	return out;
}
