/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cbor.h"

#include "build_certificate.h"
#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

static struct hs_span
part(const char *hex, struct hs_build *b)
{
	build_hex(b, hex);
	return hs_build_span(b);
}

/* RFC 8949 appendix A, and heads that are longer than they have to be. */
static void
heads_of_each_kind_are_read(void **state)
{
	static const struct {
		const char *hex;
		enum hs_cbor_major major;
		uint64_t value;
		uint8_t width;
		bool shortest, indefinite;
	} rows[] = {
		{ "00", HS_CBOR_UINT, 0, 0, true, false },
		{ "17", HS_CBOR_UINT, 23, 0, true, false },
		{ "1818", HS_CBOR_UINT, 24, 1, true, false },
		{ "1817", HS_CBOR_UINT, 23, 1, false, false },
		{ "1903e8", HS_CBOR_UINT, 1000, 2, true, false },
		{ "1900ff", HS_CBOR_UINT, 255, 2, false, false },
		{ "1a000f4240", HS_CBOR_UINT, 1000000, 4, true, false },
		{ "1a0000ffff", HS_CBOR_UINT, 65535, 4, false, false },
		{ "1b000000e8d4a51000", HS_CBOR_UINT, 1000000000000, 8, true, false },
		{ "1b00000000ffffffff", HS_CBOR_UINT, 4294967295, 8, false, false },
		{ "1bffffffffffffffff", HS_CBOR_UINT, UINT64_MAX, 8, true, false },
		{ "3822", HS_CBOR_NEGINT, 34, 1, true, false },
		{ "40", HS_CBOR_BYTES, 0, 0, true, false },
		{ "4401020304", HS_CBOR_BYTES, 4, 0, true, false },
		{ "5f", HS_CBOR_BYTES, 0, 0, true, true },
		{ "6161", HS_CBOR_TEXT, 1, 0, true, false },
		{ "80", HS_CBOR_ARRAY, 0, 0, true, false },
		{ "820102", HS_CBOR_ARRAY, 2, 0, true, false },
		{ "9f", HS_CBOR_ARRAY, 0, 0, true, true },
		{ "a10102", HS_CBOR_MAP, 1, 0, true, false },
		{ "bf", HS_CBOR_MAP, 0, 0, true, true },
		{ "d200", HS_CBOR_TAG, 18, 0, true, false },
		{ "d81200", HS_CBOR_TAG, 18, 1, false, false },
		{ "f6", HS_CBOR_SIMPLE, 22, 0, true, false },
		{ "f8ff", HS_CBOR_SIMPLE, 255, 1, true, false },
		{ "f93c00", HS_CBOR_SIMPLE, 0x3c00, 2, true, false },
		{ "fb3ff199999999999a", HS_CBOR_SIMPLE, 0x3ff199999999999a, 8, true, false },
		{ "ff", HS_CBOR_SIMPLE, 0, 0, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_cbor c = hs_cbor_of(part(rows[i].hex, &b));
		struct hs_cbor_item it;
		struct hs_err err;

		assert_int_equal(hs_cbor_next(&it, &c, &err), 0);
		assert_int_equal(it.major, rows[i].major);
		assert_int_equal(it.value, rows[i].value);
		assert_int_equal(it.width, rows[i].width);
		assert_int_equal(it.shortest, rows[i].shortest);
		assert_int_equal(it.indefinite, rows[i].indefinite);
		assert_int_equal(hs_cbor_is_break(&it), i == sizeof(rows) / sizeof(rows[0]) - 1);
		hs_build_release(&b);
	}
}

static void
what_is_cut_or_reserved_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "", "a CBOR item is missing at byte 0" },
		{ "18", "the CBOR item at byte 0 is cut short" },
		{ "1901", "the CBOR item at byte 0 is cut short" },
		{ "1c", "the CBOR head at byte 0 is reserved (0, 28)" },
		{ "1f", "the CBOR head at byte 0 is reserved (0, 31)" },
		{ "df", "the CBOR head at byte 0 is reserved (6, 31)" },
		{ "f81f", "the CBOR head at byte 0 is reserved (7, 24)" },
		{ "4201", "the CBOR string at byte 0 claims 2 bytes and 1 are left" },
		{ "5bffffffffffffffff00",
		  "the CBOR string at byte 0 claims 18446744073709551615 bytes and 1 are left" },
		{ "8201", "the CBOR array at byte 0 claims 2 elements and 1 bytes are left" },
		{ "9b100000000000000000", "the CBOR array at byte 0 claims 1152921504606846976 "
		                          "elements and 1 bytes are left" },
		{ "bb100000000000000000",
		  "the CBOR map at byte 0 claims 1152921504606846976 pairs and 1 bytes are left" },
		{ "bbffffffffffffffff00",
		  "the CBOR map at byte 0 claims 18446744073709551615 pairs and 1 bytes are left" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_cbor c = hs_cbor_of(part(rows[i].hex, &b));
		struct hs_cbor_item it;
		struct hs_err err;

		assert_int_equal(hs_cbor_next(&it, &c, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].why);
		assert_int_equal(c.rest.len, b.len);
		hs_build_release(&b);
	}
}

