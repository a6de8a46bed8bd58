/* SPDX-License-Identifier: Apache-2.0 */
#include "build_certificate.h"

#include "unit.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

/* The point of a private key, uncompressed; OPENSSL_free() it. */
static size_t
public_point(uint8_t **out, const char *name, const BIGNUM *x)
{
	EC_GROUP *const group = EC_GROUP_new_by_curve_name(OBJ_sn2nid(name));
	EC_POINT *const point = EC_POINT_new(group);
	size_t len;

	assert_int_equal(EC_POINT_mul(group, point, x, NULL, NULL, NULL), 1);
	len = EC_POINT_point2buf(group, point, POINT_CONVERSION_UNCOMPRESSED, out, NULL);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	return len;
}

EVP_PKEY *
build_ec_key(const char *group, const char *hex)
{
	EVP_PKEY_CTX *const ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM_BLD *const params = OSSL_PARAM_BLD_new();
	EVP_PKEY *key = NULL;
	BIGNUM *x = NULL;
	OSSL_PARAM *list;
	uint8_t *point;
	size_t len;

	assert_int_not_equal(BN_hex2bn(&x, hex), 0);
	len = public_point(&point, group, x);
	OSSL_PARAM_BLD_push_utf8_string(params, OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	OSSL_PARAM_BLD_push_BN(params, OSSL_PKEY_PARAM_PRIV_KEY, x);
	OSSL_PARAM_BLD_push_octet_string(params, OSSL_PKEY_PARAM_PUB_KEY, point, len);
	list = OSSL_PARAM_BLD_to_param(params);
	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, list), 1);
	OSSL_PARAM_free(list);
	OSSL_PARAM_BLD_free(params);
	EVP_PKEY_CTX_free(ctx);
	OPENSSL_free(point);
	BN_free(x);
	return key;
}

EVP_PKEY *
build_other_key(const char *type)
{
	EVP_PKEY *const key = strcmp(type, "RSA") == 0
	                              ? EVP_PKEY_Q_keygen(NULL, NULL, type, (size_t)2048)
	                              : EVP_PKEY_Q_keygen(NULL, NULL, type);

	assert_non_null(key);
	return key;
}

static void
add_extension(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *const ext = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(ext);
	assert_int_equal(X509_add_ext(x, ext, -1), 1);
	X509_EXTENSION_free(ext);
}

static void
add_unknown_extension(X509 *x)
{
	ASN1_OBJECT *const oid = OBJ_txt2obj("1.3.6.1.4.1.99999.7", 1);
	ASN1_OCTET_STRING *const data = ASN1_OCTET_STRING_new();
	X509_EXTENSION *ext;

	assert_int_equal(ASN1_OCTET_STRING_set(data, (const uint8_t *)"\x04\x02hi", 4), 1);
	ext = X509_EXTENSION_create_by_OBJ(NULL, oid, 1, data);
	assert_int_equal(X509_add_ext(x, ext, -1), 1);
	X509_EXTENSION_free(ext);
	ASN1_OCTET_STRING_free(data);
	ASN1_OBJECT_free(oid);
}

static X509 *
make(const struct build_certificate *c)
{
	const bool by_hash = EVP_PKEY_is_a(c->key, "EC") || EVP_PKEY_is_a(c->key, "RSA");
	X509 *const x = X509_new();
	X509_NAME *const name = X509_get_subject_name(x);

	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 0x1234);
	X509_NAME_add_entry_by_txt(name, "C", MBSTRING_ASC, (const uint8_t *)"US", -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const uint8_t *)c->name, -1, -1, 0);
	X509_set_issuer_name(x, name);
	ASN1_TIME_set(X509_getm_notBefore(x), c->from);
	ASN1_TIME_set(X509_getm_notAfter(x), c->until);
	X509_set_pubkey(x, c->key);
	if (c->extensions) {
		add_extension(x, NID_key_usage, "critical,digitalSignature,keyCertSign");
		add_extension(x, NID_subject_alt_name, "DNS:a.example,IP:192.0.2.1");
		add_unknown_extension(x);
	}
	assert_int_not_equal(X509_sign(x, c->key, by_hash ? EVP_sha256() : NULL), 0);
	return x;
}

/* What was written to memory, which is let go. */
static void
put(struct hs_build *out, BIO *bio)
{
	char *at;
	const long len = BIO_get_mem_data(bio, &at);

	hs_build_put(out, (struct hs_span){ (const uint8_t *)at, (size_t)len });
	BIO_free(bio);
}

void
build_certificate_pem(struct hs_build *out, const struct build_certificate *c)
{
	BIO *const bio = BIO_new(BIO_s_mem());
	X509 *const x = make(c);

	assert_int_equal(PEM_write_bio_X509(bio, x), 1);
	put(out, bio);
	X509_free(x);
}

void
build_certificate_der(struct hs_build *out, const struct build_certificate *c)
{
	BIO *const bio = BIO_new(BIO_s_mem());
	X509 *const x = make(c);

	assert_int_equal(i2d_X509_bio(bio, x), 1);
	put(out, bio);
	X509_free(x);
}

void
build_key_pem(struct hs_build *out, EVP_PKEY *key, enum build_key_form form)
{
	BIO *const bio = BIO_new(BIO_s_mem());

	if (form == BUILD_SEC1_PARAMETERS)
		assert_int_equal(PEM_write_bio_Parameters(bio, key), 1);
	if (form == BUILD_PKCS8)
		assert_int_equal(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL), 1);
	else if (form == BUILD_ENCRYPTED)
		assert_int_equal(PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(),
		                                          (const uint8_t *)"secret", 6, NULL, NULL),
		                 1);
	else
		assert_int_equal(
			PEM_write_bio_PrivateKey_traditional(bio, key, NULL, NULL, 0, NULL, NULL),
			1);
	put(out, bio);
}

void
build_hex(struct hs_build *out, const char *hex)
{
	for (; hex[0] && hex[1]; hex += 2) {
		const char digits[] = { hex[0], hex[1], '\0' };

		hs_build_be(out, strtoul(digits, NULL, 16), 1);
	}
}
