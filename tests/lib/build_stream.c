/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

/* The deflate family: `bits` as deflateInit2() takes them. */
static struct hs_span
build_deflate(struct hs_arena *a, int bits, struct hs_span plain)
{
	z_stream z = { 0 };
	struct hs_span out;
	uint8_t *at;

	if (deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	out.len = deflateBound(&z, plain.len) + 64;
	at = hs_arena_alloc(a, out.len);
	z.next_in = (uint8_t *)(uintptr_t)plain.at;
	z.avail_in = (unsigned)plain.len;
	z.next_out = at;
	z.avail_out = (unsigned)out.len;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	out = (struct hs_span){ at, z.total_out };
	deflateEnd(&z);
	return out;
}

static struct hs_span
build_zstd(struct hs_arena *a, struct hs_span plain)
{
	const size_t room = ZSTD_compressBound(plain.len);
	uint8_t *at = hs_arena_alloc(a, room);
	ZSTD_CCtx *z = ZSTD_createCCtx();
	size_t n;

	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	n = ZSTD_compress2(z, at, room, plain.at, plain.len);
	ZSTD_freeCCtx(z);
	if (ZSTD_isError(n))
		abort();
	return (struct hs_span){ at, n };
}

static struct hs_span
build_filtered(struct hs_arena *a, const char *filter, struct hs_span plain)
{
	const size_t room = 2 * plain.len + 65536;
	uint8_t *at = hs_arena_alloc(a, room);
	struct archive *ar = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	size_t used = 0;

	archive_entry_set_pathname(entry, "x");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_write_set_bytes_per_block(ar, 0);
	if (archive_write_set_format_raw(ar) != ARCHIVE_OK ||
	    archive_write_add_filter_by_name(ar, filter) != ARCHIVE_OK ||
	    archive_write_open_memory(ar, at, room, &used) != ARCHIVE_OK ||
	    archive_write_header(ar, entry) != ARCHIVE_OK ||
	    (plain.len && archive_write_data(ar, plain.at, plain.len) < 0) ||
	    archive_write_close(ar) != ARCHIVE_OK)
		abort();
	archive_entry_free(entry);
	archive_write_free(ar);
	return (struct hs_span){ at, used };
}

struct hs_span
build_stream(struct hs_arena *a, enum hs_codec codec, struct hs_span plain)
{
	switch (codec) {
	case HS_CODEC_GZIP:
		return build_deflate(a, 31, plain);
	case HS_CODEC_ZLIB:
		return build_deflate(a, 15, plain);
	case HS_CODEC_DEFLATE:
		return build_deflate(a, -15, plain);
	case HS_CODEC_ZSTD:
		return build_zstd(a, plain);
	case HS_CODEC_LZ4:
		/* libarchive 3.6.2 crashes when it writes an empty one. */
		if (plain.len == 0)
			return HS_SPAN("\x04\x22\x4d\x18\x64\x40\xa7\0\0\0\0\x05\x5d\xcc\x02");
		return build_filtered(a, "lz4", plain);
	default:
		return build_filtered(a, hs_codec_name(codec), plain);
	}
}

struct hs_span
build_joined(struct hs_arena *a, struct hs_span first, struct hs_span second)
{
	uint8_t *at = hs_arena_alloc(a, first.len + second.len);

	if (first.len)
		memcpy(at, first.at, first.len);
	if (second.len)
		memcpy(at + first.len, second.at, second.len);
	return (struct hs_span){ at, first.len + second.len };
}

struct hs_span
build_text(struct hs_arena *a, size_t n)
{
	uint8_t *at = hs_arena_alloc(a, n);
	uint32_t state = 1;

	for (size_t i = 0; i < n; i++) {
		state = state * 1664525 + 1013904223;
		at[i] = (uint8_t)("abcdefgh ijklmno"[state >> 28]);
	}
	return (struct hs_span){ at, n };
}

uint8_t *
build_exact(struct hs_span s)
{
	uint8_t *out = malloc(s.len ? s.len : 1);

	if (!out)
		abort();
	if (s.len)
		memcpy(out, s.at, s.len);
	return out;
}
