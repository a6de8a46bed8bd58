/* SPDX-License-Identifier: Apache-2.0 */
#include "leaf.h"

#include "unit.h"

#include <stdlib.h>

const char *
leaf_text(struct hs_arena *arena, const struct hs_comparator *row, struct hs_span file)
{
	struct hs_facts facts = { .arena = arena };
	const struct hs_span copy = exact_copy(file, file.len);
	struct hs_err err = { 0 };
	const int rc = row->describe(&facts, copy, &err);
	const char *text = hs_facts_text(&facts);

	if (rc < 0) {
		assert_int_equal(rc, err.code);
		assert_true(err.text[0] != 0);
		text = hs_arena_printf(arena, "%s! %s\n", text, err.text);
	}
	free((void *)(uintptr_t)copy.at);
	return text;
}

const char *
leaf_of(struct hs_arena *arena, const struct hs_comparator *row, const char *file)
{
	return leaf_text(arena, row, hs_span_of(file));
}

void
leaf_truncations(const struct hs_comparator *row, struct hs_span file)
{
	for (size_t len = 0; len < file.len; len++) {
		RELEASED struct hs_arena arena = { 0 };

		leaf_text(&arena, row, hs_span_head(file, len));
	}
}

void
leaf_every_byte_counts(const struct hs_comparator *row, struct hs_span file)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *whole = leaf_text(&arena, row, file);
	const struct hs_span copy = hs_arena_copy(&arena, file);
	uint8_t *at = (uint8_t *)(uintptr_t)copy.at;

	for (size_t i = 0; i < file.len; i++) {
		RELEASED struct hs_arena own = { 0 };

		at[i] ^= 0x15;
		if (row->bid(copy) == row->bid(file) &&
		    strcmp(leaf_text(&own, row, copy), whole) == 0)
			fail_msg("byte %zu of %zu differs unseen", i, file.len);
		at[i] ^= 0x15;
	}
}
