/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libarchive decompresses: lz4 always, the others where their own
 * library's headers were not there. It verifies checksums, reads streams one
 * after the other and passes over skippable frames; how many there were it
 * does not say, so that n_streams is 1. For lz4 the frames are walked before,
 * because the filter takes the first bytes behind the last frame too and does
 * not know a stream that begins with a skippable frame.
 */
#include "core/codec_job.h"

#include "core/escape.h"
#include "core/lz4_frame.h"

#include <archive.h>
#include <archive_entry.h>

/*
 * Puts in just that filter: asked to find out, libarchive would go on with
 * what comes out, and decode an .lz4 inside an .lz4 too. Refuses the filters
 * that it would start a program for (ARCHIVE_WARN).
 */
static int
enable(struct archive *ar, enum hs_codec codec)
{
	switch (codec) {
	case HS_CODEC_BZIP2:
		return archive_read_append_filter(ar, ARCHIVE_FILTER_BZIP2);
	case HS_CODEC_XZ:
		return archive_read_append_filter(ar, ARCHIVE_FILTER_XZ);
	case HS_CODEC_LZMA:
		return archive_read_append_filter(ar, ARCHIVE_FILTER_LZMA);
	case HS_CODEC_LZIP:
		return archive_read_append_filter(ar, ARCHIVE_FILTER_LZIP);
	case HS_CODEC_LZ4:
		return archive_read_append_filter(ar, ARCHIVE_FILTER_LZ4);
	default:
		return ARCHIVE_FATAL;
	}
}

static uint64_t
consumed(struct archive *ar)
{
	const int64_t n = archive_filter_bytes(ar, -1);

	return n > 0 ? (uint64_t)n : 0;
}

static int
fail_archive(const struct hs_codec_job *job, struct archive *ar, struct hs_err *err)
{
	const char *text = archive_error_string(ar);
	char shown[120];

	hs_escape_short(shown, sizeof(shown), hs_span_of(text ? text : "no reason given"));
	return hs_fail(err, HS_EFORMAT, "the %s stream is damaged near offset %zu: %s",
	               hs_codec_name(job->order->codec), (size_t)job->at, shown);
}

/* Decodes `in`, whose first byte stands at job->at. */
static int
run(struct hs_codec_job *job, struct archive *ar, struct hs_span in, struct hs_err *err)
{
	const uint64_t begin = job->at;
	struct archive_entry *entry;
	int rc;

	if (in.len == 0)
		return hs_codec_cut(job, err);
	/* Damage before the first byte that comes out is told by nothing but the error number. */
	if (archive_read_open_memory(ar, in.at, in.len) != ARCHIVE_OK || archive_errno(ar) != 0)
		return fail_archive(job, ar, err);
	rc = archive_read_next_header(ar, &entry);
	if (rc != ARCHIVE_EOF && rc < ARCHIVE_WARN)
		return fail_archive(job, ar, err);
	/* The outermost filter is always the memory itself. */
	if (archive_filter_count(ar) < 2)
		return hs_fail(err, HS_EFORMAT, "no %s header", hs_codec_name(job->order->codec));
	while (rc != ARCHIVE_EOF) {
		struct hs_span bytes;
		const void *block;
		int64_t where;
		int rc_took;

		rc = archive_read_data_block(ar, &block, &bytes.len, &where);
		if (rc != ARCHIVE_EOF && rc < ARCHIVE_WARN)
			return fail_archive(job, ar, err);
		job->at = begin + consumed(ar);
		bytes.at = block;
		rc_took = rc == ARCHIVE_EOF ? 0 : hs_codec_copy(job, bytes, err);
		if (rc_took < 0)
			return rc_took;
	}
	/* Too few bytes for a header are an end to some filters; and of an empty stream it is not
	 * known what they took. */
	if (job->written == 0 && consumed(ar) == 0)
		return hs_codec_cut(job, err);
	job->at = begin + (job->written ? consumed(ar) : in.len);
	return 0;
}

static int
decode(struct hs_codec_job *job, struct hs_span in, struct hs_err *err)
{
	struct archive *ar = archive_read_new();
	int rc;

	if (!ar)
		hs_die_out_of_memory();
	if (enable(ar, job->order->codec) != ARCHIVE_OK)
		rc = hs_fail(err, HS_EABSENT, "libarchive reads no %s here",
		             hs_codec_name(job->order->codec));
	else if (archive_read_support_format_empty(ar) != ARCHIVE_OK ||
	         archive_read_support_format_raw(ar) != ARCHIVE_OK)
		rc = fail_archive(job, ar, err);
	else
		rc = run(job, ar, in, err);
	archive_read_free(ar);
	return rc;
}

int
hs_decode_archive(struct hs_codec_job *job, struct hs_err *err)
{
	const enum hs_codec codec = job->order->codec;

	hs_codec_stream(job);
	/* A filter takes what has not its magic for an end. */
	if (codec != HS_CODEC_LZMA && hs_codec_of(job->in) != codec)
		return hs_fail(err, HS_EFORMAT, "no %s header", hs_codec_name(codec));
	return decode(job, job->in, err);
}

int
hs_decode_lz4(struct hs_codec_job *job, struct hs_err *err)
{
	struct hs_cursor c = { .rest = job->in };
	struct hs_lz4_frame frame;
	uint64_t begin = job->in.len, end = 0;
	int rc;

	while (hs_take_lz4_frame(&frame, &c)) {
		job->at = end;
		hs_codec_stream(job);
		if (frame.kind != HS_LZ4_SKIPPABLE && begin == job->in.len)
			begin = end;
		end += frame.raw.len;
	}
	job->at = begin < end ? begin : end;
	if (end == 0)
		return hs_fail(err, HS_EFORMAT, "no lz4 header");
	if (begin >= end)
		return c.cut ? hs_codec_cut(job, err) : 0;
	rc = decode(job, hs_span_head(hs_codec_rest(job), end - begin), err);
	if (rc == 0)
		job->at = end;
	if (rc == 0 && c.cut)
		rc = hs_codec_cut(job, err);
	return rc;
}
