/* SPDX-License-Identifier: Apache-2.0 */
#include "build_extfs.h"

const char *
build_extfs_long(void)
{
	return "a/target/that/is/too/long/to/stand/in/the/inode/itself/so/it/has/a/block";
}

#if HS_WITH_EXT2FS

#include "unit.h"

#include <ext2fs/ext2fs.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCKS = 128, DAY = 86400, ROOM = BLOCKS * 1024 };

static ext2_ino_t
add_inode(ext2_filsys fs, ext2_ino_t dir, unsigned mode, unsigned links)
{
	struct ext2_inode inode = { 0 };
	ext2_ino_t ino;

	assert_int_equal(ext2fs_new_inode(fs, dir, (int)mode, NULL, &ino), 0);
	inode.i_mode = (uint16_t)mode;
	inode.i_links_count = (uint16_t)links;
	inode.i_uid = 1000;
	inode.i_atime = inode.i_ctime = inode.i_mtime = DAY;
	if (S_ISCHR(mode))
		inode.i_block[0] = 0x103;
	ext2fs_inode_alloc_stats2(fs, ino, 1, 0);
	assert_int_equal(ext2fs_write_new_inode(fs, ino, &inode), 0);
	return ino;
}

static void
write_content(ext2_filsys fs, ext2_ino_t ino, const char *text)
{
	unsigned written;
	ext2_file_t f;

	assert_int_equal(ext2fs_file_open2(fs, ino, NULL, EXT2_FILE_WRITE, &f), 0);
	assert_int_equal(ext2fs_file_write(f, text, (unsigned)strlen(text), &written), 0);
	assert_int_equal(ext2fs_file_close(f), 0);
}

static void
fill(ext2_filsys fs, const char *text)
{
	ext2_ino_t d, f, null;

	assert_int_equal(ext2fs_mkdir(fs, EXT2_ROOT_INO, EXT2_ROOT_INO, NULL), 0);
	assert_int_equal(ext2fs_mkdir(fs, EXT2_ROOT_INO, 0, "d"), 0);
	assert_int_equal(ext2fs_namei(fs, EXT2_ROOT_INO, EXT2_ROOT_INO, "d", &d), 0);
	f = add_inode(fs, d, S_IFREG | 0644, 2);
	write_content(fs, f, text);
	assert_int_equal(ext2fs_link(fs, d, "f", f, EXT2_FT_REG_FILE), 0);
	assert_int_equal(ext2fs_link(fs, d, "g", f, EXT2_FT_REG_FILE), 0);
	assert_int_equal(ext2fs_symlink(fs, d, 0, "l", "f"), 0);
	assert_int_equal(ext2fs_symlink(fs, d, 0, "long", build_extfs_long()), 0);
	null = add_inode(fs, EXT2_ROOT_INO, S_IFCHR | 0666, 1);
	assert_int_equal(ext2fs_link(fs, EXT2_ROOT_INO, "null", null, EXT2_FT_CHRDEV), 0);
}

struct hs_span
build_extfs(struct hs_arena *a, const char *path, const char *text)
{
	struct ext2_super_block wanted = {
		.s_rev_level = EXT2_DYNAMIC_REV,
		.s_blocks_count = BLOCKS,
		.s_inodes_count = 16,
	};
	uint8_t *at = hs_arena_alloc(a, ROOM);
	ext2_filsys fs;
	FILE *f;

	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(ftruncate(fileno(f), ROOM), 0);
	fclose(f);
	assert_int_equal(ext2fs_initialize(path, EXT2_FLAG_64BITS, &wanted, unix_io_manager, &fs),
	                 0);
	fs->now = DAY;
	assert_int_equal(ext2fs_allocate_tables(fs), 0);
	fill(fs, text);
	memcpy(fs->super->s_volume_name, "label", 5);
	assert_int_equal(ext2fs_close_free(&fs), 0);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fread(at, 1, ROOM, f), ROOM);
	fclose(f);
	return (struct hs_span){ at, ROOM };
}

#else

struct hs_span
build_extfs(struct hs_arena *a, const char *path, const char *text)
{
	(void)a;
	(void)path;
	(void)text;
	return (struct hs_span){ 0 };
}

#endif
