/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would make the two equal: each canonical form is tried on both. Which
 * layers of an image were its base cannot be told from an archive, so a form
 * that spares those (BuildKit's) is tried on all.
 */
#include "engine/rungs.h"

#include "canon/canonical.h"

struct forms_job {
	struct hs_ladder_pair *p;
	struct hs_form_result *out;
	enum hs_canonical_rung rung[HS_N_LIKE];
};

static const char *
still_differs(struct hs_arena *keep, const struct hs_canonical_meeting *m)
{
	switch (m->rung) {
	case HS_CANONICAL_CONFIG:
		return "the configuration";
	case HS_CANONICAL_LAYERS:
		return m->image[0]->n_layers != m->image[1]->n_layers
		               ? "the number of layers"
		               : hs_arena_printf(keep, "layer[%zu]", m->layer);
	case HS_CANONICAL_REFUSED:
		return hs_arena_printf(keep, "refused for %c: %s", m->side, m->reason.text);
	default:
		return NULL;
	}
}

static void
try_form(void *ctx, size_t i, struct hs_worker *w)
{
	struct forms_job *j = ctx;
	const struct hs_compare_options *options = j->p->options;
	const struct hs_canon how = {
		.like = (enum hs_like)i,
		.has_time = hs_like_needs_time((enum hs_like)i),
		.time = hs_like_needs_time((enum hs_like)i) && options ? options->time : 0,
	};
	struct hs_canonical_meeting m = {
		.how = &how,
		.tree = { j->p->tree[0], j->p->tree[1] },
		.image = { j->p->image[0], j->p->image[1] },
		.worker = w,
	};
	struct hs_form_result *out = &j->out[i];
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct hs_err err;

	*out = (struct hs_form_result){
		.like = hs_like_name(how.like),
		.has_time = how.has_time,
		.time = how.time,
		.same = HS_ANSWER_UNKNOWN,
	};
	j->rung[i] = HS_CANONICAL_REFUSED;
	/* A configuration in its parts is many times as large: all but the verdict goes. */
	if (hs_canonical_meet(&m, &w->scratch, &err) < 0) {
		hs_arena_rewind(&w->scratch, mark);
		out->still = hs_arena_printf(&w->keep, "not tried: %s", err.text);
		return;
	}
	hs_arena_rewind(&w->scratch, mark);
	j->rung[i] = m.rung;
	out->still = still_differs(&w->keep, &m);
	if (m.rung == HS_CANONICAL_SAME)
		out->image_id = m.form.image_id;
	if (m.rung != HS_CANONICAL_REFUSED)
		out->same = m.rung == HS_CANONICAL_SAME ? HS_ANSWER_YES : HS_ANSWER_NO;
}

void
hs_ladder_forms(struct hs_ladder_pair *p)
{
	struct hs_rung_result *r = &p->out->rungs[HS_RUNG_CANONICAL];
	struct forms_job j = { .p = p };

	j.out = hs_arena_array(&p->w->keep, HS_N_LIKE, sizeof(*j.out));
	hs_pool_each(p->w, HS_N_LIKE, try_form, &j);
	p->out->forms = j.out;
	p->out->n_forms = HS_N_LIKE;
	r->same = HS_ANSWER_UNKNOWN;
	for (size_t i = 0; i < HS_N_LIKE; i++) {
		if (j.rung[i] == HS_CANONICAL_SAME || j.rung[i] == HS_CANONICAL_CONFIG)
			r->same = HS_ANSWER_YES;
		else if (j.rung[i] == HS_CANONICAL_LAYERS && r->same != HS_ANSWER_YES)
			r->same = HS_ANSWER_NO;
	}
}
