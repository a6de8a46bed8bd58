/* SPDX-License-Identifier: Apache-2.0 */
#include "core/capture.h"
#include "core/listing.h"

#include "comparators/comparator.h"

#include <stdlib.h>

/* A document described, rendered, and read again from its rendering, which says the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_rendering(struct hs_arena *arena, const struct hs_facts *facts, struct hs_span file)
{
	struct hs_facts again = { .arena = arena };
	struct hs_changes changes = { 0 };
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);
	struct hs_err err;

	if (hs_comparator_json.render(out, file, &err) < 0 || fclose(out) != 0)
		abort();
	if (hs_comparator_json.describe(&again, (struct hs_span){ c.bytes, c.len }, &err) < 0)
		abort();
	hs_facts_diff(&changes, arena, facts, &again, true);
	for (const struct hs_change *change = changes.first; change; change = change->next)
		if (change->field[0] != '(' && !change->order_only)
			abort();
	free(c.bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span a = { data, size / 2 }, b = { data + size / 2, size - size / 2 };
	const struct hs_span whole = { data, size };
	const struct hs_listing_options options = { 2, 50 };
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	const struct hs_node node = {
		.view = HS_VIEW_TEXT,
		.render_a = hs_comparator_json.render,
		.render_b = hs_comparator_json.render,
		.a = { .present = true, .content = { .blob = NULL, .bytes = a } },
		.b = { .present = true, .content = { .blob = NULL, .bytes = b } },
	};
	struct hs_err err;

	hs_comparator_json.bid(whole);
	if (hs_comparator_json.describe(&facts, whole, &err) == 0)
		check_rendering(&arena, &facts, whole);
	hs_listing_make(&arena, &node, &options);
	hs_arena_release(&arena);
	return 0;
}
