/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canonical_text.h"

static const char *
stabilize(struct canonical_text *t, const char *config, size_t n_layers)
{
	t->how = (struct hs_canon){ .like = HS_LIKE_STABILIZE };
	return canonical_text(t, hs_canonical_stabilize, hs_span_of(config), n_layers);
}

static void
stabilize_replaces_the_diff_ids_and_nothing_else(void **state)
{
	struct canonical_text t = { 0 };

	(void)state;
	assert_string_equal(
		stabilize(&t,
	                  "{ \"rootfs\": {\"diff_ids\": [ \"x\" ,\n\"y\"] }, \"b\":1.0,\n"
	                  "\"a\":\"<\" }\n",
	                  2),
		"{ \"rootfs\": {\"diff_ids\": [ " CANONICAL_ID_1 " ,\n" CANONICAL_ID_2
		"] }, \"b\":1.0,\n\"a\":\"<\" }\n");
	assert_string_equal(stabilize(&t, "{\"rootfs\":{}}", 0), "{\"rootfs\":{}}");
	hs_arena_release(&t.arena);
}

static void
stabilize_refuses_a_count_that_does_not_fit(void **state)
{
	struct canonical_text t = { 0 };

	(void)state;
	assert_string_equal(stabilize(&t, "{\"rootfs\":{\"diff_ids\":[\"x\"]}}", 2),
	                    "! the configuration has no diff_ids from layer[1] on");
	assert_string_equal(stabilize(&t, "{\"rootfs\":{\"diff_ids\":[\"x\",\"y\"]}}", 1),
	                    "! the configuration has more diff_ids than the image layers (1)");
	assert_string_equal(stabilize(&t, "{}", 1),
	                    "! the configuration has no diff_ids from layer[0] on");
	assert_string_equal(stabilize(&t, "[", 1),
	                    "! the configuration: the JSON ends early, at byte 1");
	hs_arena_release(&t.arena);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(stabilize_replaces_the_diff_ids_and_nothing_else),
		cmocka_unit_test(stabilize_refuses_a_count_that_does_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
