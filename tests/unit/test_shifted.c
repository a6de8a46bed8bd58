/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/engine.h"

/* The note on a container of members shifted by so much; INT64_MIN stands for one that is not. */
static void
check_note(const int64_t *by, size_t n, const char *want, uint64_t n_shifted)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_worker w = { 0 };
	struct hs_node parent = { 0 };
	struct hs_node **nodes = hs_arena_array(&a, n, sizeof(*nodes));

	for (size_t i = 0; i < n; i++) {
		nodes[i] = hs_arena_alloc(&a, sizeof(*nodes[i]));
		nodes[i]->is_shifted = by[i] != INT64_MIN;
		nodes[i]->shift = nodes[i]->is_shifted ? by[i] : 0;
	}
	hs_take_shifted(&parent, &w, nodes, n, NULL);
	assert_int_equal(parent.n_shifted, n_shifted);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(nodes[i] != NULL, by[i] == INT64_MIN);
	if (want) {
		assert_string_equal(parent.notes->code, "shifted");
		assert_string_equal(parent.notes->text, want);
		assert_null(parent.notes->next);
		assert_false(parent.notes->damage);
	} else {
		assert_null(parent.notes);
	}
	hs_arena_release(&w.keep);
	hs_arena_release(&w.scratch);
}

static void
shifted_members_are_taken_out_and_told_by_their_distances(void **state)
{
	static const int64_t one[] = { 0x40, INT64_MIN };
	static const int64_t down[] = { -8, -8 };
	static const int64_t still[] = { 0, INT64_MIN, 0 };
	static const int64_t most_first[] = { 8, 0x10, 0x10, -4, -4, -4 };
	static const int64_t many[] = { 5, 4, 3, 2, 1, 1 };

	(void)state;
	check_note(one, 2, "1 member says the same at other addresses, shifted by 0x40", 1);
	check_note(down, 2, "2 members say the same at other addresses, shifted by -0x8", 2);
	check_note(still, 3, "2 members say the same at other addresses: what they refer to moved",
	           2);
	check_note(most_first, 6,
	           "6 members say the same at other addresses, "
	           "shifted by -0x4 (3), 0x10 (2), 0x8 (1)",
	           6);
	check_note(many, 6,
	           "6 members say the same at other addresses, "
	           "shifted by 0x1 (2), 0x2 (1), 0x3 (1) and 2 other distances",
	           6);
}

static void
shifted_members_are_none_where_nothing_is(void **state)
{
	static const int64_t none[] = { INT64_MIN, INT64_MIN };

	(void)state;
	check_note(none, 2, NULL, 0);
	check_note(none, 0, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shifted_members_are_taken_out_and_told_by_their_distances),
		cmocka_unit_test(shifted_members_are_none_where_nothing_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
