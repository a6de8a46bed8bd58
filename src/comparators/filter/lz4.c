/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lz4 (LZ4 Frame Format 1.6.1): frames one after the other.
 *
 *	4 bytes   magic 04 22 4d 18; 02 21 4c 18 for a legacy frame; 5? 2a 4d 18 to be skipped
 *	1 byte    FLG: version, independent blocks, checksums, content size, dictionary
 *	1 byte    BD: largest block
 *	...       content size (8), dictionary (4), both where FLG says so; header checksum (1)
 *	blocks    length (4), bytes, checksum (4) where FLG says so; length 0 ends them
 *	4 bytes   checksum of the content, where FLG says so
 *
 * Flags and block size are the packer's choice: "lz4" writes content
 * checksums and 4 MiB blocks, the kernel's initramfs tools want "lz4 -l".
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"
#include "core/lz4_frame.h"

#include <inttypes.h>

/* Skippable frames that are said one by one. */
enum { MAX_SAID = 16 };

static unsigned
lz4_bid(struct hs_span file)
{
	return hs_codec_of(file) == HS_CODEC_LZ4 ? 32 : 0;
}

static const char *
yes_no(unsigned bit)
{
	return bit ? "yes" : "no";
}

static void
say_frame(struct hs_facts *out, const struct hs_lz4_frame *f)
{
	if (f->kind == HS_LZ4_LEGACY) {
		hs_say_word(out, "frame format", "legacy");
		return;
	}
	hs_say_word(out, "frame format", "standard");
	hs_say_hex(out, "flags", f->flags);
	hs_say_word(out, "independent blocks", yes_no(f->flags & HS_LZ4_INDEPENDENT));
	if (f->block_size_code >= 4)
		hs_say_u64(out, "block size", UINT64_C(1) << (8 + 2 * f->block_size_code));
	hs_say_word(out, "block checksums", yes_no(f->flags & HS_LZ4_BLOCK_CHECKSUM));
	hs_say_word(out, "content checksum", yes_no(f->flags & HS_LZ4_CONTENT_CHECKSUM));
	if (f->flags & HS_LZ4_CONTENT_SIZE)
		hs_say_u64(out, "content size", f->content_size);
	else
		hs_say_word(out, "content size", "not stored");
	if (f->flags & HS_LZ4_DICTIONARY)
		hs_say_hex(out, "dictionary", f->dictionary);
}

static int
lz4_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	uint64_t n_frames = 0, n_blocks = 0, n_skipped = 0;
	struct hs_lz4_frame f;

	while (hs_take_lz4_frame(&f, &c)) {
		if (f.kind == HS_LZ4_SKIPPABLE) {
			if (n_skipped++ < MAX_SAID)
				hs_say_skippable(out, f.magic_nibble, f.inside);
			continue;
		}
		if (n_frames++ == 0)
			say_frame(out, &f);
		n_blocks += f.n_blocks;
	}
	hs_say_u64(out, "frames", n_frames);
	hs_say_u64(out, "blocks", n_blocks);
	if (n_skipped > 0)
		hs_say_u64(out, "skippable frames", n_skipped);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "an lz4 frame ends outside the file");
	return 0;
}

static const struct hs_filter filter = { .codec = HS_CODEC_LZ4 };

static int
lz4_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_lz4 = {
	.name = "lz4",
	.about = "lz4: frame flags and skippable frames; the content goes on as a member",
	.known_by = "a frame's magic number at 0, 0x184d2204, or a skippable frame's",
	.library = "libarchive",
	.shape = HS_SHAPE_FILTER,
	.bid = lz4_bid,
	.describe = lz4_describe,
	.expand = lz4_expand,
};
