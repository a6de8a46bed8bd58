/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include <stdlib.h>

/* Small, so that a run ends soon whatever an archive claims. */
static const struct hs_limits limits = {
	.max_depth = 4,
	.max_size = 1 << 20,
	.max_ratio = 100,
	.max_members = 1000,
};

static void
exercise(const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_content content;
	struct hs_err err;

	hs_tree_describe(&facts, t, e);
	hs_facts_text(&facts);
	hs_tree_open(&content, t, e, &err);
	hs_content_release(&content);
	hs_arena_release(&arena);
}

static void
read_all(struct hs_span file)
{
	const struct hs_comparator *tar = &hs_comparator_tar;
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_run run;
	struct hs_tree tree;
	struct hs_err err;

	hs_run_init(&run, &limits, 1, NULL);
	hs_tree_init(&tree, &run, hs_pool_main(run.pool), NULL);
	tar->describe(&facts, file, &err);
	tar->expand(&tree, file, &err);
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
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	hs_fuzz_repair_tar(copy, size);
	if (hs_comparator_tar.bid((struct hs_span){ copy, size }))
		read_all((struct hs_span){ copy, size });
	free(copy);
	return 0;
}
