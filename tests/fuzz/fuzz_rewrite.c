/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte says the form, the rest is a layer. */
#include "canon/rewrite.h"
#include "target.h"

#include <stdio.h>
#include <stdlib.h>

/* More than this is not put together in memory. */
enum { MAX_OUTPUT = 1 << 20 };

static const struct hs_canon forms[] = {
	{ .like = HS_LIKE_GGCR },
	{ HS_LIKE_GGCR, true, 1700000000 },
	{ HS_LIKE_BUILDKIT, true, 1000000000 },
	{ HS_LIKE_BUILDAH, true, -1 },
	{ .like = HS_LIKE_STABILIZE },
};

static bool
add(uint8_t *out, size_t *len, struct hs_span bytes)
{
	if (bytes.len > MAX_OUTPUT - *len)
		return false;
	if (bytes.len > 0)
		memcpy(out + *len, bytes.at, bytes.len);
	*len += bytes.len;
	return true;
}

/* The rewritten layer; false where it is refused or large. */
static bool
rewrite(uint8_t *out, size_t *len, struct hs_span layer, const struct hs_canon *how)
{
	struct hs_rewrite *const r = hs_rewrite_new(hs_fuzz_run(), layer, how);
	struct hs_rewrite_piece piece;
	bool fits = true;
	struct hs_err err;
	int found = 1;

	*len = 0;
	while (fits && (found = hs_rewrite_next(&piece, r, &err)) > 0) {
		fits = add(out, len, piece.header) && add(out, len, piece.content) &&
		       piece.padding <= MAX_OUTPUT - *len;
		if (fits) {
			memset(out + *len, 0, (size_t)piece.padding);
			*len += (size_t)piece.padding;
		}
	}
	hs_rewrite_free(r);
	return fits && found == 0;
}

/*
 * What a form has made it makes again of itself. Only ggcr with a time may not:
 * an entry of no known format that Go writes as pax has one the second time,
 * and gets further times.
 */
static void
check(struct hs_span layer, const struct hs_canon *how)
{
	uint8_t *const out = malloc(MAX_OUTPUT);
	size_t len;

	if (!out)
		return;
	if (rewrite(out, &len, layer, how) && !(how->like == HS_LIKE_GGCR && how->has_time)) {
		struct hs_rewrite_pair pair = { { out, len }, layer, how, 0, NULL };
		bool same = false;
		struct hs_err err;

		if (hs_rewrite_same(&same, hs_fuzz_run(), &pair, &err) < 0 || !same)
			abort();
	}
	free(out);
}

/* Whatever a layer claims, rewriting it ends, and ends well. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	if (size == 0)
		return 0;
	copy = malloc(size);
	if (!copy)
		return 0;
	memcpy(copy, data + 1, size - 1);
	hs_fuzz_repair_tar(copy, size - 1);
	check((struct hs_span){ copy, size - 1 },
	      &forms[data[0] % (sizeof(forms) / sizeof(forms[0]))]);
	free(copy);
	return 0;
}
