/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SIGNING_KEY_H
#define HS_ENCLAVE_SIGNING_KEY_H

#include "enclave/cose.h"
#include "enclave/certificate.h"

/*
 * A private key in PEM (SEC1, with or without EC PARAMETERS, or PKCS#8; not
 * encrypted), on one of the three curves. HS_EUSAGE for what is no such key,
 * and where it is not that of the certificate.
 */
struct hs_signing_key {
	EVP_PKEY *key;
	bool deterministic; /* RFC 6979: twice the same signature */
};

int hs_signing_key_of_pem(struct hs_signing_key *out, struct hs_span pem,
                          const struct hs_certificate *certificate, struct hs_err *err);
void hs_signing_key_release(struct hs_signing_key *k);

/* As a signer; `k` must outlive it. */
struct hs_cose_signer hs_signing_key_signer(struct hs_signing_key *k);

#endif
