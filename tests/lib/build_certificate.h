/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_CERTIFICATE_H
#define BUILD_CERTIFICATE_H

#include "build_bytes.h"

#include <openssl/evp.h>

/* Keys and self-signed certificates for tests. What is made is the caller's: EVP_PKEY_free(). */

/* The key on that curve (OpenSSL's name) whose private number is `hex`. */
EVP_PKEY *build_ec_key(const char *group, const char *hex);

/* A new key: "RSA", "ED25519". */
EVP_PKEY *build_other_key(const char *type);

struct build_certificate {
	EVP_PKEY *key;
	const char *name; /* CN */
	int64_t from, until;
	bool extensions; /* key usage, alternative names and one that nobody knows */
};

/* Adds it in PEM, or in DER. */
void build_certificate_pem(struct hs_build *out, const struct build_certificate *c);
void build_certificate_der(struct hs_build *out, const struct build_certificate *c);

/* Adds a private key in PEM. */
enum build_key_form { BUILD_PKCS8, BUILD_SEC1, BUILD_SEC1_PARAMETERS, BUILD_ENCRYPTED };
void build_key_pem(struct hs_build *out, EVP_PKEY *key, enum build_key_form form);

/* Adds what hex digits say. */
void build_hex(struct hs_build *out, const char *hex);

#endif
