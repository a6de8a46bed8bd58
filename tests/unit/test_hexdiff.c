/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_random.h"

#include "core/hexdiff.h"

#include <stdio.h>
#include <stdlib.h>

static struct hs_listing
list(struct hs_arena *arena, struct hs_span a, struct hs_span b, struct hs_listing_options o)
{
	struct hs_hunks h = { .arena = arena, .max_lines = o.max_lines };
	struct hs_listing out = { 0 };

	assert_int_equal(hs_hexdiff_hunks(&h, a, b, o.context), 0);
	hs_hunks_take(&out, &h, false);
	return out;
}

static const char *
unified(struct hs_arena *arena, const struct hs_listing *l)
{
	const char *out = "";

	for (size_t i = 0; i < l->n_hunks; i++) {
		const struct hs_hunk *h = &l->hunks[i];

		out = hs_arena_printf(arena, "%s@@ -%d,%d +%d,%d\n", out, (int)h->a_start,
		                      (int)h->a_count, (int)h->b_start, (int)h->b_count);
		for (size_t k = 0; k < h->n_lines; k++)
			out = hs_arena_printf(arena, "%s%c%.*s\n", out, h->lines[k].op,
			                      (int)h->lines[k].text.len,
			                      (const char *)h->lines[k].text.at);
	}
	return out;
}

static void
hexdiff_shows_rows_with_the_offset_of_their_side(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span a = HS_SPAN("0123456789abcdef0123456789abcdefxyz");
	const struct hs_span b = HS_SPAN("0123456789abcdef0123456\x89\0abcdefxyz");
	const struct hs_listing l = list(&arena, a, b, (struct hs_listing_options){ 1, 100 });

	(void)state;
	assert_string_equal(
		unified(&arena, &l),
		"@@ -0,35 +0,34\n"
		" 00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
		"-00000010  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
		"+00000010  30 31 32 33 34 35 36 89 00 61 62 63 64 65 66     |0123456..abcdef|\n"
		" 00000020  78 79 7a                                         |xyz|\n");
}

static void
hexdiff_shows_a_side_that_is_alone(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span none = { NULL, 0 }, some = HS_SPAN("0123456789abcdefg");
	struct hs_listing l = list(&arena, none, some, (struct hs_listing_options){ 3, 100 });

	(void)state;
	assert_string_equal(
		unified(&arena, &l),
		"@@ -0,0 +0,17\n"
		"+00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
		"+00000010  67                                               |g|\n");
	l = list(&arena, some, none, (struct hs_listing_options){ 3, 1 });
	assert_int_equal(l.hunks[0].n_lines, 1);
	assert_int_equal(l.hunks[0].lines[0].op, '-');
	assert_int_equal(l.hunks[0].a_count, 17);
	assert_int_equal(l.lines_left_out, 1);
	l = list(&arena, none, none, (struct hs_listing_options){ 3, 1 });
	assert_int_equal(l.n_hunks, 0);
}

static unsigned
nibble(uint8_t c)
{
	return c <= '9' ? (unsigned)c - '0' : (unsigned)c - 'a' + 10;
}

/* The bytes of a row, as the listing shows them, into `out`; checks its offset. */
static size_t
read_row(uint8_t *out, struct hs_span row, uint64_t offset)
{
	char want[32];
	size_t n = 0;

	snprintf(want, sizeof(want), "%08llx  ", (unsigned long long)offset);
	assert_true(hs_span_starts(row, hs_span_of(want)));
	row = hs_span_from(row, strlen(want));
	for (; n < 16 && row.at[3 * n] != ' '; n++)
		out[n] = (uint8_t)(nibble(row.at[3 * n]) << 4 | nibble(row.at[3 * n + 1]));
	assert_int_equal(row.len, 3 * 16 + 1 + 2 + n);
	return n;
}

static void
check_patch(const struct hs_listing *l, struct hs_span a, struct hs_span b)
{
	uint8_t *out = hs_alloc(a.len + b.len);
	size_t len = 0, at = 0;

	for (size_t i = 0; i < l->n_hunks; i++) {
		const struct hs_hunk *h = &l->hunks[i];

		assert_in_range(h->a_start, at, a.len);
		if (h->a_start > at)
			memcpy(out + len, a.at + at, h->a_start - at);
		len += h->a_start - at;
		at = h->a_start;
		assert_int_equal(h->b_start, len);
		for (size_t k = 0; k < h->n_lines; k++) {
			const struct hs_line *t = &h->lines[k];
			uint8_t row[16];
			const size_t n = read_row(row, t->text, t->op == '+' ? len : at);

			assert_true(n > 0);
			if (t->op != '+') {
				assert_in_range(n, 1, a.len - at);
				assert_memory_equal(row, a.at + at, n);
				at += n;
			}
			if (t->op != '-') {
				memcpy(out + len, row, n);
				len += n;
			}
		}
		assert_int_equal(at, h->a_start + h->a_count);
		assert_int_equal(len, h->b_start + h->b_count);
	}
	if (at < a.len)
		memcpy(out + len, a.at + at, a.len - at);
	len += a.len - at;
	assert_true(hs_span_equal((struct hs_span){ out, len }, b));
	free(out);
}

