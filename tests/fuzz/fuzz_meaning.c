/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/capture.h"
#include "image/config_meaning.h"

#include <stdlib.h>

/*
 * A configuration said, rendered and read again: the rendering says and means
 * the same, and a document that can be read means what it means itself.
 */
static void
check_rendering(struct hs_arena *arena, const struct hs_facts *facts, struct hs_span file)
{
	struct hs_facts again = { .arena = arena };
	struct hs_changes changes = { 0 };
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);
	struct hs_span rendered;
	struct hs_err err;

	if (hs_comparator_image_config.render(out, file, &err) < 0 || fclose(out) != 0)
		abort();
	rendered = (struct hs_span){ c.bytes, c.len };
	if (hs_comparator_image_config.describe(&again, rendered, &err) < 0)
		abort();
	hs_facts_diff(&changes, arena, facts, &again, true);
	for (const struct hs_change *change = changes.first; change; change = change->next)
		if (change->field[0] != '(' && !change->order_only)
			abort();
	if (hs_config_same_meaning(file, file) && !hs_config_same_meaning(file, rendered))
		abort();
	free(c.bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span whole = { data, size };
	const struct hs_span a = { data, size / 2 }, b = { data + size / 2, size - size / 2 };
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	hs_comparator_image_config.bid(whole);
	if (hs_comparator_image_config.describe(&facts, whole, &err) == 0)
		check_rendering(&arena, &facts, whole);
	hs_config_same_meaning(a, b);
	hs_arena_release(&arena);
	return 0;
}
