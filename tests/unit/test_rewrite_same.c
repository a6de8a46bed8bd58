/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "canon/rewrite.h"

#include <stdio.h>

static struct hs_run run;

static const struct hs_canon canonical = { .like = HS_LIKE_GGCR };

/* 1 or 0, or the code of the error, which is of `side`. */
static int
same(struct hs_build *a, struct hs_build *b, char *side)
{
	struct hs_rewrite_pair pair = { hs_build_span(a), hs_build_span(b), &canonical, 0, NULL };
	struct hs_err err;
	bool is_same = false;
	const int result = hs_rewrite_same(&is_same, &run, &pair, &err);

	*side = pair.side;
	return result < 0 ? result : is_same;
}

static void
build_layer(struct hs_build *b, uint64_t mtime, const char *content)
{
	hs_build_tar_entry(b, &(struct hs_build_tar){
				      .name = "f", .mtime = mtime, .data = hs_span_of(content) });
	hs_build_tar_file(b, "last", "x");
	hs_build_tar_end(b);
}

static void
layers_that_differ_in_times_become_the_same(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };
	char side;

	(void)state;
	build_layer(&a, 1, "content");
	build_layer(&b, 2, "content");
	hs_build_fill(&b, 0, 9216);
	assert_int_equal(same(&a, &b, &side), 1);
	hs_build_release(&b);
	build_layer(&b, 1, "contenT");
	assert_int_equal(same(&a, &b, &side), 0);
	hs_build_release(&b);
	build_layer(&b, 1, "content, and more");
	assert_int_equal(same(&a, &b, &side), 0);
	hs_build_release(&b);
	hs_build_release(&a);
}

static void
one_layer_may_be_the_beginning_of_the_other(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };
	char side;

	(void)state;
	hs_build_tar_file(&a, "f", "x");
	hs_build_tar_file(&b, "f", "x");
	hs_build_tar_file(&b, "g", "x");
	assert_int_equal(same(&a, &b, &side), 0);
	assert_int_equal(same(&b, &a, &side), 0);
	hs_build_release(&a);
	hs_build_release(&b);
}

/* A file with a hole on one side, and its zeros on the other: no piece begins where another does.
 */
static void
holes_are_compared_with_zeros(void **state)
{
	static const char zeros[4000];
	struct hs_build a = { 0 }, b = { 0 }, text = { 0 }, dense = { 0 };
	char side;

	(void)state;
	hs_build_pax_record(&text, "GNU.sparse.numblocks", HS_SPAN("2"));
	hs_build_pax_record(&text, "GNU.sparse.map", HS_SPAN("1000,3,3000,0"));
	hs_build_pax_record(&text, "GNU.sparse.size", HS_SPAN("4000"));
	hs_build_tar_extension(&a, 'x', hs_build_span(&text));
	hs_build_tar_file(&a, "f", "abc");
	hs_build_put(&dense, (struct hs_span){ (const uint8_t *)zeros, sizeof(zeros) });
	memcpy(dense.at + 1000, "abc", 3);
	hs_build_tar_entry(&b,
	                   &(struct hs_build_tar){ .name = "f", .data = hs_build_span(&dense) });
	assert_int_equal(same(&a, &b, &side), 1);
	assert_int_equal(same(&b, &a, &side), 1);
	b.at[512 + 3999] = 1;
	assert_int_equal(same(&a, &b, &side), 0);
	assert_int_equal(same(&b, &a, &side), 0);
	hs_build_release(&a);
	hs_build_release(&b);
	hs_build_release(&text);
	hs_build_release(&dense);
}

static void
an_error_is_of_its_side(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };
	char side;

	(void)state;
	build_layer(&a, 1, "content");
	hs_build_tar_file(&b, "f", "content");
	hs_build_text(&b, "garbage");
	assert_int_equal(same(&a, &b, &side), HS_EFORMAT);
	assert_int_equal(side, 'b');
	assert_int_equal(same(&b, &a, &side), HS_EFORMAT);
	assert_int_equal(side, 'a');
	/* What stands behind the first difference is not looked at. */
	b.at[512] = 'C';
	assert_int_equal(same(&a, &b, &side), 0);
	hs_build_release(&a);
	hs_build_release(&b);
}

/* Of the form that sorts, for which whole layers are read before anything is compared: in turn, and
 * side by side. */
