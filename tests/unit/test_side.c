/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_stream.h"
#include "build_program.h"
#include "compared.h"
#include "engine/side.h"

static void
open_bytes(struct hs_opened *o, struct hs_run *run, struct hs_span bytes)
{
	hs_side_open(o, run, hs_pool_main(run->pool), (struct hs_content){ .bytes = bytes });
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
	open_bytes(&o, &run, HS_SPAN("fLaC\0\0\0\x22\x10\0\x10\0"));
	assert_null(o.row);
	assert_string_equal(o.facts.first->field, "looks like");
	hs_side_release(&o);
	open_bytes(&o, &run, HS_SPAN(""));
	assert_string_equal(o.format, "empty");
	hs_side_release(&o);
	hs_run_release(&run);
}

static void
side_says_nothing_of_the_whole_to_who_wants_members(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span layer = build_layer(&a, "etc/ etc/motd=hi");
	struct hs_run run;
	struct hs_opened o;

	(void)state;
	start_run(&run, 1);
	open_bytes(&o, &run, layer);
	assert_non_null(hs_facts_find(&o.facts, "entries"));
	assert_int_equal(o.tree.n_entries, 2);
	hs_side_release(&o);
	hs_side_open_for(&o, &run, hs_pool_main(run.pool), (struct hs_content){ .bytes = layer },
	                 HS_ASK_MEMBERS);
	assert_string_equal(o.format, "tar");
	assert_null(o.facts.first);
	assert_int_equal(o.tree.n_entries, 2);
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

/* A docker-archive as a cpio: two images of a layer each. */
static struct hs_span
two_images(struct hs_arena *a)
{
	return cpio_of(a, "c={\"os\":\"linux\",\"architecture\":\"amd64\"} "
	                  "d={\"os\":\"linux\",\"architecture\":\"arm64\"} l=one m=two "
	                  "manifest.json=[{\"Config\":\"c\",\"RepoTags\":[\"x:1\"],"
	                  "\"Layers\":[\"l\"]},{\"Config\":\"d\",\"RepoTags\":[\"x:2\"],"
	                  "\"Layers\":[\"m\"]}]");
}

/* An operand of these bytes; the blob is the caller's to unref. */
static struct hs_operand
operand_of(struct hs_span bytes, const char *selector)
{
	const struct hs_span copy = exact_copy(bytes, bytes.len);

	return (struct hs_operand){
		.blob = hs_blob_of_heap((void *)(uintptr_t)copy.at, copy.len),
		.name = "x",
		.dir = -1,
		.selector = hs_span_of(selector),
	};
}

static void
side_is_the_image_that_is_selected_whatever_is_around_it(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span plain = two_images(&a);
	const struct hs_span packed = build_stream(&a, HS_CODEC_GZIP, plain);
	const struct hs_span inputs[] = { plain, packed, build_stream(&a, HS_CODEC_XZ, packed) };
	struct hs_run run;

	(void)state;
	start_run(&run, 1);
	for (size_t i = 0; i < 3; i++) {
		struct hs_operand x = operand_of(inputs[i], "x:2");
		struct hs_opened o;

		hs_side_open_operand(&o, &run, hs_pool_main(run.pool), &x);
		assert_int_equal(o.trouble.code, 0);
		assert_string_equal(o.format, "docker-archive");
		assert_true(o.chosen);
		assert_null(o.facts.first);
		assert_int_equal(o.tree.n_entries, 2);
		assert_span(hs_tree_find(&o.tree, HS_SPAN("layer[0]"), 0)->bytes, "two");
		if (i)
			assert_string_equal(o.through, "gzip");
		hs_side_release(&o);
		hs_blob_unref(x.blob);
	}
	hs_run_release(&run);
}

static void
side_without_the_image_that_is_selected_is_refused(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = two_images(&a);
	const struct {
		struct hs_span input;
		const char *want;
	} rows[] = {
		{ whole, "no image \"@x:3\": it has @x:1, @x:2" },
		{ cpio_of(&a, "a=1"), "it is no image archive, and \"@\" selects an image" },
		{ HS_SPAN("text\n"), "it is no image archive, and \"@\" selects an image" },
		{ hs_span_head(whole, whole.len - 300), "read incompletely: it is no image" },
	};
	struct hs_run run;

	(void)state;
	start_run(&run, 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_operand x = operand_of(rows[i].input, "x:3");
		struct hs_opened o;

		hs_side_open_operand(&o, &run, hs_pool_main(run.pool), &x);
		assert_int_equal(o.trouble.code, HS_EUSAGE);
		assert_non_null(strstr(o.trouble.text, rows[i].want));
		hs_side_release(&o);
		hs_blob_unref(x.blob);
	}
	hs_run_release(&run);
}

static void
side_follows_the_one_that_is_selected(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_operand x = operand_of(two_images(&a), "x:2");
	struct hs_operand y = operand_of(two_images(&a), "");
	struct hs_opened o, other;
	struct hs_run run;

	(void)state;
	start_run(&run, 1);
	hs_side_open_operand(&o, &run, hs_pool_main(run.pool), &x);
	hs_side_open_operand(&other, &run, hs_pool_main(run.pool), &y);
	assert_false(other.chosen);
	hs_side_follow(&other, &o);
	assert_true(other.chosen);
	assert_int_equal(other.tree.n_entries, 2);
	for (int i = 0; i < 2; i++)
		assert_span(hs_tree_find(i ? &o.tree : &other.tree, HS_SPAN("layer[0]"), 0)->bytes,
		            "two");
	hs_side_release(&o);
	hs_side_release(&other);
	hs_blob_unref(x.blob);
	hs_blob_unref(y.blob);
	hs_run_release(&run);
}

/* A program inside of something else, and no other to compare it with. */
static void
side_leaves_whole_what_is_alone(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_program(&a, &(struct build_program){ 0 });
	struct hs_run run;
	struct hs_opened o;

	(void)state;
	start_run(&run, 1);
	hs_side_open_for(&o, &run, hs_pool_main(run.pool), (struct hs_content){ .bytes = file },
	                 HS_ASK_ALONE);
	assert_string_equal(o.format, "elf");
	assert_true(hs_is_left_whole(&o));
	assert_false(o.has_members);
	assert_int_equal(o.tree.n_entries, 0);
	assert_non_null(hs_facts_find(&o.facts, "build ID"));
	hs_side_release(&o);
	open_bytes(&o, &run, file);
	assert_false(hs_is_left_whole(&o));
	assert_true(o.has_members && o.tree.n_entries > 0);
	hs_side_release(&o);
	hs_run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(side_says_nothing_of_the_whole_to_who_wants_members),
		cmocka_unit_test(side_asks_the_best_bidder_first_and_the_next_when_it_was_wrong),
		cmocka_unit_test(side_leaves_whole_what_is_alone),
		cmocka_unit_test(side_keeps_what_was_read_before_the_damage),
		cmocka_unit_test(side_is_the_image_that_is_selected_whatever_is_around_it),
		cmocka_unit_test(side_without_the_image_that_is_selected_is_refused),
		cmocka_unit_test(side_follows_the_one_that_is_selected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
