/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/remarks.h"

static void
remarks_join_sentences_and_keep_damage(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_remarks r = { 0 }, all = { 0 };

	(void)state;
	assert_null(hs_remarks_text(&r, &a));
	hs_remarks_add(&r, &a, true, "one %d", 1);
	hs_remarks_add(&r, &a, false, "two");
	assert_string_equal(hs_remarks_text(&r, &a), "one 1; two");
	hs_remarks_join(&all, &a, &(struct hs_remarks){ 0 });
	assert_null(hs_remarks_text(&all, &a));
	hs_remarks_join(&all, &a, &r);
	assert_true(all.damaged);
	assert_string_equal(hs_remarks_text(&all, &a), "one 1; two");
}

static void
remarks_count_what_is_too_much_to_read(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_remarks r = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		hs_remarks_add(&r, &a, false, "%d", i);
	assert_string_equal(hs_remarks_text(&r, &a),
	                    "0; 1; 2; 3; 4; 5; 6; 7; and 992 more of the kind");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remarks_join_sentences_and_keep_damage),
		cmocka_unit_test(remarks_count_what_is_too_much_to_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
