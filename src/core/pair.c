/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pair.h"

#include "core/limits.h"

#include <stdlib.h>

/* Chunks in common from which on two files are one that changed, in percent. */
enum { ALIKE = 20 };

/* A chunk that more files than this have says nothing about any of them. */
enum { COMMON_CHUNK = 32 };

/* Open addressing over the entries of b: index + 1, or 0. */
struct index {
	const struct hs_tree *tree;
	uint32_t *slots;
	size_t mask;
};

static uint32_t *
slot_of(const struct index *ix, struct hs_span key, uint32_t occurrence)
{
	size_t at = (size_t)(hs_xxh64(key) + occurrence) & ix->mask;

	while (ix->slots[at]) {
		const struct hs_entry *e = &ix->tree->entries[ix->slots[at] - 1];

		if (e->occurrence == occurrence && hs_span_equal(e->key, key))
			break;
		at = (at + 1) & ix->mask;
	}
	return &ix->slots[at];
}

static void
add_pair(struct hs_pairing *p, const struct hs_entry *a, const struct hs_entry *b)
{
	p->pairs[p->n_pairs++] = (struct hs_pair){ .a = a, .b = b };
}

static void
index_entries(struct index *ix, const struct hs_tree *t, size_t from)
{
	*ix = (struct index){ .tree = t, .mask = 15 };
	while (ix->mask + 1 < 2 * (t->n_entries - from))
		ix->mask = 2 * ix->mask + 1;
	ix->slots = hs_alloc((ix->mask + 1) * sizeof(*ix->slots));
	for (size_t i = from; i < t->n_entries; i++)
		*slot_of(ix, t->entries[i].key, t->entries[i].occurrence) = (uint32_t)i + 1;
}

/* What has no name and the same key as others is paired by where it stands. */
static bool
is_telling(const struct hs_entry *e, const struct index *a, const struct index *b)
{
	return !e->unnamed ||
	       (e->occurrence == 0 && !*slot_of(a, e->key, 1) && !*slot_of(b, e->key, 1));
}

/* Both trees from `from` on, where they stop walking in step. */
static void
pair_rest(struct hs_pairing *out, const struct hs_tree *a, const struct hs_tree *b, size_t from)
{
	struct index ix_a, ix_b;
	uint8_t *taken = hs_alloc(b->n_entries);
	size_t newest = from;

	index_entries(&ix_b, b, from);
	index_entries(&ix_a, a, a->unordered ? a->n_entries : from);
	for (size_t i = from; i < a->n_entries; i++) {
		const struct hs_entry *e = &a->entries[i];
		const uint32_t found = *slot_of(&ix_b, e->key, e->occurrence);

		if (!found || !is_telling(e, &ix_a, &ix_b))
			continue;
		taken[found - 1] = 1;
		out->reordered |= found - 1 < newest;
		newest = found - 1;
		add_pair(out, e, &b->entries[found - 1]);
	}
	/* What a alone has: all that did not become the next pair. */
	for (size_t i = from, next = from; i < a->n_entries; i++) {
		if (next < out->n_pairs && out->pairs[next].a == &a->entries[i])
			next++;
		else
			add_pair(out, &a->entries[i], NULL);
	}
	for (size_t i = from; i < b->n_entries; i++)
		if (!taken[i])
			add_pair(out, NULL, &b->entries[i]);
	free(ix_a.slots);
	free(ix_b.slots);
	free(taken);
}

/* ---- Members without a name ---- */

/* Where the entries of both trees stand among the pairs. */
struct places {
	size_t *of_a, *of_b;  /* the pair of an entry, by its index */
	size_t *left, *right; /* scratch: entries */
	const struct hs_tree *a, *b;
};

