/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/directory.h"
#include "scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void
read_folder(struct hs_tree *t, const char *path)
{
	const int fd = open(path, O_RDONLY | O_DIRECTORY);
	struct hs_err err;

	assert_true(fd >= 0);
	hs_tree_init(t, &scratch_run, hs_pool_main(scratch_run.pool), NULL);
	assert_int_equal(hs_directory_expand(t, fd, &err), 0);
	hs_tree_finish(t);
	close(fd);
}

static void
directory_lists_all_that_is_below_it_in_order(void **state)
{
	struct hs_content content;
	struct hs_tree t;
	struct hs_err err;

	(void)state;
	scratch_folder("d");
	scratch_folder("d/b");
	scratch_file("d/b/file", HS_SPAN("inside"));
	scratch_file("d/a", HS_SPAN(""));
	scratch_link("d/c", "/etc/passwd");
	assert_int_equal(mkfifo(scratch_path("d/fifo"), 0600), 0);
	read_folder(&t, scratch_path("d"));
	assert_int_equal(t.n_entries, 6);
	assert_true(t.unordered);
	assert_span(t.entries[0].key, ".");
	assert_span(t.entries[1].key, "a");
	assert_span(t.entries[2].key, "b");
	assert_int_equal(t.entries[2].kind, HS_KIND_DIR);
	assert_span(t.entries[3].key, "b/file");
	assert_int_equal(t.entries[4].kind, HS_KIND_SYMLINK);
	assert_span(t.entries[4].link, "/etc/passwd");
	assert_int_equal(t.entries[5].kind, HS_KIND_FIFO);
	assert_int_equal(hs_tree_open(&content, &t, &t.entries[3], &err), 0);
	assert_span(content.bytes, "inside");
	hs_content_release(&content);
	hs_tree_release(&t);
}

static void
directory_never_follows_a_link_that_took_a_files_place(void **state)
{
	struct hs_content content;
	struct hs_tree t;
	struct hs_err err;

	(void)state;
	scratch_folder("s");
	scratch_folder("s/sub");
	scratch_file("s/sub/f", HS_SPAN("mine"));
	scratch_folder("other");
	scratch_file("other/f", HS_SPAN("not mine"));
	read_folder(&t, scratch_path("s"));
	assert_int_equal(unlink(scratch_path("s/sub/f")), 0);
	assert_int_equal(rmdir(scratch_path("s/sub")), 0);
	scratch_link("s/sub", "../other");
	assert_int_equal(hs_tree_open(&content, &t, &t.entries[2], &err), HS_EIO);
	hs_content_release(&content);
	hs_tree_release(&t);
}

static void
directory_says_what_the_file_system_records(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts f = { .arena = &arena };
	const struct timespec times[2] = { { 0, 0 }, { 1000000000, 123456789 } };
	struct hs_tree t;
	const char *path;

	(void)state;
	scratch_folder("m");
	path = scratch_file("m/f", HS_SPAN("four"));
	assert_int_equal(chmod(path, 04750), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	if (setxattr(path, "user.test", "value", 5, 0) != 0)
		skip();
	read_folder(&t, scratch_path("m"));
	hs_tree_describe(&f, &t, &t.entries[1]);
	assert_non_null(strstr(hs_facts_text(&f), "mode: 4750\n"));
	assert_non_null(strstr(hs_facts_text(&f), "size: 4\nmtime: 2001-09-09T01:46:40.123456789Z\n"
	                                          "xattr user.test: value\n"));
	hs_tree_release(&t);
}

static void
directory_notes_a_folder_that_it_cannot_read(void **state)
{
	struct hs_tree t;

	(void)state;
	if (geteuid() == 0)
		skip();
	scratch_folder("n");
	scratch_folder("n/closed");
	scratch_file("n/open", HS_SPAN("x"));
	assert_int_equal(chmod(scratch_path("n/closed"), 0), 0);
	read_folder(&t, scratch_path("n"));
	assert_int_equal(t.n_entries, 3);
	assert_true(t.entries[1].damaged);
	assert_non_null(strstr(t.entries[1].note, "Permission denied"));
	hs_tree_release(&t);
}

/* Of a file with several names, each is an entry of its own. */
static void
directory_knows_the_names_of_one_file(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_meta m[4];
	struct hs_tree t;

	(void)state;
	scratch_folder("l");
	scratch_file("l/a", HS_SPAN("x"));
	scratch_file("l/b", HS_SPAN("y"));
	assert_int_equal(link(scratch_path("l/a"), scratch_path("l/c")), 0);
	read_folder(&t, scratch_path("l"));
	assert_int_equal(t.n_entries, 4);
	for (size_t i = 0; i < 4; i++)
		assert_true(t.ops->meta(&m[i], &arena, &t, &t.entries[i]));
	assert_int_equal(m[0].has & HS_HAS_INODE, 0);
	assert_int_equal(m[1].has & HS_HAS_INODE, HS_HAS_INODE);
	assert_int_equal(m[2].has & HS_HAS_INODE, 0);
	assert_memory_equal(m[1].inode, m[3].inode, sizeof(m[1].inode));
	assert_int_equal(m[1].size, 1);
	hs_tree_release(&t);
}

static void
directory_made_for_its_files_says_nothing_of_them(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts facts = { .arena = &a };
	struct hs_content content;
	struct hs_tree t;
	struct hs_err err;

	(void)state;
	scratch_folder("made");
	scratch_file("made/x", HS_SPAN("1"));
	read_folder(&t, scratch_path("made"));
	hs_directory_forget(&t);
	hs_tree_describe(&facts, &t, &t.entries[1]);
	assert_null(hs_facts_find(&facts, "mode"));
	assert_null(hs_facts_find(&facts, "mtime"));
	assert_true(hs_span_equal(t.entries[0].head, t.entries[1].head));
	assert_int_equal(hs_tree_open(&content, &t, &t.entries[1], &err), 0);
	assert_span(content.bytes, "1");
	hs_content_release(&content);
	hs_tree_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directory_made_for_its_files_says_nothing_of_them),
		cmocka_unit_test(directory_lists_all_that_is_below_it_in_order),
		cmocka_unit_test(directory_never_follows_a_link_that_took_a_files_place),
		cmocka_unit_test(directory_says_what_the_file_system_records),
		cmocka_unit_test(directory_knows_the_names_of_one_file),
		cmocka_unit_test(directory_notes_a_folder_that_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
