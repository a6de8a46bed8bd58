/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/path_tree.h"

static struct hs_path_place
walk(struct hs_path_tree *t, const char *path, bool make)
{
	struct hs_path_place out;
	struct hs_err err;

	assert_int_equal(hs_path_walk(&out, t, hs_span_of(path), make, &err), 0);
	return out;
}

/* A node in the root with that entry. */
static struct hs_path_node *
put(struct hs_path_tree *t, const char *name, const struct hs_entry *e)
{
	const struct hs_path_name last = { hs_span_of(name), strlen(name) };
	struct hs_err err;
	uint32_t id;

	assert_int_equal(hs_path_add(&id, t, 0, &last, &err), 0);
	t->nodes[id].entry = t->nodes[id].content = e;
	t->nodes[id].present = true;
	t->nodes[id].since = t->now;
	return &t->nodes[id];
}

static void
path_walk_makes_what_is_missing_once(void **state)
{
	struct hs_path_tree t;
	uint32_t c;

	(void)state;
	hs_path_tree_init(&t, 0);
	assert_false(walk(&t, "a/b", false).found);
	assert_int_equal(t.n, 1);
	c = walk(&t, "a/b/c", true).dir;
	assert_int_equal(t.n, 4);
	assert_int_equal(t.n_implied, 3);
	assert_int_equal(walk(&t, "a/b/c", true).dir, c);
	assert_int_equal(walk(&t, "/a//./b/c/", false).dir, c);
	assert_int_equal(walk(&t, "", false).dir, 0);
	assert_int_equal(t.n, 4);
	hs_path_tree_release(&t);
}

static void
path_cut_hides_what_is_older_however_deep(void **state)
{
	struct hs_path_tree t;
	uint32_t a;

	(void)state;
	hs_path_tree_init(&t, 0);
	walk(&t, "a/b/c", true);
	a = walk(&t, "a", false).dir;
	t.now = 5;
	hs_path_cut(&t, &t.nodes[a], 5);
	assert_true(walk(&t, "a", false).found);
	assert_false(walk(&t, "a/b", false).found);
	walk(&t, "a/b", true);
	assert_true(walk(&t, "a/b", false).found);
	assert_false(walk(&t, "a/b/c", false).found);
	hs_path_tree_release(&t);
}

static void
path_walk_follows_links_and_stays_in_the_root(void **state)
{
	const struct hs_entry dir = { .kind = HS_KIND_DIR };
	struct hs_entry link = { .kind = HS_KIND_SYMLINK, .link = HS_SPAN("../../../d") };
	const struct hs_entry self = { .kind = HS_KIND_SYMLINK, .link = HS_SPAN("self/x") };
	const struct hs_entry file = { .kind = HS_KIND_FILE };
	struct hs_path_place at;
	struct hs_path_tree t;
	uint32_t d;

	(void)state;
	hs_path_tree_init(&t, 0);
	d = (uint32_t)(put(&t, "d", &dir) - t.nodes);
	put(&t, "link", &link);
	put(&t, "self", &self);
	put(&t, "file", &file);
	at = walk(&t, "link", false);
	assert_int_equal(at.dir, d);
	assert_true(at.followed && at.found && !at.loop);
	link.link = HS_SPAN("/d/.");
	assert_int_equal(walk(&t, "link/", false).dir, d);
	/* ".." of an entry is a name. */
	assert_false(walk(&t, "d/../d", false).found);
	at = walk(&t, "self", false);
	assert_true(at.loop && !at.found);
	at = walk(&t, "file/x", false);
	assert_true(at.below_file && !at.found);
	at = walk(&t, "file/x", true);
	assert_true(at.below_file && at.found);
	hs_path_tree_release(&t);
}

static void
path_tree_grows_and_finds_all(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_path_tree t;

	(void)state;
	hs_path_tree_init(&t, 0);
	for (int i = 0; i < 3000; i++)
		walk(&t, hs_arena_printf(&a, "%d", i % 1500), true);
	assert_int_equal(t.n, 1501);
	for (uint32_t i = 1; i < t.n; i++) {
		const struct hs_path_node *n = &t.nodes[i];

		assert_int_equal(hs_path_find(&t, 0, (struct hs_span){ n->at, n->name_len }), i);
	}
	hs_path_tree_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(path_walk_makes_what_is_missing_once),
		cmocka_unit_test(path_cut_hides_what_is_older_however_deep),
		cmocka_unit_test(path_walk_follows_links_and_stays_in_the_root),
		cmocka_unit_test(path_tree_grows_and_finds_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
