/* SPDX-License-Identifier: Apache-2.0 */
/*
 * .lzma, the file format of LZMA utils (lzma-file-format.txt in xz):
 *
 *	1 byte   (pb * 5 + lp) * 9 + lc
 *	4 bytes  dictionary size, little-endian
 *	8 bytes  size of the content, little-endian; all ones where it is not known
 *	...      LZMA, whose first byte is zero
 *
 * It has no magic. Sizes that no encoder writes are not taken for it, as
 * liblzma does. xz never stores the size when it compresses, the old lzma does.
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"

enum { HEADER = 13 };

struct header {
	unsigned properties;
	uint64_t dictionary, size;
	bool cut;
};

static struct header
read_header(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct header h = { 0 };

	h.properties = (unsigned)hs_take_le(&c, 1);
	h.dictionary = hs_take_le(&c, 4);
	h.size = hs_take_le(&c, 8);
	h.cut = c.cut;
	return h;
}

/* 2^n or 2^n + 2^(n-1), or all ones: the sizes that liblzma takes for plausible. */
static bool
is_dictionary(uint64_t size)
{
	if (size == UINT32_MAX)
		return true;
	if (size < 4096)
		return false;
	while (size % 2 == 0)
		size /= 2;
	return size == 1 || size == 3;
}

static unsigned
lzma_bid(struct hs_span file)
{
	const struct header h = read_header(file);

	if (h.cut || file.len <= HEADER || file.at[HEADER] != 0 || h.properties >= 9 * 5 * 5 ||
	    !is_dictionary(h.dictionary))
		return 0;
	return h.size == UINT64_MAX || h.size < UINT64_C(1) << 38 ? 5 : 0;
}

static int
lzma_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const struct header h = read_header(file);

	if (h.cut)
		return hs_fail(err, HS_EFORMAT, "the lzma header is cut short");
	hs_sayf(out, "properties", "lc=%u lp=%u pb=%u", h.properties % 9, h.properties / 9 % 5,
	        h.properties / 45);
	hs_say_u64(out, "dictionary size", h.dictionary);
	if (h.size == UINT64_MAX)
		hs_say_word(out, "content size", "not stored");
	else
		hs_say_u64(out, "content size", h.size);
	return 0;
}

static const struct hs_filter filter = { .codec = HS_CODEC_LZMA };

static int
lzma_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand_guess(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_lzma = {
	.name = "lzma",
	.about = ".lzma of LZMA utils: its properties; its content goes on as a member",
	.known_by = "sound properties, dictionary and size in the first 13 bytes",
	.library = "liblzma",
	.shape = HS_SHAPE_FILTER,
	.bid = lzma_bid,
	.describe = lzma_describe,
	.expand = lzma_expand,
};
