/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pattern-defeating quicksort (O. Peters, arXiv 2106.05123) with the choices
 * of Go's: insertion sort up to 12, median of three, from 50 on the ninther;
 * three swaps by a xorshift of the length where a partition was unbalanced;
 * heap sort after log2(n) of these. Each choice decides how equal names end up.
 */
#include "golang/go_sort.h"

enum {
	INSERTION_UP_TO = 12,
	MEDIAN_FROM = 8,
	NINTHER_FROM = 50,
	SHIFT_FROM = 50,
	SHIFT_STEPS = 5,
	ALL_SWAPPED = 12,
};

enum hint {
	HINT_NONE,
	HINT_ASCENDING,
	HINT_DESCENDING,
};

/* The part [from, to) that is being sorted. */
struct part {
	struct hs_go_named *at;
	size_t from, to;
	bool balanced, partitioned; /* how the last partition of it went */
};

static bool
less(const struct hs_go_named *at, size_t i, size_t j)
{
	return hs_span_order(at[i].name, at[j].name) < 0;
}

static void
swap(struct hs_go_named *at, size_t i, size_t j)
{
	const struct hs_go_named x = at[i];

	at[i] = at[j];
	at[j] = x;
}

static void
sort_by_insertion(struct hs_go_named *at, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		for (size_t j = i; j > from && less(at, j, j - 1); j--)
			swap(at, j, j - 1);
}

static void
sift_down(struct hs_go_named *heap, size_t root, size_t n)
{
	for (;;) {
		size_t child = 2 * root + 1;

		if (child >= n)
			return;
		if (child + 1 < n && less(heap, child, child + 1))
			child++;
		if (!less(heap, root, child))
			return;
		swap(heap, root, child);
		root = child;
	}
}

static void
sort_by_heap(struct hs_go_named *heap, size_t n)
{
	for (size_t i = (n - 1) / 2 + 1; i-- > 0;)
		sift_down(heap, i, n);
	for (size_t i = n; i-- > 0;) {
		swap(heap, 0, i);
		sift_down(heap, 0, i);
	}
}

/* Marsaglia's xorshift of 64 bits. */
static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
break_patterns(struct hs_go_named *at, size_t n)
{
	const size_t first = n / 4 * 2 - 1;
	uint64_t state = n;
	size_t mask = 1;

	while (mask <= n)
		mask *= 2;
	mask--;
	for (size_t i = first; i <= first + 2; i++) {
		size_t other = (size_t)next_random(&state) & mask;

		if (other >= n)
			other -= n;
		swap(at, i, other);
	}
}

/* Which of the three places holds the middle one; counts the swaps that this would take. */
static size_t
median(const struct hs_go_named *at, const size_t of[3], unsigned *n_swaps)
{
	size_t x = of[0], y = of[1];

	if (less(at, y, x)) {
		++*n_swaps;
		x = of[1];
		y = of[0];
	}
	if (less(at, of[2], y)) {
		++*n_swaps;
		y = of[2];
	}
	if (less(at, y, x)) {
		++*n_swaps;
		y = x;
	}
	return y;
}

static size_t
median_around(const struct hs_go_named *at, size_t i, unsigned *n_swaps)
{
	return median(at, (const size_t[3]){ i - 1, i, i + 1 }, n_swaps);
}

static size_t
choose_pivot(enum hint *hint, const struct part *p)
{
	const size_t n = p->to - p->from;
	size_t of[3] = { p->from + n / 4, p->from + n / 4 * 2, p->from + n / 4 * 3 };
	size_t pivot = of[1];
	unsigned n_swaps = 0;

	if (n >= NINTHER_FROM)
		for (size_t i = 0; i < 3; i++)
			of[i] = median_around(p->at, of[i], &n_swaps);
	if (n >= MEDIAN_FROM)
		pivot = median(p->at, of, &n_swaps);
	*hint = n_swaps == 0             ? HINT_ASCENDING
	        : n_swaps == ALL_SWAPPED ? HINT_DESCENDING
	                                 : HINT_NONE;
	return pivot;
}

