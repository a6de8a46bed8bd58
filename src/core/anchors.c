/* SPDX-License-Identifier: Apache-2.0 */
#include "core/anchors.h"

#include "core/arena.h"

#include <stdbool.h>
#include <stdlib.h>

/* Hashes made to collide in the table cost no more than this; what finds no place is no anchor. */
enum { MAX_PROBES = 64 };

/* Positions are one more than the index, so that a table of zeros is empty. */
enum { NOWHERE = 0 };
#define MANY UINT32_MAX

struct slot {
	uint64_t hash;
	uint32_t a, b;
};

struct table {
	struct slot *slots;
	size_t mask;
};

static struct slot *
find_slot(const struct table *t, uint64_t hash)
{
	for (size_t i = 0; i < MAX_PROBES; i++) {
		struct slot *s = &t->slots[(hash + i) & t->mask];

		if (s->a == NOWHERE || s->hash == hash)
			return s;
	}
	return NULL;
}

static void
fill(struct table *t, const uint64_t *a, size_t n_a)
{
	size_t size = 64;

	while (size < 2 * n_a)
		size *= 2;
	t->slots = hs_alloc(size * sizeof(*t->slots));
	t->mask = size - 1;
	for (size_t i = 0; i < n_a; i++) {
		struct slot *s = find_slot(t, a[i]);

		if (!s)
			continue;
		s->hash = a[i];
		s->a = s->a == NOWHERE ? (uint32_t)i + 1 : MANY;
	}
}

/* The tokens that are single on both sides, in the order of b. */
static size_t
pair_singles(struct hs_anchor *out, struct table *t, const uint64_t *b, size_t n_b)
{
	size_t n = 0;

	for (size_t i = 0; i < n_b; i++) {
		struct slot *s = find_slot(t, b[i]);

		if (s && s->a != NOWHERE)
			s->b = s->b == NOWHERE ? (uint32_t)i + 1 : MANY;
	}
	for (size_t i = 0; i < n_b; i++) {
		const struct slot *s = find_slot(t, b[i]);

		if (s && s->a != NOWHERE && s->a != MANY && s->b == i + 1)
			out[n++] = (struct hs_anchor){ s->a - 1, s->b - 1 };
	}
	return n;
}

/* Keeps of `pairs`, which ascend in b, the longest subsequence that ascends in a too. */
static size_t
keep_ascending(struct hs_anchor *pairs, size_t n)
{
	uint32_t *tail, *before; /* tail[k] ends the best run of k + 1; one more than an index */
	size_t longest = 0;

	tail = hs_alloc(n * sizeof(*tail));
	before = hs_alloc(n * sizeof(*before));
	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = longest;

		while (low < high) {
			const size_t mid = low + (high - low) / 2;

			if (pairs[tail[mid] - 1].a < pairs[i].a)
				low = mid + 1;
			else
				high = mid;
		}
		before[i] = low ? tail[low - 1] : 0;
		tail[low] = (uint32_t)i + 1;
		if (low == longest)
			longest++;
	}
	/* From the end back: tail becomes the run itself. */
	for (size_t k = longest, i = longest ? tail[longest - 1] : 0; k-- > 0; i = before[i - 1])
		tail[k] = (uint32_t)i;
	for (size_t k = 0; k < longest; k++)
		pairs[k] = pairs[tail[k] - 1];
	free(tail);
	free(before);
	return longest;
}

struct hs_anchor *
hs_anchors_find(size_t *n, const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	struct hs_anchor *out = hs_alloc((n_a < n_b ? n_a : n_b) * sizeof(*out));
	struct table t;

	fill(&t, a, n_a);
	*n = keep_ascending(out, pair_singles(out, &t, b, n_b));
	free(t.slots);
	return out;
}
