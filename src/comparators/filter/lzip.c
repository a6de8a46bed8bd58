/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lzip (draft-diaz-lzip): members one after the other.
 *
 *	6 bytes   "LZIP", version, coded dictionary size
 *	...       LZMA with an end marker
 *	20 bytes  CRC-32, size of the content (8), size of the member (8), little-endian
 *
 * The dictionary size follows the level and the size of the input. plzip
 * writes several members, and so does lzip -b.
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"

#include <inttypes.h>

static const struct hs_span magic = { (const uint8_t *)"LZIP\1", 5 };

static unsigned
lzip_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? 40 : 0;
}

/* 2^(low 5 bits) less as many sixteenths of it as the high 3 bits say. */
static uint64_t
dictionary(unsigned code)
{
	const uint64_t base = UINT64_C(1) << (code & 31);

	return base - base / 16 * (code >> 5);
}

static int
lzip_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };

	hs_take(&c, 4);
	hs_say_u64(out, "version", hs_take_le(&c, 1));
	hs_say_u64(out, "dictionary size", dictionary((unsigned)hs_take_le(&c, 1)));
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the lzip header is cut short");
	return 0;
}

static struct hs_span
lzip_header(struct hs_span rest)
{
	return hs_span_head(rest, 6);
}

static struct hs_span
lzip_say(struct hs_arena *a, struct hs_span header)
{
	if (header.len < 6)
		return HS_SPAN("cut short");
	return hs_arena_span(a, "dictionary size %" PRIu64, dictionary(header.at[5]));
}

static const struct hs_filter filter = { HS_CODEC_LZIP, lzip_header, lzip_say };

static int
lzip_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_lzip = {
	.name = "lzip",
	.about = "lzip: dictionary size and members; their content goes on as one",
	.known_by = "\"LZIP\\1\" at 0",
	.library = "liblzma",
	.shape = HS_SHAPE_FILTER,
	.bid = lzip_bid,
	.describe = lzip_describe,
	.expand = lzip_expand,
};
