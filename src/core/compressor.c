/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was seen of real programs:
 *
 *	                  mtime       xfl           os   stream
 *	Go compress/gzip  0           4, 0, 2       255  ends in an empty stored block
 *	pgzip (Go)        0x886e0900  4, 0, 2       255  ends in 00 00 ff ff 03 00
 *	Python gzip       now, or 0   by the level  255  zlib's
 *	Java              0           0             0, from 16 on 255; zlib's
 *	libdeflate        0           4, 0, 2       255  its own
 *	zlib, libarchive  0, or now   by the level  3    zlib's
 *	pigz              0, or now   4, 0, 2       3    zlib's in pieces of 128 KiB
 *	GNU gzip, busybox 0, or now   4, 0, 2       3    its own, at some levels zlib's of memLevel
 *9 igzip             0, or now   0             3    its own zopfli, pigz -11  0           2 3 its
 *own
 *
 * pgzip's time is the zero time of Go, year 1, cut to 32 bits. An eStargz is
 * many members and a footer of 51 bytes with "STARGZ" in it, bgzip's members
 * have a subfield "BC". zstd:chunked ends in a footer with "GNUlInUx", pzstd
 * puts a skippable frame of four bytes before each. Go's klauspost/compress
 * stores no size and takes a window of 4, 8, 16 or 32 MiB by its level.
 */
#include "core/compressor.h"

#include "core/deflate_level.h"
#include "core/gzip_header.h"
#include "core/zstd_level.h"

#include <inttypes.h>
#include <stdio.h>

enum { OS_FAT = 0, OS_UNIX = 3, OS_UNKNOWN = 255, XFL_BEST = 2, XFL_FASTEST = 4 };

enum { ALL_LEVELS = 0x3fe, ALL_ZSTD_LEVELS = 0xffffe };

#define GO_ZERO_TIME UINT32_C(0x886e0900)

/* Levels of a bit set: "6", "1 to 3", "1, 3". */
static struct hs_span
levels_text(struct hs_arena *a, uint32_t levels)
{
	struct hs_span out = { NULL, 0 };

	for (unsigned l = 1; l < 32; l++) {
		unsigned last = l;

		if (!(levels >> l & 1))
			continue;
		while (last < 31 && levels >> (last + 1) & 1)
			last++;
		out = hs_arena_join(a, out, hs_arena_span(a, "%s%u", out.len ? ", " : "", l));
		if (last > l)
			out = hs_arena_join(a, out, hs_arena_span(a, " to %u", last));
		l = last;
	}
	return out;
}

static void
say_proven(struct hs_facts *out, uint32_t levels, const char *by, bool whole, uint32_t checked)
{
	const struct hs_span text = levels_text(out->arena, levels);

	if (whole)
		hs_sayf(out, "level", "%.*s (%s, proven on the whole content)", (int)text.len,
		        (const char *)text.at, by);
	else
		hs_sayf(out, "level", "%.*s (%s, proven on the first %" PRIu32 " KiB)",
		        (int)text.len, (const char *)text.at, by, checked >> 10);
}

/* ---- gzip ---- */

/* All evidence of one gzip stream. */
struct gzip {
	struct hs_gzip_header h;
	struct hs_span packed;
	struct hs_deflate_level level;
};

/* What stands before the last `n` bytes. */
static bool
has_before_end(struct hs_span s, size_t n, struct hs_span what)
{
	return s.len >= n && hs_span_ends(hs_span_head(s, s.len - n), what);
}

static bool
is_stargz(struct hs_span packed)
{
	enum { FOOTER = 51 };
	const struct hs_span end =
		hs_span_from(packed, packed.len > FOOTER ? packed.len - FOOTER : 0);

	return end.len == FOOTER && hs_is_gzip(end) && memmem(end.at, end.len, "STARGZ", 6) != NULL;
}

/* An empty stored block that ends the stream, before CRC and size. */
static bool
is_go(const struct gzip *g)
{
	return g->h.os == OS_UNKNOWN && has_before_end(g->packed, 8, HS_SPAN("\0\0\xff\xff"));
}

static bool
is_pgzip(const struct gzip *g)
{
	return g->h.os == OS_UNKNOWN && g->h.mtime == GO_ZERO_TIME;
}

