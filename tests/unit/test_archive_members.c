/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/archive_members.h"

#include "build_archive.h"
#include "build_stream.h"
#include "expanded.h"
#include "unit.h"

static void
metadata_links_and_fractions_are_read(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_sevenzip,
	              build_archive(&arena, "7zip", NULL, build_usual, BUILD_N_USUAL - 1), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "etc/motd")),
	                    "type: file\nmode: 0644\nsize: 6\n"
	                    "mtime: 2023-11-14T22:13:21.1234567Z\n");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc/link"), "link target"),
	                    "motd");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc"), "stored name"), "etc/");
	expanded_release(&o);
}

static void
extended_attributes_and_hard_links_are_read(void **state)
{
	static const struct build_member members[] = {
		{ .name = "f",
		  .mode = 0100644,
		  .xattr = "user.origin",
		  .xattr_value = "there",
		  .data = { (const uint8_t *)"content", 7 } },
		{ .name = "g", .mode = 0100644, .hardlink = "f" },
	};
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_entry *link;
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_xar, build_archive(&arena, "xar", NULL, members, 2), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "f"), "xattr user.origin"),
	                    "there");
	link = expanded_entry(&o, "g");
	assert_int_equal(link->kind, HS_KIND_HARDLINK);
	assert_span(expanded_content(&o, link, &rc), "content");
	assert_string_equal(expanded_fact(&o, link, "type"), "hardlink");
	assert_string_equal(expanded_fact(&o, link, "link target"), "f");
	expanded_release(&o);
}

static void
stored_contents_are_parts_of_the_file_and_others_of_the_spool(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	const struct hs_entry *e;

	(void)state;
	expanded_init(&o, &hs_comparator_iso9660,
	              build_archive(&arena, "iso9660", NULL, build_usual, BUILD_N_USUAL), NULL);
	assert_int_equal(o.rc, 0);
	e = expanded_entry(&o, "etc/motd");
	assert_null(e->blob);
	assert_true(e->bytes.at >= o.file.at && e->bytes.at < o.file.at + o.file.len);
	assert_span(e->bytes, "hello\n");
	expanded_release(&o);
	expanded_init(&o, &hs_comparator_sevenzip,
	              build_archive(&arena, "7zip", "compression=deflate", build_usual, 3), NULL);
	assert_int_equal(o.rc, 0);
	e = expanded_entry(&o, "etc/other");
	assert_non_null(e->blob);
	assert_span(e->bytes, "other words, other words\n");
	expanded_release(&o);
}

static void
contents_larger_than_a_buffer_are_whole(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_member members[] = {
		{ .name = "a", .mode = 0100644, .data = build_text(&arena, 700000) },
		{ .name = "empty", .mode = 0100644 },
		{ .name = "b", .mode = 0100644, .data = build_text(&arena, 300001) },
	};
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_sevenzip, build_archive(&arena, "7zip", NULL, members, 3),
	              NULL);
	assert_int_equal(o.rc, 0);
	for (size_t i = 0; i < 3; i++)
		assert_true(hs_span_equal(
			expanded_content(&o, expanded_entry(&o, members[i].name), &rc),
			members[i].data));
	expanded_release(&o);
}

static void
limits_are_named_and_keep_the_members_before(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	const struct build_member members[] = {
		{ .name = "a", .mode = 0100644, .data = build_text(&arena, 1000) },
		{ .name = "b", .mode = 0100644, .data = build_text(&arena, 1000) },
	};
	const struct hs_span file = build_archive(&arena, "7zip", NULL, members, 2);
	struct expanded o;

	(void)state;
	limits.max_members = 1;
	expanded_init(&o, &hs_comparator_sevenzip, file, &limits);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_non_null(strstr(o.err.text, "--max-members"));
	assert_int_equal(o.tree.n_entries, 1);
	expanded_release(&o);
	limits.max_members = 10;
	limits.max_size = 1500;
	expanded_init(&o, &hs_comparator_sevenzip, file, &limits);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_non_null(strstr(o.err.text, "--max-size"));
	assert_int_equal(o.tree.n_entries, 2);
	assert_int_equal(o.tree.entries[0].bytes.len, 1000);
	assert_false(o.tree.entries[0].damaged);
	assert_true(o.tree.entries[1].damaged);
	expanded_release(&o);
}

static void
dates_of_dos_are_taken_as_utc(void **state)
{
	static const struct {
		unsigned date, time;
		int64_t sec;
	} rows[] = {
		{ 1 << 5 | 1, 0, 315532800 },
		{ 20 << 9 | 2 << 5 | 29, 12 << 11 | 34 << 5 | 28, 951827696 },
		{ 20 << 9 | 3 << 5 | 1, 0, 951868800 },
		{ 43 << 9 | 12 << 5 | 31, 23 << 11 | 59 << 5 | 29, 1704067198 },
		{ 127 << 9 | 12 << 5 | 31, 0, 4354732800 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(hs_dos_time(rows[i].date, rows[i].time).sec, rows[i].sec);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_links_and_fractions_are_read),
		cmocka_unit_test(extended_attributes_and_hard_links_are_read),
		cmocka_unit_test(stored_contents_are_parts_of_the_file_and_others_of_the_spool),
		cmocka_unit_test(contents_larger_than_a_buffer_are_whole),
		cmocka_unit_test(limits_are_named_and_keep_the_members_before),
		cmocka_unit_test(dates_of_dos_are_taken_as_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
