/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canon/canon.h"

static void
every_form_is_found_by_its_name(void **state)
{
	static const char *const want[] = { "ggcr", "buildkit", "buildah", "stabilize" };

	(void)state;
	assert_int_equal(sizeof(want) / sizeof(want[0]), HS_N_LIKE);
	for (unsigned i = 0; i < HS_N_LIKE; i++) {
		enum hs_like like = HS_N_LIKE;

		assert_string_equal(hs_like_name((enum hs_like)i), want[i]);
		assert_true(hs_like_find(&like, want[i]));
		assert_int_equal(like, i);
	}
}

static void
other_names_are_no_form(void **state)
{
	static const char *const rows[] = { "", "GGCR", "ggc", "ggcr ", "kaniko" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum hs_like like = HS_LIKE_BUILDAH;

		assert_false(hs_like_find(&like, rows[i]));
		assert_int_equal(like, HS_LIKE_BUILDAH);
	}
}

static void
a_clamp_needs_a_time(void **state)
{
	(void)state;
	assert_false(hs_like_needs_time(HS_LIKE_GGCR));
	assert_true(hs_like_needs_time(HS_LIKE_BUILDKIT));
	assert_true(hs_like_needs_time(HS_LIKE_BUILDAH));
	assert_false(hs_like_needs_time(HS_LIKE_STABILIZE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_found_by_its_name),
		cmocka_unit_test(other_names_are_no_form),
		cmocka_unit_test(a_clamp_needs_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
