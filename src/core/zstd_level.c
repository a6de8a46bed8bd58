/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A level has a window, and the frame's header tells it: of nineteen levels a
 * few are tried. The largest take 100 MB while they are.
 */
#include "core/zstd_level.h"

#include "core/arena.h"

#include <stdlib.h>
#include <zstd.h>

enum { CHECKED = 128 << 10, MAX_LEVEL = 19 };

/* What the header of the frame says, which the attempt must be told. */
struct frame {
	struct hs_span bytes, plain;
	bool whole, has_size, checksum;
	unsigned long long size;
	size_t head; /* bytes of the header */
};

static size_t
head_length(const uint8_t *at)
{
	static const uint8_t dictionary[] = { 0, 1, 2, 4 }, size[] = { 0, 2, 4, 8 };
	const bool single = at[4] & 0x20;
	const size_t width = size[at[4] >> 6];

	return 5 + (size_t)!single + dictionary[at[4] & 3] + (single && !width ? 1 : width);
}

static bool
read_frame(struct frame *f, uint8_t *room)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();
	ZSTD_inBuffer in = { f->bytes.at, f->bytes.len, 0 };
	ZSTD_outBuffer out = { room, CHECKED, 0 };
	size_t rc = 1;

	if (!z)
		hs_die_out_of_memory();
	while (rc > 0 && !ZSTD_isError(rc) && out.pos < out.size && in.pos < in.size)
		rc = ZSTD_decompressStream(z, &out, &in);
	ZSTD_freeDCtx(z);
	if (ZSTD_isError(rc) || f->bytes.len < 6)
		return false;
	f->plain = (struct hs_span){ room, out.pos };
	f->whole = rc == 0;
	if (f->whole)
		f->bytes = hs_span_head(f->bytes, in.pos);
	f->checksum = f->bytes.at[4] & 4;
	f->size = ZSTD_getFrameContentSize(f->bytes.at, f->bytes.len);
	f->has_size = f->size != ZSTD_CONTENTSIZE_UNKNOWN && f->size != ZSTD_CONTENTSIZE_ERROR;
	f->head = head_length(f->bytes.at);
	return f->plain.len > 0 && (f->bytes.at[4] & 3) == 0;
}

/* The beginning of what the level makes of it; 0 bytes where it cannot. */
static size_t
compress(uint8_t *room, size_t n, const struct frame *f, ZSTD_CCtx *z, int level)
{
	ZSTD_inBuffer in = { f->plain.at, f->plain.len, 0 };
	ZSTD_outBuffer out = { room, n, 0 };
	size_t rc;

	ZSTD_CCtx_reset(z, ZSTD_reset_session_and_parameters);
	ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, f->checksum);
	ZSTD_CCtx_setParameter(z, ZSTD_c_contentSizeFlag, f->has_size);
	if (f->has_size)
		ZSTD_CCtx_setPledgedSrcSize(z, f->size);
	/* All at the end would let the library know the size. */
	rc = f->has_size ? 0 : ZSTD_compressStream2(z, &out, &in, ZSTD_e_continue);
	if (!ZSTD_isError(rc))
		rc = ZSTD_compressStream2(z, &out, &in, f->whole ? ZSTD_e_end : ZSTD_e_flush);
	return rc == 0 ? out.pos : 0;
}

/* The window that libzstd gives a level for large content: where it is another, so is the level. */
static bool
may_be(const struct frame *f, int level)
{
	static const uint8_t window_log[MAX_LEVEL + 1] = { 0,  19, 20, 21, 21, 21, 21, 21, 21, 22,
		                                           22, 22, 22, 22, 22, 22, 22, 23, 23, 23 };
	const uint8_t *at = f->bytes.at;

	return (at[4] & 0x20) || at[5] == (window_log[level] - 10) << 3;
}

struct hs_zstd_level
hs_zstd_level(struct hs_span frame)
{
	const size_t room = ZSTD_compressBound(CHECKED) + 64;
	uint8_t *plain = hs_alloc(CHECKED), *packed = hs_alloc(room);
	struct hs_zstd_level out = { 0 };
	struct frame f = { .bytes = frame };
	ZSTD_CCtx *z = ZSTD_createCCtx();

	if (!z)
		hs_die_out_of_memory();
	if (read_frame(&f, plain)) {
		for (int level = 1; level <= MAX_LEVEL; level++) {
			const size_t n =
				may_be(&f, level) ? compress(packed, room, &f, z, level) : 0;
			const struct hs_span made = { packed, n };

			if (n > f.head && (f.whole ? hs_span_equal(f.bytes, made)
			                           : hs_span_starts(f.bytes, made)))
				out.levels |= UINT32_C(1) << level;
		}
		out.whole = f.whole;
		out.checked = (uint32_t)f.plain.len;
	}
	ZSTD_freeCCtx(z);
	free(plain);
	free(packed);
	return out;
}
