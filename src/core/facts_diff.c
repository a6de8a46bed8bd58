/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of two sides, compared. The common case is two short sayings with the
 * same fields in the same order: those meet in lockstep. What is left goes
 * through one hash table of fields, so that a document of a million fields
 * costs a million steps.
 */
#include "core/facts.h"

#include "core/hash.h"

#include <stdlib.h>

/* All facts of one field, on both sides, in the order they were said. */
struct group {
	const char *field;
	const struct hs_fact **a, **b;
	size_t n_a, n_b;
	bool of_format, of_members, of_origin, detail;
};

struct groups {
	struct hs_arena arena;
	struct group *rows;
	size_t n;
	size_t *slots; /* row + 1, or 0 */
	size_t n_slots;
};

/* Keeps the values where they are. */
static void
add_change(struct hs_changes *out, struct hs_change *c)
{
	c->next = NULL;
	if (out->last)
		out->last->next = c;
	else
		out->first = c;
	out->last = c;
	out->n++;
}

void
hs_changes_add(struct hs_changes *out, struct hs_arena *keep, struct hs_change change)
{
	struct hs_change *c = hs_arena_alloc(keep, sizeof(*c));

	*c = change;
	c->field = (const char *)hs_arena_copy(keep, hs_span_of(change.field)).at;
	c->a = hs_arena_copy(keep, change.a);
	c->b = hs_arena_copy(keep, change.b);
	add_change(out, c);
}

void
hs_changes_drop(struct hs_changes *changes, bool (*drop)(const struct hs_change *c))
{
	struct hs_change *next = changes->first;

	*changes = (struct hs_changes){ 0 };
	while (next) {
		struct hs_change *c = next;

		next = c->next;
		if (!drop(c))
			add_change(changes, c);
	}
}

static const struct hs_fact *
origin_of(const struct hs_facts *f, const char *field)
{
	const struct hs_fact *found = f ? hs_facts_find(f, field) : NULL;

	return found && found->of_origin ? found : NULL;
}

static void
add_origin(struct hs_changes *out, struct hs_arena *keep, const struct hs_fact *a,
           const struct hs_fact *b)
{
	struct hs_change *c = hs_arena_alloc(keep, sizeof(*c));

	*c = (struct hs_change){
		.field = a ? a->field : b->field,
		.a = a ? a->value : (struct hs_span){ NULL, 0 },
		.b = b ? b->value : (struct hs_span){ NULL, 0 },
		.has_a = a != NULL,
		.has_b = b != NULL,
		.origin = true,
	};
	add_change(out, c);
}

void
hs_facts_alone(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *facts,
               bool is_a)
{
	const struct hs_span none = { 0 };

	for (const struct hs_fact *p = facts->first; p; p = p->next)
		if (!p->of_origin)
			hs_changes_add(out, keep,
			               (struct hs_change){ .field = p->field,
			                                   .a = is_a ? p->value : none,
			                                   .b = is_a ? none : p->value,
			                                   .has_a = is_a,
			                                   .has_b = !is_a });
}

void
hs_facts_origin(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *a,
                const struct hs_facts *b)
{
	for (const struct hs_fact *p = a ? a->first : NULL; p; p = p->next)
		if (p->of_origin)
			add_origin(out, keep, p, b ? origin_of(b, p->field) : NULL);
	for (const struct hs_fact *p = b ? b->first : NULL; p; p = p->next)
		if (p->of_origin && !origin_of(a, p->field))
			add_origin(out, keep, NULL, p);
}

static struct group *
group_of(struct groups *g, const char *field)
{
	size_t at = (size_t)hs_xxh64(hs_span_of(field)) & (g->n_slots - 1);

	while (g->slots[at]) {
		struct group *row = &g->rows[g->slots[at] - 1];

		if (strcmp(row->field, field) == 0)
			return row;
		at = (at + 1) & (g->n_slots - 1);
	}
	g->slots[at] = ++g->n;
	g->rows[g->n - 1].field = field;
	return &g->rows[g->n - 1];
}

