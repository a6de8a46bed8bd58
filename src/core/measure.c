/* SPDX-License-Identifier: Apache-2.0 */
#include "core/measure.h"

/* Whether the node is the section's or of a member of it. */
static bool
is_within(const struct hs_node *node, const struct hs_measure_section *section)
{
	while (node && node != section->node)
		node = node->parent;
	return node != NULL;
}

unsigned
hs_measured_in(const struct hs_measurements *m, const struct hs_node *node)
{
	unsigned pcrs = 0;

	for (size_t i = 0; m && i < m->n_pcrs; i++) {
		const struct hs_measure_pcr *pcr = &m->pcrs[i];

		/* Of a signature PCR8 has the certificate, and nothing of the rest. */
		for (size_t k = 0; pcr->index != 8 && k < pcr->n_sections; k++)
			if (is_within(node, &pcr->sections[k]))
				pcrs |= HS_PCR_BIT(pcr->index);
	}
	return pcrs;
}

const struct hs_measure_section *
hs_measured_section(const struct hs_measurements *m, const struct hs_node *node)
{
	for (size_t i = 0; m && i < m->n_pcrs; i++)
		for (size_t k = 0; k < m->pcrs[i].n_sections; k++)
			if (is_within(node, &m->pcrs[i].sections[k]))
				return &m->pcrs[i].sections[k];
	return NULL;
}

/* What stands before the number, and what behind it. */
static bool
cut_inode(struct hs_span value, struct hs_span *before, struct hs_span *behind)
{
	static const char word[] = ", inode ";
	const size_t len = sizeof(word) - 1;

	for (size_t i = 0; i + len <= value.len; i++) {
		size_t end = i + len;

		if (memcmp(value.at + i, word, len) != 0)
			continue;
		while (end < value.len && value.at[end] >= '0' && value.at[end] <= '9')
			end++;
		*before = hs_span_head(value, i);
		*behind = hs_span_from(value, end);
		return true;
	}
	return false;
}

bool
hs_same_trailer(struct hs_span a, struct hs_span b)
{
	struct hs_span a_before, a_behind, b_before, b_behind;

	return cut_inode(a, &a_before, &a_behind) && cut_inode(b, &b_before, &b_behind) &&
	       hs_span_equal(a_before, b_before) && hs_span_equal(a_behind, b_behind);
}
