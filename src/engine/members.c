/* SPDX-License-Identifier: Apache-2.0 */
/* The members of two containers: paired, compared side by side, put in order. */
#include "engine/engine.h"

#include <fnmatch.h>
#include <stdlib.h>

enum {
	BATCH = 64, /* pairs that one job takes: most are told equal in less time than a lock */
	FIELD_SAMPLE = 256, /* pairs looked at to learn which fields only one format records */
};

/* ---- What is compared at all ---- */

bool
hs_is_excluded(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
               const struct hs_entry *e)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	/* The node that this entry would become: its path is asked for, nothing else. */
	const struct hs_node probe = {
		.parent = node,
		.name = e->key,
		.occurrence = e->occurrence,
	};
	const struct hs_span path = hs_node_path(&w->scratch, &probe);
	bool excluded = false;

	for (size_t i = 0; !excluded && en->options && i < en->options->n_exclude; i++)
		excluded = fnmatch(en->options->exclude[i], (const char *)path.at, 0) == 0;
	hs_arena_rewind(&w->scratch, mark);
	return excluded;
}

/* Drops the pairs that --exclude names and notes how many, so that nothing is left out in silence.
 */
static void
exclude(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node, struct hs_pairing *p)
{
	size_t kept = 0;

	if (!en->options || en->options->n_exclude == 0)
		return;
	for (size_t i = 0; i < p->n_pairs; i++) {
		const struct hs_pair *pair = &p->pairs[i];

		if ((pair->a && hs_is_excluded(en, w, node, pair->a)) ||
		    (pair->b && hs_is_excluded(en, w, node, pair->b)))
			continue;
		p->pairs[kept++] = *pair;
	}
	if (kept < p->n_pairs)
		hs_node_note(node, &w->keep,
		             (struct hs_note){
				     .code = "excluded",
				     .text = hs_arena_printf(&w->keep,
		                                             "%zu members left out by --exclude",
		                                             p->n_pairs - kept) });
	p->n_pairs = kept;
}

/* ---- Moves and renames ---- */

struct sketch_job {
	const struct hs_pairing *p;
	const struct hs_opened *a, *b;
	const struct hs_sketch **out;
	bool chunks;
};

static void
sketch_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct sketch_job *j = ctx;
	const struct hs_pair *pair = &j->p->pairs[i];
	struct hs_content content;
	struct hs_sketch *s;
	struct hs_err err;

	if (!hs_pair_may_move(pair))
		return;
	if (hs_tree_open(&content, pair->a ? &j->a->tree : &j->b->tree, pair->a ? pair->a : pair->b,
	                 &err) == 0) {
		s = hs_arena_alloc(&w->keep, sizeof(*s));
		if (j->chunks)
			hs_sketch_make(s, &w->keep, content.bytes);
		else
			hs_sketch_digest(s, content.bytes);
		j->out[i] = s;
	}
	hs_content_release(&content);
}

/* Containers of one file each: what else could the one be compared with? */
static void
pair_only_members(struct hs_pairing *p)
{
	if (p->n_pairs != 2 || !hs_pair_may_move(&p->pairs[0]) || !hs_pair_may_move(&p->pairs[1]) ||
	    !p->pairs[0].a || !p->pairs[1].b)
		return;
	p->pairs[0].b = p->pairs[1].b;
	p->n_pairs = 1;
}

static void
pair_by_content(struct hs_worker *w, struct hs_pairing *p, const struct hs_opened *a,
                const struct hs_opened *b)
{
	struct sketch_job j = { .p = p, .a = a, .b = b };
	size_t n_a = 0, n_b = 0;

	for (size_t i = 0; i < p->n_pairs; i++) {
		if (hs_pair_may_move(&p->pairs[i])) {
			n_a += p->pairs[i].a != NULL;
			n_b += p->pairs[i].b != NULL;
		}
	}
	if (n_a == 0 || n_b == 0)
		return;
	j.out = hs_alloc(p->n_pairs * sizeof(*j.out));
	j.chunks = n_a + n_b <= HS_MAX_SIMILAR;
	hs_pool_each(w, p->n_pairs, sketch_one, &j);
	hs_pair_by_content(p, j.out);
	free((void *)j.out);
	pair_only_members(p);
}

/* ---- The comparison itself ---- */

