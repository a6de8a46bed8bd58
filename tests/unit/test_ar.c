/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/ar.h"

#include "build_ar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const ar = &hs_comparator_ar;

static void
ar_wins_its_own_bid(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN("!<arch>\n"), 0), ar);
	assert_ptr_equal(hs_comparator_for(HS_SPAN("!<thin>\n"), 0), ar);
	assert_int_equal(ar->bid(HS_SPAN("!<arch>")), 0);
}

static void
ar_lists_gnu_archives(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "/", HS_SPAN("\0\0\0\0"));
	hs_build_ar_member(&b, "//", HS_SPAN("a_long_member_name.o/\nanother.o/\n"));
	hs_build_ar_member(&b, "short.o/", HS_SPAN("abc"));
	hs_build_ar_member(&b, "/0", HS_SPAN("long"));
	hs_build_ar_member(&b, "/22", HS_SPAN(""));
	hs_build_ar_member(&b, "short.o/", HS_SPAN("abcd"));
	listed_open(&o, ar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o),
	                    "other (symbol index) 4\nother (long names) 33\nfile short.o 3\n"
	                    "file a_long_member_name.o 4\nfile another.o 0\nfile short.o 4\n");
	assert_int_equal(o.tree.entries[5].occurrence, 1);
	assert_string_equal(listed_facts(&o, "a_long_member_name.o"),
	                    "type: file\nmode: 0644\nuid: 0\ngid: 0\nsize: 4\n"
	                    "mtime: 1970-01-01T00:00:00Z\nstored name: /0\nmode field: 100644\n");
	assert_string_equal(listed_content(&o, "short.o"), "abc");
	expanded_release(&o);
}

static void
ar_lists_bsd_archives(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "__.SYMDEF SORTED", HS_SPAN("\0\0"));
	hs_build_ar_member(&b, "#1/20", HS_SPAN("long member name.o\0!data"));
	listed_open(&o, ar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), "other (symbol index) 2\nfile long member name.o 4\n");
	assert_string_equal(listed_content(&o, "long member name.o"), "data");
	assert_non_null(strstr(listed_facts(&o, "long member name.o"),
	                       "size: 4\nmtime: 1970-01-01T00:00:00Z\nstored name: #1/20\n"
	                       "mode field: 100644\nbytes behind name: \\x00!\n"));
	expanded_release(&o);
}

static void
ar_lists_thin_archives_without_their_data(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_text(&b, "!<thin>\n");
	hs_build_ar_member(&b, "//", HS_SPAN("dir/file.o/\n"));
	hs_build_ar_header(&b, (const char *const[6]){ "/0", "5", "1", "2", "100600", "1000" });
	hs_build_ar_header(&b, (const char *const[6]){ "/0:64", "", "", "", "", "7" });
	listed_open(&o, ar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o),
	                    "other (long names) 12\nfile dir/file.o 0\nfile dir/file.o 0\n");
	assert_non_null(strstr(listed_facts(&o, "dir/file.o"), "uid: 1\ngid: 2\nsize: 1000\n"));
	assert_string_equal(listed_facts(&o, NULL), "thin: yes\n");
	expanded_release(&o);
}

static void
ar_tells_padding_and_odd_numbers(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_header(&b, (const char *const[6]){ "a/", "007", "", "", "644", "1" });
	hs_build_text(&b, "xP");
	listed_open(&o, ar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), "file a 1\ngap (padding of a) 1\n");
	assert_string_equal(listed_facts(&o, "a"),
	                    "type: file\nmode: 0644\nsize: 1\nmtime: 1970-01-01T00:00:07Z\n"
	                    "stored name: a/\nmtime field: 007\nuid field: \ngid field: \n");
	expanded_release(&o);
}

static void
ar_refuses_hostile_fields(void **state)
{
	static const struct {
		const char *fields[6];
		int rc;
		const char *list;
	} rows[] = {
		{ { "a/", "0", "0", "0", "644", "9999999999" },
		  HS_EFORMAT,
		  "file a 1: the archive ends after 1 of the 9999999999 bytes of the member at "
		  "offset 8\n" },
		{ { "a/", "0", "0", "0", "644", "-1" }, HS_EFORMAT, "gap (unreadable) 61\n" },
		{ { "a/", "0", "0", "0", "644", "" }, HS_EFORMAT, "gap (unreadable) 61\n" },
		{ { "/7", "0", "0", "0", "644", "1" },
		  0,
		  "file 7 1: its name points outside the table of long names\n" },
		{ { "/99999999999999", "0", "0", "0", "644", "1" },
		  0,
		  "file 99999999999999 1: its name points outside the table of long names\n" },
		{ { "#1/2", "0", "0", "0", "644", "1" },
		  0,
		  "file #1/2 1: its name claims more bytes than its data have\n" },
		{ { "a/", "x", "0", "0", "644", "1" },
		  0,
		  "file a 1: a number field of its header is damaged\n" },
		{ { "a/", "0", "0", "0", "888", "1" },
		  0,
		  "file a 1: a number field of its header is damaged\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;

		hs_build_ar_begin(&b);
		hs_build_ar_header(&b, rows[i].fields);
		hs_build_text(&b, "x");
		listed_open(&o, ar, &b);
		assert_int_equal(o.rc, rows[i].rc);
		assert_string_equal(listed(&o), rows[i].list);
		expanded_exercise(&o);
		expanded_release(&o);
	}
}

static void
check_cut(const struct expanded *o, size_t len)
{
	size_t told = 8;

	for (size_t i = 0; i < o->tree.n_entries; i++)
		told += o->tree.entries[i].head.len + o->tree.entries[i].bytes.len;
	if (len >= 8 && o->rc < 0)
		assert_int_equal(o->rc, HS_EFORMAT);
	if (len >= 8)
		assert_in_range(told, len - 2, len);
}

static void
ar_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "//", HS_SPAN("a_long_member_name.o/\n"));
	hs_build_ar_member(&b, "/0", HS_SPAN("abc"));
	hs_build_ar_member(&b, "#1/4", HS_SPAN("namedata"));
	listed_truncations(ar, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ar_wins_its_own_bid),
		cmocka_unit_test(ar_lists_gnu_archives),
		cmocka_unit_test(ar_lists_bsd_archives),
		cmocka_unit_test(ar_lists_thin_archives_without_their_data),
		cmocka_unit_test(ar_tells_padding_and_odd_numbers),
		cmocka_unit_test(ar_refuses_hostile_fields),
		cmocka_unit_test(ar_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
