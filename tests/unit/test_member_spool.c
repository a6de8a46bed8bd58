/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member_spool.h"

#include "one_run.h"
#include "unit.h"

static struct hs_entry *
add(struct hs_tree *t, const char *name)
{
	struct hs_entry *e;
	struct hs_err err;

	assert_int_equal(hs_tree_add(&e, t, hs_span_of(name), &err), 0);
	return e;
}

static void
contents_become_parts_of_one_blob(void **state)
{
	struct hs_tree t;
	struct hs_member_spool s = { .out = &t, .file = HS_SPAN("file") };
	struct hs_err err;

	(void)state;
	hs_tree_init(&t, &one_run, NULL, NULL);
	add(&t, "folder");
	assert_int_equal(hs_member_spool_put(&s, (const uint8_t *)"one", 3, &err), 0);
	assert_int_equal(hs_member_spool_put(&s, NULL, 2, &err), 0);
	hs_member_spool_close(&s, add(&t, "one"));
	hs_member_spool_close(&s, add(&t, "empty"));
	assert_int_equal(hs_member_spool_put(&s, (const uint8_t *)"two", 3, &err), 0);
	hs_member_spool_close(&s, add(&t, "two"));
	assert_int_equal(hs_member_spool_end(&s, 0, &err), 0);
	assert_int_equal(t.entries[0].bytes.len, 0);
	assert_true(hs_span_equal(t.entries[1].bytes, HS_SPAN("one\0\0")));
	assert_int_equal(t.entries[2].bytes.len, 0);
	assert_span(t.entries[3].bytes, "two");
	assert_ptr_equal(t.entries[1].blob, t.entries[3].blob);
	for (size_t i = 0; i < t.n_entries; i++)
		assert_int_equal(t.entries[i].codec, 0);
	hs_tree_release(&t);
}

static void
contents_before_an_error_are_kept(void **state)
{
	struct hs_tree t;
	struct hs_member_spool s = { .out = &t, .file = HS_SPAN("file") };
	struct hs_err err;

	(void)state;
	hs_tree_init(&t, &one_run, NULL, NULL);
	assert_int_equal(hs_member_spool_put(&s, (const uint8_t *)"one", 3, &err), 0);
	hs_member_spool_close(&s, add(&t, "one"));
	hs_fail(&err, HS_EFORMAT, "cut off");
	assert_int_equal(hs_member_spool_end(&s, HS_EFORMAT, &err), HS_EFORMAT);
	assert_string_equal(err.text, "cut off");
	assert_span(t.entries[0].bytes, "one");
	hs_tree_release(&t);
}

static void
contents_that_grow_too_much_are_refused(void **state)
{
	struct hs_tree t;
	struct hs_member_spool s = { .out = &t, .file = HS_SPAN("tiny") };
	struct hs_err err;

	(void)state;
	hs_tree_init(&t, &one_run, NULL, NULL);
	assert_int_equal(hs_member_spool_count(&s, HS_RATIO_FREE, &err), 0);
	assert_int_equal(hs_member_spool_count(&s, 1, &err), HS_ELIMIT);
	assert_string_equal(err.text, "an archive of 4 bytes gives more than 500 times as many "
	                              "(--max-ratio)");
	hs_tree_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contents_become_parts_of_one_blob),
		cmocka_unit_test(contents_before_an_error_are_kept),
		cmocka_unit_test(contents_that_grow_too_much_are_refused),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
