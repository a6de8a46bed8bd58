/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

/* One row a file of this folder, in the order of rows.def; the order decides only between equal
 * bids. */
static const struct hs_comparator *const table[] = {
#define HS_ROW(name) &hs_comparator_##name,
#include "comparators/rows.def"
#undef HS_ROW
	NULL,
};

enum { N_ROWS = sizeof(table) / sizeof(table[0]) - 1 };

const struct hs_comparator *
hs_comparator_at(size_t i)
{
	return i <= N_ROWS ? table[i] : NULL;
}

static unsigned
bid_of(const struct hs_comparator *row, struct hs_span file, struct hs_span name)
{
	const unsigned by_bytes = row->bid ? row->bid(file) : 0;
	const unsigned by_name = row->bid_named ? row->bid_named(file, name) : 0;

	return by_name > by_bytes ? by_name : by_bytes;
}

static const struct hs_comparator *
best_bidder(struct hs_span file, struct hs_span name, unsigned rank)
{
	unsigned bids[N_ROWS + 1] = { 0 };

	for (size_t i = 0; table[i]; i++)
		bids[i] = bid_of(table[i], file, name);
	for (;;) {
		size_t best = N_ROWS;

		for (size_t i = 0; table[i]; i++)
			if (bids[i] > 0 && (best == N_ROWS || bids[i] > bids[best]))
				best = i;
		if (best == N_ROWS)
			return NULL;
		if (rank-- == 0)
			return table[best];
		bids[best] = 0;
	}
}

const struct hs_comparator *
hs_comparator_for(struct hs_span file, unsigned rank)
{
	return best_bidder(file, (struct hs_span){ 0 }, rank);
}

const struct hs_comparator *
hs_comparator_of(const struct hs_content *c, unsigned rank)
{
	if (c->as && rank-- == 0)
		return c->as;
	return best_bidder(c->bytes, c->name, rank);
}