/* Those of one side in [from, to) that have no partner, one after the other. */
static size_t
collect_unnamed(size_t *out, const struct hs_pairing *p, const struct hs_tree *t,
                const size_t *pair_of, const size_t within[2])
{
	size_t n = 0;

	for (size_t i = within[0]; i < within[1]; i++) {
		const struct hs_pair *pair = &p->pairs[pair_of[i]];

		if (t->entries[i].unnamed && !(pair->a && pair->b))
			out[n++] = i;
	}
	return n;
}

static void
join_places(struct hs_pairing *p, const struct places *at, size_t i, size_t k)
{
	p->pairs[at->of_a[i]].b = &at->b->entries[k];
	p->pairs[at->of_b[k]].b = NULL;
}

static bool
same_key(const struct places *at, size_t i, size_t k)
{
	return hs_span_equal(at->a->entries[i].key, at->b->entries[k].key);
}

/* Joins what stands between two pairs: what is the same from the front and from the back; of the
 * rest one after the other where both have as many. */
static void
join_between(struct hs_pairing *p, const struct places *at, const size_t a[2], const size_t b[2])
{
	size_t n = collect_unnamed(at->left, p, at->a, at->of_a, a);
	size_t m = collect_unnamed(at->right, p, at->b, at->of_b, b);
	size_t front = 0;

	for (; front < n && front < m && same_key(at, at->left[front], at->right[front]); front++)
		join_places(p, at, at->left[front], at->right[front]);
	for (; n > front && m > front && same_key(at, at->left[n - 1], at->right[m - 1]); n--, m--)
		join_places(p, at, at->left[n - 1], at->right[m - 1]);
	for (; n == m && front < n; front++)
		join_places(p, at, at->left[front], at->right[front]);
}

static void
drop_empty(struct hs_pairing *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n_pairs; i++)
		if (p->pairs[i].a || p->pairs[i].b)
			p->pairs[kept++] = p->pairs[i];
	p->n_pairs = kept;
}

/* Code without symbols: a function that changed stands where it stood. */
static void
pair_unnamed(struct hs_pairing *p, const struct hs_tree *a, const struct hs_tree *b)
{
	struct places at = { .a = a, .b = b };
	size_t x[2] = { 0, 0 }, y[2] = { 0, 0 };

	at.of_a = hs_alloc((a->n_entries + 1) * sizeof(*at.of_a));
	at.of_b = hs_alloc((b->n_entries + 1) * sizeof(*at.of_b));
	at.left = hs_alloc((a->n_entries + 1) * sizeof(*at.left));
	at.right = hs_alloc((b->n_entries + 1) * sizeof(*at.right));
	for (size_t i = 0; i < p->n_pairs; i++) {
		if (p->pairs[i].a)
			at.of_a[p->pairs[i].a - a->entries] = i;
		if (p->pairs[i].b)
			at.of_b[p->pairs[i].b - b->entries] = i;
	}
	for (size_t i = 0; i <= a->n_entries; i++) {
		const struct hs_entry *other =
			i < a->n_entries ? p->pairs[at.of_a[i]].b : b->entries + b->n_entries;

		x[1] = i;
		y[1] = other ? (size_t)(other - b->entries) : 0;
		/* A pair that was moved behind another bounds nothing. */
		if (!other || y[1] < y[0])
			continue;
		join_between(p, &at, x, y);
		x[0] = i + 1;
		y[0] = y[1] + 1;
	}
	free(at.of_a);
	free(at.of_b);
	free(at.left);
	free(at.right);
	drop_empty(p);
}

static bool
has_unnamed(const struct hs_pairing *p)
{
	for (size_t i = p->n_pairs; i-- > 0 && !(p->pairs[i].a && p->pairs[i].b);)
		if (!p->pairs[i].a && p->pairs[i].b->unnamed)
			return true;
	return false;
}

