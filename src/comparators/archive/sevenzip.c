/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 7z (7zFormat.txt of the 7-Zip sources):
 *
 *	6 bytes   magic "7z" bc af 27 1c
 *	2 bytes   version: major, minor
 *	4 bytes   CRC-32 of the 20 bytes that follow
 *	20 bytes  offset from here, size (8 each) and CRC-32 of the next header
 *	...       packed streams
 *	...       the next header: 01, or 17 where it is packed itself
 *
 * Members carry times in units of 100 ns and the attributes of whoever packed;
 * the method, the level and what goes into one solid block show in the packed
 * streams alone, which libarchive decodes.
 */
#include "comparators/archive/archive_members.h"

#include <archive.h>
#include <zlib.h>

static const struct hs_span magic = { (const uint8_t *)"7z\xbc\xaf\x27\x1c", 6 };

enum { HEADER = 32, START = 12 };

struct start {
	unsigned major, minor;
	uint32_t crc, next_crc;
	uint64_t next_offset, next_size;
	bool cut, fits;
};

static struct start
read_start(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct start s = { 0 };
	struct hs_span fields;

	hs_take(&c, magic.len);
	s.major = (unsigned)hs_take_le(&c, 1);
	s.minor = (unsigned)hs_take_le(&c, 1);
	s.crc = (uint32_t)hs_take_le(&c, 4);
	fields = hs_span_head(c.rest, HEADER - START);
	s.next_offset = hs_take_le(&c, 8);
	s.next_size = hs_take_le(&c, 8);
	s.next_crc = (uint32_t)hs_take_le(&c, 4);
	s.cut = c.cut;
	s.fits = !c.cut && s.crc == crc32_z(0, fields.at, fields.len);
	return s;
}

static unsigned
sevenzip_bid(struct hs_span file)
{
	if (!hs_span_starts(file, magic))
		return 0;
	return read_start(file).fits ? 96 : 48;
}

static int
sevenzip_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const struct start s = read_start(file);
	struct hs_span next;

	if (s.cut)
		return hs_fail(err, HS_EFORMAT, "the 7z header is cut short");
	hs_sayf(out, "version", "%u.%u", s.major, s.minor);
	if (!s.fits)
		hs_sayf(out, "header crc", "0x%08x (does not fit)", s.crc);
	if (!hs_span_part(&next, hs_span_from(file, HEADER), s.next_offset, s.next_size))
		return hs_fail(err, HS_EFORMAT, "the list of members lies outside the file");
	if (next.len > 0)
		hs_say_word(out, "list of members",
		            hs_span_starts(next, HS_SPAN("\x17")) ? "packed" : "plain");
	return 0;
}

static const struct hs_tree_ops ops = { .describe = hs_archive_members_describe };

static const struct hs_archive_format format = {
	.enable = archive_read_support_format_7zip,
	.records = HS_HAS_MODE | HS_HAS_MTIME | HS_HAS_ATIME | HS_HAS_CTIME | HS_HAS_BIRTHTIME,
	.time_digits = 7,
	.ops = &ops,
};

static int
sevenzip_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct start s = read_start(file);
	const struct hs_span body = hs_span_from(file, HEADER);
	struct hs_span next;
	int rc;

	rc = hs_archive_members_expand(out, file, &format, err);
	if (rc == 0 && hs_span_part(&next, body, s.next_offset, s.next_size) &&
	    s.next_offset + s.next_size < body.len)
		rc = hs_tree_add_gap(out, "after the end",
		                     hs_span_from(body, s.next_offset + s.next_size), err);
	return rc;
}

const struct hs_comparator hs_comparator_sevenzip = {
	.name = "7z",
	.about = "7z: version and members with times and attributes",
	.known_by = "\"7z\\274\\257\\047\\034\" at 0",
	.library = "libarchive",
	.shape = HS_SHAPE_TREE,
	.bid = sevenzip_bid,
	.describe = sevenzip_describe,
	.expand = sevenzip_expand,
};
