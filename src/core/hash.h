/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_HASH_H
#define HS_CORE_HASH_H

#include "core/span.h"

/*
 * Two kinds of digest. SHA-256 (by the processor's SHA instructions, else by
 * OpenSSL) is what a report may show. XXH3-128 answers only "same or
 * not" inside one run, and never leaves it.
 */
enum { HS_SHA256_SIZE = 32, HS_SHA256_HEX = 2 * HS_SHA256_SIZE + 1 };

struct hs_sha256 {
	uint8_t bytes[HS_SHA256_SIZE];
};

struct hs_xxh128 {
	uint64_t low, high;
};

struct hs_sha256 hs_sha256(struct hs_span s);
struct hs_xxh128 hs_xxh128(struct hs_span s);
uint64_t hs_xxh64(struct hs_span s);

/* Lower-case hex and a NUL into out[HS_SHA256_HEX]; returns `out`. */
char *hs_sha256_hex(char *out, const struct hs_sha256 *digest);

/* SHA-512, for inputs that name their parts by it. */
enum { HS_SHA512_SIZE = 64, HS_SHA512_HEX = 2 * HS_SHA512_SIZE + 1 };

struct hs_sha512 {
	uint8_t bytes[HS_SHA512_SIZE];
};

struct hs_sha512 hs_sha512(struct hs_span s);

/* Lower-case hex and a NUL into out[HS_SHA512_HEX]; returns `out`. */
char *hs_sha512_hex(char *out, const struct hs_sha512 *digest);

/* SHA-384, which measures enclaves. */
enum { HS_SHA384_SIZE = 48, HS_SHA384_HEX = 2 * HS_SHA384_SIZE + 1 };

struct hs_sha384 {
	uint8_t bytes[HS_SHA384_SIZE];
};

/* Of `n` spans one behind the other. */
struct hs_sha384 hs_sha384_of(const struct hs_span *list, size_t n);

/* Lower-case hex and a NUL into out[HS_SHA384_HEX]; returns `out`. */
char *hs_sha384_hex(char *out, const struct hs_sha384 *digest);

/* A digest of what comes in pieces. All zero is not ready: init, update..., final. */
struct hs_sha256_stream {
	void *evp; /* NULL where this program does the rounds itself: core/sha256_lanes.h */
	uint64_t len;
	uint32_t state[8];
	uint8_t part[64]; /* of a block: len % 64 bytes */
};

void hs_sha256_init(struct hs_sha256_stream *s);
void hs_sha256_update(struct hs_sha256_stream *s, struct hs_span bytes);

/* Updates two streams side by side, where the processor can in little more time than one. */
void hs_sha256_update_two(struct hs_sha256_stream *x, struct hs_span of_x,
                          struct hs_sha256_stream *y, struct hs_span of_y);

/* Gives the digest and lets go of what init took. Also the way out when giving up (out may be
 * NULL). */
void hs_sha256_final(struct hs_sha256_stream *s, struct hs_sha256 *out);

#endif
