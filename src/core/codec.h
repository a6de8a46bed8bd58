/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CODEC_H
#define HS_CORE_CODEC_H

#include "core/blob.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/run.h"

/*
 * Decompression of one span into one blob in the spool. Whoever keeps which
 * library lives here: ISA-L (or zlib) for gzip and deflate, libzstd for zstd,
 * libarchive's filters for the rest.
 */
enum hs_codec {
	HS_CODEC_NONE,
	HS_CODEC_GZIP,    /* RFC 1952, all members one after the other */
	HS_CODEC_ZLIB,    /* RFC 1950 */
	HS_CODEC_DEFLATE, /* RFC 1951, bare, as zip has it */
	HS_CODEC_BZIP2,
	HS_CODEC_XZ,
	HS_CODEC_LZMA, /* the .lzma of LZMA utils */
	HS_CODEC_LZIP,
	HS_CODEC_ZSTD, /* all frames, skippable ones included */
	HS_CODEC_LZ4,  /* frames, legacy ones included */
};

/* The codec that the first bytes announce; HS_CODEC_NONE for none. Magic only: .lzma is a guess it
 * does not make. */
enum hs_codec hs_codec_of(struct hs_span bytes);

/* "gzip", "zstd", ...; "none". */
const char *hs_codec_name(enum hs_codec codec);

struct hs_inflated {
	struct hs_blob *blob;    /* the caller's; NULL after a failure that gave nothing */
	struct hs_sha256 sha256; /* of the blob's bytes, made while they were warm */
	uint64_t
		consumed; /* bytes of the input that the streams take; what follows is not theirs */
	uint64_t n_streams; /* members, frames or streams that were begun */
};

/*
 * Decompresses `in` to the end of its last stream. A damaged or cut stream is
 * HS_EFORMAT with out->blob holding what came before the damage, so that it can
 * still be compared; its text says at which input offset. Limits (--max-size,
 * --max-ratio) are HS_ELIMIT, a codec that is not built in HS_EABSENT, a full
 * temporary disk HS_EIO, --timeout HS_ESTOP. Any thread; no state.
 */
int hs_inflate(struct hs_inflated *out, enum hs_codec codec, struct hs_span in, struct hs_run *run,
               struct hs_err *err);

/* The same, for who wants to know where each stream begins: seen(ctx, offset in the input), in
 * order. */
struct hs_inflate_order {
	enum hs_codec codec;
	struct hs_span in;
	struct hs_run *run;
	void (*seen)(void *ctx, uint64_t at); /* NULL: nobody */
	void *ctx;
};
int hs_inflate_watched(struct hs_inflated *out, const struct hs_inflate_order *order,
                       struct hs_err *err);

#endif
