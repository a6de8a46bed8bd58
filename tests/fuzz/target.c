/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/run.h"
#include "core/tar_header.h"
#include "image/view.h"

#include <stdio.h>
#include <stdlib.h>

/* Members of one input that are opened: the later ones tell nothing new. */
enum { MAX_OPENED = 256 };

static struct hs_run run;

static void
release_run(void)
{
	hs_run_release(&run);
}

struct hs_run *
hs_fuzz_run(void)
{
	if (!run.pool) {
		struct hs_limits limits = HS_LIMITS_DEFAULT;

		limits.max_depth = 6;
		limits.max_size = UINT64_C(16) << 20;
		limits.max_members = 10000;
		hs_run_init(&run, &limits, 1, NULL);
		atexit(release_run);
	}
	atomic_store(&run.inflated, 0);
	return &run;
}

const struct hs_comparator *
hs_fuzz_comparator(const char *name)
{
	for (size_t i = 0; hs_comparator_at(i); i++)
		if (strcmp(hs_comparator_at(i)->name, name) == 0)
			return hs_comparator_at(i);
	fprintf(stderr, "no comparator is called %s\n", name);
	exit(1);
}

static void
read_member(const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_content content = { 0 };
	struct hs_err err;

	hs_tree_describe(&facts, t, e);
	(void)hs_facts_text(&facts);
	(void)hs_tree_open(&content, t, e, &err);
	hs_content_release(&content);
	hs_arena_release(&arena);
}

static void
read_members(const struct hs_comparator *c, struct hs_span file)
{
	struct hs_run *r = hs_fuzz_run();
	struct hs_worker *w = hs_pool_main(r->pool);
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct hs_tree tree;
	const struct hs_view *view;
	struct hs_err err;

	hs_tree_init(&tree, r, w, NULL);
	(void)c->expand(&tree, file, &err);
	view = hs_view_for(&tree);
	if (view)
		(void)view->arrange(&tree, &err);
	hs_tree_finish(&tree);
	for (size_t i = 0; i < tree.n_entries && i < MAX_OPENED; i++)
		read_member(&tree, &tree.entries[i]);
	hs_tree_release(&tree);
	hs_arena_rewind(&w->scratch, mark);
}

static void
render(const struct hs_comparator *c, struct hs_span file)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct hs_err err;

	if (!out)
		abort();
	(void)c->render(out, file, &err);
	fclose(out);
	free(text);
}

void
hs_fuzz_read(const struct hs_comparator *c, struct hs_span file)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	(void)c->bid(file);
	if (c->describe)
		(void)c->describe(&facts, file, &err);
	(void)hs_facts_text(&facts);
	hs_arena_release(&arena);
	if (c->expand)
		read_members(c, file);
	if (c->render)
		render(c, file);
}

void
hs_fuzz_repair_tar(uint8_t *at, size_t size)
{
	char sum[16];

	for (; size >= HS_TAR_BLOCK; at += HS_TAR_BLOCK, size -= HS_TAR_BLOCK) {
		if (memcmp(at + 257, "ustar", 5) != 0)
			continue;
		snprintf(sum, sizeof(sum), "%06o",
		         (unsigned)hs_tar_sum((struct hs_span){ at, HS_TAR_BLOCK }));
		memcpy(at + 148, sum, 7);
	}
}
