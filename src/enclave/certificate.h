/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_CERTIFICATE_H
#define HS_ENCLAVE_CERTIFICATE_H

#include "core/err.h"
#include "core/facts.h"

#include <openssl/x509.h>

/* X.509 certificates, which OpenSSL reads; this is what the rest of the program asks of them. */
struct hs_certificate {
	X509 *x509;
	EVP_PKEY *key; /* its public key; the certificate's. NULL for a kind that is not known */
	struct hs_span der; /* as signed; OpenSSL's memory, let go by hs_certificate_release() */
	size_t n_in_file;   /* certificates that the PEM file holds; this is the first */
};

/* The first certificate of a PEM file, whatever text is around it. HS_EFORMAT where there is none.
 */
int hs_certificate_of_pem(struct hs_certificate *out, struct hs_span pem, struct hs_err *err);
int hs_certificate_of_der(struct hs_certificate *out, struct hs_span der, struct hs_err *err);
void hs_certificate_release(struct hs_certificate *c);

/* "P-256", "P-384", "P-521" (an ECDSA signature of AWS's tools needs one of these); else NULL. */
const char *hs_certificate_curve(const struct hs_certificate *c);

/* When it is valid, in seconds since 1970. False for a date that makes no sense. */
bool hs_certificate_dates(const struct hs_certificate *c, int64_t *from, int64_t *until);

/* Says subject, issuer, serial number, validity, key, signature algorithm, extensions, SHA-256. */
void hs_certificate_say(struct hs_facts *out, const struct hs_certificate *c);

#endif
