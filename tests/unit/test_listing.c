/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/encoding.h"
#include "core/limits.h"
#include "core/listing.h"

#include <stdlib.h>

static const struct hs_listing_options usual = { 3, 100 };

static struct hs_node
node_of(enum hs_view_kind view, struct hs_span a, struct hs_span b)
{
	return (struct hs_node){
		.view = view,
		.a = { .present = true, .content = { .blob = NULL, .bytes = a } },
		.b = { .present = true, .content = { .blob = NULL, .bytes = b } },
	};
}

static void
listing_shows_text_by_lines(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN("a\nb\n"), HS_SPAN("a\nc\n"));
	const struct hs_listing l = hs_listing_make(&arena, &node, &usual);

	(void)state;
	assert_string_equal(l.view, "text");
	assert_null(l.note);
	assert_int_equal(l.n_hunks, 1);
	assert_int_equal(l.hunks[0].n_lines, 3);
	assert_span(l.hunks[0].lines[1].text, "b");
	assert_ptr_equal(l.hunks[0].lines[1].text.at, node.a.content.bytes.at + 2);
}

static void
listing_shows_bytes_in_hex(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_node node = node_of(HS_VIEW_HEX, HS_SPAN("a\n"), HS_SPAN("b\n"));
	const struct hs_listing l = hs_listing_make(&arena, &node, &usual);

	(void)state;
	assert_string_equal(l.view, "hex");
	assert_null(l.note);
	assert_int_equal(l.hunks[0].n_lines, 2);
}

static void
listing_shows_all_of_a_side_that_is_alone(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN(""), HS_SPAN("a\r\nb\r\n"));
	struct hs_listing l;

	(void)state;
	node.a.present = false;
	node.render_a = node.render_b = hs_text_render;
	l = hs_listing_make(&arena, &node, &usual);
	assert_int_equal(l.n_hunks, 1);
	assert_int_equal(l.hunks[0].b_count, 2);
	assert_int_equal(l.hunks[0].lines[1].op, '+');
	assert_span(l.hunks[0].lines[1].text, "b");
}

static void
listing_compares_renderings(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN("a\nx\n"), HS_SPAN("a\r\ny\r\n"));
	struct hs_listing l;

	(void)state;
	node.render_a = node.render_b = hs_text_render;
	l = hs_listing_make(&arena, &node, &usual);
	assert_string_equal(l.view, "text");
	assert_int_equal(l.hunks[0].n_lines, 3);
	assert_span(l.hunks[0].lines[2].text, "y");
}

static void
listing_shows_bytes_where_texts_are_the_same(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN("a\n"), HS_SPAN("\xff\xfe\x61\0\n\0"));
	struct hs_listing l;

	(void)state;
	node.render_a = node.render_b = hs_text_render;
	l = hs_listing_make(&arena, &node, &usual);
	assert_string_equal(l.view, "hex");
	assert_string_equal(l.note, "shown as bytes: as text, both sides are the same");
	assert_int_equal(l.hunks[0].n_lines, 2);
}

static void
listing_shows_files_as_they_stand_where_texts_are_the_same(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN("a\n"), HS_SPAN("a\r\n"));
	struct hs_note note = { .code = "line-ends-only", .text = "only the line ends differ" };
	struct hs_listing l;

	(void)state;
	node.render_a = node.render_b = hs_text_render;
	l = hs_listing_make(&arena, &node, &usual);
	assert_string_equal(l.view, "text");
	assert_string_equal(l.note,
	                    "shown as the files have it: laid out alike, both sides are the same");
	assert_int_equal(l.hunks[0].n_lines, 2);
	assert_span(l.hunks[0].lines[1].text, "a\r");
	node.notes = &note;
	assert_null(hs_listing_make(&arena, &node, &usual).note);
}

