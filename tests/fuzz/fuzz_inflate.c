/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/codec.h"
#include "core/run.h"

/* The codec that the magic announces; for those without magic, each in turn. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum hs_codec unannounced[] = { HS_CODEC_DEFLATE, HS_CODEC_ZLIB,
		                                     HS_CODEC_LZMA };
	const struct hs_span in = { data, size };
	const enum hs_codec announced = hs_codec_of(in);
	const size_t n = announced ? 1 : sizeof(unannounced) / sizeof(unannounced[0]);

	for (size_t i = 0; i < n; i++) {
		struct hs_inflated out = { 0 };
		struct hs_err err;

		(void)hs_inflate(&out, announced ? announced : unannounced[i], in, hs_fuzz_run(),
		                 &err);
		hs_blob_unref(out.blob);
	}
	return 0;
}
