/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_leaf.h"
#include "grow.h"

static const struct hs_comparator *const mo = &hs_comparator_gettext_mo;

/* Pairs of original and translation, the latter's NULs written as '|'. */
static struct hs_span
catalogue(struct hs_arena *a, const char *const (*pairs)[2], size_t n)
{
	struct grow g = { .arena = a };
	size_t at = 28 + 16 * n;

	grow_le(&g, 4, 0x950412de);
	grow_le(&g, 4, 0);
	grow_le(&g, 4, n);
	grow_le(&g, 4, 28);
	grow_le(&g, 4, 28 + 8 * n);
	grow_le(&g, 4, 0);
	grow_le(&g, 4, at);
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < n; i++) {
			grow_le(&g, 4, strlen(pairs[i][side]));
			grow_le(&g, 4, at);
			at += strlen(pairs[i][side]) + 1;
		}
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < n; i++) {
			for (const char *p = pairs[i][side]; *p; p++)
				grow_le(&g, 1, *p == '|' ? 0 : (uint8_t)*p);
			grow_le(&g, 1, 0);
		}
	return g.bytes;
}

static const char *const usual[][2] = {
	{ "", "Project-Id-Version: x\nContent-Type: text/plain; charset=UTF-8\n" },
	{ "File", "Datei" },
	{ "menu\4Open", "Auf" },
	{ "%d day|%d days", "%d Tag|%d Tage" },
};

static void
mo_wins_its_own_bid(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_wins(mo, catalogue(&a, usual, 4), "x.mo");
	assert_int_equal(mo->bid(HS_SPAN("\x95\x04\x12\xde")), 32);
	assert_int_equal(mo->bid(HS_SPAN("\x95\x04\x12")), 0);
}

static void
mo_says_each_message(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_says(mo, catalogue(&a, usual, 4), 0,
	                "byte order: little-endian\nrevision: 0.0\nstrings: 4\nhash table: no\n"
	                "header Project-Id-Version: x\n"
	                "header Content-Type: text/plain; charset=UTF-8\n"
	                "message File: Datei\nmessage of menu Open: Auf\n"
	                "message %d day | %d days [0]: %d Tag\n"
	                "message %d day | %d days [1]: %d Tage\n");
	check_leaf_says(mo, catalogue(&a, usual, 0), 0,
	                "byte order: little-endian\nrevision: 0.0\nstrings: 0\nhash table: no\n");
}

static void
mo_decodes_latin_1(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "Content-Type: text/plain; charset=ISO8859-1\n" },
		{ "ch\xe8re", "l\xe0" },
	};
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_line(mo, catalogue(&a, pairs, 2), "message ch\xc3\xa8re: l\xc3\xa0");
}

static void
mo_reads_either_byte_order(void **state)
{
	(void)state;
	check_leaf_says(mo,
	                HS_SPAN("\x95\x04\x12\xde\0\1\0\2\0\0\0\1\0\0\0\x1c\0\0\0\x24"
	                        "\0\0\0\5\0\0\0\x2c\0\0\0\1\0\0\0\x2c\0\0\0\1\0\0\0\x2e"
	                        "a\0b\0"),
	                0,
	                "byte order: big-endian\nrevision: 1.2\nstrings: 1\nhash table: yes\n"
	                "message a: b\n");
}

static void
mo_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = catalogue(&a, usual, 4);

	(void)state;
	check_leaf_truncations(mo, file, file.len - 1);
	check_leaf_survives(mo, file);
}

static void
mo_refuses_hostile_fields(void **state)
{
	static const struct {
		size_t at;
		uint64_t value;
		const char *sentence;
	} rows[] = {
		{ 8, 0xffffffff, "string 4 of 4294967295 lies outside the file" },
		{ 12, 0xffffffff, "string 0 of 4 lies outside the file" },
		{ 16, 0xfffffff0, "string 0 of 4 lies outside the file" },
		{ 28, 0xffffffff, "string 0 of 4 lies outside the file" },
		{ 32, 0xffffffff, "string 0 of 4 lies outside the file" },
	};
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct grow g = { .arena = &a };

		grow_add(&g, catalogue(&a, usual, 4));
		grow_patch(&g, rows[i].at, 4, rows[i].value);
		check_leaf_refuses(mo, g.bytes, HS_EFORMAT, rows[i].sentence);
	}
}

/* A table of which each string is the whole file: its cost is not that of the file. */
static void
mo_refuses_strings_over_strings(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct grow g = { .arena = &a };

	(void)state;
	grow_add(&g, catalogue(&a, usual, 4));
	for (size_t i = 0; i < 8; i++) {
		grow_patch(&g, 28 + 8 * i, 4, g.bytes.len - 20);
		grow_patch(&g, 32 + 8 * i, 4, 20);
	}
	check_leaf_refuses(mo, g.bytes, HS_EFORMAT, "its strings are longer than the file in all");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mo_wins_its_own_bid),
		cmocka_unit_test(mo_says_each_message),
		cmocka_unit_test(mo_decodes_latin_1),
		cmocka_unit_test(mo_reads_either_byte_order),
		cmocka_unit_test(mo_survives_every_truncation),
		cmocka_unit_test(mo_refuses_hostile_fields),
		cmocka_unit_test(mo_refuses_strings_over_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
