/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_bytes.h"
#include "check_leaf.h"

static const struct hs_comparator *const tz = &hs_comparator_zoneinfo;

static void
put_header(struct hs_build *b, char version, const unsigned counts[6])
{
	hs_build_text(b, "TZif");
	hs_build_be(b, (uint8_t)version, 1);
	hs_build_fill(b, 0, 15);
	for (size_t i = 0; i < 6; i++)
		hs_build_be(b, counts[i], 4);
}

/* Two changes, two types, a leap second, indicators. */
static void
put_block(struct hs_build *b, char version, size_t width)
{
	put_header(b, version, (const unsigned[]){ 2, 2, 1, 2, 2, 8 });
	hs_build_be(b, 0, width);
	hs_build_be(b, 86400, width);
	hs_build_put(b, HS_SPAN("\1\0"));
	hs_build_be(b, 3600, 4);
	hs_build_put(b, HS_SPAN("\0\0"));
	hs_build_be(b, (uint32_t)-5025, 4);
	hs_build_put(b, HS_SPAN("\1\4"));
	hs_build_put(b, HS_SPAN("CET\0XST\0"));
	hs_build_be(b, 78796800, width);
	hs_build_be(b, 1, 4);
	hs_build_put(b, HS_SPAN("\0\1\0\1"));
}

static const char facts[] = "type 0: CET +01:00:00\ntype 1: XST -01:23:45 dst\n"
			    "abbreviations: CET\\x00XST\\x00\n"
			    "standard indicators: \\x00\\x01\nUT indicators: \\x00\\x01\n"
			    "from 1970-01-01T00:00:00Z: XST -01:23:45 dst\n"
			    "from 1970-01-02T00:00:00Z: CET +01:00:00\n"
			    "leap second: 1972-07-01T00:00:00Z: 1 in all\n";

static void
put_slim(struct hs_build *b)
{
	put_header(b, '2', (const unsigned[]){ 0, 0, 0, 0, 1, 1 });
	hs_build_put(b, HS_SPAN("\0\0\0\0\0\0\0"));
	put_block(b, '2', 8);
	hs_build_text(b, "\nCET-1\n");
}

static void
zoneinfo_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	put_slim(&b);
	check_leaf_wins(tz, hs_build_span(&b), "Berlin");
	assert_int_equal(tz->bid(HS_SPAN("TZi")), 0);
	hs_build_release(&b);
}

static void
zoneinfo_says_changes_by_moment(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };

	(void)state;
	put_block(&b, 0, 4);
	check_leaf_says(tz, hs_build_span(&b), 0,
	                hs_arena_printf(&a, "version: 1\n%safterwards (TZ): \n", facts));
	hs_build_release(&b);
}

static void
zoneinfo_takes_the_second_block_where_there_is_one(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	put_slim(&b);
	check_leaf_line(tz, hs_build_span(&b), "data of 32 bits: no");
	check_leaf_line(tz, hs_build_span(&b), "from 1970-01-02T00:00:00Z: CET +01:00:00");
	check_leaf_line(tz, hs_build_span(&b), "afterwards (TZ): \\nCET-1\\n");
	hs_build_release(&b);
	put_block(&b, '3', 4);
	put_block(&b, '3', 8);
	check_leaf_line(tz, hs_build_span(&b), "data of 32 bits: yes");
	check_leaf_line(tz, hs_build_span(&b), "version: 3");
	hs_build_release(&b);
}

/* The header of the second block says its version and its unused bytes once more. */
static bool
is_repeated(size_t at)
{
	return at >= 51 && at < 51 + 20;
}

static void
zoneinfo_tells_every_byte(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	put_slim(&b);
	check_leaf_tells_every_byte(tz, hs_build_span(&b), is_repeated);
	hs_build_release(&b);
}

static void
zoneinfo_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	put_slim(&b);
	check_leaf_truncations(tz, hs_build_span(&b), b.len - 7);
	check_leaf_survives(tz, hs_build_span(&b));
	hs_build_release(&b);
}

static void
zoneinfo_refuses_hostile_fields(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		unsigned counts[6] = { 0 };

		counts[i] = 0xffffffff;
		put_header(&b, '2', counts);
		check_leaf_refuses(tz, hs_build_span(&b), HS_EFORMAT,
		                   "the time zone's first block is cut short");
		hs_build_release(&b);
	}
	put_block(&b, '2', 4);
	put_block(&b, '2', 4);
	check_leaf_refuses(tz, hs_build_span(&b), HS_EFORMAT,
	                   "the time zone's second block is cut short");
	hs_build_release(&b);
	/* A change to a type, and a type with a name, that are not there. */
	put_header(&b, 0, (const unsigned[]){ 0, 0, 0, 1, 1, 0 });
	hs_build_put(&b, HS_SPAN("\0\0\0\0\7\0\0\0\0\2\xff"));
	check_leaf_line(tz, hs_build_span(&b),
	                "from 1970-01-01T00:00:00Z: a type that is not there");
	check_leaf_line(tz, hs_build_span(&b), "type 0:  +00:00:00 dst flag that is none");
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zoneinfo_wins_its_own_bid),
		cmocka_unit_test(zoneinfo_says_changes_by_moment),
		cmocka_unit_test(zoneinfo_takes_the_second_block_where_there_is_one),
		cmocka_unit_test(zoneinfo_tells_every_byte),
		cmocka_unit_test(zoneinfo_survives_every_truncation),
		cmocka_unit_test(zoneinfo_refuses_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
