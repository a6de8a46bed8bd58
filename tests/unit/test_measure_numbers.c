/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/measuring.h"
#include "measured.h"

#include <stdlib.h>

static void
numbers_that_count_the_entries_are_known(void **state)
{
	static const struct {
		unsigned first, step;
		bool numbered;
	} rows[] = { { 721, 1, true }, { 1, 1, true }, { 721, 2, false }, { 5, 0, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		uint64_t first = 0;
		const bool numbered = hs_measure_is_numbered(
			measured_ramdisk(&a, "a b c=1", rows[i].first, rows[i].step), &first);

		assert_int_equal(numbered, rows[i].numbered);
		assert_int_equal(first, rows[i].first);
	}
}

static void
what_has_no_trailer_counts_nothing(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = measured_ramdisk(&a, "a b", 721, 1);
	uint64_t first = 0;

	(void)state;
	assert_false(hs_measure_is_numbered(HS_SPAN(""), &first));
	assert_false(hs_measure_is_numbered(HS_SPAN("no cpio"), &first));
	for (size_t n = 0; n < 345; n++) {
		const struct hs_span cut = exact_copy(whole, n);

		assert_false(hs_measure_is_numbered(cut, &first));
		free((void *)(uintptr_t)cut.at);
	}
	assert_true(hs_measure_is_numbered(whole, &first));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_that_count_the_entries_are_known),
		cmocka_unit_test(what_has_no_trailer_counts_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