/* One long line is no listing; equal ones do no harm. */
static void
listing_shows_bytes_where_lines_are_long(void **state)
{
	static const struct {
		size_t len;
		const char *view;
	} rows[] = { { HS_MAX_LINE, "text" }, { HS_MAX_LINE + 1, "hex" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		char *a = hs_arena_printf(&arena, "%0*d\nx\n", (int)rows[i].len, 0);
		char *b = hs_arena_printf(&arena, "%0*d\nx\n", (int)rows[i].len, 1);
		struct hs_node node = node_of(HS_VIEW_TEXT, hs_span_of(a), hs_span_of(b));

		assert_string_equal(hs_listing_make(&arena, &node, &usual).view, rows[i].view);
		node = node_of(HS_VIEW_TEXT, hs_span_of(a),
		               hs_span_head(hs_span_of(a), strlen(a) - 1));
		assert_string_equal(hs_listing_make(&arena, &node, &usual).view, "text");
	}
}

static void
listing_is_bounded_whatever_is_asked_for(void **state)
{
	const struct hs_listing_options all = { 3, UINT64_MAX };
	RELEASED struct hs_arena arena = { 0 };
	const size_t n = HS_MAX_LISTING_LINES + 7;
	char *text = hs_arena_alloc(&arena, n);
	struct hs_node node;
	struct hs_listing l;

	(void)state;
	memset(text, '\n', n);
	node = node_of(HS_VIEW_TEXT, HS_SPAN(""), (struct hs_span){ (uint8_t *)text, n });
	l = hs_listing_make(&arena, &node, &all);
	assert_int_equal(l.hunks[0].n_lines, HS_MAX_LISTING_LINES);
	assert_int_equal(l.lines_left_out, 7);
}

static int
break_off(FILE *out, struct hs_span file, struct hs_err *err)
{
	(void)file;
	fputs("half of it", out);
	return hs_fail(err, HS_EFORMAT, "nothing to read at byte 7");
}

static int
flood(FILE *out, struct hs_span file, struct hs_err *err)
{
	(void)file;
	(void)err;
	for (uint64_t i = 0; i < HS_MAX_TEXT / 8 + 1; i++)
		fputs("flooded\n", out);
	return 0;
}

static void
listing_shows_bytes_where_there_is_no_text(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node node = node_of(HS_VIEW_TEXT, HS_SPAN("a\n"), HS_SPAN("b\n"));
	struct hs_listing l;

	(void)state;
	node.render_b = break_off;
	l = hs_listing_make(&arena, &node, &usual);
	assert_string_equal(l.view, "hex");
	assert_string_equal(l.note, "shown as bytes: on side b nothing to read at byte 7");
	node.render_a = flood;
	l = hs_listing_make(&arena, &node, &usual);
	assert_string_equal(l.view, "hex");
	assert_string_equal(l.note,
	                    "shown as bytes: on side a its text has more than 67108864 bytes");
}

static void
listing_says_what_it_did_not_compare(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const size_t n = 64 << 20;
	uint8_t *a = hs_alloc(n), *b = hs_alloc(n);
	struct hs_node node;
	struct hs_listing l;

	(void)state;
	memset(a, 1, n);
	node = node_of(HS_VIEW_HEX, (struct hs_span){ a, n }, (struct hs_span){ b, n });
	l = hs_listing_make(&arena, &node, &usual);
	assert_non_null(l.note);
	assert_non_null(strstr(l.note, "bytes were not compared"));
	assert_true(l.lines_left_out > 0);
	free(a);
	free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(listing_shows_text_by_lines),
		cmocka_unit_test(listing_shows_bytes_in_hex),
		cmocka_unit_test(listing_shows_all_of_a_side_that_is_alone),
		cmocka_unit_test(listing_compares_renderings),
		cmocka_unit_test(listing_shows_bytes_where_texts_are_the_same),
		cmocka_unit_test(listing_shows_files_as_they_stand_where_texts_are_the_same),
		cmocka_unit_test(listing_shows_bytes_where_lines_are_long),
		cmocka_unit_test(listing_shows_bytes_where_there_is_no_text),
		cmocka_unit_test(listing_says_what_it_did_not_compare),
		cmocka_unit_test(listing_is_bounded_whatever_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
