/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_notes.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
check_list(struct hs_build *b, const char *want)
{
	struct expanded o;

	listed_open(&o, tar, b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), want);
	expanded_exercise(&o);
	expanded_release(&o);
}

static void
tar_says_where_readers_disagree(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'x', "path", "first");
	hs_build_tar_record(&b, 'x', "path", "second");
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_record(&b, 'x', "path", "");
	hs_build_tar_file(&b, "b", "");
	hs_build_tar_extension(&b, 'L', HS_SPAN("gnu\0"));
	hs_build_tar_record(&b, 'x', "path", "pax");
	hs_build_tar_file(&b, "c", "");
	hs_build_tar_record(&b, 'x', "size", "3");
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "d", .data = HS_SPAN("abc"), .size = 5 });
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "e", .type = '1', .link = "d", .size = 3 });
	hs_build_tar_entry(&b,
	                   &(struct hs_build_tar){
				   .name = "f", .type = '1', .link = "d", .data = HS_SPAN("xyz") });
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "g/", .type = '5', .data = HS_SPAN("xyz") });
	hs_build_tar_end(&b);
	check_list(
		&b,
		"file second 0: two pax headers in a row: readers disagree, here the later counts\n"
		"file b 0: an empty pax value: readers disagree whether the header's field counts, "
		"here it does\n"
		"file pax 0: a GNU long name and a pax path: readers disagree, here the pax path "
		"counts\n"
		"file d 3: two sizes, one of pax and one of the header: readers disagree, here "
		"that "
		"of pax counts\n"
		"hardlink e 3 -> d: claims a size though it has no data: readers disagree, here "
		"the "
		"next header follows\n"
		"hardlink f 3 -> d: has data though its type has none: readers disagree\n"
		"directory g 0: has data though its type has none: readers disagree\n"
		"gap (data of g/) 3\n");
}

static void
tar_applies_global_headers_and_says_so(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_record(&b, 'g', "mtime", "86400");
	hs_build_tar_file(&b, "b", "");
	hs_build_tar_record(&b, 'x', "mtime", "1");
	hs_build_tar_file(&b, "c", "");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o),
	                    "file a 0\nother (pax global header) 0\n"
	                    "file b 0: a global pax header changes this entry: readers disagree, "
	                    "here it counts\nfile c 0\n");
	assert_non_null(strstr(listed_facts(&o, "a"), "mtime: 1970-01-01T00:00:00Z\n"));
	assert_non_null(strstr(listed_facts(&o, "b"), "mtime: 1970-01-02T00:00:00Z\n"));
	assert_non_null(strstr(listed_facts(&o, "c"), "mtime: 1970-01-01T00:00:01Z\n"));
	assert_non_null(strstr(listed_facts(&o, "(pax global header)"),
	                       "pax global mtime: 86400\nstored name: PaxHeaders/x\n"));
	assert_non_null(strstr(listed_facts(&o, NULL), "pax global mtime: 86400\n"));
	expanded_release(&o);
}

static void
tar_shows_what_stands_behind_the_end(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "a", "");
	hs_build_tar_end(&b);
	hs_build_tar_file(&b, "hidden", "boo");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), "file a 0\ngap (after the end) 2048\n");
	assert_string_equal(o.tree.note_code, "hidden-entry");
	assert_string_equal(o.tree.note,
	                    "1 entry stands behind the end marker, where readers do not "
	                    "look");
	assert_non_null(strstr(listed_facts(&o, NULL), "hidden entries: hidden\n"));
	expanded_release(&o);

	hs_build_tar_file(&b, "a", "");
	hs_build_fill(&b, 0, 512);
	hs_build_tar_file(&b, "hidden", "boo");
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file a 0\ngap (after the end) 1024\n");
	assert_non_null(strstr(listed_facts(&o, NULL), "end marker: one zero block\n"));
	expanded_release(&o);

	hs_build_tar_file(&b, "a", "");
	listed_open(&o, tar, &b);
	assert_string_equal(o.tree.note,
	                    "no end marker: the archive may be cut between two entries");
	expanded_release(&o);

	/* All of the member is there: the archive is odd, and not damaged. */
	hs_build_tar_file(&b, "a", "12345");
	b.len -= 507;
	listed_open(&o, tar, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(o.tree.note,
	                    "no end marker, and 507 bytes of padding are missing from the last "
	                    "entry: the archive may be cut");
	expanded_release(&o);

	hs_build_tar_file(&b, "a", "");
	hs_build_tar_end(&b);
	hs_build_fill(&b, 0, 8704);
	listed_open(&o, tar, &b);
	assert_null(o.tree.note);
	assert_non_null(strstr(listed_facts(&o, NULL),
	                       "padding at the end: up to a multiple of 10240 "
	                       "bytes\n"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_says_where_readers_disagree),
		cmocka_unit_test(tar_applies_global_headers_and_says_so),
		cmocka_unit_test(tar_shows_what_stands_behind_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
