/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xz (The .xz File Format 1.1.0): streams one after the other, zeros between.
 *
 *	12 bytes  magic fd 7zXZ 00, flags (2: the check), CRC-32 (4)
 *	blocks    header: size, flags, [compressed size], [content size], filters, CRC-32;
 *	          then the bytes, padding, and the check
 *	index     00, number of blocks, sizes of each; padding, CRC-32
 *	12 bytes  CRC-32, size of the index, flags, "YZ"
 *
 * Check, dictionary and filters are the packer's options; sizes in block
 * headers, and more blocks than one, come from threads (xz -T, the default
 * since 5.6). The index leads from the end to the front without decoding.
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"

#include <inttypes.h>

enum { STREAM_HEADER = 12 };
enum { FLAG_COMPRESSED = 1 << 6, FLAG_CONTENT = 1 << 7 };
enum { FILTER_DELTA = 3, FILTER_LZMA2 = 0x21 };

static const struct hs_span magic = { (const uint8_t *)"\xfd\x37zXZ\0", 6 };

static unsigned
xz_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? 48 : 0;
}

/* A number of up to nine bytes, seven bits each, the lowest first. */
static uint64_t
take_number(struct hs_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 63; shift += 7) {
		const uint64_t byte = hs_take_le(c, 1);

		v |= (byte & 127) << shift;
		if (byte < 128)
			return v;
	}
	*c = (struct hs_cursor){ .cut = true };
	return 0;
}

static const char *
check_name(unsigned check)
{
	switch (check) {
	case 0:
		return "none";
	case 1:
		return "CRC-32";
	case 4:
		return "CRC-64";
	case 10:
		return "SHA-256";
	default:
		return "not known";
	}
}

static const char *
filter_name(uint64_t id)
{
	static const char *const names[] = {
		[FILTER_DELTA] = "delta",
		[4] = "x86",
		[5] = "PowerPC",
		[6] = "IA-64",
		[7] = "ARM",
		[8] = "ARM-Thumb",
		[9] = "SPARC",
		[10] = "ARM64",
		[11] = "RISC-V",
	};

	if (id == FILTER_LZMA2)
		return "lzma2";
	if (id < sizeof(names) / sizeof(names[0]) && names[id])
		return names[id];
	return "not known";
}

/* The coded size of an lzma2 dictionary: (2 or 3) * 2^n, 4 GiB less one at most. */
static uint64_t
dictionary(unsigned code)
{
	return code >= 40 ? UINT32_MAX : (uint64_t)(2 | (code & 1)) << (code / 2 + 11);
}

static void
say_filter(struct hs_facts *out, uint64_t id, struct hs_span properties)
{
	if (id == FILTER_LZMA2 && properties.len == 1)
		hs_sayf(out, "filter", "lzma2, dictionary %" PRIu64, dictionary(properties.at[0]));
	else if (id == FILTER_DELTA && properties.len == 1)
		hs_sayf(out, "filter", "delta, distance %u", properties.at[0] + 1U);
	else
		hs_sayf(out, "filter", "%s (0x%" PRIx64 ")", filter_name(id), id);
}

/* The header of the first block, where there is one. */
static void
say_block(struct hs_facts *out, struct hs_cursor *c)
{
	const uint64_t size = hs_take_le(c, 1);
	struct hs_cursor header = { .rest = hs_take(c, size * 4 + 3) };
	unsigned flags;

	if (size == 0 || c->cut) /* a zero begins the index */
		return;
	flags = (unsigned)hs_take_le(&header, 1);
	if (flags & FLAG_COMPRESSED)
		take_number(&header);
	if (flags & FLAG_CONTENT)
		take_number(&header);
	for (unsigned i = 0; i <= (flags & 3) && !header.cut; i++) {
		const uint64_t id = take_number(&header);
		const struct hs_span properties = hs_take(&header, take_number(&header));

		if (!header.cut)
			say_filter(out, id, properties);
	}
	hs_sayf(out, "sizes in block headers", "%s",
	        flags & (FLAG_COMPRESSED | FLAG_CONTENT) ? "yes" : "no");
}

/* Takes the last stream off the end of `file`; false where its index does not say where it begins.
 */
static bool
drop_stream(struct hs_span *file, uint64_t *n_blocks)
{
	struct hs_cursor c;
	struct hs_span footer, index;
	uint64_t size, total = 0, n;

	if (!hs_span_part(&footer, *file, file->len - STREAM_HEADER, STREAM_HEADER) ||
	    !hs_span_ends(footer, HS_SPAN("YZ")))
		return false;
	c = (struct hs_cursor){ .rest = hs_span_from(footer, 4) };
	size = (hs_take_le(&c, 4) + 1) * 4;
	file->len -= STREAM_HEADER;
	if (size > file->len || !hs_span_part(&index, *file, file->len - size, size))
		return false;
	file->len -= (size_t)size;
	c = (struct hs_cursor){ .rest = index };
	hs_take(&c, 1);
	n = take_number(&c);
	for (uint64_t i = 0; i < n && !c.cut; i++) {
		const uint64_t unpadded = take_number(&c);

		take_number(&c);
		if (unpadded > file->len - total)
			return false;
		total += (unpadded + 3) / 4 * 4;
		if (total > file->len)
			return false;
	}
	if (c.cut || total + STREAM_HEADER > file->len)
		return false;
	file->len -= (size_t)total + STREAM_HEADER;
	*n_blocks += n;
	return hs_span_starts((struct hs_span){ file->at + file->len, magic.len }, magic);
}

/* Streams and blocks, where nothing behind the last stream hides it. */
static void
say_streams(struct hs_facts *out, struct hs_span file)
{
	uint64_t n_streams = 0, n_blocks = 0, padding = 0;

	while (file.len > 0) {
		while (n_streams > 0 && file.len >= 4 &&
		       hs_span_is_zero(hs_span_from(file, file.len - 4))) {
			file.len -= 4;
			padding += 4;
		}
		if (file.len < STREAM_HEADER || !drop_stream(&file, &n_blocks))
			return;
		n_streams++;
	}
	hs_say_u64(out, "streams", n_streams);
	hs_say_u64(out, "blocks", n_blocks);
	if (padding > 0)
		hs_say_u64(out, "padding between streams", padding);
}

static int
xz_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	unsigned check;

	hs_take(&c, magic.len + 1);
	check = (unsigned)hs_take_le(&c, 1);
	hs_take(&c, 4);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the xz header is cut short");
	hs_sayf(out, "check", "%u (%s)", check, check_name(check));
	say_block(out, &c);
	say_streams(out, file);
	return 0;
}

static const struct hs_filter filter = { .codec = HS_CODEC_XZ };

static int
xz_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_xz = {
	.name = "xz",
	.about = "xz: check, filters, streams and blocks; the content goes on as a member",
	.known_by = "\"\\3757zXZ\\0\" at 0",
	.library = "liblzma",
	.shape = HS_SHAPE_FILTER,
	.bid = xz_bid,
	.describe = xz_describe,
	.expand = xz_expand,
};
