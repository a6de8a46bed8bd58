/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "core/codec_job.h"
#include "core/lz4_frame.h"

#include <assert.h>
#include <inttypes.h>

/* What is decoded between two looks at the limits; stays in a second-level cache. */
enum { WARM = 64 * 1024 };

/* What is decoded must not stand where pieces before it are still being hashed. */
static_assert((HS_DIGEST_BEHIND + 1) * WARM <= HS_SPOOL_BUFFER,
              "the pieces that are being hashed and the next fit the writer's buffer");

/* Skippable frames that hs_codec_of() looks behind. */
enum { MAX_SKIPPED = 16 };

static const struct {
	const char *name;
	hs_decoder *decode;
} codecs[] = {
	[HS_CODEC_NONE] = { "none", NULL },
	[HS_CODEC_GZIP] = { "gzip", hs_decode_gzip },
	[HS_CODEC_ZLIB] = { "zlib", hs_decode_zlib },
	[HS_CODEC_DEFLATE] = { "deflate", hs_decode_deflate },
	[HS_CODEC_BZIP2] = { "bzip2", hs_decode_bzip2 },
	[HS_CODEC_XZ] = { "xz", hs_decode_xz },
	[HS_CODEC_LZMA] = { "lzma", hs_decode_lzma },
	[HS_CODEC_LZIP] = { "lzip", hs_decode_lzip },
	[HS_CODEC_ZSTD] = { "zstd", hs_decode_zstd },
	[HS_CODEC_LZ4] = { "lz4", hs_decode_lz4 },
};

enum hs_codec
hs_codec_of(struct hs_span bytes)
{
	static const struct {
		struct hs_span magic;
		enum hs_codec codec;
	} rows[] = {
		{ { (const uint8_t *)"\x1f\x8b\x08", 3 }, HS_CODEC_GZIP },
		{ { (const uint8_t *)"\xfd\x37zXZ", 6 }, HS_CODEC_XZ },
		{ { (const uint8_t *)"LZIP\1", 5 }, HS_CODEC_LZIP },
		{ { (const uint8_t *)"\x28\xb5\x2f\xfd", 4 }, HS_CODEC_ZSTD },
		{ { (const uint8_t *)"\x04\x22\x4d\x18", 4 }, HS_CODEC_LZ4 },
		{ { (const uint8_t *)"\x02\x21\x4c\x18", 4 }, HS_CODEC_LZ4 },
	};
	struct hs_cursor c = { .rest = bytes };

	/* zstd and lz4 share the frames that decoders skip: what follows them decides. */
	for (int i = 0; i < MAX_SKIPPED && hs_is_skippable(c.rest); i++) {
		hs_take(&c, 4);
		hs_take(&c, hs_take_le(&c, 4));
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (hs_span_starts(c.rest, rows[i].magic))
			return rows[i].codec;
	if (hs_is_bzip2(bytes))
		return HS_CODEC_BZIP2;
	return HS_CODEC_NONE;
}

bool
hs_is_bzip2(struct hs_span s)
{
	static const uint8_t block[] = { 0x31, 0x41, 0x59, 0x26, 0x53, 0x59 };
	static const uint8_t end[] = { 0x17, 0x72, 0x45, 0x38, 0x50, 0x90 };

	return s.len >= 10 && memcmp(s.at, "BZh", 3) == 0 && s.at[3] >= '1' && s.at[3] <= '9' &&
	       (memcmp(s.at + 4, block, 6) == 0 || memcmp(s.at + 4, end, 6) == 0);
}

const char *
hs_codec_name(enum hs_codec codec)
{
	return codecs[codec].name;
}

uint8_t *
hs_codec_room(struct hs_codec_job *job, size_t *n)
{
	uint8_t *room = hs_spool_room(&job->writer, n);

	if (*n > WARM)
		*n = WARM;
	return room;
}

int
hs_codec_took(struct hs_codec_job *job, size_t n, struct hs_err *err)
{
	struct hs_run *run = job->order->run;
	const uint64_t ratio = run->limits.max_ratio;
	size_t room_len;
	const uint8_t *room = hs_spool_room(&job->writer, &room_len);
	int rc;

	hs_digest_task_next(&job->sha256, run->pool, (struct hs_span){ room, n });
	job->written += n;
	rc = hs_spool_took(&job->writer, n, err);
	if (rc == 0)
		rc = hs_run_inflated(run, n, err);
	if (rc == 0)
		rc = hs_run_check(run, err);
	if (rc == 0 && ratio && job->written > HS_RATIO_FREE && job->written / ratio > job->at)
		rc = hs_fail(err, HS_ELIMIT,
		             "%" PRIu64 " bytes of %s give more than %" PRIu64
		             " times as many (--max-ratio)",
		             job->at, hs_codec_name(job->order->codec), ratio);
	return rc;
}

int
hs_codec_copy(struct hs_codec_job *job, struct hs_span bytes, struct hs_err *err)
{
	int rc = 0;

	while (rc == 0 && bytes.len > 0) {
		size_t n;
		uint8_t *room = hs_codec_room(job, &n);

		if (n > bytes.len)
			n = bytes.len;
		memcpy(room, bytes.at, n);
		bytes = hs_span_from(bytes, n);
		rc = hs_codec_took(job, n, err);
	}
	return rc;
}

void
hs_codec_stream(struct hs_codec_job *job)
{
	job->n_streams++;
	job->begin = job->at;
	if (job->order->seen)
		job->order->seen(job->order->ctx, job->at);
}

struct hs_span
hs_codec_rest(const struct hs_codec_job *job)
{
	return hs_span_from(job->in, job->at);
}

int
hs_codec_cut(const struct hs_codec_job *job, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "the %s stream is cut short at offset %zu",
	               hs_codec_name(job->order->codec), job->in.len);
}

