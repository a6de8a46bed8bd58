/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/signing_key.h"

#include "core/limits.h"
#include "core/pem.h"
#include "enclave/curve.h"
#include "enclave/rfc6979.h"

#include <inttypes.h>
#include <openssl/err.h>
#include <openssl/pem.h>

/* OpenSSL asks for a password: the key is encrypted, and it gets none. */
static int
note_password(char *buf, int size, int rwflag, void *ctx)
{
	bool *const asked = ctx;

	(void)buf;
	(void)size;
	(void)rwflag;
	*asked = true;
	return -1;
}

/* Whether there is a block that holds a certificate, for who has mixed up the files. */
static bool
has_certificate(struct hs_span pem)
{
	struct hs_pem_block b;

	while (hs_pem_next(&b, &pem))
		if (hs_pem_is_certificate(b.label))
			return true;
	return false;
}

static int
read_key(EVP_PKEY **out, struct hs_span pem, struct hs_err *err)
{
	bool asked = false;
	BIO *bio;

	if (pem.len > HS_MAX_PEM)
		return hs_fail(err, HS_EUSAGE,
		               "the private key's file has %zu bytes, more than %" PRIu64
		               " (HS_MAX_PEM)",
		               pem.len, HS_MAX_PEM);
	bio = BIO_new_mem_buf(pem.at ? (const void *)pem.at : "", (int)pem.len);
	if (!bio)
		hs_die_out_of_memory();
	*out = PEM_read_bio_PrivateKey(bio, NULL, note_password, &asked);
	BIO_free(bio);
	if (*out)
		return 0;
	ERR_clear_error();
	if (asked)
		return hs_fail(err, HS_EUSAGE,
		               "the private key is encrypted: decrypt it first, or sign with a "
		               "program");
	if (has_certificate(pem))
		return hs_fail(err, HS_EUSAGE,
		               "there is a certificate where a private key should "
		               "be");
	return hs_fail(err, HS_EUSAGE, "there is no private key in PEM that can be read");
}

int
hs_signing_key_of_pem(struct hs_signing_key *out, struct hs_span pem,
                      const struct hs_certificate *certificate, struct hs_err *err)
{
	char kind[HS_KEY_KIND];
	int rc;

	*out = (struct hs_signing_key){ 0 };
	rc = read_key(&out->key, pem, err);
	if (rc < 0)
		return rc;
	if (!hs_curve_of_key(out->key))
		rc = hs_fail(err, HS_EUSAGE,
		             "the private key is %s, and only P-256, P-384 and P-521 sign here",
		             hs_key_kind(kind, out->key));
	else if (!certificate->key || EVP_PKEY_eq(out->key, certificate->key) != 1)
		rc = hs_fail(err, HS_EUSAGE, "the private key is not that of the certificate");
	if (rc < 0)
		hs_signing_key_release(out);
	return rc;
}

void
hs_signing_key_release(struct hs_signing_key *k)
{
	EVP_PKEY_free(k->key);
	k->key = NULL;
}

/* ECDSA with a k that OpenSSL draws. */
static bool
sign_at_random(struct hs_span *der, struct hs_arena *a, EVP_PKEY *key, const struct hs_curve *curve,
               struct hs_span digest)
{
	EVP_PKEY_CTX *const ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	size_t len = (size_t)EVP_PKEY_get_size(key);
	uint8_t *const at = hs_arena_alloc(a, len);
	bool good;

	if (!ctx)
		hs_die_out_of_memory();
	good = EVP_PKEY_sign_init(ctx) == 1 &&
	       EVP_PKEY_CTX_set_signature_md(ctx, EVP_get_digestbyname(curve->hash)) == 1 &&
	       EVP_PKEY_sign(ctx, at, &len, digest.at, digest.len) == 1;
	EVP_PKEY_CTX_free(ctx);
	*der = (struct hs_span){ at, len };
	return good;
}

static int
key_sign(void *ctx, struct hs_span *der, struct hs_arena *a, struct hs_span digest,
         struct hs_err *err)
{
	const struct hs_signing_key *const k = ctx;
	const struct hs_curve *const curve = hs_curve_of_key(k->key);

	if (k->deterministic)
		return hs_rfc6979_sign(der, a, &(struct hs_rfc6979){ k->key, curve->hash }, digest,
		                       err);
	if (sign_at_random(der, a, k->key, curve, digest))
		return 0;
	ERR_clear_error();
	return hs_fail(err, HS_EUSAGE, "OpenSSL could not sign with the private key");
}

struct hs_cose_signer
hs_signing_key_signer(struct hs_signing_key *k)
{
	return (struct hs_cose_signer){ key_sign, k, k->key };
}
