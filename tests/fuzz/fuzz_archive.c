/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that a run ends soon whatever an archive claims. */
static const struct hs_limits limits = {
	.max_size = 1 << 20,
	.max_ratio = 100,
	.max_members = 1000,
};

/* The first byte chooses the format. */
static const struct hs_comparator *const rows[] = {
	&hs_comparator_sevenzip, &hs_comparator_cab,     &hs_comparator_xar,
	&hs_comparator_lha,      &hs_comparator_iso9660,
};

static void
exercise(const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_content content;
	struct hs_err err;

	hs_tree_describe(&facts, t, e);
	(void)hs_facts_text(&facts);
	(void)hs_tree_open(&content, t, e, &err);
	hs_content_release(&content);
	hs_arena_release(&arena);
}

static void
read_all(const struct hs_comparator *row, struct hs_span file)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_tree tree;
	struct hs_run run;
	struct hs_err err;

	hs_run_init(&run, &limits, 1, NULL);
	hs_tree_init(&tree, &run, hs_pool_main(run.pool), NULL);
	(void)row->describe(&facts, file, &err);
	(void)hs_facts_text(&facts);
	(void)row->expand(&tree, file, &err);
	hs_tree_finish(&tree);
	for (size_t i = 0; i < tree.n_entries; i++)
		exercise(&tree, &tree.entries[i]);
	hs_tree_release(&tree);
	hs_run_release(&run);
	hs_arena_release(&arena);
}

/* Whatever an archive claims, describing, expanding and opening it ends, and ends well. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span file = { data + 1, size ? size - 1 : 0 };
	const struct hs_comparator *row;

	if (size == 0)
		return 0;
	row = rows[data[0] % (sizeof(rows) / sizeof(rows[0]))];
	if (row->bid(file) > 0)
		read_all(row, file);
	return 0;
}
