/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "compared.h"
#include "engine/side.h"

static void
open_bytes(struct hs_opened *o, struct hs_run *run, struct hs_span bytes)
{
	hs_side_open(o, run, hs_pool_main(run->pool), (struct hs_content){ NULL, bytes });
}

static void
side_asks_the_best_bidder_first_and_the_next_when_it_was_wrong(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_run run;
	struct hs_opened o;

	(void)state;
	start_run(&run, 1);
	open_bytes(&o, &run, cpio_of(&a, "m=1"));
	assert_string_equal(o.format, "cpio");
	assert_int_equal(o.shape, HS_SHAPE_TREE);
	assert_int_equal(o.tree.n_entries, 1);
	hs_side_release(&o);
	open_bytes(&o, &run, HS_SPAN("{\"a\": 1}\n"));
	assert_string_equal(o.format, "json");
	assert_false(o.has_members);
	hs_side_release(&o);
	/* It begins and ends like JSON. */
	open_bytes(&o, &run, HS_SPAN("{not json at all}\n"));
	assert_string_equal(o.format, "text");
	assert_int_equal(o.trouble.code, 0);
	hs_side_release(&o);
	open_bytes(&o, &run, HS_SPAN("\0\1\2\3"));
	assert_string_equal(o.format, "");
	assert_null(o.row);
	assert_null(o.facts.first);
	hs_side_release(&o);
	open_bytes(&o, &run, HS_SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"));
	assert_null(o.row);
	assert_string_equal(o.facts.first->field, "looks like");
	hs_side_release(&o);
	open_bytes(&o, &run, HS_SPAN(""));
	assert_string_equal(o.format, "empty");
	hs_side_release(&o);
	hs_run_release(&run);
}

static void
side_keeps_what_was_read_before_the_damage(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = cpio_of(&a, "m=1 n=2");
	struct hs_run run;
	struct hs_opened o;

	(void)state;
	start_run(&run, 1);
	open_bytes(&o, &run, hs_span_head(whole, whole.len * 2 / 5));
	assert_string_equal(o.format, "cpio");
	assert_int_equal(o.trouble.code, HS_EFORMAT);
	assert_true(o.tree.n_entries >= 1);
	hs_side_release(&o);
	hs_run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(side_asks_the_best_bidder_first_and_the_next_when_it_was_wrong),
		cmocka_unit_test(side_keeps_what_was_read_before_the_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
