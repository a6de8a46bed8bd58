/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xz, the older .lzma and lzip through liblzma itself: libarchive's filter
 * keeps back what it decoded in front of damage, takes bytes after an .xz for
 * damage, and does not say how many streams there were. Without liblzma's
 * headers that filter has to do.
 */
#include "core/codec_job.h"

#if HS_WITH_LZMA

#include <lzma.h>

static int
fail_lzma(const struct hs_codec_job *job, lzma_ret ret, struct hs_err *err)
{
	const char *name = hs_codec_name(job->order->codec);

	switch (ret) {
	case LZMA_MEM_ERROR:
		hs_die_out_of_memory();
	case LZMA_MEMLIMIT_ERROR:
		return hs_fail(err, HS_ELIMIT, "the dictionary of the %s stream is too large",
		               name);
	case LZMA_OPTIONS_ERROR:
		return hs_fail(err, HS_EFORMAT, "the %s stream uses options that are not known",
		               name);
	case LZMA_FORMAT_ERROR:
		return hs_fail(err, HS_EFORMAT, "no %s header at offset %zu", name,
		               (size_t)job->begin);
	default:
		return hs_fail(err, HS_EFORMAT, "the %s stream is damaged near offset %zu", name,
		               (size_t)job->at);
	}
}

static int
run_stream(struct hs_codec_job *job, lzma_stream *z, struct hs_err *err)
{
	lzma_ret ret = LZMA_OK;

	while (ret != LZMA_STREAM_END) {
		const struct hs_span rest = hs_codec_rest(job);
		size_t n;
		int rc;

		z->next_out = hs_codec_room(job, &n);
		z->avail_out = n;
		z->next_in = rest.at;
		z->avail_in = rest.len;
		ret = lzma_code(z, LZMA_RUN);
		job->at = job->in.len - z->avail_in;
		rc = hs_codec_took(job, n - z->avail_out, err);
		if (rc < 0)
			return rc;
		/* All was read and there is room left: it waits for bytes that are not there. */
		if (ret == LZMA_BUF_ERROR || (ret == LZMA_OK && z->avail_in == 0 && z->avail_out))
			return hs_codec_cut(job, err);
		if (ret != LZMA_OK && ret != LZMA_STREAM_END)
			return fail_lzma(job, ret, err);
	}
	return 0;
}

typedef lzma_ret lzma_begin(lzma_stream *z);

static lzma_ret
begin_xz(lzma_stream *z)
{
	return lzma_stream_decoder(z, HS_MAX_LZMA_MEMORY, 0);
}

static lzma_ret
begin_lzma(lzma_stream *z)
{
	return lzma_alone_decoder(z, HS_MAX_LZMA_MEMORY);
}

static int
run(struct hs_codec_job *job, lzma_begin *begin, struct hs_err *err)
{
	lzma_stream z = LZMA_STREAM_INIT;
	const lzma_ret ret = begin(&z);
	int rc;

	hs_codec_stream(job);
	rc = ret == LZMA_OK ? run_stream(job, &z, err) : fail_lzma(job, ret, err);
	lzma_end(&z);
	return rc;
}

/* Streams may have zeros between them, in multiples of four bytes; behind the last they are not its
 * own. */
static bool
skip_padding(struct hs_codec_job *job)
{
	struct hs_span rest = hs_codec_rest(job);
	size_t zeros = 0;

	while (zeros < rest.len && rest.at[zeros] == 0)
		zeros++;
	rest = hs_span_from(rest, zeros);
	if (zeros % 4 != 0 || !hs_span_starts(rest, HS_SPAN("\xfd\x37zXZ\0")))
		return false;
	job->at += zeros;
	return true;
}

int
hs_decode_xz(struct hs_codec_job *job, struct hs_err *err)
{
	int rc;

	do
		rc = run(job, begin_xz, err);
	while (rc == 0 && skip_padding(job));
	return rc;
}

int
hs_decode_lzma(struct hs_codec_job *job, struct hs_err *err)
{
	return run(job, begin_lzma, err);
}

#if LZMA_VERSION >= UINT32_C(50040002)

static lzma_ret
begin_lzip(lzma_stream *z)
{
	return lzma_lzip_decoder(z, HS_MAX_LZMA_MEMORY, 0);
}

int
hs_decode_lzip(struct hs_codec_job *job, struct hs_err *err)
{
	int rc;

	do
		rc = run(job, begin_lzip, err);
	while (rc == 0 && hs_span_starts(hs_codec_rest(job), HS_SPAN("LZIP")));
	return rc;
}

#else

int
hs_decode_lzip(struct hs_codec_job *job, struct hs_err *err)
{
	return hs_decode_archive(job, err);
}

#endif

#else

int
hs_decode_xz(struct hs_codec_job *job, struct hs_err *err)
{
	return hs_decode_archive(job, err);
}

int
hs_decode_lzma(struct hs_codec_job *job, struct hs_err *err)
{
	return hs_decode_archive(job, err);
}

int
hs_decode_lzip(struct hs_codec_job *job, struct hs_err *err)
{
	return hs_decode_archive(job, err);
}

#endif
