/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bzip2: streams one after the other, through libbz2 itself where its header
 * is there, because libarchive's filter keeps back what it decoded in front
 * of damage and does not count the streams.
 */
#include "core/codec_job.h"

#if HS_WITH_BZIP2

#include <bzlib.h>

static unsigned
clamp(size_t n)
{
	return n < 1U << 30 ? (unsigned)n : 1U << 30;
}

static int
run_stream(struct hs_codec_job *job, bz_stream *z, struct hs_err *err)
{
	int state = BZ_OK;

	while (state != BZ_STREAM_END) {
		const struct hs_span rest = hs_codec_rest(job);
		const unsigned n_in = clamp(rest.len);
		size_t n;
		int rc;

		/* The library reads from it only. */
		z->next_in = (char *)(uintptr_t)rest.at;
		z->avail_in = n_in;
		z->next_out = (char *)hs_codec_room(job, &n);
		z->avail_out = clamp(n);
		state = BZ2_bzDecompress(z);
		job->at += n_in - z->avail_in;
		rc = hs_codec_took(job, n - z->avail_out, err);
		if (rc < 0)
			return rc;
		if (state == BZ_MEM_ERROR)
			hs_die_out_of_memory();
		if (state == BZ_OK && job->at == job->in.len && z->avail_out > 0)
			return hs_codec_cut(job, err);
		if (state != BZ_OK && state != BZ_STREAM_END)
			return hs_fail(err, HS_EFORMAT,
			               "the bzip2 stream is damaged near offset %zu",
			               (size_t)job->at);
	}
	return 0;
}

int
hs_decode_bzip2(struct hs_codec_job *job, struct hs_err *err)
{
	int rc;

	do {
		bz_stream z = { 0 };

		hs_codec_stream(job);
		if (BZ2_bzDecompressInit(&z, 0, 0) != BZ_OK)
			hs_die_out_of_memory();
		rc = run_stream(job, &z, err);
		BZ2_bzDecompressEnd(&z);
	} while (rc == 0 && hs_is_bzip2(hs_codec_rest(job)));
	return rc;
}

#else

int
hs_decode_bzip2(struct hs_codec_job *job, struct hs_err *err)
{
	return hs_decode_archive(job, err);
}

#endif
