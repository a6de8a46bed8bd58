/* SPDX-License-Identifier: Apache-2.0 */
#include "build_extfs.h"
#include "check_archive.h"
#include "expanded.h"
#include "scratch.h"
#include "unit.h"

static struct hs_span
small(struct hs_arena *a)
{
	if (!HS_WITH_EXT2FS)
		skip();
	return build_extfs(a, scratch_path("image"), "hello\n");
}

static void
extfs_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a);
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(&hs_comparator_extfs, file);
	expanded_init(&o, &hs_comparator_extfs, file, NULL);
	assert_string_equal(expanded_keys(&o), ".\nd\nd/f\nd/g\nd/l\nd/long\nnull\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "d/f"), &rc), "hello\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "d/g"), &rc), "hello\n");
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "d/f")),
	                    "type: file\nmode: 0644\nuid: 1000\ngid: 0\nsize: 6\n"
	                    "mtime: 1970-01-02T00:00:00Z\natime: 1970-01-02T00:00:00Z\n"
	                    "ctime: 1970-01-02T00:00:00Z\n");
	assert_int_equal(expanded_entry(&o, "d/g")->kind, HS_KIND_HARDLINK);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "d/l"), "link target"), "f");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "d/long"), "link target"),
	                    build_extfs_long());
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "null"), "device"), "1:3");
	assert_non_null(strstr(expanded_text(&o), "kind: ext2\nlabel: label\n"));
	expanded_release(&o);
}

static void
extfs_tells_what_stands_in_no_file(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a);
	uint8_t *at = hs_arena_alloc(&a, file.len + 4);
	struct expanded o;
	int rc;

	(void)state;
	memcpy(at, file.at, file.len);
	memcpy(at, "boot", 4);
	memcpy(at + file.len - 1024, "deleted", 7);
	memcpy(at + file.len, "rest", 4);
	expanded_init(&o, &hs_comparator_extfs, (struct hs_span){ at, file.len + 4 }, NULL);
	assert_int_equal(o.rc, 0);
	assert_true(hs_span_starts(
		expanded_content(&o, expanded_entry(&o, "(before the superblock)"), &rc),
		HS_SPAN("boot")));
	assert_true(hs_span_starts(expanded_content(&o, expanded_entry(&o, "(free blocks)"), &rc),
	                           HS_SPAN("deleted")));
	assert_span(expanded_content(&o, expanded_entry(&o, "(behind the last block)"), &rc),
	            "rest");
	expanded_release(&o);
}

static void
extfs_without_its_end_is_damaged(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a);

	(void)state;
	check_archive_truncations(&hs_comparator_extfs, file, 4099, file.len);
}

/* All of the superblock and of the descriptors, bitmaps and inodes behind it. */
static void
extfs_survives_any_byte(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_extfs, small(&a), 211);
}

static void
extfs_keeps_what_is_beside_a_directory_in_a_loop(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a);
	uint8_t *at = hs_arena_alloc(&a, file.len);
	size_t entry = 0;
	struct expanded o;

	(void)state;
	memcpy(at, file.at, file.len);
	/* A directory entry: inode, its length, that of the name (of two bytes), "d". */
	while (entry + 12 < file.len && memcmp(at + entry + 6, "\1\0d", 3) != 0)
		entry += 4;
	assert_true(entry + 12 < file.len);
	at[entry] = 2;
	expanded_init(&o, &hs_comparator_extfs, (struct hs_span){ at, file.len }, NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_entry(&o, "d")->note, "directory 2 stands in two places");
	assert_non_null(expanded_entry(&o, "null"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(extfs_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(extfs_tells_what_stands_in_no_file),
		cmocka_unit_test(extfs_without_its_end_is_damaged),
		cmocka_unit_test(extfs_survives_any_byte),
		cmocka_unit_test(extfs_keeps_what_is_beside_a_directory_in_a_loop),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
