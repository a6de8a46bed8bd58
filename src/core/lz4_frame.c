/* SPDX-License-Identifier: Apache-2.0 */
#include "core/lz4_frame.h"

static const struct hs_span magic = { (const uint8_t *)"\x04\x22\x4d\x18", 4 };
static const struct hs_span legacy_magic = { (const uint8_t *)"\x02\x21\x4c\x18", 4 };

/* A legacy block holds 8 MiB, which grow by 1/255 and 16 bytes at worst. */
enum { LEGACY_MAX = (8 << 20) + (8 << 20) / 255 + 16 };

bool
hs_is_skippable(struct hs_span s)
{
	return s.len >= 8 && (s.at[0] & 0xf0) == 0x50 && memcmp(s.at + 1, "\x2a\x4d\x18", 3) == 0;
}

static void
take_skippable(struct hs_lz4_frame *out, struct hs_cursor *c)
{
	out->kind = HS_LZ4_SKIPPABLE;
	out->magic_nibble = (unsigned)hs_take_le(c, 1) & 15;
	hs_take(c, 3);
	out->inside = hs_take(c, hs_take_le(c, 4));
}

/* Blocks up to the end of the input, or up to a length that no block has: the next frame's magic.
 */
static void
take_legacy(struct hs_lz4_frame *out, struct hs_cursor *c)
{
	out->kind = HS_LZ4_LEGACY;
	hs_take(c, 4);
	while (c->rest.len >= 4) {
		struct hs_cursor ahead = *c;
		const uint64_t len = hs_take_le(&ahead, 4);

		if (len == 0 || len > LEGACY_MAX)
			return;
		hs_take(&ahead, len);
		*c = ahead;
		out->n_blocks++;
	}
}

static void
take_frame(struct hs_lz4_frame *out, struct hs_cursor *c)
{
	out->kind = HS_LZ4_FRAME;
	hs_take(c, 4);
	out->flags = (unsigned)hs_take_le(c, 1);
	out->block_size_code = (unsigned)hs_take_le(c, 1) >> 4 & 7;
	if (out->flags & HS_LZ4_CONTENT_SIZE)
		out->content_size = hs_take_le(c, 8);
	if (out->flags & HS_LZ4_DICTIONARY)
		out->dictionary = hs_take_le(c, 4);
	hs_take(c, 1);
	while (!c->cut) {
		/* The uppermost bit says that the block is stored as it is. */
		const uint64_t len = hs_take_le(c, 4) & 0x7fffffff;

		if (len == 0)
			break;
		hs_take(c, len + (out->flags & HS_LZ4_BLOCK_CHECKSUM ? 4 : 0));
		out->n_blocks++;
	}
	if (out->flags & HS_LZ4_CONTENT_CHECKSUM)
		hs_take(c, 4);
}

bool
hs_take_lz4_frame(struct hs_lz4_frame *out, struct hs_cursor *c)
{
	const struct hs_span start = c->rest;

	*out = (struct hs_lz4_frame){ 0 };
	if (hs_is_skippable(start))
		take_skippable(out, c);
	else if (hs_span_starts(start, legacy_magic))
		take_legacy(out, c);
	else if (hs_span_starts(start, magic))
		take_frame(out, c);
	else
		return false;
	out->raw = c->cut ? start : hs_span_head(start, start.len - c->rest.len);
	return true;
}
