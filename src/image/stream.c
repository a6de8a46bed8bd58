/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tells one compressor from another when what they packed is the same:
 * core/compressor.h, and of zstd (RFC 8878) whether the content's size and
 * checksum are stored and how many frames there are; skippable frames hold the
 * table of contents of zstd:chunked.
 */
#include "image/image.h"

#include "core/compressor.h"

/* What is counted over the frames of a stream. */
struct frames {
	uint64_t n, skippable, skipped_bytes;
	bool has_first;
	uint8_t first; /* the frame header descriptor of the first */
};

/* Takes the blocks of a frame and its checksum; sizes are in their 3-byte headers. */
static void
take_blocks(struct hs_cursor *c, bool checksum)
{
	uint64_t block = 0;

	do {
		block = hs_take_le(c, 3);
		hs_take(c, (block >> 1 & 3) == 1 ? 1 : block >> 3);
	} while (!c->cut && !(block & 1));
	if (checksum)
		hs_take(c, 4);
}

static void
take_frame(struct frames *f, struct hs_cursor *c)
{
	static const uint8_t dictionary_size[] = { 0, 1, 2, 4 };
	static const uint8_t content_size[] = { 0, 2, 4, 8 };
	const uint64_t magic = hs_take_le(c, 4);
	uint64_t head, size;

	if ((magic & 0xfffffff0) == 0x184d2a50) {
		size = hs_take_le(c, 4);
		hs_take(c, size);
		f->skippable++;
		f->skipped_bytes += size;
		return;
	}
	if (magic != 0xfd2fb528) {
		c->cut = true;
		return;
	}
	head = hs_take_le(c, 1);
	if (!f->has_first)
		f->first = (uint8_t)head;
	f->has_first = true;
	size = content_size[head >> 6];
	if (head & 0x20)
		size = size ? size : 1;
	else
		size++; /* the window */
	hs_take(c, dictionary_size[head & 3] + size);
	take_blocks(c, head & 4);
	f->n++;
}

static void
say_zstd(struct hs_facts *out, struct hs_span packed)
{
	struct hs_cursor c = { .rest = packed };
	struct frames f = { 0 };

	while (c.rest.len && !c.cut)
		take_frame(&f, &c);
	hs_say_u64(out, "zstd frames", f.n);
	if (f.skippable) {
		hs_say_u64(out, "zstd skippable frames", f.skippable);
		hs_say_u64(out, "zstd skippable bytes", f.skipped_bytes);
	}
	if (!f.has_first)
		return;
	hs_say_word(out, "zstd content size", f.first & 0xe0 ? "stored" : "not stored");
	hs_say_word(out, "zstd checksum", f.first & 4 ? "stored" : "not stored");
}

void
hs_say_stream(struct hs_facts *out, enum hs_codec codec, struct hs_span packed,
              struct hs_level_memo *memo)
{
	hs_say_compressor(out, codec, packed, "gzip ", memo);
	if (codec == HS_CODEC_ZSTD)
		say_zstd(out, packed);
}
