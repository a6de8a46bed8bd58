/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_forensics.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
check_facts(struct hs_build *b, const char *want)
{
	struct expanded o;

	listed_open(&o, tar, b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed_facts(&o, NULL), want);
	expanded_exercise(&o);
	expanded_release(&o);
}

static void
archives_are_summed_up(void **state)
{
	struct hs_build b = { 0 }, r = { 0 };

	(void)state;
	hs_build_pax_record(&r, "mtime", HS_SPAN("100.25"));
	hs_build_pax_record(&r, "SCHILY.xattr.user.a", HS_SPAN("x"));
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "d/", .type = '5', .mode = 040755 });
	hs_build_tar_extension(&b, 'x', hs_build_span(&r));
	hs_build_tar_file(&b, "d/a", "1");
	hs_build_tar_extension(&b, 'x', hs_build_span(&r));
	hs_build_tar_file(&b, "d/a", "2");
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "e", .mtime = 86400 });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .magic = HS_BUILD_GNU });
	hs_build_tar_end(&b);
	hs_build_release(&r);
	check_facts(&b, "entries: 5\ndialects: ustar 2, pax 2, gnu 1\nwritten by: unknown\n"
	                "order: sorted by name\n"
	                "pax records: mtime 2, SCHILY.xattr.user.a 2\nmode type bits: 1 of 5\n"
	                "mtimes: 1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z, 3 distinct, "
	                "2 with a fraction\nduplicates: 1, the first: d/a\n"
	                "end marker: two zero blocks\npadding at the end: 0 bytes\n");
}

/* Names are kept from where the order breaks; those before it are found too. */
static void
a_name_from_before_the_order_broke_is_known(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_file(&b, "b", "");
	hs_build_tar_file(&b, "d", "");
	hs_build_tar_file(&b, "./b", "");
	hs_build_tar_file(&b, "c", "");
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_non_null(strstr(listed_facts(&o, NULL), "duplicates: 2, the first: b\n"));
	assert_non_null(strstr(listed_facts(&o, NULL), "order: not sorted: "));
	expanded_release(&o);
}

static void
archives_say_where_readers_disagree(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'x', "size", "3");
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "d", .data = HS_SPAN("abc"), .size = 5 });
	hs_build_tar_record(&b, 'x', "path", "");
	hs_build_tar_file(&b, "e", "");
	hs_build_tar_record(&b, 'x', "path", "");
	hs_build_tar_file(&b, "f", "");
	hs_build_tar_end(&b);
	check_facts(&b, "entries: 3\ndialects: pax\nwritten by: unknown\norder: sorted by name\n"
	                "pax records: path 2, size 1\nmode type bits: none\n"
	                "mtimes: 1970-01-01T00:00:00Z, all the same\n"
	                "reader differential: an empty pax value: 2 entries, the first: e\n"
	                "reader differential: two sizes: 1 entry, the first: d\n"
	                "end marker: two zero blocks\npadding at the end: 0 bytes\n");
}

static void
hidden_entries_are_a_gap_that_is_an_archive(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_end(&b);
	hs_build_fill(&b, 'x', 512);
	hs_build_tar_file(&b, "stargz.index.json", "{}");
	hs_build_tar_file(&b, "more", "");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file a 0\ngap (after the end) 512\n"
	                                "gap (after the end) 2560\n");
	assert_string_equal(o.tree.note_code, "hidden-entry");
	assert_non_null(
		strstr(listed_facts(&o, NULL), "hidden entries: stargz.index.json, more\n"));
	assert_true(tar->bid(o.tree.entries[2].bytes) >= 48);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(archives_are_summed_up),
		cmocka_unit_test(a_name_from_before_the_order_broke_is_known),
		cmocka_unit_test(archives_say_where_readers_disagree),
		cmocka_unit_test(hidden_entries_are_a_gap_that_is_an_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
