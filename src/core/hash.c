/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hash.h"

#include "core/arena.h"

#include <openssl/evp.h>
#include <xxhash.h>

void
hs_sha256_init(struct hs_sha256_stream *s)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
		hs_die_out_of_memory();
	s->evp = ctx;
}

void
hs_sha256_update(struct hs_sha256_stream *s, struct hs_span bytes)
{
	if (bytes.len && EVP_DigestUpdate(s->evp, bytes.at, bytes.len) != 1)
		hs_die_out_of_memory();
}

void
hs_sha256_final(struct hs_sha256_stream *s, struct hs_sha256 *out)
{
	struct hs_sha256 dropped;

	if (EVP_DigestFinal_ex(s->evp, out ? out->bytes : dropped.bytes, NULL) != 1)
		hs_die_out_of_memory();
	EVP_MD_CTX_free(s->evp);
	s->evp = NULL;
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
