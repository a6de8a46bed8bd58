/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/codec.h"
#include "core/run.h"

#include <stdlib.h>

/* Chosen by the first byte, whatever the others look like. */
static const enum hs_codec codecs[] = {
	HS_CODEC_GZIP, HS_CODEC_ZLIB, HS_CODEC_DEFLATE, HS_CODEC_BZIP2, HS_CODEC_XZ,
	HS_CODEC_LZMA, HS_CODEC_LZIP, HS_CODEC_ZSTD,    HS_CODEC_LZ4,
};

/* A stream ends within the limits, and never is more of it consumed than there is. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_inflated out = { 0 };
	struct hs_span in;
	struct hs_err err;
	int rc;

	if (size == 0)
		return 0;
	in = (struct hs_span){ data + 1, size - 1 };
	rc = hs_inflate(&out, codecs[data[0] % (sizeof(codecs) / sizeof(codecs[0]))], in,
	                hs_fuzz_run(), &err);
	if (out.consumed > in.len || (rc == 0 && !out.blob))
		abort();
	hs_blob_unref(out.blob);
	return 0;
}
