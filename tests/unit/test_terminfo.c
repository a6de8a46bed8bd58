/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_leaf.h"
#include "grow.h"

static const struct hs_comparator *const ti = &hs_comparator_terminfo;

/* Three booleans, two numbers, four strings; then names of its own: one of each kind. */
static struct hs_span
entry(struct hs_arena *a, size_t width, bool own)
{
	struct grow g = { .arena = a };

	grow_le(&g, 2, width == 4 ? 0x021e : 0x011a);
	for (size_t i = 0; i < 5; i++)
		grow_le(&g, 2, (const uint64_t[]){ 7, 3, 2, 4, 7 }[i]);
	grow_add(&g, HS_SPAN("x|term\0"));
	grow_add(&g, HS_SPAN("\1\1\xfe"));
	grow_le(&g, width, 80);
	grow_le(&g, width, 0xfffffffe);
	for (size_t i = 0; i < 4; i++)
		grow_le(&g, 2, (const uint64_t[]){ 0xffff, 0, 0xfffe, 3 }[i]);
	grow_add(&g, HS_SPAN("\x1b[\0abc\0"));
	if (!own)
		return g.bytes;
	grow_le(&g, 1, 0);
	for (size_t i = 0; i < 5; i++)
		grow_le(&g, 2, (const uint64_t[]){ 1, 1, 1, 4, 11 }[i]);
	grow_add(&g, HS_SPAN("\1\0"));
	grow_le(&g, width, 5);
	for (size_t i = 0; i < 4; i++)
		grow_le(&g, 2, (const uint64_t[]){ 0, 0, 3, 6 }[i]);
	grow_add(&g, HS_SPAN("Q\0AX\0U8\0XM\0"));
	return g.bytes;
}

static void
terminfo_wins_its_own_bid(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_wins(ti, entry(&a, 2, true), "xterm");
	check_leaf_wins(ti, entry(&a, 4, false), "xterm");
	assert_int_equal(ti->bid(HS_SPAN("\x1a\1")), 0);
	assert_int_equal(ti->bid(HS_SPAN("\x1a\1\2\0\0\0\0\0\0\0\0\0\x80\0")), 0);
}

static void
terminfo_says_each_capability(void **state)
{
	static const char said[] = "names: x|term\nbw: yes\nam: yes\nxsb: cancelled\n"
				   "cols: 80\nit: cancelled\n"
				   "bel: \\x1b[\ncr: cancelled\ncsr: abc\n";
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t width = 2; width <= 4; width += 2) {
		const char *const bits = width == 2 ? "16" : "32";

		check_leaf_says(ti, entry(&a, width, false), 0,
		                hs_arena_printf(&a, "numbers: %s bits\n%s", bits, said));
		check_leaf_says(
			ti, entry(&a, width, true), 0,
			hs_arena_printf(&a,
		                        "numbers: %s bits\n%sown AX: yes\nown U8: 5\nown XM: Q\n",
		                        bits, said));
	}
}

static void
terminfo_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_truncations(ti, entry(&a, 2, false), entry(&a, 2, false).len);
	check_leaf_truncations(ti, entry(&a, 4, true), entry(&a, 4, false).len);
	check_leaf_survives(ti, entry(&a, 2, true));
}

static void
terminfo_refuses_hostile_fields(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t at = 2; at < 12; at += 2) {
		struct grow g = { .arena = &a };

		grow_add(&g, entry(&a, 2, true));
		grow_patch(&g, at, 2, 0xffff);
		assert_int_equal(ti->bid(g.bytes), 0);
		check_leaf_refuses(ti, g.bytes, HS_EFORMAT, "the description is cut short");
	}
	for (size_t at = 0; at < 8; at += 2) {
		struct grow g = { .arena = &a };

		if (at == 6)
			continue; /* a count that is only said */
		grow_add(&g, entry(&a, 2, true));
		grow_patch(&g, entry(&a, 2, false).len + 1 + at, 2, 0xffff);
		check_leaf_refuses(ti, g.bytes, HS_EFORMAT,
		                   "the table of its own names is cut short");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminfo_wins_its_own_bid),
		cmocka_unit_test(terminfo_says_each_capability),
		cmocka_unit_test(terminfo_survives_every_truncation),
		cmocka_unit_test(terminfo_refuses_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
