/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/engine.h"

#include <inttypes.h>
#include <stdlib.h>

/* What became of the things that a leaf lists. */
struct tally {
	uint64_t differ, only_a, only_b, same;
};

static bool
is_listed(const char *field, const char *list)
{
	const size_t len = strlen(list);

	return strncmp(field, list, len) == 0 && field[len] == ' ';
}

static struct tally
count(const struct hs_node *node, const struct hs_facts *a, const char *list)
{
	struct tally t = { 0 };
	uint64_t gone;

	for (const struct hs_change *c = node->changes.first; c; c = c->next) {
		if (!is_listed(c->field, list) || c->order_only)
			continue;
		t.differ += c->has_a && c->has_b;
		t.only_a += c->has_a && !c->has_b;
		t.only_b += c->has_b && !c->has_a;
	}
	for (const struct hs_fact *f = a->first; f; f = f->next)
		t.same += is_listed(f->field, list);
	gone = t.differ + t.only_a;
	t.same -= gone < t.same ? gone : t.same;
	return t;
}

static int
by_name(const void *x, const void *y)
{
	const struct hs_span *a = x, *b = y;

	return hs_span_order(*a, *b);
}

/* The word at the front of the field: what a thing is called has no blanks. */
static struct hs_span
first_word(const char *field)
{
	return (struct hs_span){ (const uint8_t *)field, strcspn(field, " ") };
}

/* The names of what only one side has, sorted; in the worker's scratch. */
static struct hs_span *
lone_names(size_t *n, const struct hs_node *node, struct hs_worker *w, const char *list)
{
	struct hs_span *names = hs_arena_array(&w->scratch, node->changes.n + 1, sizeof(*names));

	*n = 0;
	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		if (is_listed(c->field, list) && c->has_a != c->has_b)
			names[(*n)++] = first_word(c->field + strlen(list) + 1);
	qsort(names, *n, sizeof(*names), by_name);
	return names;
}

/* Of what only one side has, its fields say nothing that is a difference of its own. */
static void
mark_fields(struct hs_node *node, struct hs_worker *w, const char *list)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	size_t n;
	const struct hs_span *names = lone_names(&n, node, w, list);

	for (struct hs_change *c = node->changes.first; c && n; c = c->next) {
		const struct hs_span name = first_word(c->field);

		c->follows = c->has_a != c->has_b && !is_listed(c->field, list) &&
		             bsearch(&name, names, n, sizeof(*names), by_name);
	}
	hs_arena_rewind(&w->scratch, mark);
}

void
hs_remark_on_list(struct hs_node *node, struct hs_worker *w, const struct hs_opened *a,
                  const struct hs_opened *b)
{
	struct tally t;

	if (!a || !b || !a->row || a->row != b->row || !a->row->lists || !node->by_field)
		return;
	mark_fields(node, w, a->row->lists);
	t = count(node, &a->facts, a->row->lists);
	hs_node_note(node, &w->keep,
	             (struct hs_note){ .code = "listed",
	                               .text = hs_arena_printf(&w->keep,
	                                                       "%ss: %" PRIu64 " changed, %" PRIu64
	                                                       " only in a, %" PRIu64
	                                                       " only in b, %" PRIu64 " the same",
	                                                       a->row->lists, t.differ, t.only_a,
	                                                       t.only_b, t.same) });
}
