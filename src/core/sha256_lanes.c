/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The processor keeps the eight words of a state in two registers, A B E F and
 * C D G H, and does two rounds at a time; the message is scheduled four words
 * at a time (Intel SDM, SHA256RNDS2, SHA256MSG1, SHA256MSG2).
 */
#include "core/sha256_lanes.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

#define INLINE static inline __attribute__((always_inline, target("sha,sse4.1")))

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

/* One stream's registers. */
struct lane {
	__m128i abef, cdgh;
	__m128i w[4]; /* the next sixteen words of the schedule */
};

enum { UNKNOWN, ABSENT, PRESENT };

bool
hs_sha256_has_lanes(void)
{
	enum { SSSE3 = 1 << 9, SSE4_1 = 1 << 19, SHA = 1 << 29 };
	static atomic_int known;
	unsigned a, b, c, d;
	int is = atomic_load_explicit(&known, memory_order_relaxed);

	/* To ask takes long where a hypervisor answers. */
	if (is == UNKNOWN) {
		is = __get_cpuid(1, &a, &b, &c, &d) && (c & SSSE3) && (c & SSE4_1) &&
		                     __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & SHA)
		             ? PRESENT
		             : ABSENT;
		atomic_store_explicit(&known, is, memory_order_relaxed);
	}
	return is == PRESENT;
}

/* What leaves the upper halves of the vector registers filled, as ISA-L's CRC does, makes the
 * instructions here slower by a third: they would have to keep them. */
__attribute__((target("avx"))) static void
clear_upper_halves(void)
{
	_mm256_zeroupper();
}

static void
begin(void)
{
	if (__builtin_cpu_supports("avx"))
		clear_upper_halves();
}

INLINE __m128i
load(const void *at)
{
	return _mm_loadu_si128((const __m128i *)at);
}

INLINE struct lane
lane_of(const uint32_t s[8])
{
	const __m128i cdab = _mm_shuffle_epi32(load(s), 0xb1);
	const __m128i efgh = _mm_shuffle_epi32(load(s + 4), 0x1b);

	return (struct lane){ .abef = _mm_alignr_epi8(cdab, efgh, 8),
		              .cdgh = _mm_blend_epi16(efgh, cdab, 0xf0) };
}

INLINE void
store(uint32_t s[8], const struct lane *l)
{
	const __m128i feba = _mm_shuffle_epi32(l->abef, 0x1b);
	const __m128i dchg = _mm_shuffle_epi32(l->cdgh, 0xb1);

	_mm_storeu_si128((__m128i *)s, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((__m128i *)(s + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* Words are big-endian. */
INLINE void
load_words(struct lane *l, const uint8_t *at)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

	l->w[0] = _mm_shuffle_epi8(load(at), swap);
	l->w[1] = _mm_shuffle_epi8(load(at + 16), swap);
	l->w[2] = _mm_shuffle_epi8(load(at + 32), swap);
	l->w[3] = _mm_shuffle_epi8(load(at + 48), swap);
}

INLINE void
four_rounds(struct lane *l, __m128i words, const uint32_t *k)
{
	const __m128i sum = _mm_add_epi32(words, load(k));

	l->cdgh = _mm_sha256rnds2_epu32(l->cdgh, l->abef, sum);
	l->abef = _mm_sha256rnds2_epu32(l->abef, l->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/* The four words behind these sixteen, in the place of the first four. */
INLINE void
schedule(__m128i *w0, __m128i w1, __m128i w2, __m128i w3)
{
	const __m128i sum =
		_mm_add_epi32(_mm_sha256msg1_epu32(*w0, w1), _mm_alignr_epi8(w3, w2, 4));

	*w0 = _mm_sha256msg2_epu32(sum, w3);
}

/* Four rounds of sixteen, and the words that take the place of those they used. */
INLINE void
step(struct lane *l, const uint32_t *k, int i)
{
	four_rounds(l, l->w[i], k + 4 * i);
	schedule(&l->w[i], l->w[(i + 1) & 3], l->w[(i + 2) & 3], l->w[(i + 3) & 3]);
}

/* Sixteen rounds of two lanes, by turns. */
INLINE void
steps_of_two(struct lane *l, struct lane *m, const uint32_t *k)
{
	step(l, k, 0);
	step(m, k, 0);
	step(l, k, 1);
	step(m, k, 1);
	step(l, k, 2);
	step(m, k, 2);
	step(l, k, 3);
	step(m, k, 3);
}

INLINE void
add(struct lane *l, const struct lane *before)
{
	l->abef = _mm_add_epi32(l->abef, before->abef);
	l->cdgh = _mm_add_epi32(l->cdgh, before->cdgh);
}

__attribute__((target("sha,sse4.1"))) void
hs_sha256_blocks(uint32_t s[8], const uint8_t *at, size_t n)
{
	struct lane l;

	begin();
	l = lane_of(s);
	for (; n > 0; n--, at += HS_SHA256_BLOCK) {
		const struct lane before = l;

		load_words(&l, at);
		for (const uint32_t *k = constants; k < constants + 48; k += 16) {
			step(&l, k, 0);
			step(&l, k, 1);
			step(&l, k, 2);
			step(&l, k, 3);
		}
		four_rounds(&l, l.w[0], constants + 48);
		four_rounds(&l, l.w[1], constants + 52);
		four_rounds(&l, l.w[2], constants + 56);
		four_rounds(&l, l.w[3], constants + 60);
		add(&l, &before);
	}
	store(s, &l);
}

__attribute__((target("sha,sse4.1"))) void
hs_sha256_blocks_of_two(uint32_t x[8], const uint8_t *p, uint32_t y[8], const uint8_t *q, size_t n)
{
	struct lane l, m;

	begin();
	l = lane_of(x);
	m = lane_of(y);
	for (; n > 0; n--, p += HS_SHA256_BLOCK, q += HS_SHA256_BLOCK) {
		const struct lane before_l = l, before_m = m;

		load_words(&l, p);
		load_words(&m, q);
		steps_of_two(&l, &m, constants);
		steps_of_two(&l, &m, constants + 16);
		steps_of_two(&l, &m, constants + 32);
		four_rounds(&l, l.w[0], constants + 48);
		four_rounds(&m, m.w[0], constants + 48);
		four_rounds(&l, l.w[1], constants + 52);
		four_rounds(&m, m.w[1], constants + 52);
		four_rounds(&l, l.w[2], constants + 56);
		four_rounds(&m, m.w[2], constants + 56);
		four_rounds(&l, l.w[3], constants + 60);
		four_rounds(&m, m.w[3], constants + 60);
		add(&l, &before_l);
		add(&m, &before_m);
	}
	store(x, &l);
	store(y, &m);
}

#else

bool
hs_sha256_has_lanes(void)
{
	return false;
}

void
hs_sha256_blocks(uint32_t s[8], const uint8_t *at, size_t n)
{
	(void)s;
	(void)at;
	(void)n;
}

void
hs_sha256_blocks_of_two(uint32_t x[8], const uint8_t *p, uint32_t y[8], const uint8_t *q, size_t n)
{
	(void)x;
	(void)p;
	(void)y;
	(void)q;
	(void)n;
}

#endif