static void
an_item_of_another_kind_is_named(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "01", "the key at byte 0 is a number where a text should be" },
		{ "20", "the key at byte 0 is a negative number where a text should be" },
		{ "40", "the key at byte 0 is a byte string where a text should be" },
		{ "80", "the key at byte 0 is an array where a text should be" },
		{ "a0", "the key at byte 0 is a map where a text should be" },
		{ "c000", "the key at byte 0 is a tag where a text should be" },
		{ "f6", "the key at byte 0 is a simple value where a text should be" },
		{ "ff", "the key at byte 0 is the end of something where a text should be" },
		{ "7fff", "the key at byte 0 does not state its length" },
		{ "62", "the key: the CBOR string at byte 0 claims 2 bytes and 0 are left" },
	};
	struct hs_cbor c = hs_cbor_of(HS_SPAN("\x61x\xf6"));
	struct hs_cbor_item it;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_cbor_expect(&it, &c, HS_CBOR_TEXT, "the key", &err), 0);
	assert_span(it.data, "x");
	assert_int_equal(hs_cbor_expect(&it, &c, HS_CBOR_SIMPLE, "the value", &err), 0);
	assert_int_equal(it.offset, 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };

		c = hs_cbor_of(part(rows[i].hex, &b));
		assert_int_equal(hs_cbor_expect(&it, &c, HS_CBOR_TEXT, "the key", &err),
		                 HS_EFORMAT);
		assert_string_equal(err.text, rows[i].why);
		assert_int_equal(c.rest.len, b.len);
		hs_build_release(&b);
	}
}

static void
whole_items_are_skipped(void **state)
{
	static const char *const items[] = {
		"00",
		"40",
		"4401020304",
		"80",
		"83010203",
		"8301820203820405",
		"a0",
		"a26161016162820203",
		"c11a514b67b0",
		"d2d2d200",
		"f6",
		"fb3ff199999999999a",
		"5f42010243030405ff",
		"7f657374726561646d696e67ff",
		"5fff",
		"9fff",
		"bfff",
		"9f018202039f0405ffff",
		"bf61610161629f0203ffff",
		"d29fff",
		"a19fff9fff",
		"8180",
		"818180",
		"81818100",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_span whole = part(items[i], &b), item;
		struct hs_cbor c;
		struct hs_err err;

		for (size_t len = 0; len < whole.len; len++) {
			const struct hs_span cut = exact_copy(whole, len);

			c = hs_cbor_of(cut);
			assert_int_equal(hs_cbor_skip(&item, &c, &err), HS_EFORMAT);
			assert_int_equal(c.rest.len, len);
			free((void *)(uintptr_t)cut.at);
		}
		hs_build_text(&b, "behind");
		c = hs_cbor_of(hs_build_span(&b));
		assert_int_equal(hs_cbor_skip(&item, &c, &err), 0);
		assert_int_equal(item.len, strlen(items[i]) / 2);
		assert_span(c.rest, "behind");
		hs_build_release(&b);
	}
}

