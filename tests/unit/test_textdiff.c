/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_random.h"

#include "core/limits.h"
#include "core/textdiff.h"

#include <stdio.h>
#include <stdlib.h>

static struct hs_listing
list(struct hs_arena *arena, struct hs_span a, struct hs_span b, struct hs_listing_options o)
{
	struct hs_hunks h = { .arena = arena, .max_lines = o.max_lines };
	struct hs_listing out = { 0 };
	struct hs_edits edits = { 0 };

	hs_textdiff(&edits, a, b);
	hs_textdiff_hunks(&h, a, b, &edits, o.context);
	hs_edits_release(&edits);
	hs_hunks_take(&out, &h, false);
	return out;
}

/* The hunks as `diff -u` writes them. */
static const char *
unified(struct hs_arena *arena, const struct hs_listing *l)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *kept;

	for (size_t i = 0; i < l->n_hunks; i++) {
		const struct hs_hunk *h = &l->hunks[i];

		fprintf(out, "@@ -%d,%d +%d,%d\n", (int)h->a_start, (int)h->a_count,
		        (int)h->b_start, (int)h->b_count);
		for (size_t k = 0; k < h->n_lines; k++)
			fprintf(out, "%c%.*s%s\n", h->lines[k].op, (int)h->lines[k].text.len,
			        (const char *)h->lines[k].text.at,
			        h->lines[k].no_newline ? "\\" : "");
	}
	fclose(out);
	kept = hs_arena_printf(arena, "%s", text);
	free(text);
	return kept;
}

static void
textdiff_shows_hunks_as_unified_diffs_do(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned context;
		const char *want;
	} rows[] = {
		{ "", "", 3, "" },
		{ "x\n", "x\n", 3, "" },
		{ "", "x\ny", 3, "@@ -0,0 +1,2\n+x\n+y\\\n" },
		{ "x\n", "", 3, "@@ -1,1 +0,0\n-x\n" },
		{ "x", "x\n", 3, "@@ -1,1 +1,1\n-x\\\n+x\n" },
		{ "1\n2\n3\n4\n5\n", "1\n2\n3\nx\n5\n", 1, "@@ -3,3 +3,3\n 3\n-4\n+x\n 5\n" },
		{ "1\n2\n3\n", "1\n2\nx\n3\n", 0, "@@ -2,0 +3,1\n+x\n" },
		{ "1\n2\n3\n", "2\n3\n", 1, "@@ -1,2 +1,1\n-1\n 2\n" },
		{ "a\n1\n2\nb\n", "A\n1\n2\nB\n", 1, "@@ -1,4 +1,4\n-a\n+A\n 1\n 2\n-b\n+B\n" },
		{ "a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n", 1,
		  "@@ -1,2 +1,2\n-a\n+A\n 1\n@@ -4,2 +4,2\n 3\n-b\n+B\n" },
		{ "1\n2", "0\n1\n2", 3, "@@ -1,2 +1,3\n+0\n 1\n 2\\\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_listing l =
			list(&arena, hs_span_of(rows[i].a), hs_span_of(rows[i].b),
		             (struct hs_listing_options){ rows[i].context, 1000 });

		assert_string_equal(unified(&arena, &l), rows[i].want);
	}
}

static void
textdiff_gives_each_side_its_half_of_few_lines(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span a = HS_SPAN("1\n2\n3\n4\n5\n"), b = HS_SPAN("a\nb\nc\nd\ne\n");
	const struct hs_listing l = list(&arena, a, b, (struct hs_listing_options){ 3, 4 });

	(void)state;
	assert_string_equal(unified(&arena, &l), "@@ -1,5 +1,5\n-1\n-2\n+a\n+b\n");
	assert_int_equal(l.lines_left_out, 6);
}

