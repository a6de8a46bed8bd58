/* SPDX-License-Identifier: Apache-2.0 */
#include "build_ladder.h"

struct hs_image_ladder *
build_image_ladder(struct hs_arena *a, enum hs_rung rung, const char *cause, const char *remedy)
{
	struct hs_image_ladder *l = hs_arena_alloc(a, sizeof(*l));

	l->rung = rung;
	l->certain = true;
	l->cause = cause;
	l->remedy = remedy;
	for (int i = 0; i <= (int)rung; i++)
		l->rungs[i] = (struct hs_rung_result){
			.same = i < (int)rung ? HS_ANSWER_NO : HS_ANSWER_YES,
			.a = HS_SPAN("sha256:a"),
			.b = i < (int)rung ? HS_SPAN("sha256:b") : HS_SPAN("sha256:a"),
		};
	return l;
}

void
build_forms(struct hs_arena *a, struct hs_image_ladder *l)
{
	struct hs_form_result *f = hs_arena_array(a, 4, sizeof(*f));

	f[0] = (struct hs_form_result){ .like = "ggcr", .same = HS_ANSWER_YES };
	f[0].image_id.bytes[0] = 0x83;
	f[1] = (struct hs_form_result){ .like = "buildkit",
		                        .has_time = true,
		                        .time = -5,
		                        .same = HS_ANSWER_NO,
		                        .still = "layer[1]" };
	f[2] = f[1];
	f[2].like = "buildah";
	f[3] = (struct hs_form_result){ .like = "stabilize",
		                        .same = HS_ANSWER_UNKNOWN,
		                        .still = "refused for b: a sparse file" };
	l->forms = f;
	l->n_forms = 4;
}