void
hs_pair_by_key(struct hs_pairing *out, struct hs_arena *arena, const struct hs_tree *a,
               const struct hs_tree *b)
{
	size_t i = 0;

	*out = (struct hs_pairing){ .arena = arena };
	out->pairs = hs_arena_array(arena, a->n_entries + b->n_entries, sizeof(*out->pairs));
	while (i < a->n_entries && i < b->n_entries &&
	       a->entries[i].occurrence == b->entries[i].occurrence &&
	       hs_span_equal(a->entries[i].key, b->entries[i].key)) {
		add_pair(out, &a->entries[i], &b->entries[i]);
		i++;
	}
	if (i < a->n_entries || i < b->n_entries)
		pair_rest(out, a, b, i);
	if (a->unordered || b->unordered)
		out->reordered = false;
	else if (has_unnamed(out))
		pair_unnamed(out, a, b);
}

bool
hs_pair_may_move(const struct hs_pair *p)
{
	const struct hs_entry *e = p->a ? p->a : p->b;

	return !(p->a && p->b) && e->kind == HS_KIND_FILE && e->size > 0;
}

/* Two one-sided pairs that could become one. */
struct candidate {
	size_t a, b; /* indices of pairs */
	unsigned score;
};

/* Best first; then in the order of a, then of b, so that no sort decides. */
static int
by_score(const void *x, const void *y)
{
	const struct candidate *p = x, *q = y;

	if (p->score != q->score)
		return p->score < q->score ? 1 : -1;
	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return (p->b > q->b) - (p->b < q->b);
}

struct candidates {
	struct candidate *rows;
	size_t n, room;
};

static void
add_candidate(struct candidates *c, size_t a, size_t b, unsigned score)
{
	if (c->n == c->room) {
		c->room = c->room ? 2 * c->room : 64;
		c->rows = hs_realloc(c->rows, c->room, sizeof(*c->rows));
	}
	c->rows[c->n++] = (struct candidate){ a, b, score };
}

/* Two one-sided pairs become one; the other is left empty. */
static void
join_one(struct hs_pairing *p, size_t a, size_t b, unsigned similarity)
{
	p->pairs[a].b = p->pairs[b].b;
	p->pairs[a].similarity = (uint8_t)similarity;
	p->pairs[b].b = NULL;
}

/* Takes the candidates in order; a pair that has found its other half is passed over. */
static void
join(struct hs_pairing *p, struct candidates *c)
{
	if (c->n)
		qsort(c->rows, c->n, sizeof(*c->rows), by_score);
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *row = &c->rows[i];

		if (!p->pairs[row->a].b && p->pairs[row->b].b)
			join_one(p, row->a, row->b, row->score);
	}
}

/* A one-sided pair and the digest of what it holds. */
struct mover {
	const struct hs_xxh128 *digest;
	size_t pair;
};

/* A hash and the pair it belongs to. */
struct posting {
	uint64_t hash;
	size_t pair;
};

static int
by_hash(const void *x, const void *y)
{
	const struct posting *p = x, *q = y;

	if (p->hash != q->hash)
		return p->hash < q->hash ? -1 : 1;
	return (p->pair > q->pair) - (p->pair < q->pair);
}

/* The first posting of that hash or a greater one. */
static size_t
lower_bound(const struct posting *rows, size_t n, uint64_t hash)
{
	size_t at = 0, end = n;

	while (at < end) {
		const size_t middle = (at + end) / 2;

		if (rows[middle].hash < hash)
			at = middle + 1;
		else
			end = middle;
	}
	return at;
}

/* The pairs of one side alone by digest, those of equal digest in their order. */
static int
by_digest(const void *x, const void *y)
{
	const struct mover *p = x, *q = y;

	if (p->digest->low != q->digest->low)
		return p->digest->low < q->digest->low ? -1 : 1;
	if (p->digest->high != q->digest->high)
		return p->digest->high < q->digest->high ? -1 : 1;
	return (p->pair > q->pair) - (p->pair < q->pair);
}