static void
what_cannot_stand_where_it_stands_is_refused(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "ff", "the CBOR break at byte 0 ends nothing" },
		{ "81ff", "the CBOR break at byte 1 ends nothing" },
		{ "d2ff", "the CBOR break at byte 1 ends nothing" },
		{ "a100ff", "the CBOR break at byte 2 ends nothing" },
		{ "bf00ff", "the CBOR map at byte 0 ends with a key that has no value" },
		{ "5f00ff", "the CBOR string at byte 0 has a part at byte 1 that is a number" },
		{ "5f6161ff", "the CBOR string at byte 0 has a part at byte 1 that is a text" },
		{ "7f7fffff", "the CBOR string at byte 0 has a part at byte 1 that is a text" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_cbor c = hs_cbor_of(part(rows[i].hex, &b));
		struct hs_span item;
		struct hs_err err;

		assert_int_equal(hs_cbor_skip(&item, &c, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].why);
		hs_build_release(&b);
	}
}

static void
depth_and_number_of_items_have_a_limit(void **state)
{
	static const uint8_t nests[] = { 0x81, 0x9f, 0xbf, 0xd2, 0xa1 };
	struct hs_build b = { 0 };
	struct hs_span item;
	struct hs_err err;
	struct hs_cbor c;

	(void)state;
	for (size_t i = 0; i < sizeof(nests); i++) {
		b.len = 0;
		hs_build_fill(&b, nests[i], 100000);
		c = hs_cbor_of(hs_build_span(&b));
		assert_int_equal(hs_cbor_skip(&item, &c, &err), HS_ELIMIT);
		assert_string_equal(err.text, "the CBOR item at byte 16 is nested deeper than 16 "
		                              "(HS_MAX_CBOR_DEPTH)");
	}
	b.len = 0;
	hs_build_fill(&b, 0x81, HS_MAX_CBOR_DEPTH);
	hs_build_fill(&b, 0, 1);
	c = hs_cbor_of(hs_build_span(&b));
	assert_int_equal(hs_cbor_skip(&item, &c, &err), 0);
	b.len = 0;
	hs_build_fill(&b, 0x9f, 1);
	hs_build_fill(&b, 0, HS_MAX_CBOR_ITEMS);
	c = hs_cbor_of(hs_build_span(&b));
	assert_int_equal(hs_cbor_skip(&item, &c, &err), HS_ELIMIT);
	assert_string_equal(err.text, "the CBOR item at byte 0 holds more than 1048576 items "
	                              "(HS_MAX_CBOR_ITEMS)");
	hs_build_release(&b);
}

static void
what_is_written_is_the_shortest(void **state)
{
	static const uint64_t numbers[] = { 0,          23,         24,         255,
		                            256,        65535,      65536,      UINT32_MAX,
		                            4294967296, UINT64_MAX, 1000000000, 12 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_cbor_item it;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct hs_cbor_writer w = { .arena = &arena };
		struct hs_cbor c;

		hs_cbor_head(&w, HS_CBOR_UINT, numbers[i]);
		c = hs_cbor_of(hs_cbor_written(&w));
		assert_int_equal(hs_cbor_next(&it, &c, &err), 0);
		assert_int_equal(it.value, numbers[i]);
		assert_true(it.shortest);
		assert_int_equal(c.rest.len, 0);
	}
}

static void
a_document_is_written_byte_for_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_cbor_writer w = { .arena = &arena };
	struct hs_build want = { 0 };

	(void)state;
	hs_cbor_head(&w, HS_CBOR_MAP, 2);
	hs_cbor_int(&w, 1);
	hs_cbor_int(&w, -35);
	hs_cbor_text(&w, "x");
	hs_cbor_head(&w, HS_CBOR_ARRAY, 3);
	hs_cbor_bytes(&w, HS_SPAN("\xff"));
	hs_cbor_byte_array(&w, HS_SPAN("\x17\x18\xff"));
	hs_cbor_raw(&w, HS_SPAN("\xf6"));
	build_hex(&want, "a20138226178");
	build_hex(&want, "8341ff8317181818fff6");
	assert_true(hs_span_equal(hs_cbor_written(&w), hs_build_span(&want)));
	hs_build_release(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_of_each_kind_are_read),
		cmocka_unit_test(what_is_cut_or_reserved_is_refused_with_its_place),
		cmocka_unit_test(an_item_of_another_kind_is_named),
		cmocka_unit_test(whole_items_are_skipped),
		cmocka_unit_test(what_cannot_stand_where_it_stands_is_refused),
		cmocka_unit_test(depth_and_number_of_items_have_a_limit),
		cmocka_unit_test(what_is_written_is_the_shortest),
		cmocka_unit_test(a_document_is_written_byte_for_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
