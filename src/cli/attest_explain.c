/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_explain.h"

#include "cli/say.h"

static bool
fits(const struct hs_attest_verdict *v, const struct hs_eif_expect *e,
     const struct hs_attest_eif *eif)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct hs_eif_expected *x = &e->list[i];

		if (x->from == eif->name && !hs_pcr_equal(&x->value, &v->document.pcrs[x->index]))
			return false;
	}
	return true;
}

bool
hs_attest_pair(struct hs_attest_pair *out, const struct hs_attest_verdict *v,
               const struct hs_attest_demands *d)
{
	*out = (struct hs_attest_pair){ NULL, NULL };
	for (size_t i = 0; v->genuine && i < d->n_eifs; i++) {
		const struct hs_attest_eif **place =
			fits(v, &d->expect, &d->eifs[i]) ? &out->running : &out->other;

		if (!*place)
			*place = &d->eifs[i];
	}
	return out->running && out->other;
}

static bool
compare(struct hs_attest_explained *e, struct hs_run *run)
{
	const struct hs_compare_options options = { .n_exclude = 0 };

	hs_compare(&e->report, run, &e->pair.running->operand, &e->pair.other->operand, &options);
	e->explanation = (struct hs_explanation){
		.report = &e->report,
		.exit_status = e->report.complete ? HS_EXIT_DIFFERS : HS_EXIT_INCOMPLETE,
	};
	return e->report.measurements != NULL;
}

struct hs_attest_explained *
hs_attest_explain(struct hs_attest_explanations *all, const struct hs_attest_pair *pair)
{
	struct hs_attest_explained *e = all->first;

	while (e && (e->pair.running != pair->running || e->pair.other != pair->other))
		e = e->next;
	if (!e) {
		e = hs_arena_array(all->arena, 1, sizeof(*e));
		*e = (struct hs_attest_explained){ .pair = *pair, .next = all->first };
		all->first = e;
		if (!compare(e, all->run))
			hs_say_trouble("why %s measures otherwise cannot be told",
			               hs_shown(pair->other->name).text);
	}
	return e->report.measurements ? e : NULL;
}

void
hs_attest_explanations_release(struct hs_attest_explanations *all)
{
	for (struct hs_attest_explained *e = all->first; e; e = e->next)
		hs_report_release(&e->report);
	all->first = NULL;
}
