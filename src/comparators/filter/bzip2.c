/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bzip2 (no specification but its source): streams one after the other.
 *
 *	4 bytes  "BZh" and a digit: the block size in units of 100,000 bytes
 *	...      bit-aligned blocks, each with magic, CRC and Huffman tables
 *	end      10 bytes, bit-aligned: magic and the CRC of all blocks
 *
 * The digit is the level; nothing else is recorded. Several streams come from
 * pbzip2 and lbzip2, one a block.
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"

static unsigned
bzip2_bid(struct hs_span file)
{
	return hs_codec_of(file) == HS_CODEC_BZIP2 ? 80 : 0;
}

static int
bzip2_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct hs_span level;

	hs_take(&c, 3);
	level = hs_take(&c, 1);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the bzip2 header is cut short");
	hs_say(out, "level", level);
	return 0;
}

static struct hs_span
bzip2_header(struct hs_span rest)
{
	return hs_span_head(rest, 4);
}

static struct hs_span
bzip2_say(struct hs_arena *a, struct hs_span header)
{
	return hs_arena_span(a, "level %c", header.len == 4 ? header.at[3] : '?');
}

static const struct hs_filter filter = { HS_CODEC_BZIP2, bzip2_header, bzip2_say };

static int
bzip2_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_bzip2 = {
	.name = "bzip2",
	.about = "bzip2: the level of each stream; their content goes on as one",
	.known_by = "\"BZh\" and a level at 0, the mark of a block or of the end at 4",
	.library = "libbz2",
	.shape = HS_SHAPE_FILTER,
	.bid = bzip2_bid,
	.describe = bzip2_describe,
	.expand = bzip2_expand,
};
