/* SPDX-License-Identifier: Apache-2.0 */
#include "build_squashfs.h"

#include "build_bytes.h"

#include <string.h>

enum { SUPERBLOCK = 96, DIR = 1, FILE_EXT = 9, SLINK = 3, CDEV = 5 };
enum { DIR_INODE = 32, ROOT_AT = 0, D_AT = DIR_INODE, F_AT = 2 * DIR_INODE };
enum { F_INODE = 60, L_AT = F_AT + F_INODE, L_INODE = 25, NULL_AT = L_AT + L_INODE };
enum { STORED = 0x8000, STORED_BLOCK = 1 << 24 };

static void
inode(struct hs_build *b, unsigned type, unsigned mode, unsigned number)
{
	hs_build_le(b, type, 2);
	hs_build_le(b, mode, 2);
	hs_build_le(b, 0, 2);
	hs_build_le(b, 1, 2);
	hs_build_le(b, 1000 + number, 4);
	hs_build_le(b, number, 4);
}

/* `size` is that of its listing and 3. */
static void
directory(struct hs_build *b, unsigned number, size_t at, size_t size)
{
	inode(b, DIR, 0755, number);
	hs_build_le(b, 0, 4);
	hs_build_le(b, 2, 4);
	hs_build_le(b, size + 3, 2);
	hs_build_le(b, at, 2);
	hs_build_le(b, 1, 4);
}

static void
inodes(struct hs_build *b, size_t text, size_t root_size, size_t d_size, unsigned d)
{
	directory(b, 1, 0, root_size);
	directory(b, d, root_size, d_size);
	inode(b, FILE_EXT, 0644, 3);
	hs_build_le(b, SUPERBLOCK, 8);
	hs_build_le(b, text, 8);
	hs_build_le(b, 0, 8);
	hs_build_le(b, 2, 4);
	hs_build_le(b, UINT32_MAX, 4);
	hs_build_le(b, 0, 4);
	hs_build_le(b, UINT32_MAX, 4);
	hs_build_le(b, text | STORED_BLOCK, 4);
	inode(b, SLINK, 0777, 4);
	hs_build_le(b, 1, 4);
	hs_build_le(b, 1, 4);
	hs_build_text(b, "f");
	inode(b, CDEV, 0666, 5);
	hs_build_le(b, 1, 4);
	hs_build_le(b, 0x103, 4);
}

/* Of a directory's listing; inode numbers are told by their distance from 1. */
static void
listed(struct hs_build *b, size_t at, unsigned number, unsigned type, const char *name)
{
	hs_build_le(b, at, 2);
	hs_build_le(b, number - 1, 2);
	hs_build_le(b, type, 2);
	hs_build_le(b, strlen(name) - 1, 2);
	hs_build_text(b, name);
}

static void
list_head(struct hs_build *b, size_t n)
{
	hs_build_le(b, n - 1, 4);
	hs_build_le(b, 0, 4);
	hs_build_le(b, 1, 4);
}

static void
put_block(struct hs_build *out, struct hs_build *block)
{
	hs_build_le(out, block->len | STORED, 2);
	hs_build_put(out, hs_build_span(block));
	hs_build_release(block);
}

static void
superblock(struct hs_build *b, const struct build_squashfs *s, const size_t *tables)
{
	hs_build_text(b, "hsqs");
	hs_build_le(b, 5, 4);
	hs_build_le(b, s->time, 4);
	hs_build_le(b, 4096, 4);
	hs_build_le(b, 0, 4);
	hs_build_le(b, 1, 2);
	hs_build_le(b, 12, 2);
	hs_build_le(b, 0x01 | 0x02 | 0x10 | 0x200 | 0x800, 2);
	hs_build_le(b, 2, 2);
	hs_build_le(b, 4, 2);
	hs_build_le(b, 0, 2);
	hs_build_le(b, ROOT_AT, 8);
	hs_build_le(b, tables[3], 8);
	hs_build_le(b, tables[2], 8);
	hs_build_le(b, UINT64_MAX, 8);
	hs_build_le(b, tables[0], 8);
	hs_build_le(b, tables[1], 8);
	hs_build_le(b, UINT64_MAX, 8);
	hs_build_le(b, UINT64_MAX, 8);
}

/* The inodes and the two directories, each in a block of its own; where the tables begin. */
static void
tree(struct hs_build *body, size_t *tables, const struct build_squashfs *s, size_t text)
{
	struct hs_build lists = { 0 }, block = { 0 };
	size_t root_size;

	list_head(&lists, 2);
	listed(&lists, D_AT, 2, DIR, "d");
	listed(&lists, NULL_AT, 5, CDEV, "null");
	root_size = lists.len;
	list_head(&lists, 3);
	listed(&lists, F_AT, 3, 2, "f");
	listed(&lists, F_AT, 3, 2, "g");
	listed(&lists, L_AT, 4, SLINK, "l");
	tables[0] = SUPERBLOCK + body->len;
	inodes(&block, text, root_size, lists.len - root_size, s->d_inode ? s->d_inode : 2);
	put_block(body, &block);
	tables[1] = SUPERBLOCK + body->len;
	put_block(body, &lists);
}

struct hs_span
build_squashfs(struct hs_arena *a, const struct build_squashfs *s)
{
	const char *text = s->text ? s->text : "hello\n";
	struct hs_build out = { 0 }, body = { 0 }, block = { 0 };
	size_t tables[4], ids;
	struct hs_span whole;

	hs_build_text(&body, text);
	tree(&body, tables, s, strlen(text));
	ids = SUPERBLOCK + body.len;
	hs_build_le(&block, 0, 4);
	hs_build_le(&block, 1000, 4);
	put_block(&body, &block);
	tables[2] = SUPERBLOCK + body.len;
	hs_build_le(&body, ids, 8);
	tables[3] = SUPERBLOCK + body.len;
	superblock(&out, s, tables);
	hs_build_put(&out, hs_build_span(&body));
	hs_build_fill(&out, 0, s->padding);
	whole = hs_arena_copy(a, hs_build_span(&out));
	hs_build_release(&body);
	hs_build_release(&out);
	return whole;
}