/* Counts first, so that each group's arrays are one allocation, then fills. */
static void
gather(struct groups *g, const struct hs_facts *a, const struct hs_facts *b)
{
	for (const struct hs_fact *p = a->first; p; p = p->next)
		group_of(g, p->field)->n_a++;
	for (const struct hs_fact *p = b->first; p; p = p->next)
		group_of(g, p->field)->n_b++;
	for (size_t i = 0; i < g->n; i++) {
		struct group *row = &g->rows[i];

		row->a = hs_arena_array(&g->arena, row->n_a, sizeof(*row->a));
		row->b = hs_arena_array(&g->arena, row->n_b, sizeof(*row->b));
		row->n_a = row->n_b = 0;
	}
	for (const struct hs_fact *p = a->first; p; p = p->next) {
		struct group *row = group_of(g, p->field);

		row->of_format |= p->of_format;
		row->of_members |= p->of_members;
		row->of_origin |= p->of_origin;
		row->detail |= p->detail;
		row->a[row->n_a++] = p;
	}
	for (const struct hs_fact *p = b->first; p; p = p->next) {
		struct group *row = group_of(g, p->field);

		row->of_format |= p->of_format;
		row->of_members |= p->of_members;
		row->of_origin |= p->of_origin;
		row->detail |= p->detail;
		row->b[row->n_b++] = p;
	}
}

/* A fact of a list and where in it it was said. */
struct element {
	struct hs_span value;
	size_t at;
};