struct entries_job {
	const struct hs_engine *en;
	struct hs_node *parent;
	const struct hs_pairing *p;
	const struct hs_opened *side[2];
	struct hs_node **out; /* one a pair; NULL where the same */
};

static void
compare_batch(void *ctx, size_t batch, struct hs_worker *w)
{
	struct entries_job *j = ctx;
	const size_t end =
		(batch + 1) * BATCH < j->p->n_pairs ? (batch + 1) * BATCH : j->p->n_pairs;

	for (size_t i = batch * BATCH; i < end; i++) {
		const struct hs_pair *pair = &j->p->pairs[i];

		j->out[i] = hs_compare_entry(j->en, w, j->parent, pair, j->side);
		/* What has members of its own was counted with them. */
		if (!j->out[i] || !j->out[i]->first_child)
			hs_run_done(j->en->run, (pair->a ? pair->a->bytes.len : 0) +
			                                (pair->b ? pair->b->bytes.len : 0));
	}
	atomic_fetch_add_explicit(&j->en->run->entries_done, end - batch * BATCH,
	                          memory_order_relaxed);
}

/*
 * Bytewise, but a "/" before all else, so that a folder's files stand
 * together, and a run of digits by its value, so that layer[2] stands before
 * layer[10].
 */
static int
path_order(struct hs_span a, struct hs_span b)
{
	while (a.len && b.len) {
		struct hs_span x = { a.at, 0 }, y = { b.at, 0 };
		int d;

		while (x.len < a.len && a.at[x.len] >= '0' && a.at[x.len] <= '9')
			x.len++;
		while (y.len < b.len && b.at[y.len] >= '0' && b.at[y.len] <= '9')
			y.len++;
		if (x.len && y.len) {
			d = x.len != y.len ? (x.len > y.len) - (x.len < y.len)
			                   : hs_span_order(x, y);
			if (d)
				return d;
			a = hs_span_from(a, x.len);
			b = hs_span_from(b, y.len);
			continue;
		}
		d = (a.at[0] == '/' ? -1 : a.at[0]) - (b.at[0] == '/' ? -1 : b.at[0]);
		if (d)
			return d;
		a = hs_span_from(a, 1);
		b = hs_span_from(b, 1);
	}
	return (a.len > 0) - (b.len > 0);
}

static int
node_order(const void *x, const void *y)
{
	const struct hs_node *a = *(struct hs_node *const *)x, *b = *(struct hs_node *const *)y;
	int d = path_order(a->name, b->name);

	if (d == 0)
		d = hs_span_order(a->name, b->name);
	if (d == 0)
		d = (a->occurrence > b->occurrence) - (a->occurrence < b->occurrence);
	return d ? d : (int)a->status - (int)b->status;
}

/* Links the nodes that there are below the parent. An inspection keeps the container's order. */
static void
adopt(const struct hs_engine *en, struct hs_node *parent, struct hs_node **nodes, size_t n)
{
	struct hs_node **at = &parent->first_child;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (nodes[i])
			nodes[kept++] = nodes[i];
	parent->n_same += n - kept - parent->n_shifted;
	if (kept && !en->inspection)
		qsort(nodes, kept, sizeof(*nodes), node_order);
	for (size_t i = 0; i < kept; i++) {
		*at = nodes[i];
		at = &nodes[i]->next;
	}
	*at = NULL;
	parent->n_children += (uint32_t)kept;
}

/* ---- What one format records and the other does not ---- */

/* A set of field names; small, since formats have few. */
struct fields {
	const char *name[64];
	size_t n;
};

static void
add_field(struct fields *set, const char *field)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->name[i], field) == 0)
			return;
	if (set->n < sizeof(set->name) / sizeof(set->name[0]))
		set->name[set->n++] = field;
}

static void
add_fields(struct fields *set, const struct hs_facts *facts, const struct hs_facts *other)
{
	for (const struct hs_fact *p = facts->first; p; p = p->next)
		if (!p->of_format && !hs_facts_find(other, p->field))
			add_field(set, p->field);
}

/* Times of which the other format keeps fewer digits; zeros are no loss. */
static void
add_finer(struct fields *set, const struct hs_facts *facts, const struct hs_facts *other)
{
	for (const struct hs_fact *p = facts->first; p; p = p->next) {
		const struct hs_fact *q = hs_facts_find(other, p->field);

		if (!q || q->value.len >= p->value.len || !hs_same_time(p->value, q->value))
			continue;
		for (size_t i = q->value.len; i + 1 < p->value.len; i++)
			if (p->value.at[i] != '0')
				add_field(set, p->field);
	}
}

