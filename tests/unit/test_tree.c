/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/tree.h"

#include <stdlib.h>

static struct hs_entry *
add(struct hs_tree *t, const char *name)
{
	struct hs_entry *e;
	struct hs_err err;

	assert_int_equal(hs_tree_add(&e, t, hs_span_of(name), &err), 0);
	return e;
}

static void
tree_pairs_names_that_mean_the_same_path(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	static const char *const rows[][2] = {
		{ "etc/x", "etc/x" },
		{ "./etc/x", "etc/x" },
		{ "/etc/x", "etc/x" },
		{ "etc/", "etc" },
		{ "etc//x", "etc/x" },
		{ "././/etc///x//", "etc/x" },
		{ ".", "." },
		{ "./", "." },
		{ "/", "." },
		{ "", "" },
		{ "../x", "../x" },
		{ "a/./b", "a/./b" },
		{ ".hidden", ".hidden" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_span(hs_key_of_name(&a, hs_span_of(rows[i][0])), rows[i][1]);
}

static void
tree_numbers_equal_keys(void **state)
{
	struct hs_run run;
	struct hs_tree t;

	(void)state;
	start_run(&run, 1);
	hs_tree_init(&t, &run, hs_pool_main(run.pool), NULL);
	add(&t, "x");
	add(&t, "y");
	add(&t, "./x");
	add(&t, "x/");
	hs_tree_finish(&t);
	assert_int_equal(t.entries[0].occurrence, 0);
	assert_int_equal(t.entries[1].occurrence, 0);
	assert_int_equal(t.entries[2].occurrence, 1);
	assert_int_equal(t.entries[3].occurrence, 2);
	assert_ptr_equal(hs_tree_find(&t, HS_SPAN("x"), 1), &t.entries[2]);
	assert_null(hs_tree_find(&t, HS_SPAN("x"), 3));
	hs_tree_release(&t);
	hs_run_release(&run);
}

/* "first" is a file, then two links to it, one of them through the other; "late" points ahead. */
static void
tree_gives_hard_links_the_content_they_point_to(void **state)
{
	struct hs_content content;
	struct hs_run run;
	struct hs_tree t;
	struct hs_entry *e;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	hs_tree_init(&t, &run, hs_pool_main(run.pool), NULL);
	e = add(&t, "late");
	e->kind = HS_KIND_HARDLINK;
	e->link = HS_SPAN("./second");
	add(&t, "first")->bytes = HS_SPAN("content");
	t.entries[1].size = 7;
	e = add(&t, "second");
	e->kind = HS_KIND_HARDLINK;
	e->link = HS_SPAN("first");
	e = add(&t, "dangling");
	e->kind = HS_KIND_HARDLINK;
	e->link = HS_SPAN("nothing");
	e = add(&t, "self");
	e->kind = HS_KIND_HARDLINK;
	e->link = HS_SPAN("self");
	hs_tree_finish(&t);
	assert_span(t.entries[0].bytes, "content");
	assert_int_equal(t.entries[2].size, 7);
	assert_int_equal(hs_tree_open(&content, &t, &t.entries[2], &err), 0);
	assert_span(content.bytes, "content");
	hs_content_release(&content);
	assert_int_equal(t.entries[3].bytes.len, 0);
	assert_int_equal(t.entries[4].bytes.len, 0);
	hs_tree_release(&t);
	hs_run_release(&run);
}

static void
add_link(struct hs_tree *t, const char *name, const char *target)
{
	struct hs_entry *e = add(t, name);

	e->kind = HS_KIND_HARDLINK;
	e->link = hs_span_of(target);
}

/* Chains that run forwards, to and fro, into a cycle and to nowhere. */
static void
tree_follows_chains_of_hard_links(void **state)
{
	struct hs_run run;
	struct hs_tree t;

	(void)state;
	start_run(&run, 1);
	hs_tree_init(&t, &run, hs_pool_main(run.pool), NULL);
	add_link(&t, "forwards", "next");
	add_link(&t, "next", "back");
	add_link(&t, "round", "about");
	add_link(&t, "about", "round");
	add_link(&t, "into", "round");
	add_link(&t, "lost", "gone");
	add_link(&t, "gone", "nothing");
	add_link(&t, "back", "next but one");
	add_link(&t, "next but one", "file");
	add(&t, "file")->bytes = HS_SPAN("content");
	hs_tree_finish(&t);
	for (size_t i = 0; i < t.n_entries; i++) {
		const bool ends_nowhere = i >= 2 && i <= 6;

		assert_span(t.entries[i].bytes, ends_nowhere ? "" : "content");
	}
	hs_tree_release(&t);
	hs_run_release(&run);
}

static void
tree_refuses_what_passes_its_limits(void **state)
{
	const struct hs_limits limits = { .max_members = 2, .max_depth = 1, .max_size = 1 };
	char *name = hs_alloc(HS_MAX_NAME + 1);
	struct hs_entry *e;
	struct hs_run run;
	struct hs_tree t;
	struct hs_err err;

	(void)state;
	hs_run_init(&run, &limits, 1, NULL);
	hs_tree_init(&t, &run, hs_pool_main(run.pool), NULL);
	assert_int_equal(
		hs_tree_add(&e, &t, (struct hs_span){ (uint8_t *)name, HS_MAX_NAME + 1 }, &err),
		HS_ELIMIT);
	add(&t, "x");
	assert_int_equal(hs_tree_add_gap(&t, "after the end", HS_SPAN("..."), &err), 0);
	assert_span(t.entries[1].key, "(after the end)");
	assert_int_equal(hs_tree_add(&e, &t, HS_SPAN("z"), &err), HS_ELIMIT);
	assert_non_null(strstr(err.text, "--max-members"));
	hs_tree_release(&t);
	hs_run_release(&run);
	free(name);
}

static void
tree_entries_have_their_notes_one_by_one(void **state)
{
	static const struct hs_entry_note more[] = {
		{ "foreign-blob", "elsewhere", false },
		{ "size-mismatch", "too long", true },
	};
	struct hs_entry e = { .note = "odd" };
	struct hs_entry_note n;

	(void)state;
	assert_true(hs_entry_note_at(&n, &e, 0));
	assert_string_equal(n.code, "remark");
	assert_false(hs_entry_note_at(&n, &e, 1));
	assert_null(hs_entry_damage(&e));
	e.notes = more;
	e.n_notes = 2;
	assert_true(hs_entry_note_at(&n, &e, 1));
	assert_string_equal(n.code, "foreign-blob");
	assert_string_equal(hs_entry_damage(&e), "too long");
	e.damaged = true;
	assert_string_equal(hs_entry_damage(&e), "odd");
	e.note = NULL;
	assert_true(hs_entry_note_at(&n, &e, 1));
	assert_string_equal(n.code, "size-mismatch");
	assert_false(hs_entry_note_at(&n, &e, 2));
}

static void
tree_numbers_keys_anew_after_they_were_changed(void **state)
{
	struct hs_run run;
	struct hs_tree t;
	struct hs_entry *e;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	hs_tree_init(&t, &run, hs_pool_main(run.pool), NULL);
	for (int i = 0; i < 3; i++)
		assert_int_equal(hs_tree_add(&e, &t, HS_SPAN("a"), &err), 0);
	hs_tree_finish(&t);
	t.entries[1].key = HS_SPAN("b");
	hs_tree_renumber(&t);
	assert_int_equal(t.entries[0].occurrence, 0);
	assert_int_equal(t.entries[1].occurrence, 0);
	assert_int_equal(t.entries[2].occurrence, 1);
	hs_tree_release(&t);
	hs_run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_pairs_names_that_mean_the_same_path),
		cmocka_unit_test(tree_numbers_equal_keys),
		cmocka_unit_test(tree_numbers_keys_anew_after_they_were_changed),
		cmocka_unit_test(tree_gives_hard_links_the_content_they_point_to),
		cmocka_unit_test(tree_follows_chains_of_hard_links),
		cmocka_unit_test(tree_refuses_what_passes_its_limits),
		cmocka_unit_test(tree_entries_have_their_notes_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
