/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/signing_key.h"

#include "build_certificate.h"
#include "core/limits.h"
#include "unit.h"

static void
certify(struct hs_certificate *out, EVP_PKEY *key)
{
	struct hs_build der = { 0 };
	struct hs_err err;

	build_certificate_der(&der, &(struct build_certificate){ key, "x", 1, 2000000000, false });
	assert_int_equal(hs_certificate_of_der(out, hs_build_span(&der), &err), 0);
	hs_build_release(&der);
}

static void
keys_of_each_form_and_curve_sign(void **state)
{
	static const char *const groups[] = { "prime256v1", "secp384r1", "secp521r1" };

	(void)state;
	for (unsigned i = 0; i < 18; i++) {
		EVP_PKEY *const key = build_ec_key(groups[i % 3], "123456789abcdef");
		RELEASED struct hs_arena arena = { 0 };
		struct hs_build pem = { 0 };
		struct hs_certificate certificate;
		struct hs_cose_signer signer;
		struct hs_span message[2];
		struct hs_cose_sign1 read;
		struct hs_signing_key k;
		struct hs_err err;

		certify(&certificate, key);
		build_key_pem(&pem, key, i / 3 % 3);
		assert_int_equal(hs_signing_key_of_pem(&k, hs_build_span(&pem), &certificate, &err),
		                 0);
		k.deterministic = i >= 9;
		signer = hs_signing_key_signer(&k);
		for (size_t n = 0; n < 2; n++) {
			assert_int_equal(hs_cose_sign(&message[n], &arena, &signer,
			                              HS_SPAN("payload"), &err),
			                 0);
			assert_int_equal(hs_cose_read(&read, message[n], &err), 0);
			assert_int_equal(hs_cose_verify(&read, certificate.key, &err), 0);
		}
		assert_int_equal(hs_span_equal(message[0], message[1]), k.deterministic);
		hs_signing_key_release(&k);
		hs_certificate_release(&certificate);
		hs_build_release(&pem);
		EVP_PKEY_free(key);
	}
}

static void
refused(EVP_PKEY *of_file, EVP_PKEY *of_certificate, enum build_key_form form, const char *why)
{
	struct hs_certificate certificate;
	struct hs_build pem = { 0 };
	struct hs_signing_key k;
	struct hs_err err;

	certify(&certificate, of_certificate);
	build_key_pem(&pem, of_file, form);
	assert_int_equal(hs_signing_key_of_pem(&k, hs_build_span(&pem), &certificate, &err),
	                 HS_EUSAGE);
	assert_string_equal(err.text, why);
	assert_null(k.key);
	hs_build_release(&pem);
	hs_certificate_release(&certificate);
}

static void
other_keys_are_refused(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "5");
	EVP_PKEY *const other = build_ec_key("prime256v1", "6");
	EVP_PKEY *const curve = build_ec_key("secp384r1", "5");
	EVP_PKEY *const p224 = build_ec_key("secp224r1", "5");
	EVP_PKEY *const rsa = build_other_key("RSA");
	EVP_PKEY *const ed25519 = build_other_key("ED25519");

	(void)state;
	refused(other, key, BUILD_PKCS8, "the private key is not that of the certificate");
	refused(curve, key, BUILD_PKCS8, "the private key is not that of the certificate");
	refused(key, rsa, BUILD_PKCS8, "the private key is not that of the certificate");
	refused(key, key, BUILD_ENCRYPTED,
	        "the private key is encrypted: decrypt it first, or sign with a program");
	refused(p224, p224, BUILD_PKCS8,
	        "the private key is EC secp224r1, and only P-256, P-384 and P-521 sign here");
	refused(rsa, rsa, BUILD_PKCS8,
	        "the private key is RSA 2048, and only P-256, P-384 and P-521 sign here");
	refused(ed25519, ed25519, BUILD_PKCS8,
	        "the private key is ED25519, and only P-256, P-384 and P-521 sign here");
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	EVP_PKEY_free(curve);
	EVP_PKEY_free(p224);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
}

static void
what_is_no_key_is_refused(void **state)
{
	static const struct {
		const char *pem, *why;
	} rows[] = {
		{ "", "there is no private key in PEM that can be read" },
		{ "garbage\n", "there is no private key in PEM that can be read" },
		{ "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n",
		  "there is no private key in PEM that can be read" },
		{ "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
		  "there is a certificate where a private key should be" },
		{ "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
		  "DEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n\nAAAA\n"
		  "-----END EC PRIVATE KEY-----\n",
		  "the private key is encrypted: decrypt it first, or sign with a program" },
	};
	EVP_PKEY *const key = build_ec_key("prime256v1", "5");
	struct hs_certificate certificate;
	struct hs_build big = { 0 };
	struct hs_signing_key k;
	struct hs_err err;

	(void)state;
	certify(&certificate, key);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			hs_signing_key_of_pem(&k, hs_span_of(rows[i].pem), &certificate, &err),
			HS_EUSAGE);
		assert_string_equal(err.text, rows[i].why);
	}
	hs_build_fill(&big, '\n', HS_MAX_PEM + 1);
	assert_int_equal(hs_signing_key_of_pem(&k, hs_build_span(&big), &certificate, &err),
	                 HS_EUSAGE);
	assert_string_equal(err.text, "the private key's file has 1048577 bytes, more than 1048576 "
	                              "(HS_MAX_PEM)");
	hs_build_release(&big);
	hs_certificate_release(&certificate);
	EVP_PKEY_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_each_form_and_curve_sign),
		cmocka_unit_test(other_keys_are_refused),
		cmocka_unit_test(what_is_no_key_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
