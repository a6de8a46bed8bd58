/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_COSE_H
#define HS_ENCLAVE_COSE_H

#include "core/arena.h"
#include "core/err.h"

#include <openssl/evp.h>

/*
 * COSE_Sign1 (RFC 9052 section 4.2), as EIF signatures and attestation
 * documents have it: [ protected, unprotected, payload, signature ], with or
 * without tag 18, one ECDSA signature over
 * [ "Signature1", protected, h'', payload ].
 */
struct hs_cose_sign1 {
	bool tagged;
	struct hs_span protected_;  /* the bytes in the string, as they were signed */
	struct hs_span unprotected; /* the item */
	struct hs_span payload;     /* the bytes in the string */
	struct hs_span signature;   /* r and s, each as long as the curve's order */
	bool has_alg;
	int64_t alg; /* -7 ES256, -35 ES384, -36 ES512; or what else it says */
};

/* "ES256", "ES384", "ES512"; NULL for another. */
const char *hs_cose_alg_name(int64_t alg);

/* Takes apart one message; bytes behind it are HS_EFORMAT. Spans of `bytes`. */
int hs_cose_read(struct hs_cose_sign1 *out, struct hs_span bytes, struct hs_err *err);

/* What is hashed and signed. In the arena. */
struct hs_span hs_cose_to_be_signed(struct hs_arena *a, const struct hs_cose_sign1 *m);

/* 0, or HS_EFORMAT with the reason: the algorithm is not that of the key, the signature has the
 * wrong length, or it does not fit. */
int hs_cose_verify(const struct hs_cose_sign1 *m, EVP_PKEY *key, struct hs_err *err);

/*
 * Who signs: gets the digest of what is to be signed and gives an ECDSA
 * signature in DER, in the arena.
 */
struct hs_cose_signer {
	int (*sign)(void *ctx, struct hs_span *der, struct hs_arena *a, struct hs_span digest,
	            struct hs_err *err);
	void *ctx;
	EVP_PKEY *public_key; /* of the certificate: says which curve and algorithm */
};

/* The message over `payload`, untagged, as AWS's tools write it, checked with the public key before
 * it is given. In the arena. */
int hs_cose_sign(struct hs_span *out, struct hs_arena *a, const struct hs_cose_signer *signer,
                 struct hs_span payload, struct hs_err *err);

#endif
