/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_order.h"

#include "unit.h"

/* The order of paths; one that ends in "/" is a folder's. */
static const char *
order_of(const char *const *paths)
{
	struct hs_tar_order o;
	const char *name;

	hs_tar_order_init(&o);
	for (; *paths; paths++) {
		const struct hs_span stored = hs_span_of(*paths);
		const bool is_dir = hs_span_ends(stored, HS_SPAN("/"));

		hs_tar_order_add(&o, hs_span_head(stored, stored.len - is_dir), stored, is_dir);
	}
	name = hs_tar_order_name(&o);
	hs_tar_order_release(&o);
	return name;
}

static void
order_is_named_by_the_rule_that_explains_it(void **state)
{
	static const struct {
		const char *name;
		const char *paths[12];
	} rows[] = {
		{ "sorted by name", { "a/", "a/b", "a/c/", "a/c/d", "b" } },
		{ "sorted by the bytes of the path", { "a/", "a-b", "a/c", "b" } },
		{ "sorted by name, folder by folder", { "a/", "a/c", "a-b", "b" } },
		{ "sorted by the bytes of the stored name", { "a-b", "a/", "a/c", "b" } },
		{ "whiteouts first, then sorted by the bytes of the path",
		  { "b/.wh.x", "c/.wh.y", "a/", "a-b", "a/c" } },
		{ "sorted by name, in each folder its subfolders first",
		  { "b/", "b/z/", "b/z/1", "b/a", "c/", "a", "d" } },
		{ "sorted by name, in each folder its subfolders last",
		  { "b", "d", "a/", "a/z", "a/b/", "a/b/1" } },
		{ "sorted by name, a folder behind what is in it",
		  { "a/b/c", "a/b/", "a/d", "a/", "z" } },
		{ "all folders first, then the rest, both sorted by path",
		  { "a/", "b/", "b/c/", "a/y", "b/c/x", "b/z" } },
		{ "sorted by depth, then by path", { "b", "c/", "d/", "c/y", "d/x", "c/a/z" } },
		{ "sorted by name, upper and lower case alike", { "a", "B", "c", "D/", "d/x" } },
		{ "sorted backwards", { "z", "b/c", "b/a", "b/", "a" } },
		{ "not sorted: a walk, as the file system lists it",
		  { "t/", "t/z", "t/b/", "t/b/q", "t/b/a", "t/k", "t/c/", "t/c/1", "s" } },
		{ "not sorted: folder by folder, subfolders later",
		  { "t/", "t/z", "t/b/", "t/c/", "t/a", "t/c/1", "t/c/0", "t/b/q" } },
		{ "not sorted", { "t/", "t/z", "u", "t/a", "u/b", "t/c", "u/a" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(order_of(rows[i].paths), rows[i].name);
}

static void
order_of_one_is_none_and_a_path_twice_breaks_none(void **state)
{
	const char *const none[] = { NULL }, *const one[] = { "a", NULL };
	const char *const twice[] = { "a", "b", "b", "c", NULL };

	(void)state;
	assert_null(order_of(none));
	assert_null(order_of(one));
	assert_string_equal(order_of(twice), "sorted by name");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_named_by_the_rule_that_explains_it),
		cmocka_unit_test(order_of_one_is_none_and_a_path_twice_breaks_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
