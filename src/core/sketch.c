/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sketch.h"

enum {
	MIN_CHUNK = 32,
	MAX_CHUNK = 2048,
	CUT_BITS = 7, /* a chunk of 128 bytes on average beyond the least */
};

/* 256 fixed random words: SplitMix64 from a fixed seed, so that chunks are the same everywhere. */
static uint64_t
gear(uint8_t byte)
{
	uint64_t z = (uint64_t)(byte + 1) * UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Where the chunk at the front of `s` ends: the rolling hash's top bits are all zero there. */
static size_t
chunk_end(const uint64_t table[256], struct hs_span s)
{
	const size_t most = s.len < MAX_CHUNK ? s.len : MAX_CHUNK;
	uint64_t h = 0;

	for (size_t i = 0; i < most; i++) {
		h = (h << 1) + table[s.at[i]];
		if (i + 1 >= MIN_CHUNK && h >> (64 - CUT_BITS) == 0)
			return i + 1;
	}
	return most;
}

/* The smallest hashes met so far, ascending. */
struct bottom {
	uint32_t n;
	uint64_t least[HS_SKETCH_SIZE];
};

/* What is not smaller than the greatest of a full set is passed over. */
static void
keep_least(struct bottom *k, uint64_t hash)
{
	uint32_t at = 0, end = k->n;

	if (k->n == HS_SKETCH_SIZE && hash >= k->least[k->n - 1])
		return;
	while (at < end) {
		const uint32_t middle = (at + end) / 2;

		if (k->least[middle] < hash)
			at = middle + 1;
		else
			end = middle;
	}
	if (at < k->n && k->least[at] == hash)
		return;
	if (k->n < HS_SKETCH_SIZE)
		k->n++;
	memmove(&k->least[at + 1], &k->least[at], (k->n - 1 - at) * sizeof(k->least[0]));
	k->least[at] = hash;
}

void
hs_sketch_digest(struct hs_sketch *out, struct hs_span content)
{
	*out = (struct hs_sketch){ .digest = hs_xxh128(content), .size = content.len };
}

void
hs_sketch_make(struct hs_sketch *out, struct hs_arena *a, struct hs_span content)
{
	struct bottom k = { 0 };
	uint64_t table[256];

	hs_sketch_digest(out, content);
	for (unsigned i = 0; i < 256; i++)
		table[i] = gear((uint8_t)i);
	while (content.len) {
		const size_t n = chunk_end(table, content);

		keep_least(&k, hs_xxh64(hs_span_head(content, n)));
		content = hs_span_from(content, n);
	}
	out->n = k.n;
	out->least =
		(const uint64_t *)(const void *)hs_arena_copy(
			a, (struct hs_span){ (const uint8_t *)k.least, k.n * sizeof(k.least[0]) })
			.at;
}

unsigned
hs_sketch_similarity(const struct hs_sketch *a, const struct hs_sketch *b)
{
	uint32_t i = 0, j = 0, all = 0, both = 0;

	while ((i < a->n || j < b->n) && all < HS_SKETCH_SIZE) {
		const bool take_a = j == b->n || (i < a->n && a->least[i] <= b->least[j]);
		const bool take_b = i == a->n || (j < b->n && b->least[j] <= a->least[i]);

		all++;
		both += take_a && take_b;
		i += take_a;
		j += take_b;
	}
	return a->n && b->n ? both * 100 / all : 0;
}
