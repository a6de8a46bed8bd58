/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"
#include "core/codec.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that a run ends soon whatever a stream claims. */
static const struct hs_limits limits = { .max_size = 1 << 20, .max_ratio = 100 };

/* The first byte chooses the codec; the row of its name, where it has one, describes the stream. */
static const struct {
	enum hs_codec codec;
	const struct hs_comparator *row;
} rows[] = {
	{ HS_CODEC_GZIP, &hs_comparator_gzip },
	{ HS_CODEC_ZLIB, NULL },
	{ HS_CODEC_DEFLATE, NULL },
	{ HS_CODEC_BZIP2, &hs_comparator_bzip2 },
	{ HS_CODEC_XZ, &hs_comparator_xz },
	{ HS_CODEC_LZMA, &hs_comparator_lzma },
	{ HS_CODEC_LZIP, &hs_comparator_lzip },
	{ HS_CODEC_ZSTD, &hs_comparator_zstd },
	{ HS_CODEC_LZ4, &hs_comparator_lz4 },
};

static void
describe(const struct hs_comparator *row, struct hs_span in)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	(void)row->bid(in);
	(void)row->describe(&facts, in, &err);
	(void)hs_facts_text(&facts);
	hs_arena_release(&arena);
}

/* Whatever a stream claims, it is decoded within the limits, and never is more consumed than there
 * is. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span in = { data + 1, size ? size - 1 : 0 };
	struct hs_inflated out;
	struct hs_run run;
	struct hs_err err;
	size_t i;

	if (size == 0)
		return 0;
	i = data[0] % (sizeof(rows) / sizeof(rows[0]));
	if (rows[i].row)
		describe(rows[i].row, in);
	hs_run_init(&run, &limits, 1, NULL);
	if (hs_inflate(&out, rows[i].codec, in, &run, &err) == 0 &&
	    (!out.blob || out.blob->bytes.len > limits.max_size))
		abort();
	if (out.consumed > in.len)
		abort();
	hs_blob_unref(out.blob);
	hs_run_release(&run);
	return 0;
}