static const char *
unix_name(const struct gzip *g)
{
	/* So little that zlib makes the same of it at each level, and others may too. */
	if (g->level.levels == ALL_LEVELS)
		return "zlib, GNU gzip or others";
	if (g->level.by_pigz)
		return "pigz";
	if (g->level.levels && g->level.memory == 8)
		return "zlib";
	if (g->level.levels)
		return "GNU gzip, or zlib with memLevel 9";
	return g->h.xfl == XFL_BEST ? "not zlib: GNU gzip, zopfli, pigz -11 or others"
	                            : "not zlib: GNU gzip, busybox, ISA-L or others";
}

static const char *
gzip_name(const struct gzip *g)
{
	if (is_stargz(g->packed))
		return "Go compress/gzip, as eStargz";
	if (hs_span_starts(g->h.extra, HS_SPAN("BC\2\0")))
		return "bgzip";
	if (is_pgzip(g))
		return "Go klauspost/pgzip (Buildah, Podman, Skopeo, umoci)";
	if (is_go(g))
		return "Go compress/gzip";
	if (g->h.os == OS_UNIX)
		return unix_name(g);
	if (g->h.os == OS_UNKNOWN && g->level.levels == ALL_LEVELS)
		return "Python gzip, Java, libdeflate or others";
	if (g->h.os == OS_FAT && g->level.levels)
		return "Java before 16, or zlib on DOS";
	if (g->h.os == OS_UNKNOWN && g->level.levels)
		return g->h.mtime || g->h.name.len ? "Python gzip" : "Python gzip, or Java";
	return g->h.os == OS_UNKNOWN ? "not zlib: libdeflate or others" : "unknown";
}

/* What zlib puts there. */
static unsigned
zlib_xfl(uint32_t levels)
{
	return levels == 1U << 9 ? XFL_BEST : levels == 1U << 1 ? XFL_FASTEST : 0;
}

/* Of the levels that fit, the one that the header speaks of. */
static uint16_t
hinted(uint16_t levels, unsigned xfl)
{
	const uint16_t one = xfl == XFL_BEST ? 1U << 9 : xfl == XFL_FASTEST ? 1U << 1 : 0;

	return levels != ALL_LEVELS && levels & one ? one : levels;
}

static void
say_hint(struct hs_facts *out, const struct gzip *g)
{
	const bool go = is_go(g) || is_pgzip(g) || is_stargz(g->packed);

	if (g->h.xfl == XFL_FASTEST)
		hs_say_word(out, "level",
		            go ? "1, or Huffman codes alone (by its header)"
		               : "the fastest (by its header)");
	else if (g->h.xfl == XFL_BEST)
		hs_say_word(out, "level", go ? "9 (by its header)" : "the best (by its header)");
	else if (g->h.xfl == 0)
		hs_say_word(out, "level", "not the fastest, not the best (by its header)");
}

/* What of the header does not follow from the compressor and the level; all of it where those are
 * not known (`name` is NULL). */
static void
say_rest(struct hs_facts *out, const struct gzip *g, const char *name, const char *label)
{
	const struct hs_gzip_header *h = &g->h;
	const unsigned told = HS_GZIP_EXTRA | HS_GZIP_NAME | HS_GZIP_COMMENT;
	const bool usual_xfl = g->level.levels
	                               ? h->xfl == zlib_xfl(g->level.levels)
	                               : h->xfl == 0 || h->xfl == XFL_BEST || h->xfl == XFL_FASTEST;
	struct hs_arena *a = out->arena;

	if (!name || h->flags & ~told)
		hs_say_hex(out, hs_arena_printf(a, "%sflags", label), h->flags);
	if (!name || (h->mtime && !is_pgzip(g)))
		hs_say_u64(out, hs_arena_printf(a, "%smtime", label), h->mtime);
	if (!name || !usual_xfl)
		hs_say_u64(out, hs_arena_printf(a, "%sxfl", label), h->xfl);
	if (!name || strcmp(name, "unknown") == 0 || strcmp(name, "bgzip") == 0 ||
	    (is_stargz(g->packed) && h->os != OS_UNKNOWN))
		hs_say_u64(out, hs_arena_printf(a, "%sos", label), h->os);
	if (h->flags & HS_GZIP_EXTRA)
		hs_say_value(out, hs_arena_printf(a, "%sextra", label), h->extra);
	if (h->flags & HS_GZIP_NAME)
		hs_say_value(out, hs_arena_printf(a, "%sname", label), h->name);
	if (h->flags & HS_GZIP_COMMENT)
		hs_say_value(out, hs_arena_printf(a, "%scomment", label), h->comment);
}