static void
reverse(struct hs_go_named *at, size_t from, size_t to)
{
	while (from + 1 < to)
		swap(at, from++, --to);
}

/* Moves a few that are out of order into their places; whether all are then. */
static bool
settle(const struct part *p)
{
	struct hs_go_named *const at = p->at;
	size_t i = p->from + 1;

	for (unsigned step = 0; step < SHIFT_STEPS; step++) {
		while (i < p->to && !less(at, i, i - 1))
			i++;
		if (i == p->to)
			return true;
		if (p->to - p->from < SHIFT_FROM)
			return false;
		swap(at, i, i - 1);
		if (i - p->from >= 2)
			for (size_t j = i - 1; j >= 1 && less(at, j, j - 1); j--)
				swap(at, j, j - 1);
		if (p->to - i >= 2)
			for (size_t j = i + 1; j < p->to && less(at, j, j - 1); j++)
				swap(at, j, j - 1);
	}
	return false;
}

/* Into those that equal the pivot, where none is less, and those above it: where these begin. */
static size_t
partition_equal(const struct part *p, size_t pivot)
{
	struct hs_go_named *const at = p->at;
	size_t i = p->from + 1, j = p->to - 1;

	swap(at, p->from, pivot);
	for (;;) {
		while (i <= j && !less(at, p->from, i))
			i++;
		while (i <= j && less(at, p->from, j))
			j--;
		if (i > j)
			return i;
		swap(at, i++, j--);
	}
}

/* Into those below the pivot and the others: where the pivot then stands. */
static size_t
partition(struct part *p, size_t pivot)
{
	struct hs_go_named *const at = p->at;
	size_t i = p->from + 1, j = p->to - 1;

	swap(at, p->from, pivot);
	p->partitioned = true;
	for (;; p->partitioned = false) {
		while (i <= j && less(at, i, p->from))
			i++;
		while (i <= j && !less(at, j, p->from))
			j--;
		if (i > j)
			break;
		swap(at, i++, j--);
	}
	swap(at, j, p->from);
	return j;
}

static void sort(struct part p, unsigned limit);

/* One round, of which the larger side is left. The smaller is sorted at once, so that the recursion
 * is no deeper than log2(n). */
static void
split(struct part *p, size_t pivot, unsigned limit)
{
	const size_t n = p->to - p->from;
	struct part small = { .at = p->at, .balanced = true, .partitioned = true };
	size_t middle;

	if (p->from > 0 && !less(p->at, p->from - 1, pivot)) {
		p->from = partition_equal(p, pivot);
		return;
	}
	middle = partition(p, pivot);
	if (middle - p->from < p->to - middle) {
		small.from = p->from;
		small.to = middle;
		p->balanced = middle - p->from >= n / 8;
		p->from = middle + 1;
	} else {
		small.from = middle + 1;
		small.to = p->to;
		p->balanced = p->to - middle >= n / 8;
		p->to = middle;
	}
	sort(small, limit);
}

static void
sort(struct part p, unsigned limit)
{
	while (p.to - p.from > INSERTION_UP_TO) {
		enum hint hint;
		size_t pivot;

		if (limit == 0) {
			sort_by_heap(p.at + p.from, p.to - p.from);
			return;
		}
		if (!p.balanced) {
			break_patterns(p.at + p.from, p.to - p.from);
			limit--;
		}
		pivot = choose_pivot(&hint, &p);
		if (hint == HINT_DESCENDING) {
			reverse(p.at, p.from, p.to);
			pivot = p.to - 1 - (pivot - p.from);
			hint = HINT_ASCENDING;
		}
		if (p.balanced && p.partitioned && hint == HINT_ASCENDING && settle(&p))
			return;
		split(&p, pivot, limit);
	}
	sort_by_insertion(p.at, p.from, p.to);
}

void
hs_go_sort(struct hs_go_named *at, size_t n)
{
	unsigned limit = 0;

	for (size_t rest = n; rest > 0; rest >>= 1)
		limit++;
	sort((struct part){ .at = at, .to = n, .balanced = true, .partitioned = true }, limit);
}
