/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_facts.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
tar_describes_a_plain_member(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f",
	                                               .data = HS_SPAN("abc"),
	                                               .mode = 0104755,
	                                               .uid = 1,
	                                               .gid = 2,
	                                               .uname = "u",
	                                               .gname = "g",
	                                               .mtime = 86400 });
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed_facts(&o, "f"),
	                    "type: file\nmode: 4755\nuid: 1\ngid: 2\nuname: u\ngname: g\nsize: 3\n"
	                    "mtime: 1970-01-02T00:00:00Z\ndialect: ustar\nmode field: 104755\n");
	assert_string_equal(listed_facts(&o, NULL),
	                    "entries: 1\ndialects: ustar\nwritten by: unknown\n"
	                    "mode type bits: all\nmtimes: 1970-01-02T00:00:00Z\n"
	                    "end marker: two zero blocks\npadding at the end: 0 bytes\n");
	expanded_release(&o);
}

static void
tar_reads_pax_records_to_the_last_digit(void **state)
{
	struct hs_build b = { 0 }, r = { 0 };
	struct expanded o;

	(void)state;
	hs_build_pax_record(&r, "path", HS_SPAN("a/long"));
	hs_build_pax_record(&r, "mtime", HS_SPAN("-1.50"));
	hs_build_pax_record(&r, "atime", HS_SPAN("007"));
	hs_build_pax_record(&r, "uid", HS_SPAN("4000000000"));
	hs_build_pax_record(&r, "SCHILY.xattr.user.a", HS_SPAN("x\0\ny"));
	hs_build_pax_record(&r, "LIBARCHIVE.xattr.user.a", HS_SPAN("eAAKeQ"));
	hs_build_pax_record(&r, "LIBARCHIVE.xattr.user.%25b", HS_SPAN("eQ=="));
	hs_build_pax_record(&r, "comment", HS_SPAN("hi"));
	hs_build_tar_extension(&b, 'x', hs_build_span(&r));
	hs_build_tar_file(&b, "short", "abc");
	hs_build_tar_end(&b);
	hs_build_release(&r);
	listed_open(&o, tar, &b);
	assert_string_equal(
		listed_facts(&o, "a/long"),
		"type: file\nmode: 0644\nuid: 4000000000\ngid: 0\nuname: \ngname: \nsize: 3\n"
		"mtime: 1969-12-31T23:59:58.50Z\natime: 1970-01-01T00:00:07Z\n"
		"xattr user.a: x\\x00\\ny\nxattr user.%b: y\n"
		"dialect: pax\nheader name: short\nheader uid: 0\nheader mtime: "
		"1970-01-01T00:00:00Z\n"
		"pax records: path, mtime, atime, uid, SCHILY.xattr.user.a, "
		"LIBARCHIVE.xattr.user.a, LIBARCHIVE.xattr.user.%25b, comment\n"
		"pax atime: 007\npax comment: hi\n"
		"pax header name: PaxHeaders/x\n"
		"pax header fields: mode 0644, owner 0:0, mtime 0\n");
	expanded_release(&o);
}

static void
tar_reads_gnu_long_names_and_base256(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;
	size_t at;

	(void)state;
	hs_build_tar_extension(&b, 'L', HS_SPAN("a long name\0"));
	hs_build_tar_extension(&b, 'K', HS_SPAN("a long link\0"));
	at = b.len;
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){
			    .name = "short", .type = '2', .link = "s", .magic = HS_BUILD_GNU });
	hs_build_tar_patch(&b, at, 136,
	                   HS_SPAN("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
	hs_build_tar_patch(&b, at, 108, HS_SPAN("\x80\0\0\0\xff\xff\xff\xff"));
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "symlink a long name 0 -> a long link\n");
	assert_non_null(strstr(listed_facts(&o, "a long name"), "uid: 4294967295\n"));
	assert_non_null(strstr(listed_facts(&o, "a long name"),
	                       "mtime: 1969-12-31T23:59:59Z\nlink target: a long link\n"
	                       "dialect: gnu\nheader name: short\nheader link: s\n"
	                       "number form: uid, mtime in base 256\n"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_describes_a_plain_member),
		cmocka_unit_test(tar_reads_pax_records_to_the_last_digit),
		cmocka_unit_test(tar_reads_gnu_long_names_and_base256),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
