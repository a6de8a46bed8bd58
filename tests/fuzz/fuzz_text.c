/* SPDX-License-Identifier: Apache-2.0 */
#include "core/encoding.h"
#include "core/listing.h"
#include "core/remark.h"

#include "comparators/comparator.h"

#include <stdlib.h>

/* The two halves of the input as two sides of a leaf: once as text, once in hex. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span a = { data, size / 2 }, b = { data + size / 2, size - size / 2 };
	const struct hs_listing_options options = { 2, 50 };
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_node node = {
		.a = { .present = true, .content = { .blob = NULL, .bytes = a } },
		.b = { .present = true, .content = { .blob = NULL, .bytes = b } },
	};
	struct hs_remark remark;
	struct hs_err err;

	if (hs_comparator_text.bid(a) && hs_comparator_text.describe(&facts, a, &err) < 0)
		abort(); /* a file this small is bid for only when all of it is text */
	hs_text_remark(&remark, a, b);
	for (int view = HS_VIEW_TEXT; view <= HS_VIEW_HEX; view++) {
		node.view = (enum hs_view_kind)view;
		hs_listing_make(&arena, &node, &options);
		node.render_a = node.render_b = hs_text_render;
		hs_listing_make(&arena, &node, &options);
	}
	hs_arena_release(&arena);
	return 0;
}