static const char *
say_name_and_level(struct hs_facts *out, const struct gzip *g)
{
	const char *name = gzip_name(g);

	hs_say_word(out, "compressor", name);
	if (g->level.levels == ALL_LEVELS)
		return name;
	if (g->level.levels)
		say_proven(out, g->level.levels, "zlib", g->level.whole, g->level.checked);
	else
		say_hint(out, g);
	return name;
}

static struct hs_deflate_level
level_of(struct hs_span stream, struct hs_level_memo *memo)
{
	return memo ? hs_level_memo_ask(memo, stream) : hs_deflate_level(stream);
}

static void
say_gzip(struct hs_facts *out, struct hs_span packed, const char *label, struct hs_level_memo *memo)
{
	struct gzip g = { .packed = packed };
	struct hs_cursor c = { .rest = packed };
	const char *name = NULL;
	struct hs_err ignored;

	/* A header that is cut says what it has. */
	(void)hs_take_gzip_header(&g.h, &c, &ignored);
	if (g.h.raw.len) {
		const bool go = is_go(&g) || is_pgzip(&g) || is_stargz(packed);

		/* What Go writes is never zlib's. */
		if (!go)
			g.level = level_of(hs_span_from(packed, g.h.raw.len), memo);
		g.level.levels = hinted(g.level.levels, g.h.xfl);
		if (go || g.level.checked)
			name = say_name_and_level(out, &g);
	}
	if (label)
		say_rest(out, &g, name, label);
}

/* ---- zstd ---- */

static const struct hs_span zstd_magic = { (const uint8_t *)"\x28\xb5\x2f\xfd", 4 };

/* What stands before the first frame that is none to be skipped. */
static struct hs_span
first_frame(struct hs_span packed)
{
	struct hs_cursor c = { .rest = packed };

	while (!c.cut && c.rest.len > 8 && (c.rest.at[0] & 0xf0) == 0x50 &&
	       hs_span_starts(hs_span_from(c.rest, 1), HS_SPAN("\x2a\x4d\x18"))) {
		hs_take(&c, 4);
		hs_take(&c, hs_take_le(&c, 4));
	}
	return c.rest;
}

/* Go's klauspost/compress has four levels, each with a window of its own. */
static const char *
klauspost_level(struct hs_span frame)
{
	static const struct {
		uint8_t window;
		const char *name;
	} levels[] = {
		{ 0x60, "fastest (by its window)" },
		{ 0x68, "default (by its window)" },
		{ 0x70, "better (by its window)" },
		{ 0x78, "best (by its window)" },
	};

	/* A window, and no size. */
	if (frame.len < 6 || (frame.at[4] & 0xe3) != 0)
		return NULL;
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (frame.at[5] == levels[i].window)
			return levels[i].name;
	return NULL;
}

static bool
is_chunked(struct hs_span packed)
{
	return hs_span_ends(packed, HS_SPAN("GNUlInUx"));
}

static const char *
zstd_name(struct hs_span packed, const struct hs_zstd_level *level, const char *klauspost)
{
	if (is_chunked(packed))
		return "Go klauspost/compress, as zstd:chunked";
	if (hs_span_starts(packed, HS_SPAN("\x50\x2a\x4d\x18\4\0\0\0")))
		return "pzstd";
	if (level->levels)
		return "libzstd";
	return klauspost ? "Go klauspost/compress"
	                 : "not this libzstd: another version, or "
	                   "Go klauspost/compress";
}

static void
say_zstd(struct hs_facts *out, struct hs_span packed)
{
	const struct hs_span frame = first_frame(packed);
	struct hs_zstd_level level = { 0 };
	const char *klauspost;

	if (!hs_span_starts(frame, zstd_magic))
		return;
	if (!is_chunked(packed))
		level = hs_zstd_level(frame);
	klauspost = level.levels ? NULL : klauspost_level(frame);
	if (!is_chunked(packed) && level.checked == 0 && !klauspost)
		return;
	hs_say_word(out, "compressor", zstd_name(packed, &level, klauspost));
	if (level.levels && level.levels != ALL_ZSTD_LEVELS)
		say_proven(out, level.levels, "libzstd", level.whole, level.checked);
	else if (klauspost)
		hs_say_word(out, "level", klauspost);
}

void
hs_say_compressor(struct hs_facts *out, enum hs_codec codec, struct hs_span packed,
                  const char *label, struct hs_level_memo *memo)
{
	if (codec == HS_CODEC_GZIP)
		say_gzip(out, packed, label, memo);
	else if (codec == HS_CODEC_ZSTD)
		say_zstd(out, packed);
}