static struct mover *
movers_of(const struct hs_pairing *p, const struct hs_sketch *const *sketches, bool of_a, size_t *n)
{
	struct mover *out = hs_realloc(NULL, p->n_pairs, sizeof(*out));

	*n = 0;
	for (size_t i = 0; i < p->n_pairs; i++)
		if (sketches[i] && !p->pairs[i].a == !of_a && !p->pairs[i].b == of_a)
			out[(*n)++] = (struct mover){ &sketches[i]->digest, i };
	if (*n)
		qsort(out, *n, sizeof(*out), by_digest);
	return out;
}

/* Joins what has equal digests: the first of a with the first of b, and so on. */
static void
join_moves(struct hs_pairing *p, const struct hs_sketch *const *sketches)
{
	size_t n_a, n_b, i = 0, j = 0;
	struct mover *a = movers_of(p, sketches, true, &n_a);
	struct mover *b = movers_of(p, sketches, false, &n_b);

	while (i < n_a && j < n_b) {
		const struct mover in_step = { b[j].digest, a[i].pair };
		const int order = by_digest(&a[i], &in_step);

		if (order == 0)
			join_one(p, a[i].pair, b[j].pair, 0);
		i += order <= 0;
		j += order >= 0;
	}
	free(a);
	free(b);
}

/* The chunks of all members of b that are left, by hash. */
struct postings {
	const struct hs_sketch *const *sketches;
	struct posting *rows;
	size_t n;
	size_t *seen; /* pair of a + 1 for which the pair of b was scored last */
};

/* Every member of b that shares a telling chunk with pair `i` of a is scored once. */
static void
score_one(const struct postings *all, size_t i, struct candidates *out)
{
	const struct hs_sketch *s = all->sketches[i];
	const struct posting *rows = all->rows;
	const size_t n = all->n;

	for (uint32_t h = 0; h < s->n; h++) {
		const size_t first = lower_bound(rows, n, s->least[h]);
		size_t end = first;

		while (end < n && rows[end].hash == s->least[h] && end - first <= COMMON_CHUNK)
			end++;
		if (end - first > COMMON_CHUNK)
			continue;
		for (size_t k = first; k < end; k++) {
			const size_t other = rows[k].pair;
			unsigned score;

			if (all->seen[other] == i + 1)
				continue;
			all->seen[other] = i + 1;
			score = hs_sketch_similarity(s, all->sketches[other]);
			if (score >= ALIKE)
				add_candidate(out, i, other, score);
		}
	}
}

static void
find_renames(const struct hs_pairing *p, const struct hs_sketch *const *sketches,
             struct candidates *out)
{
	struct postings all = { .sketches = sketches };
	size_t n = 0, left = 0;

	for (size_t i = 0; i < p->n_pairs; i++) {
		left += sketches[i] && (!p->pairs[i].a != !p->pairs[i].b);
		if (sketches[i] && p->pairs[i].b && !p->pairs[i].a)
			n += sketches[i]->n;
	}
	if (n == 0 || left > HS_MAX_SIMILAR)
		return;
	all.rows = hs_realloc(NULL, n, sizeof(*all.rows));
	all.seen = hs_alloc(p->n_pairs * sizeof(*all.seen));
	for (size_t i = 0; i < p->n_pairs; i++)
		if (sketches[i] && p->pairs[i].b && !p->pairs[i].a)
			for (uint32_t h = 0; h < sketches[i]->n; h++)
				all.rows[all.n++] = (struct posting){ sketches[i]->least[h], i };
	qsort(all.rows, all.n, sizeof(*all.rows), by_hash);
	for (size_t i = 0; i < p->n_pairs; i++)
		if (sketches[i] && p->pairs[i].a && !p->pairs[i].b)
			score_one(&all, i, out);
	free(all.rows);
	free(all.seen);
}

void
hs_pair_by_content(struct hs_pairing *p, const struct hs_sketch *const *sketches)
{
	struct candidates c = { 0 };

	join_moves(p, sketches);
	find_renames(p, sketches, &c);
	join(p, &c);
	free(c.rows);
	drop_empty(p);
}
