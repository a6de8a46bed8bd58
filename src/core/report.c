/* SPDX-License-Identifier: Apache-2.0 */
#include "core/report.h"

struct emission {
	struct hs_sink *sinks;
	size_t n_sinks;
	const struct hs_listing_options *options;
	bool inspection;         /* nothing stands against anything: there are no listings */
	struct hs_arena scratch; /* of one listing at a time */
};

static void
enter(struct emission *e, const struct hs_node *node)
{
	const struct hs_arena_mark mark = hs_arena_mark(&e->scratch);
	const struct hs_listing *listing = NULL;
	struct hs_listing made;

	if (node->view != HS_VIEW_NONE && !e->inspection) {
		made = hs_listing_make(&e->scratch, node, e->options);
		listing = &made;
	}
	for (size_t i = 0; i < e->n_sinks; i++)
		e->sinks[i].ops->enter(&e->sinks[i], node, listing);
	hs_arena_rewind(&e->scratch, mark);
}

static void
leave(struct emission *e, const struct hs_node *node)
{
	for (size_t i = 0; i < e->n_sinks; i++)
		e->sinks[i].ops->leave(&e->sinks[i], node);
}

/* A full disk or a closed pipe: nobody is left to read what a walk would still make. */
static bool
all_failed(const struct emission *e)
{
	for (size_t i = 0; i < e->n_sinks; i++)
		if (!ferror(e->sinks[i].out))
			return false;
	return true;
}

/* By parent pointers and not by recursion: how deep the tree is, an input decides. */
static void
walk(struct emission *e, const struct hs_node *node)
{
	while (node && !all_failed(e)) {
		enter(e, node);
		if (node->first_child) {
			node = node->first_child;
			continue;
		}
		leave(e, node);
		while (node->parent && !node->next) {
			node = node->parent;
			leave(e, node);
		}
		node = node->next;
	}
}

int
hs_report_emit(const struct hs_report *report, struct hs_sink *sinks, size_t n_sinks,
               const struct hs_listing_options *options, struct hs_err *err)
{
	struct emission e = {
		.sinks = sinks,
		.n_sinks = n_sinks,
		.options = options,
		.inspection = report->inspection,
	};
	int rc = 0;

	for (size_t i = 0; i < n_sinks; i++) {
		sinks[i].report = report;
		sinks[i].ops->begin(&sinks[i]);
	}
	/* Keeps a first block, which would else be got and let go for each listing. */
	hs_arena_alloc(&e.scratch, 1);
	walk(&e, report->root);
	hs_arena_release(&e.scratch);
	for (size_t i = 0; i < n_sinks; i++) {
		struct hs_err later;
		const int end = sinks[i].ops->end(&sinks[i], rc ? &later : err);

		rc = rc ? rc : end;
	}
	return rc;
}
