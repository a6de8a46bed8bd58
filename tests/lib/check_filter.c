/* SPDX-License-Identifier: Apache-2.0 */
#include "check_filter.h"

#include "build_stream.h"
#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static void
check_entry(struct expanded *o, struct hs_span plain)
{
	const struct hs_entry *e = expanded_entry(o, "");
	int rc;

	assert_false(e->damaged);
	assert_int_equal(e->size, plain.len);
	assert_true(hs_span_equal(expanded_content(o, e, &rc), plain));
	assert_int_equal(rc, 0);
}

void
check_filter_content(const struct hs_comparator *by, struct hs_span packed, struct hs_span plain)
{
	struct expanded o;

	assert_ptr_equal(hs_comparator_for(packed, 0), by);
	expanded_init(&o, by, packed, NULL);
	assert_int_equal(o.rc, 0);
	assert_int_equal(o.tree.n_entries, 1);
	check_entry(&o, plain);
	expanded_exercise(&o);
	expanded_release(&o);
}

void
check_filter_truncations(const struct hs_comparator *by, struct hs_span packed,
                         struct hs_span plain)
{
	for (size_t len = 0; len < packed.len; len++) {
		struct hs_span part = exact_copy(packed, len);
		struct expanded o;

		(void)by->bid(part);
		free((uint8_t *)(uintptr_t)part.at);
		expanded_init(&o, by, hs_span_head(packed, len), NULL);
		expanded_exercise(&o);
		if (o.rc == 0) {
			const struct hs_entry *e = expanded_entry(&o, "");

			assert_true(e->damaged);
			assert_non_null(e->note);
			assert_true(hs_span_starts(plain, e->bytes));
		}
		expanded_release(&o);
	}
}

void
check_filter_trailing(const struct hs_comparator *by, struct hs_span packed, struct hs_span plain)
{
	static const struct hs_span tails[] = { { (const uint8_t *)"\0\0\0\0\0", 5 },
		                                { (const uint8_t *)"not a stream", 12 } };

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded o;
		int rc;

		expanded_init(&o, by, build_joined(&arena, packed, tails[i]), NULL);
		assert_int_equal(o.rc, 0);
		assert_int_equal(o.tree.n_entries, 2);
		check_entry(&o, plain);
		assert_true(hs_span_equal(
			expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc),
			tails[i]));
		expanded_release(&o);
	}
}

void
check_filter_says(const struct hs_comparator *by, struct hs_span file, int rc, const char *text)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_span copy = exact_copy(file, file.len);
	struct hs_err err;

	assert_int_equal(by->describe(&facts, copy, &err), rc);
	assert_string_equal(hs_facts_text(&facts), text);
	free((uint8_t *)(uintptr_t)copy.at);
}
