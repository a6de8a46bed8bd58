/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_random.h"

#include "core/edits.h"

static void
edits_that_touch_become_one(void **state)
{
	struct hs_edits e = { 0 };

	(void)state;
	hs_edits_add(&e, (struct hs_edit){ 1, 2, 1, 3 });
	hs_edits_add(&e, (struct hs_edit){ 3, 0, 4, 0 });
	hs_edits_add(&e, (struct hs_edit){ 3, 1, 4, 2 });
	hs_edits_add(&e, (struct hs_edit){ 9, 1, 11, 0 });
	assert_int_equal(e.n, 2);
	assert_int_equal(e.items[0].a_len, 3);
	assert_int_equal(e.items[0].b_len, 5);
	assert_int_equal(e.items[1].a, 9);
	hs_edits_release(&e);
	assert_int_equal(e.n, 0);
}

static void
common_ends_are_found_at_any_length(void **state)
{
	static uint8_t a[20000], b[20000];

	(void)state;
	for (size_t at = 0; at < sizeof(a); at += 617) {
		const struct hs_span sa = { a, sizeof(a) }, sb = { b, sizeof(b) };

		b[at] = 1;
		assert_int_equal(hs_common_prefix(sa, sb), at);
		assert_int_equal(hs_common_suffix(sa, sb), sizeof(a) - at - 1);
		b[at] = 0;
		assert_int_equal(hs_common_prefix(sa, hs_span_head(sb, at)), at);
		assert_int_equal(hs_common_suffix(sa, hs_span_from(sb, at)), sizeof(a) - at);
	}
}

static void
bytes_are_counted(void **state)
{
	(void)state;
	assert_int_equal(hs_count_byte(HS_SPAN("a\nb\n\nc"), '\n'), 3);
	assert_int_equal(hs_count_byte(HS_SPAN(""), '\n'), 0);
}

static void
trimming_leaves_whole_lines(void **state)
{
	static const struct {
		const char *a, *b;
		size_t front;
		const char *left_a, *left_b;
	} rows[] = {
		{ "", "", 0, "", "" },
		{ "x\n", "x\n", 2, "", "" },
		{ "x\ny\nz\n", "x\nw\nz\n", 2, "y\n", "w\n" },
		{ "x", "x\n", 0, "x", "x\n" },
		{ "x\ny", "x\ny\n", 2, "y", "y\n" },
		{ "aa\nb\n", "ba\nb\n", 0, "aa\n", "ba\n" },
		{ "b\n", "ab\n", 0, "b\n", "ab\n" },
		{ "b\n", "a\nb\n", 0, "", "a\n" },
		{ "a\nb\n", "a\nb\na\nb\n", 4, "", "a\nb\n" },
		{ "a\nxb", "a\nyb", 2, "xb", "yb" },
		{ "", "a", 0, "", "a" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_span a = hs_span_of(rows[i].a), b = hs_span_of(rows[i].b);

		assert_int_equal(hs_trim_lines(&a, &b), rows[i].front);
		assert_span(a, rows[i].left_a);
		assert_span(b, rows[i].left_b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_that_touch_become_one),
		cmocka_unit_test(common_ends_are_found_at_any_length),
		cmocka_unit_test(bytes_are_counted),
		cmocka_unit_test(trimming_leaves_whole_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
