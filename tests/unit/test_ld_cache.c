/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_leaf.h"
#include "grow.h"

static const struct hs_comparator *const cache = &hs_comparator_ld_cache;

static void
put_new(struct grow *g, size_t before, bool extensions)
{
	grow_text(g, "glibc-ld.so.cache1.1");
	grow_le(g, 4, 2);
	grow_le(g, 4, 23);
	grow_le(g, 4, 2);
	grow_le(g, 4, extensions ? before + 48 + 48 + 24 : 0);
	grow_zeros(g, 12);
	for (size_t i = 0; i < 2; i++) {
		grow_le(g, 4, i ? 0x0303 : 0x0a03);
		grow_le(g, 4, 96 + 7);
		grow_le(g, 4, 96);
		grow_le(g, 4, i);
		grow_le(g, 8, i ? UINT64_C(1) << 62 : 0);
	}
	grow_add(g, HS_SPAN("/lib/u/libz.so.1\0\0\0\0\0\0\0\0"));
	if (!extensions)
		return;
	grow_le(g, 4, 0xeaa42174);
	grow_le(g, 4, 2);
	for (size_t i = 0; i < 2; i++) {
		grow_le(g, 4, i);
		grow_le(g, 4, 0);
		grow_le(g, 4, before + 120 + 40);
		grow_le(g, 4, 8);
	}
	grow_text(g, "ldconfig");
}

static struct hs_span
form(struct hs_arena *a, bool old, bool new, bool extensions)
{
	struct grow g = { .arena = a };

	if (old) {
		grow_add(&g, HS_SPAN("ld.so-1.7.0\0"));
		grow_le(&g, 4, 1);
		grow_le(&g, 4, 1);
		grow_le(&g, 4, 3);
		grow_le(&g, 4, 0);
		grow_add(&g, HS_SPAN("/o/liba.so.1\0\0\0\0"));
	}
	if (new)
		put_new(&g, g.bytes.len, extensions);
	return g.bytes;
}

static void
ld_cache_wins_its_own_bid(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_wins(cache, form(&a, false, true, true), "ld.so.cache");
	check_leaf_wins(cache, form(&a, true, false, false), "ld.so.cache");
	assert_int_equal(cache->bid(HS_SPAN("ld.so-1.7.0")), 0);
}

static void
ld_cache_says_each_library(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_says(cache, form(&a, true, false, false), 0,
	                "form: old\nlibrary liba.so.1 (ELF): /o/liba.so.1\n");
}

static void
ld_cache_says_what_is_new(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_leaf_line(cache, form(&a, false, true, false),
	                "library libz.so.1 (libc6,aarch64): /lib/u/libz.so.1");
	check_leaf_line(cache, form(&a, false, true, false),
	                "library libz.so.1 (libc6,x86-64), OS 0x1, hwcap 0x4000000000000000: "
	                "/lib/u/libz.so.1");
	check_leaf_line(cache, form(&a, false, true, true), "written by: ldconfig");
	check_leaf_line(cache, form(&a, false, true, true), "extension 1: flags 0x0, 8 bytes");
	check_leaf_line(cache, form(&a, true, true, true), "written by: ldconfig");
	check_leaf_line(cache, form(&a, true, true, true), "form: old, with the new one behind it");
}

static void
ld_cache_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = form(&a, true, true, true);

	(void)state;
	check_leaf_truncations(cache, form(&a, false, true, false), 96 + 17);
	check_leaf_truncations(cache, whole, 30);
	check_leaf_survives(cache, whole);
	check_leaf_survives(cache, form(&a, false, true, true));
}

static void
ld_cache_refuses_hostile_fields(void **state)
{
	static const struct {
		size_t at;
		const char *sentence;
	} rows[] = {
		{ 20, "its 4294967295 entries are cut short" },
		{ 24, "its 2 entries are cut short" },
		{ 52, "the text of library 0 lies outside the file" },
		{ 56, "the text of library 0 lies outside the file" },
	};
	RELEASED struct hs_arena a = { 0 };
	struct grow g = { .arena = &a };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		g = (struct grow){ .arena = &a };
		grow_add(&g, form(&a, false, true, true));
		grow_patch(&g, rows[i].at, 4, 0xffffffff);
		check_leaf_refuses(cache, g.bytes, HS_EFORMAT, rows[i].sentence);
	}
	g = (struct grow){ .arena = &a };
	grow_add(&g, form(&a, false, true, true));
	grow_patch(&g, 32, 4, 5);
	check_leaf_line(cache, g.bytes, "extensions: damaged");
	grow_patch(&g, 32, 4, 120);
	grow_patch(&g, 124, 4, 0xffffffff);
	check_leaf_line(cache, g.bytes, "extensions: cut short");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ld_cache_wins_its_own_bid),
		cmocka_unit_test(ld_cache_says_each_library),
		cmocka_unit_test(ld_cache_says_what_is_new),
		cmocka_unit_test(ld_cache_survives_every_truncation),
		cmocka_unit_test(ld_cache_refuses_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