static int
same_sorted(struct hs_build *a, struct hs_build *b, char *side, bool at_once)
{
	static const struct hs_canon sorted = { .like = HS_LIKE_STABILIZE };
	struct hs_rewrite_pair pair = {
		.a = hs_build_span(a),
		.b = hs_build_span(b),
		.how = &sorted,
		.worker = at_once ? hs_pool_main(run.pool) : NULL,
	};
	struct hs_err err;
	bool is_same = false;
	const int result = hs_rewrite_same(&is_same, &run, &pair, &err);

	*side = pair.side;
	return result < 0 ? result : is_same;
}

static void
sides_are_sorted_in_turn_or_at_once(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };
	char side;

	(void)state;
	hs_build_tar_file(&a, "f", "x");
	hs_build_tar_file(&a, "g", "y");
	hs_build_tar_end(&a);
	hs_build_tar_file(&b, "g", "y");
	hs_build_tar_file(&b, "f", "x");
	hs_build_tar_end(&b);
	for (int at_once = 0; at_once < 2; at_once++) {
		assert_int_equal(same_sorted(&a, &b, &side, at_once), 1);
		b.at[512] ^= 1;
		assert_int_equal(same_sorted(&a, &b, &side, at_once), 0);
		b.at[512] ^= 1;
	}
	b.len = 1024;
	hs_build_text(&b, "garbage");
	for (int at_once = 0; at_once < 2; at_once++) {
		assert_int_equal(same_sorted(&a, &b, &side, at_once), HS_EFORMAT);
		assert_int_equal(side, 'b');
		assert_int_equal(same_sorted(&b, &a, &side, at_once), HS_EFORMAT);
		assert_int_equal(side, 'a');
		assert_int_equal(same_sorted(&b, &b, &side, at_once), HS_EFORMAT);
		assert_int_equal(side, 'a');
	}
	hs_build_release(&a);
	hs_build_release(&b);
}

static void
a_diff_id_is_of_all_pieces(void **state)
{
	struct hs_build b = { 0 }, text = { 0 }, whole = { 0 };
	struct hs_sha256 got, want;
	struct hs_rewrite_piece piece;
	struct hs_rewrite *r;
	struct hs_err err;

	(void)state;
	hs_build_pax_record(&text, "GNU.sparse.numblocks", HS_SPAN("1"));
	hs_build_pax_record(&text, "GNU.sparse.map", HS_SPAN("70000,3"));
	hs_build_pax_record(&text, "GNU.sparse.size", HS_SPAN("200000"));
	hs_build_tar_extension(&b, 'x', hs_build_span(&text));
	hs_build_tar_file(&b, "f", "abc");
	r = hs_rewrite_new(&run, hs_build_span(&b), &canonical);
	while (hs_rewrite_next(&piece, r, &err) > 0) {
		hs_build_put(&whole, piece.header);
		hs_build_put(&whole, piece.content);
		hs_build_fill(&whole, 0, (size_t)piece.padding);
	}
	hs_rewrite_free(r);
	assert_int_equal(whole.len, 512 + 200192 + 1024);
	want = hs_sha256(hs_build_span(&whole));
	assert_int_equal(hs_rewrite_diff_id(&got, &run, hs_build_span(&b), &canonical, &err), 0);
	assert_memory_equal(&got, &want, sizeof(got));
	hs_build_text(&b, "garbage");
	assert_int_equal(hs_rewrite_diff_id(&got, &run, hs_build_span(&b), &canonical, &err),
	                 HS_EFORMAT);
	hs_build_release(&b);
	hs_build_release(&text);
	hs_build_release(&whole);
}

static void
a_stopped_run_stops_all(void **state)
{
	struct hs_build a = { 0 };
	struct hs_sha256 digest;
	struct hs_err err;
	char side;

	(void)state;
	build_layer(&a, 1, "content");
	run.deadline_ns = 1;
	assert_int_equal(same(&a, &a, &side), HS_ESTOP);
	assert_int_equal(hs_rewrite_diff_id(&digest, &run, hs_build_span(&a), &canonical, &err),
	                 HS_ESTOP);
	run.deadline_ns = 0;
	atomic_store(&run.stopped, false);
	hs_build_release(&a);
}

static int
set_up(void **state)
{
	(void)state;
	start_run(&run, 2);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	hs_run_release(&run);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layers_that_differ_in_times_become_the_same),
		cmocka_unit_test(one_layer_may_be_the_beginning_of_the_other),
		cmocka_unit_test(holes_are_compared_with_zeros),
		cmocka_unit_test(an_error_is_of_its_side),
		cmocka_unit_test(sides_are_sorted_in_turn_or_at_once),
		cmocka_unit_test(a_diff_id_is_of_all_pieces),
		cmocka_unit_test(a_stopped_run_stops_all),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
