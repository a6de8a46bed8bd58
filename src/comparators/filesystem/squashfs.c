/* SPDX-License-Identifier: Apache-2.0 */
/*
 * squashfs 4.0 (Linux: Documentation/filesystems/squashfs.rst, fs/squashfs/squashfs_fs.h), read
 * with libsquashfs:
 *
 *	96 bytes  superblock, little endian: "hsqs", inodes, time of the build, block size,
 *	          fragments, compressor, flags, ids, version, size, where the tables begin
 *	...       options of the compressor, contents, fragments (ends of files, packed together),
 *	          inodes, directories, tables of fragments, ids and extended attributes
 *	...       zeros up to a multiple of 4 KiB, or of what mksquashfs was told
 *
 * What varies between builds: the time of the build and those of files (SOURCE_DATE_EPOCH since
 * 4.4), the order of contents (threads before 4.6; -sort), compressor, its options and version.
 */
#include "comparators/comparator.h"

#include "comparators/archive/archive_members.h"
#include "comparators/filesystem/squashfs_walk.h"

#include <inttypes.h>

enum { SUPERBLOCK = 96, USED_AT = 40, PAGE = 4096 };

static unsigned
squashfs_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };

	if (!hs_span_starts(file, HS_SPAN("hsqs")) || file.len < SUPERBLOCK)
		return 0;
	hs_take(&c, 28);
	return hs_take_le(&c, 2) == 4 ? 48 : 0;
}

static const char *
compressor_name(uint64_t id)
{
	static const char *const names[] = { NULL, "gzip", "lzma", "lzo", "xz", "lz4", "zstd" };

	return id < sizeof(names) / sizeof(names[0]) ? names[id] : NULL;
}

static void
say_flags(struct hs_facts *out, uint64_t flags)
{
	static const char *const names[] = {
		"uncompressed inodes",    "uncompressed data", NULL,
		"uncompressed fragments", "no fragments",      "fragments always",
		"duplicates are shared",  "export table",      "uncompressed attributes",
		"no attributes",          "options",           "uncompressed ids",
	};

	for (size_t i = 0; i < 16; i++) {
		if (!(flags >> i & 1))
			continue;
		if (i < sizeof(names) / sizeof(names[0]) && names[i])
			hs_say_word(out, "flag", names[i]);
		else
			hs_sayf(out, "flag", "bit %zu", i);
	}
}

static void
say_options(struct hs_facts *out, struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, SUPERBLOCK) };
	/* A metadata block: its length, with the bit for "not compressed" set. */
	const uint64_t len = hs_take_le(&c, 2) & 0x7fff;
	const struct hs_span options = hs_take(&c, len);

	if (!c.cut)
		hs_say_value(out, "compressor options", options);
}

/* Where what stands follows from how much stands before it. */
static void
say_places(struct hs_facts *out, struct hs_cursor *c)
{
	static const char *const tables[] = { "ids",         "attributes", "inodes",
		                              "directories", "fragments",  "export" };

	out->of_origin = true;
	hs_say_hex(out, "root inode", hs_take_le(c, 8));
	hs_say_u64(out, "bytes used", hs_take_le(c, 8));
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const uint64_t at = hs_take_le(c, 8);

		if (at != UINT64_MAX)
			hs_say_u64(out, hs_arena_printf(out->arena, "%s at", tables[i]), at);
	}
	out->of_origin = false;
}

/* What is behind the file system; other bytes than zeros are a member. */
static struct hs_span
padding_of(struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, USED_AT) };

	return hs_span_from(file, hs_take_le(&c, 8));
}

static void
say_padding(struct hs_facts *out, struct hs_span file)
{
	const struct hs_span padding = padding_of(file);

	if (padding.len == 0 || !hs_span_is_zero(padding))
		return;
	if (padding.len < PAGE && file.len % PAGE == 0)
		hs_sayf(out, "zero bytes behind it", "up to a multiple of %d", PAGE);
	else
		hs_say_u64(out, "zero bytes behind it", padding.len);
}

static int
squashfs_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, 4) };
	uint64_t compressor, flags;

	hs_say_u64(out, "inodes", hs_take_le(&c, 4));
	hs_say_time(out, "time", (int64_t)hs_take_le(&c, 4), 0, 0);
	hs_say_u64(out, "block size", hs_take_le(&c, 4));
	hs_say_u64(out, "fragments", hs_take_le(&c, 4));
	compressor = hs_take_le(&c, 2);
	if (compressor_name(compressor))
		hs_say_word(out, "compressor", compressor_name(compressor));
	else
		hs_say_u64(out, "compressor", compressor);
	hs_take(&c, 2);
	flags = hs_take_le(&c, 2);
	say_flags(out, flags);
	hs_say_u64(out, "ids", hs_take_le(&c, 2));
	hs_take(&c, 4);
	say_places(out, &c);
	if (flags & 0x400)
		say_options(out, file);
	say_padding(out, file);
	return c.cut ? hs_fail(err, HS_EFORMAT, "its superblock is cut off") : 0;
}

static const struct hs_tree_ops squashfs_ops = { .describe = hs_archive_members_describe };

static int
squashfs_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct hs_span padding = padding_of(file);
	struct hs_err why;
	int rc;

	out->ops = &squashfs_ops;
	rc = hs_squashfs_walk(out, file, err);
	if (!hs_span_is_zero(padding) &&
	    hs_tree_add_gap(out, "behind the file system", padding, &why) < 0 && rc == 0) {
		rc = why.code;
		*err = why;
	}
	return rc;
}

const struct hs_comparator hs_comparator_squashfs = {
	.name = "squashfs",
	.about = "squashfs 4.0 file systems",
	.known_by = "\"hsqs\" at 0 and version 4 at 28",
	.library = "libsquashfs",
	.shape = HS_SHAPE_TREE,
	.bid = squashfs_bid,
	.describe = squashfs_describe,
	.expand = squashfs_expand,
};
