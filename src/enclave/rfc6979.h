/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_RFC6979_H
#define HS_ENCLAVE_RFC6979_H

#include "core/arena.h"
#include "core/err.h"

#include <openssl/evp.h>

/*
 * ECDSA whose k is derived from key and digest instead of drawn (RFC 6979
 * section 3.2): twice the same signature. OpenSSL has it from 3.2 on, and this
 * program has to do with 3.0.
 *
 * The signature is in DER, in the arena; secrets are cleared.
 */
struct hs_rfc6979 {
	EVP_PKEY *key;
	const char *hash; /* that gave the digest, and of the HMAC: "SHA256" */
};

int hs_rfc6979_sign(struct hs_span *der, struct hs_arena *a, const struct hs_rfc6979 *with,
                    struct hs_span digest, struct hs_err *err);

#endif
