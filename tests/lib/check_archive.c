/* SPDX-License-Identifier: Apache-2.0 */
#include "check_archive.h"

#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static bool
is_damaged(const struct expanded *o)
{
	bool damaged = o->rc < 0;

	for (size_t i = 0; i < o->tree.n_entries; i++)
		damaged = damaged || o->tree.entries[i].damaged;
	return damaged;
}

void
check_archive_wins(const struct hs_comparator *by, struct hs_span file)
{
	struct expanded o;

	assert_ptr_equal(hs_comparator_for(file, 0), by);
	expanded_init(&o, by, file, NULL);
	assert_int_equal(o.rc, 0);
	assert_false(is_damaged(&o));
	expanded_exercise(&o);
	expanded_release(&o);
}

void
check_archive_truncations(const struct hs_comparator *by, struct hs_span file, size_t step,
                          size_t end)
{
	for (size_t len = 0; len < end; len += step) {
		struct hs_span part = exact_copy(file, len);
		struct expanded o;

		(void)by->bid(part);
		free((uint8_t *)(uintptr_t)part.at);
		expanded_init(&o, by, hs_span_head(file, len), NULL);
		expanded_exercise(&o);
		if (!is_damaged(&o))
			fail_msg("%zu of %zu bytes are taken for whole", len, file.len);
		expanded_release(&o);
	}
}

void
check_archive_survives(const struct hs_comparator *by, struct hs_span file, size_t step)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct hs_span copy = exact_copy(file, file.len);
	uint8_t *at = (uint8_t *)(uintptr_t)copy.at;

	limits.max_size = 1 << 20;
	limits.max_members = 100;
	for (size_t i = 0; i < file.len; i += step) {
		static const uint8_t values[] = { 0, 0x7f, 0xff };

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			at[i] = values[k];
			(void)by->bid(copy);
			expanded_init(&o, by, copy, &limits);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		at[i] = file.at[i];
	}
	free(at);
}
