/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/meta.h"

static void
meta_says_only_what_the_format_records(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts none = { .arena = &a }, all = { .arena = &a };
	const struct hs_attr xattr = { HS_SPAN("user.k"), HS_SPAN("v\0w") };
	const struct hs_meta m = {
		.has = 0x3ff,
		.kind = HS_KIND_CHARDEV,
		.mode = 0104755,
		.uid = -1,
		.gid = 5,
		.uname = HS_SPAN("root"),
		.gname = HS_SPAN("tty"),
		.size = 3,
		.mtime = { 1, 0, 0 },
		.atime = { 2, 500000000, 1 },
		.ctime = { 3, 0, 0 },
		.birthtime = { 4, 0, 0 },
		.link = HS_SPAN("../t"),
		.dev_major = 5,
		.dev_minor = 1,
		.xattrs = &xattr,
		.n_xattrs = 1,
	};

	(void)state;
	hs_say_meta(&none, &(struct hs_meta){ .kind = HS_KIND_DIR });
	assert_string_equal(hs_facts_text(&none), "type: directory\n");
	hs_say_meta(&all, &m);
	assert_string_equal(hs_facts_text(&all), "type: character device\n"
	                                         "mode: 4755\n"
	                                         "uid: -1\n"
	                                         "gid: 5\n"
	                                         "uname: root\n"
	                                         "gname: tty\n"
	                                         "size: 3\n"
	                                         "mtime: 1970-01-01T00:00:01Z\n"
	                                         "atime: 1970-01-01T00:00:02.5Z\n"
	                                         "ctime: 1970-01-01T00:00:03Z\n"
	                                         "birthtime: 1970-01-01T00:00:04Z\n"
	                                         "link target: ../t\n"
	                                         "device: 5:1\n"
	                                         "xattr user.k: v\\x00w\n");
}

static void
meta_knows_the_type_bits_of_a_mode(void **state)
{
	(void)state;
	assert_int_equal(hs_kind_of_mode(0100644), HS_KIND_FILE);
	assert_int_equal(hs_kind_of_mode(0040755), HS_KIND_DIR);
	assert_int_equal(hs_kind_of_mode(0120777), HS_KIND_SYMLINK);
	assert_int_equal(hs_kind_of_mode(0020600), HS_KIND_CHARDEV);
	assert_int_equal(hs_kind_of_mode(0060600), HS_KIND_BLOCKDEV);
	assert_int_equal(hs_kind_of_mode(0010600), HS_KIND_FIFO);
	assert_int_equal(hs_kind_of_mode(0140600), HS_KIND_SOCKET);
	assert_int_equal(hs_kind_of_mode(0644), HS_KIND_OTHER);
	assert_string_equal(hs_kind_name(HS_KIND_GAP), "gap");
}

static void
meta_escapes_names_of_attributes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts f = { .arena = &arena };
	const struct hs_attr xattr = { HS_SPAN("user.\n\xff"), HS_SPAN("v") };

	(void)state;
	hs_say_meta(&f, &(struct hs_meta){ .xattrs = &xattr, .n_xattrs = 1 });
	assert_string_equal(f.last->field, "xattr user.\\n\\xff");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meta_says_only_what_the_format_records),
		cmocka_unit_test(meta_escapes_names_of_attributes),
		cmocka_unit_test(meta_knows_the_type_bits_of_a_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