/* What was decoded becomes the blob; after damage too, so that it can still be compared. */
static int
keep(struct hs_inflated *out, struct hs_codec_job *job, int rc, struct hs_err *err)
{
	struct hs_err why;
	int rc_end;

	hs_digest_task_end(&out->sha256, &job->sha256, job->order->run->pool);
	if (rc < 0 && (rc != HS_EFORMAT || job->written == 0)) {
		hs_spool_drop(&job->writer);
		return rc;
	}
	rc_end = hs_spool_end(&job->writer, &out->blob, &why);
	if (rc_end < 0) {
		hs_spool_drop(&job->writer);
		*err = why;
		return rc_end;
	}
	out->blob->sha256 = out->sha256;
	out->blob->has_sha256 = true;
	return rc;
}

int
hs_inflate_watched(struct hs_inflated *out, const struct hs_inflate_order *order,
                   struct hs_err *err)
{
	const struct hs_span nothing = HS_SPAN("");
	/* A pointer is added to, even to read no bytes. */
	struct hs_codec_job job = { .order = order, .in = order->in.at ? order->in : nothing };
	int rc;

	*out = (struct hs_inflated){ 0 };
	if (!codecs[order->codec].decode)
		return hs_fail(err, HS_EUSAGE, "nothing to decompress");
	hs_spool_begin(&job.writer, order->run->spool);
	hs_digest_task_init(&job.sha256);
	rc = codecs[order->codec].decode(&job, err);
	rc = keep(out, &job, rc, err);
	out->consumed = job.at;
	hs_run_done(order->run, out->consumed);
	out->n_streams = job.n_streams;
	return rc;
}

int
hs_inflate(struct hs_inflated *out, enum hs_codec codec, struct hs_span in, struct hs_run *run,
           struct hs_err *err)
{
	const struct hs_inflate_order order = { .codec = codec, .in = in, .run = run };

	return hs_inflate_watched(out, &order, err);
}
