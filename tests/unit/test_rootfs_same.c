/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "engine/rootfs.h"

enum { MAX_LAYERS = 4 };

struct row {
	const char *a[MAX_LAYERS], *b[MAX_LAYERS];
	enum hs_rootfs_verdict want;
	size_t absent; /* of b, from 1 */
	bool gzip;     /* b */
};

static void
check(const struct row *row)
{
	RELEASED struct hs_arena a = { 0 };
	const struct build_image images[2] = {
		{ .layers = row->a },
		{ .layers = row->b, .absent = row->absent, .gzip = row->gzip },
	};
	struct hs_rootfs_pair pair;
	struct hs_opened side[2];
	struct hs_worker *w;
	struct hs_run run;

	start_run(&run, 2);
	w = hs_pool_main(run.pool);
	for (int i = 0; i < 2; i++) {
		hs_side_open(&side[i], &run, w,
		             (struct hs_content){ .bytes = build_image(&a, &images[i]) });
		pair.tree[i] = &side[i].tree;
		pair.image[i] = hs_images_of(&side[i].tree).list;
	}
	assert_int_equal(hs_rootfs_same(&run, w, &pair), row->want);
	pair = (struct hs_rootfs_pair){ { pair.tree[1], pair.tree[0] },
		                        { pair.image[1], pair.image[0] } };
	assert_int_equal(hs_rootfs_same(&run, w, &pair), row->want);
	hs_side_release(&side[0]);
	hs_side_release(&side[1]);
	hs_run_release(&run);
}

static void
check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(&rows[i]);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))
#define SAME HS_ROOTFS_SAME
#define DIFFERENT HS_ROOTFS_DIFFERENT
#define UNKNOWN HS_ROOTFS_UNKNOWN

static void
rootfs_is_the_same_whatever_layers_it_is_in(void **state)
{
	static const struct row rows[] = {
		{ .a = { "a=1" }, .b = { "a=1" }, .want = SAME },
		{ .a = { "a=1" }, .b = { "a=1" }, .want = SAME, .gzip = true },
		{ .a = { "a=1 b=1", "b=2" }, .b = { "a=1 b=2" }, .want = SAME },
		{ .a = { "a=1 b=1", ".wh.b" }, .b = { "a=1" }, .want = SAME },
		{ .a = { "d/ d/a=1", "d/ d/.wh..wh..opq d/b=2" },
		  .b = { "d/ d/a=1", "d/.wh.a d/b=2" },
		  .want = SAME },
		/* Times and how a header is written are aside. */
		{ .a = { "a@1=1" }, .b = { "a@2=1" }, .want = SAME },
		{ .a = { "!a=1 b=2" }, .b = { "b=2 a=1" }, .want = SAME },
		{ .a = { "a=1 h<a" }, .b = { "h=1 a<h" }, .want = SAME },
		{ .a = { "%755./ d%755/ d/a=1" }, .b = { "d/a=1" }, .want = SAME },
		{ .a = { NULL }, .b = { NULL }, .want = SAME },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
rootfs_differs_in_whatever_a_file_is(void **state)
{
	static const struct row rows[] = {
		{ .a = { "a=1" }, .b = { "a=2" }, .want = DIFFERENT },
		{ .a = { "a=1" }, .b = { "a=12" }, .want = DIFFERENT },
		{ .a = { "a=1" }, .b = { "a=1 b=1" }, .want = DIFFERENT },
		{ .a = { "a%600=1" }, .b = { "a%644=1" }, .want = DIFFERENT },
		{ .a = { "a>1" }, .b = { "a>2" }, .want = DIFFERENT },
		{ .a = { "a" }, .b = { "a/" }, .want = DIFFERENT },
		{ .a = { "a=1 b<a" }, .b = { "a=1 b=1" }, .want = DIFFERENT },
		{ .a = { "a=1", "b=2" }, .b = { "a=1", "b=3" }, .want = DIFFERENT },
		{ .a = { "a=1", "b=2" }, .b = { "a=1", ".wh.a" }, .want = DIFFERENT },
		{ .a = { "a=1", "a=2" }, .b = { "a=1" }, .want = DIFFERENT },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
rootfs_is_told_by_the_layers_above_only_where_nothing_below_undoes_it(void **state)
{
	static const struct row rows[] = {
		/* Through the link both are one file in the end. */
		{ .a = { "usr/ l>usr", "l/x=1 usr/x=3" },
		  .b = { "usr/ l>usr", "l/x=2 usr/x=3" },
		  .want = SAME },
		/* What the layers above leave out, the one below may have. */
		{ .a = { "x=1 y=1", "x=2" }, .b = { "x=1 y=1", "x=2 y=1" }, .want = SAME },
		{ .a = { "x=1", "h<x" }, .b = { "x=1", "h<x z=1", ".wh.z" }, .want = SAME },
		/* Told without the layer that is absent. */
		{ .a = { "x=1", "y=1" }, .b = { "x=1", "y=2" }, .want = DIFFERENT },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
rootfs_is_unknown_without_a_layer(void **state)
{
	static const struct row rows[] = {
		{ .a = { "a=1" }, .b = { "b=1", "a=1" }, .want = UNKNOWN, .absent = 1 },
		{ .a = { "a=1", "b=1" }, .b = { "a=1", "b=2" }, .want = UNKNOWN, .absent = 2 },
	};

	(void)state;
	CHECK_ROWS(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rootfs_is_the_same_whatever_layers_it_is_in),
		cmocka_unit_test(rootfs_differs_in_whatever_a_file_is),
		cmocka_unit_test(
			rootfs_is_told_by_the_layers_above_only_where_nothing_below_undoes_it),
		cmocka_unit_test(rootfs_is_unknown_without_a_layer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
