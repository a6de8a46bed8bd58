/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>

#include "comparators/comparator.h"

static size_t
count_rows(void)
{
	size_t n = 0;

	while (hs_comparator_at(n))
		n++;
	return n;
}

static void
table_ends_with_null_and_stays_there(void **state)
{
	const size_t n = count_rows();

	(void)state;
	assert_true(n > 0);
	assert_null(hs_comparator_at(n));
	assert_null(hs_comparator_at(n + 1));
	assert_null(hs_comparator_at(SIZE_MAX));
}

static void
table_has_complete_rows_with_names_of_their_own(void **state)
{
	(void)state;
	for (size_t i = 0; hs_comparator_at(i); i++) {
		const struct hs_comparator *c = hs_comparator_at(i);

		assert_non_null(c->name);
		assert_true(c->name[0] != 0);
		assert_non_null(c->about);
		assert_non_null(c->bid);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(c->name, hs_comparator_at(k)->name);
	}
}

static void
table_asks_better_bidders_first_and_each_once(void **state)
{
	const struct hs_span files[] = {
		HS_SPAN("plain text\n"),
		HS_SPAN("{\"json\": [1, 2, 3]}\n"),
		HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\2\xff\3\0\0\0\0\0\0\0\0\0"),
		HS_SPAN("!<arch>\n"),
	};

	(void)state;
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
		unsigned last = UINT_MAX, rank = 0;
		const struct hs_comparator *c;

		for (; (c = hs_comparator_for(files[f], rank)); rank++) {
			assert_true(c->bid(files[f]) > 0);
			assert_true(c->bid(files[f]) <= last);
			last = c->bid(files[f]);
			for (unsigned k = 0; k < rank; k++)
				assert_ptr_not_equal(c, hs_comparator_for(files[f], k));
		}
		assert_true(rank <= count_rows());
		assert_null(hs_comparator_for(files[f], rank + 1));
	}
}

static void
table_finds_nobody_for_nothing(void **state)
{
	(void)state;
	assert_null(hs_comparator_for(HS_SPAN(""), 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_ends_with_null_and_stays_there),
		cmocka_unit_test(table_has_complete_rows_with_names_of_their_own),
		cmocka_unit_test(table_asks_better_bidders_first_and_each_once),
		cmocka_unit_test(table_finds_nobody_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
