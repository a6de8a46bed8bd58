/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zstd (RFC 8878): frames one after the other.
 *
 *	4 bytes   magic 28 b5 2f fd; 5? 2a 4d 18, a length (4) and bytes: a frame to be skipped
 *	1 byte    descriptor: widths of content size and dictionary, single segment, checksum
 *	...       window (1), dictionary (0, 1, 2, 4), content size (0, 1, 2, 4, 8)
 *	blocks    3 bytes: last, type, size; then the block
 *	4 bytes   checksum of the content, where the descriptor says so
 *
 * The window follows the level; the content size is missing where the packer
 * read a pipe; zstd(1) writes the checksum, Go's and containers' writers mostly
 * do; pzstd puts a skippable frame before each; zstd:chunked layers end in
 * skippable frames that hold their table of contents.
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"
#include "core/compressor.h"
#include "core/lz4_frame.h"

#include <inttypes.h>

/* Skippable frames that are said one by one. */
enum { MAX_SAID = 16 };

enum { DESCRIPTOR_CHECKSUM = 1 << 2, DESCRIPTOR_SINGLE = 1 << 5 };

struct frame {
	unsigned descriptor, window; /* the window's byte; 0 where there is none */
	uint64_t dictionary, content_size;
	bool has_size;
	uint64_t n_blocks;
};

/* What a walk over the frames counts. */
struct walk {
	uint64_t n_frames, n_blocks, n_skipped;
	bool mixed; /* descriptors or windows that are not those of the first frame */
	struct frame first;
	struct hs_sha256_stream skipped;
};

static const struct hs_span magic = { (const uint8_t *)"\x28\xb5\x2f\xfd", 4 };

static unsigned
zstd_bid(struct hs_span file)
{
	return hs_codec_of(file) == HS_CODEC_ZSTD ? 32 : 0;
}

static void
take_blocks(struct frame *f, struct hs_cursor *c)
{
	bool last = false;

	while (!last && !c->cut) {
		const uint64_t head = hs_take_le(c, 3);

		last = head & 1;
		/* A block of type 1 is one byte, repeated. */
		hs_take(c, (head >> 1 & 3) == 1 ? 1 : head >> 3);
		f->n_blocks++;
	}
}

/* Takes a frame by its lengths alone; c->cut where it ends outside the file. */
static struct frame
take_frame(struct hs_cursor *c)
{
	static const uint8_t dictionary_width[] = { 0, 1, 2, 4 };
	static const uint8_t size_width[] = { 0, 2, 4, 8 };
	struct frame f = { 0 };
	size_t width;

	hs_take(c, magic.len);
	f.descriptor = (unsigned)hs_take_le(c, 1);
	width = size_width[f.descriptor >> 6];
	if (f.descriptor & DESCRIPTOR_SINGLE)
		width = width ? width : 1;
	else
		f.window = (unsigned)hs_take_le(c, 1);
	f.dictionary = hs_take_le(c, dictionary_width[f.descriptor & 3]);
	f.content_size = hs_take_le(c, width) + (width == 2 ? 256 : 0);
	f.has_size = width > 0;
	take_blocks(&f, c);
	if (f.descriptor & DESCRIPTOR_CHECKSUM)
		hs_take(c, 4);
	return f;
}

static void
add_frame(struct walk *w, struct frame f)
{
	/* The widths of sizes follow the sizes: they say nothing of their own. */
	const unsigned shape = DESCRIPTOR_CHECKSUM | DESCRIPTOR_SINGLE | 3;

	if (w->n_frames++ == 0)
		w->first = f;
	w->n_blocks += f.n_blocks;
	if ((f.descriptor & shape) != (w->first.descriptor & shape) ||
	    f.window != w->first.window || f.dictionary != w->first.dictionary)
		w->mixed = true;
}

static void
add_skippable(struct hs_facts *out, struct walk *w, struct hs_cursor *c)
{
	struct hs_lz4_frame f;

	hs_take_lz4_frame(&f, c);
	hs_sha256_update(&w->skipped, f.raw);
	if (w->n_skipped++ < MAX_SAID)
		hs_say_skippable(out, f.magic_nibble, f.inside);
}

static void
say_window(struct hs_facts *out, const struct frame *f)
{
	const uint64_t base = UINT64_C(1) << (10 + (f->window >> 3));

	if (f->descriptor & DESCRIPTOR_SINGLE)
		hs_say_word(out, "window", "the whole content");
	else
		hs_say_u64(out, "window", base + base / 8 * (f->window & 7));
}

static void
say_walk(struct hs_facts *out, const struct walk *w, const struct hs_sha256 *skipped)
{
	const struct frame *f = &w->first;
	char hex[HS_SHA256_HEX];

	hs_say_u64(out, "frames", w->n_frames);
	if (w->n_frames > 0) {
		say_window(out, f);
		hs_say_word(out, "checksum", f->descriptor & DESCRIPTOR_CHECKSUM ? "yes" : "no");
		if (f->has_size)
			hs_say_u64(out, "content size", f->content_size);
		else
			hs_say_word(out, "content size", "not stored");
		if (f->dictionary)
			hs_say_u64(out, "dictionary", f->dictionary);
	}
	if (w->mixed)
		hs_say_word(out, "frame headers", "not the same in all frames");
	hs_say_u64(out, "blocks", w->n_blocks);
	if (w->n_skipped > 0)
		hs_say_u64(out, "skippable frames", w->n_skipped);
	if (w->n_skipped > MAX_SAID)
		hs_sayf(out, "skippable frames together", "sha256:%s", hs_sha256_hex(hex, skipped));
}

static int
zstd_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct walk w = { 0 };
	struct hs_sha256 skipped;

	hs_say_compressor(out, HS_CODEC_ZSTD, file, NULL, NULL);
	hs_sha256_init(&w.skipped);
	while (!c.cut) {
		if (hs_is_skippable(c.rest))
			add_skippable(out, &w, &c);
		else if (hs_span_starts(c.rest, magic))
			add_frame(&w, take_frame(&c));
		else
			break;
	}
	hs_sha256_final(&w.skipped, &skipped);
	say_walk(out, &w, &skipped);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "a zstd frame ends outside the file");
	return 0;
}

static const struct hs_filter filter = { .codec = HS_CODEC_ZSTD };

static int
zstd_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_zstd = {
	.name = "zstd",
	.about = "zstd: frame headers and skippable frames; the content goes on as a member",
	.known_by = "a frame's magic number at 0, 0xfd2fb528, or a skippable frame's",
	.library = "libzstd",
	.shape = HS_SHAPE_FILTER,
	.bid = zstd_bid,
	.describe = zstd_describe,
	.expand = zstd_expand,
};
