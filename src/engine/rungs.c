/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/rungs.h"

#include "engine/rootfs.h"
#include "image/image.h"
#include "image/meet.h"

/* What a rung above tells is not asked again. */
static bool
is_open(const struct hs_image_ladder *l, enum hs_rung rung)
{
	for (int i = HS_RUNG_ARCHIVE; i < (int)rung; i++)
		if (l->rungs[i].same == HS_ANSWER_YES)
			return false;
	return true;
}

static void
try_rootfs(struct hs_ladder_pair *p)
{
	static const enum hs_answer answers[] = {
		[HS_ROOTFS_SAME] = HS_ANSWER_YES,
		[HS_ROOTFS_DIFFERENT] = HS_ANSWER_NO,
		[HS_ROOTFS_UNKNOWN] = HS_ANSWER_UNKNOWN,
	};
	const struct hs_rootfs_pair pair = {
		.tree = { p->tree[0], p->tree[1] },
		.image = { p->image[0], p->image[1] },
	};

	p->out->rungs[HS_RUNG_ROOTFS].same = answers[hs_rootfs_same(p->tree[0]->run, p->w, &pair)];
}

/* The first rung that holds; the lowest always does. */
static void
settle(struct hs_image_ladder *l)
{
	l->certain = true;
	for (l->rung = HS_RUNG_ARCHIVE; l->rung < HS_RUNG_CONTENT; l->rung++) {
		if (l->rungs[l->rung].same == HS_ANSWER_YES)
			return;
		if (l->rungs[l->rung].same == HS_ANSWER_UNKNOWN)
			l->certain = false;
	}
}

static void
climb(struct hs_ladder_pair *p)
{
	struct hs_image_ladder *l = p->out;

	l->rungs[HS_RUNG_ARCHIVE].same = HS_ANSWER_NO;
	hs_ladder_digests(p);
	if (is_open(l, HS_RUNG_DIFF_IDS))
		hs_ladder_forms(p);
	if (is_open(l, HS_RUNG_ROOTFS))
		try_rootfs(p);
	settle(l);
	/* Below the first that holds all hold: there is nothing to say of them. */
	for (int i = (int)l->rung + 1; i < HS_N_RUNGS; i++)
		l->rungs[i] = (struct hs_rung_result){ .same = HS_ANSWER_SKIPPED };
	hs_ladder_words(p);
}

static struct hs_image_ladder *
climb_pair(struct hs_worker *w, const struct hs_ladder_order *order,
           const struct hs_image_pair *pair)
{
	struct hs_ladder_pair p = {
		.w = w,
		.options = order->options,
		.root = order->root,
		.tree = { &order->side[0]->tree, &order->side[1]->tree },
		.image = { pair->a, pair->b },
	};

	p.out = hs_arena_alloc(&w->keep, sizeof(*p.out));
	p.out->ref = hs_arena_copy(&w->keep, pair->b->ref);
	p.out->platform = hs_arena_copy(&w->keep, pair->b->platform);
	climb(&p);
	return p.out;
}

const struct hs_ladder *
hs_ladder_make(struct hs_worker *w, const struct hs_ladder_order *order)
{
	struct hs_image_pairs pairs;
	struct hs_image_ladder **at;
	struct hs_ladder *ladder;

	if (!order->side[0]->view || !order->side[1]->view)
		return NULL;
	ladder = hs_arena_alloc(&w->keep, sizeof(*ladder));
	hs_images_meet(&pairs, &order->side[0]->tree, &order->side[1]->tree);
	at = &ladder->first;
	for (size_t i = 0; i < pairs.n; i++) {
		const struct hs_image_pair *pair = &pairs.list[i];

		ladder->only_a += !pair->b;
		ladder->only_b += !pair->a;
		if (!pair->a || !pair->b)
			continue;
		*at = climb_pair(w, order, pair);
		if ((*at)->rung > ladder->rung)
			ladder->rung = (*at)->rung;
		ladder->n++;
		at = &(*at)->next;
	}
	return ladder->n ? ladder : NULL;
}