static void
note_fields(struct hs_node *node, struct hs_worker *w, const struct fields *set, const char *what)
{
	const char *list = "";

	if (set->n == 0)
		return;
	for (size_t i = 0; i < set->n; i++)
		list = hs_arena_printf(&w->scratch, "%s%s%s", list, i ? ", " : "", set->name[i]);
	hs_node_note(node, &w->keep,
	             (struct hs_note){
			     .code = "not-recorded",
			     .text = hs_arena_printf(&w->keep, "%s: %s", what, list),
		     });
}

/* What one side's format has beyond the other's. */
struct surplus {
	struct fields only, finer;
};

static void
note_surplus(struct hs_node *node, struct hs_worker *w, const struct surplus *s,
             const struct hs_opened *has, const struct hs_opened *lacks)
{
	note_fields(node, w, &s->only,
	            hs_arena_printf(&w->scratch, "%s records what %s does not", has->format,
	                            lacks->format));
	note_fields(node, w, &s->finer,
	            hs_arena_printf(&w->scratch, "%s records more digits than %s", has->format,
	                            lacks->format));
}

/* Across formats a field that only one side knows, or knows better, is not a difference of every
 * member: it is said once. */
static void
note_missing_fields(struct hs_node *node, struct hs_worker *w, const struct hs_pairing *p,
                    const struct hs_opened *a, const struct hs_opened *b)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct surplus of_a = { .only.n = 0 }, of_b = { .only.n = 0 };

	for (size_t i = 0; i < p->n_pairs && i < FIELD_SAMPLE; i++) {
		struct hs_facts x = { .arena = &w->scratch }, y = { .arena = &w->scratch };

		if (!p->pairs[i].a || !p->pairs[i].b)
			continue;
		hs_tree_describe(&x, &a->tree, p->pairs[i].a);
		hs_tree_describe(&y, &b->tree, p->pairs[i].b);
		add_fields(&of_a.only, &x, &y);
		add_fields(&of_b.only, &y, &x);
		add_finer(&of_a.finer, &x, &y);
		add_finer(&of_b.finer, &y, &x);
	}
	note_surplus(node, w, &of_a, a, b);
	note_surplus(node, w, &of_b, b, a);
	hs_arena_rewind(&w->scratch, mark);
}

void
hs_compare_members(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                   const struct hs_opened *a, const struct hs_opened *b)
{
	static const struct hs_tree none = { 0 };
	struct hs_arena arena = { 0 };
	struct hs_pairing p;
	struct entries_job j = { .en = en, .parent = node, .p = &p, .side = { a, b } };
	const struct hs_layers *layers;
	size_t n_nodes;

	hs_pair_by_key(&p, &arena, a ? &a->tree : &none, b ? &b->tree : &none);
	exclude(en, w, node, &p);
	layers = hs_layers_take(en, w, node, &p, j.side);
	if (a && b)
		pair_by_content(w, &p, a, b);
	if (a && b && !hs_tree_alike(&a->tree, &b->tree))
		note_missing_fields(node, w, &p, a, b);
	atomic_fetch_add_explicit(&en->run->entries_known, p.n_pairs, memory_order_relaxed);
	n_nodes = p.n_pairs + (layers ? hs_layers_room(layers) : 0);
	j.out = hs_arena_array(&arena, n_nodes, sizeof(*j.out));
	hs_pool_each(w, (p.n_pairs + BATCH - 1) / BATCH, compare_batch, &j);
	if (layers)
		hs_layers_compare(j.out + p.n_pairs, en, w, node, layers);
	hs_take_shifted(node, w, j.out, n_nodes, a ? a->tree.places : NULL);
	adopt(en, node, j.out, n_nodes);
	if (p.reordered)
		hs_node_note(
			node, &w->keep,
			node->first_child || node->changes.n
				? (struct hs_note){ .code = "order",
		                                    .text = "the order of the members differs too" }
				: (struct hs_note){
					  .code = "order-only",
					  .text = "only the order of the members differs" });
	hs_arena_release(&arena);
}