/* Makes b of a and the hunks, line by line. */
static void
check_patch(const struct hs_listing *l, struct hs_span a, struct hs_span b)
{
	uint8_t *out = hs_alloc(a.len + b.len);
	size_t len = 0, n_hunk = 0;
	uint64_t line = 1;

	while (a.len || n_hunk < l->n_hunks) {
		const struct hs_hunk *h = n_hunk < l->n_hunks ? &l->hunks[n_hunk] : NULL;
		const uint8_t *nl = a.len ? memchr(a.at, '\n', a.len) : NULL;
		const size_t n = nl ? (size_t)(nl - a.at) + 1 : a.len;

		if (!h || line < h->a_start + (h->a_count == 0)) {
			assert_true(a.len > 0);
			memcpy(out + len, a.at, n);
			len += n;
			a = hs_span_from(a, n);
			line++;
			continue;
		}
		for (size_t i = 0; i < h->n_lines; i++) {
			const struct hs_line *t = &h->lines[i];
			const size_t full = t->text.len + !t->no_newline;

			if (t->op != '+') {
				assert_true(hs_span_starts(a, t->text));
				a = hs_span_from(a, full);
				line++;
			}
			if (t->op != '-') {
				memcpy(out + len, t->text.at, t->text.len);
				len += t->text.len;
				if (!t->no_newline)
					out[len++] = '\n';
			}
		}
		n_hunk++;
	}
	assert_true(hs_span_equal((struct hs_span){ out, len }, b));
	free(out);
}

static void
textdiff_makes_b_of_a_after_any_edits(void **state)
{
	struct build_random r = { 1 };

	(void)state;
	for (unsigned round = 0; round < 400; round++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span a =
			build_random_lines(&arena, &r, build_random_below(&r, 60), 1 + round % 9);
		const struct hs_span b = build_edited(&arena, &r, a, round % 7, 1 + round % 20);
		const struct hs_listing_options o = { round % 5, UINT64_MAX };
		struct hs_edits edits = { 0 };
		struct hs_listing l;

		hs_textdiff(&edits, a, b);
		assert_true(hs_span_equal(build_applied(&arena, &edits, a, b), b));
		hs_edits_release(&edits);
		l = list(&arena, a, b, o);
		assert_int_equal(l.lines_left_out, 0);
		check_patch(&l, a, b);
	}
}

/* More lines than are compared all with all, so that single lines split them. */
static void
textdiff_splits_what_is_long(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_random r = { 2 };
	const size_t n = HS_MAX_DIFF_LINES;
	uint8_t *text = hs_arena_alloc(&arena, n * 16);
	struct hs_edits edits = { 0 };
	struct hs_span a = { text, 0 }, b;

	(void)state;
	for (size_t i = 0; i < n; i++)
		a.len += (size_t)snprintf((char *)text + a.len, 16, "line %zu\n", i % (n - 99));
	b = build_edited(&arena, &r, a, 40, 50);
	hs_textdiff(&edits, a, b);
	assert_true(hs_span_equal(build_applied(&arena, &edits, a, b), b));
	assert_in_range(edits.n, 20, 80);
	for (size_t i = 0; i < edits.n; i++)
		assert_in_range(edits.items[i].a_len, 0, 1000);
	hs_edits_release(&edits);
}

static void
textdiff_counts_what_is_too_long_to_compare(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const size_t n = HS_MAX_SPLIT_LINES + 10;
	char *a = hs_arena_alloc(&arena, 2 * n), *b = hs_arena_alloc(&arena, 2 * n);
	struct hs_listing l;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		a[2 * i] = i % 2 ? 'a' : 'b';
		b[2 * i] = i % 3 ? 'c' : 'd';
		a[2 * i + 1] = b[2 * i + 1] = '\n';
	}
	l = list(&arena, (struct hs_span){ (uint8_t *)a, 2 * n },
	         (struct hs_span){ (uint8_t *)b, 2 * n }, (struct hs_listing_options){ 3, 100 });
	assert_int_equal(l.n_hunks, 1);
	assert_int_equal(l.hunks[0].n_lines, 100);
	assert_int_equal(l.hunks[0].a_count, n);
	assert_int_equal(l.lines_left_out, 2 * n - 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(textdiff_shows_hunks_as_unified_diffs_do),
		cmocka_unit_test(textdiff_gives_each_side_its_half_of_few_lines),
		cmocka_unit_test(textdiff_makes_b_of_a_after_any_edits),
		cmocka_unit_test(textdiff_splits_what_is_long),
		cmocka_unit_test(textdiff_counts_what_is_too_long_to_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
