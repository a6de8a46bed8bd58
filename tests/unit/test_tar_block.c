/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_block.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
tar_keeps_what_stands_where_zeros_should(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "f", "abc");
	hs_build_tar_patch(&b, 0, 50, HS_SPAN("old"));
	hs_build_tar_patch(&b, 0, 500, HS_SPAN("odd"));
	hs_build_tar_patch(&b, 0, 100, HS_SPAN("000644 \0"));
	hs_build_tar_patch(&b, 0, 108, HS_SPAN("    17 \0"));
	hs_build_tar_patch(&b, 0, 116, HS_SPAN("     7 \0"));
	hs_build_tar_patch(&b, 0, 329, HS_SPAN("0000000"));
	hs_build_tar_patch(&b, 0, 337, HS_SPAN("0000000"));
	b.at[1000] = 'p';
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file f 3\ngap (padding of f) 509\n");
	assert_non_null(strstr(listed_facts(&o, "f"), "dialect: ustar\n"
	                                              "number form: mode in 6 digits, then "
	                                              " \\x00; uid, gid in 6 columns, then "
	                                              " \\x00\n"
	                                              "device fields: 0:0\nbytes behind name: "));
	assert_non_null(strstr(listed_facts(&o, "f"), "unused bytes: odd"));
	expanded_release(&o);
}

/* As GNU tar begins a volume in the middle of a file: no magic, next to no fields. */
static void
tar_reads_the_header_of_a_continued_file(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f",
	                                               .type = 'M',
	                                               .magic = HS_BUILD_V7,
	                                               .data = HS_SPAN("rest") });
	hs_build_tar_patch(&b, 0, 100, HS_SPAN("\0\0\0\0\0\0\0\0"));
	hs_build_tar_patch(&b, 0, 108, HS_SPAN("\0\0\0\0\0\0\0\0"));
	hs_build_tar_patch(&b, 0, 369, HS_SPAN("00000000006\0"));
	hs_build_tar_patch(&b, 0, 483, HS_SPAN("00000000012\0"));
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o),
	                    "file f 4: continues a file of the volume before this one\n");
	assert_string_equal(listed_facts(&o, "f"),
	                    "type: file\nmode: 0000\nuid: 0\ngid: 0\nsize: 4\n"
	                    "mtime: 1970-01-01T00:00:00Z\ndialect: v7\ntypeflag: M\n"
	                    "offset in file: 6\nreal size: 10\n"
	                    "number form: mode, uid left empty\n");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_keeps_what_stands_where_zeros_should),
		cmocka_unit_test(tar_reads_the_header_of_a_continued_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
