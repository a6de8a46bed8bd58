/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member.h"

#include "core/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static int
open_tree(void **state)
{
	static struct hs_run run;
	static struct hs_tree tree;
	const struct hs_limits limits = HS_LIMITS_DEFAULT;

	hs_run_init(&run, &limits, 1, NULL);
	hs_tree_init(&tree, &run, hs_pool_main(run.pool), NULL);
	*state = &tree;
	return 0;
}

static int
close_tree(void **state)
{
	struct hs_tree *t = *state;
	struct hs_run *run = t->run;

	hs_tree_release(t);
	hs_run_release(run);
	return 0;
}

static void
remarks_and_damage_of_an_entry_add_up(void **state)
{
	struct hs_tree *t = *state;
	struct hs_entry *e;
	struct hs_err err;

	assert_int_equal(hs_member_add(&e, t, HS_SPAN("a"), &err), 0);
	assert_null(e->note);
	hs_member_note(t, e, "odd");
	assert_string_equal(e->note, "odd");
	assert_false(e->damaged);
	hs_member_damage(t, e, "broken");
	assert_string_equal(e->note, "odd; broken");
	assert_true(e->damaged);
}

static void
names_longer_than_the_limit_are_kept_by_their_beginning(void **state)
{
	struct hs_tree *t = *state;
	uint8_t *name = malloc(HS_MAX_NAME + 1);
	struct hs_entry *e;
	struct hs_err err;

	memset(name, 'n', HS_MAX_NAME + 1);
	assert_int_equal(hs_member_add(&e, t, (struct hs_span){ name, HS_MAX_NAME }, &err), 0);
	assert_ptr_equal(e->name.at, name);
	assert_false(e->damaged);
	assert_int_equal(hs_member_add(&e, t, (struct hs_span){ name, HS_MAX_NAME + 1 }, &err), 0);
	assert_int_equal(e->name.len, 200 + strlen("...(65537 bytes)"));
	assert_true(hs_span_ends(e->name, HS_SPAN("n...(65537 bytes)")));
	assert_true(e->damaged);
	free(name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(remarks_and_damage_of_an_entry_add_up, open_tree,
		                                close_tree),
		cmocka_unit_test_setup_teardown(
			names_longer_than_the_limit_are_kept_by_their_beginning, open_tree,
			close_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
