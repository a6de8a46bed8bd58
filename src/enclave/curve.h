/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_CURVE_H
#define HS_ENCLAVE_CURVE_H

#include "core/span.h"

#include <openssl/evp.h>

/* The curves that COSE has an ECDSA algorithm for (RFC 9053 section 2.1), each with the hash that
 * goes with it. */
struct hs_curve {
	const char *name;  /* "P-256" */
	const char *group; /* as OpenSSL calls it */
	const char *alg;   /* "ES256" */
	const char *hash;  /* "SHA256" */
	int64_t cose;      /* -7 */
	size_t order;      /* bytes of r, of s, and of a private key */
};

/* That of a key; NULL for NULL and for a key that is not on one of them by name (with the
 * parameters of one spelt out it is not). */
const struct hs_curve *hs_curve_of_key(const EVP_PKEY *key);

/* That which the algorithm of a COSE message asks for, or NULL. */
const struct hs_curve *hs_curve_of_cose(int64_t alg);

/* "EC P-384", "EC secp224r1", "RSA 2048", "ED25519", "of an unknown kind" (NULL): what kind of key,
 * into `out`. */
enum { HS_KEY_KIND = 80 };
const char *hs_key_kind(char out[HS_KEY_KIND], const EVP_PKEY *key);

/* The digest of `bytes` by the curve's hash into `out`; its length. */
size_t hs_curve_digest(uint8_t out[EVP_MAX_MD_SIZE], const struct hs_curve *curve,
                       struct hs_span bytes);

#endif
