/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ext2, ext3 and ext4 (Linux: Documentation/filesystems/ext4/), read with libext2fs:
 *
 *	1024 bytes  boot code, or zeros
 *	1024 bytes  superblock, little endian; 0xef53 at its byte 56
 *	...         groups of blocks: descriptors, bitmaps, inodes, contents; copies of the
 *superblock
 *
 * What varies between builds: the UUID and the seed of directory hashes, which are random; times of
 * making, mounting and writing (E2FSPROGS_FAKE_TIME, SOURCE_DATE_EPOCH since 1.47.1); the times of
 * files; where contents stand; and what free blocks still hold of files that were deleted.
 */
#include "comparators/comparator.h"

#include "comparators/archive/archive_members.h"
#include "comparators/filesystem/extfs_walk.h"

enum { AT = 1024, LEN = 1024, MAGIC = 56, INCOMPAT = 96, HAS_JOURNAL = 4 };

/* Fields of the superblock. */
enum form { NUMBER, HEX, TIME, TEXT, UUID };

static const struct {
	const char *field;
	unsigned short at, len;
	enum form form;
} fields[] = {
	{ "label", 120, 16, TEXT },
	{ "uuid", 104, 16, UUID },
	{ "made", 264, 4, TIME },
	{ "last written", 48, 4, TIME },
	{ "last mounted", 44, 4, TIME },
	{ "last checked", 64, 4, TIME },
	{ "last mounted on", 136, 64, TEXT },
	{ "mounts", 52, 2, NUMBER },
	{ "kilobytes written", 376, 8, NUMBER },
	{ "inodes", 0, 4, NUMBER },
	{ "free inodes", 16, 4, NUMBER },
	{ "blocks", 4, 4, NUMBER },
	{ "free blocks", 12, 4, NUMBER },
	{ "reserved blocks", 8, 4, NUMBER },
	{ "log of the block size", 24, 4, NUMBER },
	{ "blocks of a group", 32, 4, NUMBER },
	{ "inodes of a group", 40, 4, NUMBER },
	{ "inode size", 88, 2, NUMBER },
	{ "state", 58, 2, HEX },
	{ "on errors", 60, 2, NUMBER },
	{ "revision", 76, 4, NUMBER },
	{ "creator", 72, 4, NUMBER },
	{ "compatible features", 92, 4, HEX },
	{ "incompatible features", 96, 4, HEX },
	{ "features for writing", 100, 4, HEX },
	{ "mount options", 256, 4, HEX },
	{ "mount options as text", 512, 64, TEXT },
	{ "journal uuid", 208, 16, UUID },
	{ "journal inode", 224, 4, NUMBER },
	{ "directory hash seed", 236, 16, UUID },
	{ "directory hash", 252, 1, NUMBER },
	{ "flags", 352, 4, HEX },
	{ "errors", 404, 4, NUMBER },
	{ "checksum seed", 624, 4, HEX },
};

static unsigned
extfs_bid(struct hs_span file)
{
	struct hs_span magic;

	/* Two bytes are weak; that the block size is one makes up for it. */
	return hs_span_part(&magic, file, AT + MAGIC, 2) && file.len >= AT + LEN &&
	                       hs_span_is(magic, "\x53\xef") && file.at[AT + 24] <= 6 &&
	                       file.at[AT + 25] == 0
	               ? 32
	               : 0;
}

static const char *
uuid_text(struct hs_arena *a, struct hs_span s)
{
	const char *text = "";

	for (size_t i = 0; i < s.len; i++)
		text = hs_arena_printf(a, "%s%s%02x", text,
		                       i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", s.at[i]);
	return text;
}

static void
say_field(struct hs_facts *out, size_t i, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	const uint8_t *nul;

	switch (fields[i].form) {
	case NUMBER:
		hs_say_u64(out, fields[i].field, hs_take_le(&c, s.len));
		break;
	case HEX:
		hs_say_hex(out, fields[i].field, hs_take_le(&c, s.len));
		break;
	case TIME:
		hs_say_time(out, fields[i].field, (int64_t)hs_take_le(&c, s.len), 0, 0);
		break;
	case TEXT:
		nul = memchr(s.at, 0, s.len);
		hs_say(out, fields[i].field, hs_span_head(s, nul ? (size_t)(nul - s.at) : s.len));
		break;
	case UUID:
		hs_say_word(out, fields[i].field, uuid_text(out->arena, s));
		break;
	}
}

static int
extfs_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_span superblock, s;

	if (!hs_span_part(&superblock, file, AT, LEN))
		return hs_fail(err, HS_EFORMAT, "its superblock is cut off");
	hs_say_word(out, "kind",
	            superblock.at[INCOMPAT] & 0x40    ? "ext4"
	            : superblock.at[92] & HAS_JOURNAL ? "ext3"
	                                              : "ext2");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (hs_span_part(&s, superblock, fields[i].at, fields[i].len) &&
		    !hs_span_is_zero(s))
			say_field(out, i, s);
	return 0;
}

static const struct hs_tree_ops extfs_ops = { .describe = hs_archive_members_describe };

static int
extfs_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct hs_span boot = hs_span_head(file, AT);
	int rc = 0;

	out->ops = &extfs_ops;
	if (!hs_span_is_zero(boot))
		rc = hs_tree_add_gap(out, "before the superblock", boot, err);
	return rc < 0 ? rc : hs_extfs_walk(out, file, err);
}

const struct hs_comparator hs_comparator_extfs = {
	.name = "ext",
	.about = "ext2, ext3 and ext4 file systems",
	.known_by = "0xef53 at 1080 and a block size that can be at 1048",
	.library = "libext2fs",
	.shape = HS_SHAPE_TREE,
	.bid = extfs_bid,
	.describe = extfs_describe,
	.expand = extfs_expand,
};