static void
hexdiff_makes_b_of_a_after_any_edits(void **state)
{
	struct build_random r = { 3 };

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		RELEASED struct hs_arena arena = { 0 };
		const size_t size = build_random_below(&r, round % 30 ? 900 : 300000);
		const struct hs_span a = round % 3 ? build_random_bytes(&arena, &r, size)
		                                   : build_random_lines(&arena, &r, size / 8, 2);
		const struct hs_span b = build_edited(&arena, &r, a, round % 6, 1 + round % 70);
		const struct hs_listing_options o = { round % 4, UINT64_MAX };
		struct hs_edits edits = { 0 };
		struct hs_listing l;
		struct hs_hexdiff d;

		hs_hexdiff_init(&d, a, b);
		while (hs_hexdiff_next(&d, &edits))
			;
		assert_true(hs_span_equal(build_applied(&arena, &edits, a, b), b));
		hs_edits_release(&edits);
		l = list(&arena, a, b, o);
		assert_int_equal(l.lines_left_out, 0);
		check_patch(&l, a, b);
	}
}

/* Bytes far apart, put in and taken out: what lies between is found again. */
static void
hexdiff_realigns_after_insertions_and_deletions(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_random r = { 4 };
	const struct hs_span a = build_random_bytes(&arena, &r, 3 << 20);
	uint8_t *text = hs_arena_alloc(&arena, a.len + 200000);
	struct hs_listing l;

	(void)state;
	memcpy(text, a.at, 1 << 20);
	memset(text + (1 << 20), 'x', 100000);
	memcpy(text + (1 << 20) + 100000, a.at + (1 << 20), 1 << 20);
	memcpy(text + (2 << 20) + 100000, a.at + (2 << 20) + 5, (1 << 20) - 5);
	text[100000 + 1000] = (uint8_t)~text[100000 + 1000];
	l = list(&arena, a, (struct hs_span){ text, a.len + 99995 },
	         (struct hs_listing_options){ 0, UINT64_MAX });
	check_patch(&l, a, (struct hs_span){ text, a.len + 99995 });
	assert_int_equal(l.n_hunks, 3);
	assert_int_equal(l.hunks[0].a_start, 101000 / 16 * 16);
	assert_int_equal(l.hunks[0].n_lines, 2);
	assert_int_equal(l.hunks[1].a_start, 1 << 20);
	assert_int_equal(l.hunks[1].a_count, 0);
	assert_int_equal(l.hunks[1].b_count, 100000);
	assert_int_equal(l.hunks[2].a_start, 2 << 20);
	assert_int_equal(l.hunks[2].a_count, 16);
	assert_int_equal(l.hunks[2].b_count, 11);
}

/* What has nothing in common is compared in place, with memory of a window only. */
static void
hexdiff_stops_and_says_what_it_left(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_random r = { 6 };
	const size_t n = 60 << 20;
	uint8_t *a = hs_alloc(n), *b = hs_alloc(n);
	struct hs_hunks h = { .arena = &arena, .max_lines = 20 };
	struct hs_listing l = { 0 };
	uint64_t unread;

	(void)state;
	for (size_t i = 0; i < n; i += 8) {
		const uint64_t x = build_random_next(&r), y = ~x * 3;

		memcpy(a + i, &x, 8);
		memcpy(b + i, &y, 8);
	}
	unread = hs_hexdiff_hunks(&h, (struct hs_span){ a, n }, (struct hs_span){ b, n }, 3);
	hs_hunks_take(&l, &h, false);
	assert_in_range(unread, 20 << 20, 50 << 20);
	assert_int_equal(l.n_hunks, 1);
	assert_int_equal(l.hunks[0].n_lines, 20);
	assert_int_equal(l.hunks[0].a_count, n - unread);
	assert_int_equal(l.lines_left_out, 2 * (n - unread) / 16 - 20);
	free(a);
	free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hexdiff_shows_rows_with_the_offset_of_their_side),
		cmocka_unit_test(hexdiff_shows_a_side_that_is_alone),
		cmocka_unit_test(hexdiff_makes_b_of_a_after_any_edits),
		cmocka_unit_test(hexdiff_realigns_after_insertions_and_deletions),
		cmocka_unit_test(hexdiff_stops_and_says_what_it_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