static int
by_value(const void *x, const void *y)
{
	const struct element *a = x, *b = y;
	const int order = hs_span_order(a->value, b->value);

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

static struct element *
sorted(struct hs_arena *arena, const struct hs_fact *const *facts, size_t n)
{
	struct element *out = hs_arena_array(arena, n, sizeof(*out));

	for (size_t i = 0; i < n; i++)
		out[i] = (struct element){ facts[i]->value, i };
	qsort(out, n, sizeof(*out), by_value);
	return out;
}

static struct hs_span
joined(struct hs_arena *arena, const struct hs_fact *const *facts, size_t n)
{
	size_t len = 0, at = 0;
	uint8_t *out;

	for (size_t i = 0; i < n; i++)
		len += facts[i]->value.len + 2;
	out = hs_arena_alloc(arena, len);
	for (size_t i = 0; i < n; i++) {
		if (i) {
			out[at++] = ',';
			out[at++] = ' ';
		}
		if (facts[i]->value.len)
			memcpy(out + at, facts[i]->value.at, facts[i]->value.len);
		at += facts[i]->value.len;
	}
	return (struct hs_span){ out, at };
}

static bool
same_in_order(const struct group *g)
{
	for (size_t i = 0; i < g->n_a && i < g->n_b; i++)
		if (!hs_span_equal(g->a[i]->value, g->b[i]->value))
			return false;
	return g->n_a == g->n_b;
}

/* Marks the elements that only one side has; two that are equal meet once. */
static void
mark_lone(bool *only_a, bool *only_b, const struct group *g, struct hs_arena *scratch)
{
	const struct element *a = sorted(scratch, g->a, g->n_a);
	const struct element *b = sorted(scratch, g->b, g->n_b);
	size_t i = 0, j = 0;

	while (i < g->n_a || j < g->n_b) {
		const int order = i == g->n_a   ? 1
		                  : j == g->n_b ? -1
		                                : hs_span_order(a[i].value, b[j].value);

		if (order < 0)
			only_a[a[i].at] = true;
		else if (order > 0)
			only_b[b[j].at] = true;
		i += order <= 0;
		j += order >= 0;
	}
}

/* A field said several times: elements that only one side has, or only another order. */
static void
diff_list(struct hs_changes *out, struct hs_arena *keep, const struct group *g,
          struct hs_arena *scratch)
{
	bool *only_a = hs_arena_array(scratch, g->n_a, sizeof(*only_a));
	bool *only_b = hs_arena_array(scratch, g->n_b, sizeof(*only_b));
	const size_t before = out->n;

	mark_lone(only_a, only_b, g, scratch);
	for (size_t i = 0; i < g->n_a; i++)
		if (only_a[i])
			hs_changes_add(out, keep,
			               (struct hs_change){ .field = g->field,
			                                   .of_members = g->of_members,
			                                   .a = g->a[i]->value,
			                                   .has_a = true });
	for (size_t i = 0; i < g->n_b; i++)
		if (only_b[i])
			hs_changes_add(out, keep,
			               (struct hs_change){ .field = g->field,
			                                   .of_members = g->of_members,
			                                   .b = g->b[i]->value,
			                                   .has_b = true });
	if (out->n == before)
		hs_changes_add(out, keep,
		               (struct hs_change){ .field = g->field,
		                                   .of_members = g->of_members,
		                                   .a = joined(scratch, g->a, g->n_a),
		                                   .b = joined(scratch, g->b, g->n_b),
		                                   .has_a = true,
		                                   .has_b = true,
		                                   .order_only = true });
}

static void
diff_group(struct hs_changes *out, struct hs_arena *keep, const struct group *g,
           struct hs_arena *scratch)
{
	if (same_in_order(g))
		return;
	if (g->n_a > 1 || g->n_b > 1) {
		diff_list(out, keep, g, scratch);
		return;
	}
	hs_changes_add(out, keep,
	               (struct hs_change){ .field = g->field,
	                                   .of_members = g->of_members,
	                                   .a = g->n_a ? g->a[0]->value : (struct hs_span){ 0 },
	                                   .b = g->n_b ? g->b[0]->value : (struct hs_span){ 0 },
	                                   .has_a = g->n_a > 0,
	                                   .has_b = g->n_b > 0 });
}

/* Whether both sides say the same fields with the same values in the same order. */
static bool
all_equal(const struct hs_facts *a, const struct hs_facts *b)
{
	const struct hs_fact *p = a->first, *q = b->first;

	for (; p && q; p = p->next, q = q->next)
		if (strcmp(p->field, q->field) != 0 || !hs_span_equal(p->value, q->value))
			return false;
	return !p && !q;
}

bool
hs_same_time(struct hs_span a, struct hs_span b)
{
	const size_t seconds = strlen("2026-11-23T15:38:14");
	struct hs_span shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;

	if (shorter.len <= seconds || shorter.at[seconds - 9] != 'T' ||
	    shorter.at[shorter.len - 1] != 'Z' || longer.at[longer.len - 1] != 'Z')
		return false;
	shorter.len--;
	longer.len--;
	if (!hs_span_starts(longer, shorter))
		return false;
	for (size_t i = shorter.len; i < longer.len; i++)
		if (i == seconds ? longer.at[i] != '.' : longer.at[i] < '0' || longer.at[i] > '9')
			return false;
	return true;
}

/* What two formats are not compared in. */
static bool
is_of_format(const struct group *g)
{
	if (g->of_format || !g->n_a || !g->n_b)
		return true;
	return g->n_a == 1 && g->n_b == 1 && hs_same_time(g->a[0]->value, g->b[0]->value);
}

/* Those groups that are details, or those that are not. */
static void
diff_groups(struct hs_changes *out, struct hs_arena *keep, struct groups *g, bool same_format,
            bool details)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct group *row = &g->rows[i];

		if (row->detail != details || row->of_origin || (!same_format && is_of_format(row)))
			continue;
		diff_group(out, keep, row, &g->arena);
	}
}

void
hs_facts_diff(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *a,
              const struct hs_facts *b, bool same_format)
{
	struct groups g = { .n_slots = 16 };

	if (all_equal(a, b))
		return;
	while (g.n_slots < 2 * (a->n + b->n))
		g.n_slots *= 2;
	g.rows = hs_arena_array(&g.arena, a->n + b->n, sizeof(*g.rows));
	g.slots = hs_arena_array(&g.arena, g.n_slots, sizeof(*g.slots));
	gather(&g, a, b);
	diff_groups(out, keep, &g, same_format, false);
	diff_groups(out, keep, &g, same_format, true);
	hs_arena_release(&g.arena);
}
