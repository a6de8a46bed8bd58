/* SPDX-License-Identifier: Apache-2.0 */
/* The last pass: numbers for the nodes, counts, and what it all comes to. */
#include "engine/engine.h"

#include <stdlib.h>

/* Codes of damage, each once, in the order of the alphabet. */
static void
add_reason(struct hs_report *r, struct hs_arena *keep, const char *code)
{
	const char **grown;
	size_t at = 0;

	while (at < r->n_reasons && strcmp(r->reasons[at], code) < 0)
		at++;
	if (at < r->n_reasons && strcmp(r->reasons[at], code) == 0)
		return;
	grown = hs_arena_array(keep, r->n_reasons + 1, sizeof(*grown));
	for (size_t i = 0; i < at; i++)
		grown[i] = r->reasons[i];
	grown[at] = code;
	for (size_t i = at; i < r->n_reasons; i++)
		grown[i + 1] = r->reasons[i];
	r->reasons = grown;
	r->n_reasons++;
}

/* A node counts as a member when it is one: not the root, not what a filter wraps, no container of
 * others. */
static void
count(struct hs_summary *s, const struct hs_node *n)
{
	uint64_t *const by_status[] = {
		[HS_STATUS_SAME] = &s->same,         [HS_STATUS_CONTENT] = &s->content,
		[HS_STATUS_METADATA] = &s->metadata, [HS_STATUS_ONLY_A] = &s->only_a,
		[HS_STATUS_ONLY_B] = &s->only_b,     [HS_STATUS_MOVED] = &s->moved,
	};

	s->same += n->n_same;
	s->entries += n->n_same + n->n_shifted;
	if (!n->parent || n->name.len == 0 || n->first_child)
		return;
	s->entries++;
	if (n->ignored)
		s->ignored++;
	else
		++*by_status[n->status];
}

void
hs_summarize(struct hs_report *report)
{
	struct hs_arena *keep = &hs_pool_main(report->run->pool)->keep;
	struct hs_summary *s = &report->summary;
	uint64_t id = 0;

	for (struct hs_node *n = report->root; n; n = hs_node_next(n)) {
		bool damaged = false;

		n->id = ++id;
		count(s, n);
		for (const struct hs_note *note = n->notes; note; note = note->next) {
			if (!note->damage)
				continue;
			damaged = true;
			add_reason(report, keep, note->code);
		}
		s->damaged += damaged;
	}
	report->same = report->root->status == HS_STATUS_SAME || report->root->ignored;
	report->complete = report->n_reasons == 0;
	report->exit_status = !report->complete ? 3 : report->same || report->inspection ? 0 : 1;
}
