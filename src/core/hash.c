/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hash.h"

#include "core/arena.h"
#include "core/sha256_lanes.h"

#include <openssl/evp.h>
#include <xxhash.h>

void
hs_sha256_init(struct hs_sha256_stream *s)
{
	static const struct hs_sha256_stream fresh = {
		.state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
		           0x1f83d9ab, 0x5be0cd19 },
	};
	EVP_MD_CTX *ctx;

	*s = fresh;
	if (hs_sha256_has_lanes())
		return;
	ctx = EVP_MD_CTX_new();
	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
		hs_die_out_of_memory();
	s->evp = ctx;
}

/* Fills the block that was begun; the rest of the bytes. */
static struct hs_span
fill_part(struct hs_sha256_stream *s, struct hs_span bytes)
{
	const size_t filled = s->len % HS_SHA256_BLOCK;
	const struct hs_span head = hs_span_head(bytes, HS_SHA256_BLOCK - filled);

	if (filled == 0 || bytes.len == 0)
		return bytes;
	memcpy(s->part + filled, head.at, head.len);
	s->len += head.len;
	if (s->len % HS_SHA256_BLOCK == 0)
		hs_sha256_blocks(s->state, s->part, 1);
	return hs_span_from(bytes, head.len);
}

static void
update_lane(struct hs_sha256_stream *s, struct hs_span bytes)
{
	size_t n;

	bytes = fill_part(s, bytes);
	n = bytes.len / HS_SHA256_BLOCK;
	if (bytes.len == 0)
		return;
	hs_sha256_blocks(s->state, bytes.at, n);
	s->len += bytes.len;
	bytes = hs_span_from(bytes, n * HS_SHA256_BLOCK);
	if (bytes.len)
		memcpy(s->part, bytes.at, bytes.len);
}

void
hs_sha256_update(struct hs_sha256_stream *s, struct hs_span bytes)
{
	if (!s->evp)
		update_lane(s, bytes);
	else if (bytes.len && EVP_DigestUpdate(s->evp, bytes.at, bytes.len) != 1)
		hs_die_out_of_memory();
}

void
hs_sha256_update_two(struct hs_sha256_stream *x, struct hs_span of_x, struct hs_sha256_stream *y,
                     struct hs_span of_y)
{
	size_t n;

	if (!x->evp && !y->evp) {
		of_x = fill_part(x, of_x);
		of_y = fill_part(y, of_y);
		n = (of_x.len < of_y.len ? of_x.len : of_y.len) / HS_SHA256_BLOCK;
		if (n)
			hs_sha256_blocks_of_two(x->state, of_x.at, y->state, of_y.at, n);
		n *= HS_SHA256_BLOCK;
		x->len += n;
		y->len += n;
		of_x = hs_span_from(of_x, n);
		of_y = hs_span_from(of_y, n);
	}
	hs_sha256_update(x, of_x);
	hs_sha256_update(y, of_y);
}

static void
put_be(uint8_t *at, uint64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		at[i] = (uint8_t)(value >> 8 * (n - 1 - i));
}

/* A one bit, zeros, and the number of bits (FIPS 180-4, 5.1.1). */
static void
pad(struct hs_sha256_stream *s)
{
	uint8_t end[2 * HS_SHA256_BLOCK] = { 0x80 };
	const size_t filled = s->len % HS_SHA256_BLOCK;
	const size_t blocks = filled < HS_SHA256_BLOCK - 8 ? 1 : 2;
	const size_t n = blocks * HS_SHA256_BLOCK - filled;

	put_be(end + n - 8, s->len * 8, 8);
	update_lane(s, (struct hs_span){ end, n });
}

void
hs_sha256_final(struct hs_sha256_stream *s, struct hs_sha256 *out)
{
	struct hs_sha256 dropped;

	if (!out)
		out = &dropped;
	if (s->evp) {
		if (EVP_DigestFinal_ex(s->evp, out->bytes, NULL) != 1)
			hs_die_out_of_memory();
		EVP_MD_CTX_free(s->evp);
		s->evp = NULL;
		return;
	}
	pad(s);
	for (size_t i = 0; i < 8; i++)
		put_be(out->bytes + 4 * i, s->state[i], 4);
}

struct hs_sha256
hs_sha256(struct hs_span bytes)
{
	struct hs_sha256_stream s;
	struct hs_sha256 out;

	hs_sha256_init(&s);
	hs_sha256_update(&s, bytes);
	hs_sha256_final(&s, &out);
	return out;
}

struct hs_xxh128
hs_xxh128(struct hs_span s)
{
	const XXH128_hash_t h = XXH3_128bits(s.at, s.len);

	return (struct hs_xxh128){ h.low64, h.high64 };
}

uint64_t
hs_xxh64(struct hs_span s)
{
	return XXH3_64bits(s.at, s.len);
}

struct hs_sha512
hs_sha512(struct hs_span s)
{
	struct hs_sha512 out;

	if (EVP_Digest(s.len ? s.at : (const void *)"", s.len, out.bytes, NULL, EVP_sha512(),
	               NULL) != 1)
		hs_die_out_of_memory();
	return out;
}

struct hs_sha384
hs_sha384_of(const struct hs_span *list, size_t n)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx && EVP_DigestInit_ex(ctx, EVP_sha384(), NULL) == 1;
	struct hs_sha384 out;

	for (size_t i = 0; good && i < n; i++)
		if (list[i].len)
			good = EVP_DigestUpdate(ctx, list[i].at, list[i].len) == 1;
	if (!good || EVP_DigestFinal_ex(ctx, out.bytes, NULL) != 1)
		hs_die_out_of_memory();
	EVP_MD_CTX_free(ctx);
	return out;
}

static char *
hex_of(char *out, const uint8_t *bytes, size_t n)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex[bytes[i] >> 4];
		out[2 * i + 1] = hex[bytes[i] & 15];
	}
	out[2 * n] = 0;
	return out;
}

char *
hs_sha256_hex(char *out, const struct hs_sha256 *digest)
{
	return hex_of(out, digest->bytes, sizeof(digest->bytes));
}

char *
hs_sha512_hex(char *out, const struct hs_sha512 *digest)
{
	return hex_of(out, digest->bytes, sizeof(digest->bytes));
}

char *
hs_sha384_hex(char *out, const struct hs_sha384 *digest)
{
	return hex_of(out, digest->bytes, HS_SHA384_SIZE);
}
