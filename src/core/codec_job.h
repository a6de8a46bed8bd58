/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CODEC_JOB_H
#define HS_CORE_CODEC_JOB_H

#include "core/codec.h"
#include "core/digest_task.h"
#include "core/spool.h"

/*
 * One decompression as the decoders see it; only for core/codec*.c.
 *
 *	room = hs_codec_room(job, &n);          // some bytes to fill
 *	job->at = ...;                          // how far the input is read
 *	rc = hs_codec_took(job, filled, err);   // hashed, counted, kept
 *
 * A decoder returns 0 with job->at behind its last stream, or an error with
 * everything taken that came before the damage.
 */
struct hs_codec_job {
	const struct hs_inflate_order *order;
	struct hs_span in;
	struct hs_spool_writer writer;
	struct hs_digest_task sha256;
	uint64_t at;        /* bytes of `in` that were read */
	uint64_t begin;     /* of the stream that is read */
	uint64_t written;   /* bytes that came out */
	uint64_t n_streams; /* begun */
};

typedef int hs_decoder(struct hs_codec_job *job, struct hs_err *err);

/* Room for decompressed bytes: at least 1, so few that they are still in the cache when hashed, and
 * not where those stand that were taken last. */
uint8_t *hs_codec_room(struct hs_codec_job *job, size_t *n);

/* Takes the first `n` bytes of the room; the limits and the clock are asked here. */
int hs_codec_took(struct hs_codec_job *job, size_t n, struct hs_err *err);

/* Copies bytes that a library hands out in its own buffer. */
int hs_codec_copy(struct hs_codec_job *job, struct hs_span bytes, struct hs_err *err);

/* A stream begins at job->at. */
void hs_codec_stream(struct hs_codec_job *job);

/* What was not read yet. */
struct hs_span hs_codec_rest(const struct hs_codec_job *job);

/* HS_EFORMAT: the input ends inside a stream. */
int hs_codec_cut(const struct hs_codec_job *job, struct hs_err *err);

/* Whether a bzip2 stream begins here: ten bytes vouch for it. */
bool hs_is_bzip2(struct hs_span s);

hs_decoder hs_decode_gzip, hs_decode_zlib, hs_decode_deflate, hs_decode_zstd;
hs_decoder hs_decode_bzip2, hs_decode_xz, hs_decode_lzma, hs_decode_lzip;

/* Through libarchive's filter for the job's codec. */
hs_decoder hs_decode_archive, hs_decode_lz4;

#endif
