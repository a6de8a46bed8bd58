/* SPDX-License-Identifier: Apache-2.0 */
#include "build_squashfs.h"
#include "check_archive.h"
#include "expanded.h"
#include "unit.h"

static void
squashfs_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_squashfs(&a, &(struct build_squashfs){ .time = 86400 });
	struct expanded o;
	int rc;

	(void)state;
	if (!HS_WITH_SQUASHFS)
		skip();
	check_archive_wins(&hs_comparator_squashfs, file);
	expanded_init(&o, &hs_comparator_squashfs, file, NULL);
	assert_string_equal(expanded_keys(&o), ".\nd\nd/f\nd/g\nd/l\nnull\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "d/f"), &rc), "hello\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "d/g"), &rc), "hello\n");
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "d/f")),
	                    "type: file\nmode: 0644\nuid: 0\ngid: 1000\nsize: 6\n"
	                    "mtime: 1970-01-01T00:16:43Z\n");
	assert_int_equal(expanded_entry(&o, "d/g")->kind, HS_KIND_HARDLINK);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "d/g"), "link target"), "d/f");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "d/l"), "link target"), "f");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "null"), "device"), "1:3");
	expanded_release(&o);
}

static void
squashfs_says_what_its_superblock_says(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_squashfs,
	              build_squashfs(&a, &(struct build_squashfs){ .time = 86400 }), NULL);
	assert_string_equal(expanded_text(&o),
	                    "inodes: 5\ntime: 1970-01-02T00:00:00Z\nblock size: 4096\n"
	                    "fragments: 0\ncompressor: gzip\nflag: uncompressed inodes\n"
	                    "flag: uncompressed data\nflag: no fragments\nflag: no attributes\n"
	                    "flag: uncompressed ids\nids: 2\nroot inode: 0x0\nbytes used: 369\n"
	                    "ids at: 361\ninodes at: 102\ndirectories at: 277\n");
	expanded_release(&o);
}

static void
squashfs_tells_zeros_behind_it_from_other_bytes(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_squashfs(&a, &(struct build_squashfs){ .padding = 7 });
	uint8_t *at = hs_arena_alloc(&a, file.len);
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_squashfs, file, NULL);
	assert_non_null(strstr(expanded_text(&o), "zero bytes behind it: 7\n"));
	assert_null(strstr(expanded_keys(&o), "behind"));
	expanded_release(&o);
	memcpy(at, file.at, file.len);
	at[file.len - 1] = 'x';
	expanded_init(&o, &hs_comparator_squashfs, (struct hs_span){ at, file.len }, NULL);
	assert_null(strstr(expanded_text(&o), "zero bytes behind it"));
	assert_non_null(strstr(expanded_keys(&o), "behind the file system"));
	expanded_release(&o);
}

static void
squashfs_without_its_end_is_damaged(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_squashfs(&a, &(struct build_squashfs){ 0 });

	(void)state;
	check_archive_truncations(&hs_comparator_squashfs, file, 1, file.len);
}

static void
squashfs_survives_any_byte(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_squashfs,
	                       build_squashfs(&a, &(struct build_squashfs){ .padding = 3 }), 1);
}

static void
squashfs_keeps_what_is_beside_a_directory_in_a_loop(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;

	(void)state;
	if (!HS_WITH_SQUASHFS)
		skip();
	expanded_init(&o, &hs_comparator_squashfs,
	              build_squashfs(&a, &(struct build_squashfs){ .d_inode = 77 }), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o), ".\nd\nnull\n");
	assert_string_equal(expanded_entry(&o, "d")->note, "inode 77 is past the last");
	expanded_release(&o);
	expanded_init(&o, &hs_comparator_squashfs,
	              build_squashfs(&a, &(struct build_squashfs){ .d_inode = 1 }), NULL);
	assert_string_equal(expanded_entry(&o, "d")->note, "directory 1 stands in two places");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(squashfs_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(squashfs_says_what_its_superblock_says),
		cmocka_unit_test(squashfs_tells_zeros_behind_it_from_other_bytes),
		cmocka_unit_test(squashfs_without_its_end_is_damaged),
		cmocka_unit_test(squashfs_survives_any_byte),
		cmocka_unit_test(squashfs_keeps_what_is_beside_a_directory_in_a_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
