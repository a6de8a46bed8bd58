/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "pack/pack.h"

#include <stdio.h>
#include <stdlib.h>

/* The layer that packing a tar makes; NULL where it is refused. */
static struct hs_blob *
pack(struct hs_span tar)
{
	struct hs_run *run = hs_fuzz_run();
	struct hs_arena arena = { 0 };
	struct hs_packed p = { .list.arena = &arena };
	const struct hs_pack_order order = { .times = { true, 1000000000 },
		                             .config = json_object() };
	struct hs_blob *layer = NULL;
	struct hs_tree tree;
	struct hs_err err;

	hs_tree_init(&tree, run, hs_pool_main(run->pool), NULL);
	if (hs_comparator_tar.expand(&tree, tar, &err) == 0) {
		hs_tree_finish(&tree);
		if (hs_pack(&p, &tree, &order, &err) == 0)
			layer = hs_blob_ref(p.layer);
	}
	hs_packed_release(&p);
	hs_tree_release(&tree);
	json_decref(order.config);
	hs_arena_release(&arena);
	return layer;
}

/* What was packed is packed already: once more makes the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_blob *once = pack((struct hs_span){ data, size });
	struct hs_blob *again = once ? pack(once->bytes) : NULL;

	if (once && (!again || !hs_span_equal(once->bytes, again->bytes))) {
		fprintf(stderr, "packed again it is another layer\n");
		abort();
	}
	hs_blob_unref(once);
	hs_blob_unref(again);
	return 0;
}
