/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/share_name.h"

#include "comparators/comparator.h"

static const struct hs_comparator *
row_under(const struct hs_content *c, struct hs_span name)
{
	const struct hs_content named = { .bytes = c->bytes, .name = name };

	return hs_comparator_of(&named, 0);
}

void
hs_share_name(struct hs_content *a, struct hs_content *b)
{
	const struct hs_comparator *row_a, *row_b;
	bool a_by_name, b_by_name;

	if (a->as || b->as || hs_span_equal(a->name, b->name))
		return;
	row_a = row_under(a, a->name);
	row_b = row_under(b, b->name);
	if (row_a == row_b)
		return;
	a_by_name = row_under(a, (struct hs_span){ 0 }) != row_a;
	b_by_name = row_under(b, (struct hs_span){ 0 }) != row_b;
	if (a_by_name && !b_by_name && row_under(b, a->name) == row_a)
		b->name = a->name;
	else if (b_by_name && !a_by_name && row_under(a, b->name) == row_b)
		a->name = b->name;
}
