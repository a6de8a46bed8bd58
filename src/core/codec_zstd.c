/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zstd (RFC 8878): frames one after the other, skippable ones between them.
 *
 * The library is given just as many bytes as it asks for, which is a block at
 * a time: it then hands out each block before it looks at the next, so that
 * nothing in front of damage is lost, and it copies no input.
 */
#include "core/codec_job.h"
#include "core/lz4_frame.h"

#include <zstd.h>
#include <zstd_errors.h>

static int
fail_zstd(const struct hs_codec_job *job, size_t code, struct hs_err *err)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		hs_die_out_of_memory();
	case ZSTD_error_frameParameter_windowTooLarge:
		return hs_fail(err, HS_ELIMIT,
		               "the zstd frame at offset %zu has a window of more than 2^%d bytes",
		               (size_t)job->begin, HS_MAX_ZSTD_WINDOW_LOG);
	default:
		return hs_fail(err, HS_EFORMAT, "the zstd frame is damaged near offset %zu: %s",
		               (size_t)job->at, ZSTD_getErrorName(code));
	}
}

static int
run_frame(struct hs_codec_job *job, ZSTD_DCtx *z, struct hs_err *err)
{
	size_t wanted = ZSTD_initDStream(z);

	while (wanted > 0) {
		const struct hs_span part = hs_span_head(hs_codec_rest(job), wanted);
		ZSTD_inBuffer in = { part.at, part.len, 0 };
		ZSTD_outBuffer out = { .pos = 0 };
		int rc;

		out.dst = hs_codec_room(job, &out.size);
		wanted = ZSTD_decompressStream(z, &out, &in);
		if (ZSTD_isError(wanted))
			return fail_zstd(job, wanted, err);
		job->at += in.pos;
		rc = hs_codec_took(job, out.pos, err);
		if (rc < 0)
			return rc;
		if (wanted > 0 && in.pos == 0 && out.pos == 0)
			return hs_codec_cut(job, err);
	}
	return 0;
}

static bool
is_frame(struct hs_span s)
{
	return hs_span_starts(s, HS_SPAN("\x28\xb5\x2f\xfd")) || hs_is_skippable(s);
}

int
hs_decode_zstd(struct hs_codec_job *job, struct hs_err *err)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();
	int rc;

	if (!z)
		hs_die_out_of_memory();
	ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, HS_MAX_ZSTD_WINDOW_LOG);
	do {
		hs_codec_stream(job);
		rc = run_frame(job, z, err);
	} while (rc == 0 && is_frame(hs_codec_rest(job)));
	ZSTD_freeDCtx(z);
	return rc;
}
