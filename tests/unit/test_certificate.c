/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/certificate.h"

#include "build_certificate.h"
#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

enum { FROM = 1700000000, UNTIL = 1800000000 };

static void
the_first_certificate_of_a_pem_file_is_read(void **state)
{
	EVP_PKEY *const key = build_ec_key("secp384r1", "1234567");
	EVP_PKEY *const other = build_ec_key("prime256v1", "1234567");
	struct hs_build pem = { 0 }, der = { 0 };
	struct hs_certificate c, again;
	int64_t from, until;
	struct hs_err err;

	(void)state;
	hs_build_text(&pem, "subject=/CN=first\n");
	build_certificate_pem(&pem, &(struct build_certificate){ key, "first", FROM, UNTIL, 0 });
	for (int i = 0; i < 9; i++)
		build_certificate_pem(
			&pem, &(struct build_certificate){ other, "other", FROM, UNTIL, 0 });
	assert_int_equal(hs_certificate_of_pem(&c, hs_build_span(&pem), &err), 0);
	assert_int_equal(c.n_in_file, 10);
	assert_string_equal(hs_certificate_curve(&c), "P-384");
	assert_true(hs_certificate_dates(&c, &from, &until));
	assert_int_equal(from, FROM);
	assert_int_equal(until, UNTIL);
	hs_build_put(&der, c.der);
	assert_int_equal(hs_certificate_of_der(&again, hs_build_span(&der), &err), 0);
	assert_true(hs_span_equal(again.der, c.der));
	hs_build_text(&der, "x");
	hs_certificate_release(&again);
	assert_int_equal(hs_certificate_of_der(&again, hs_build_span(&der), &err), HS_EFORMAT);
	assert_string_equal(err.text, "1 bytes are behind the certificate");
	hs_certificate_release(&again);
	hs_certificate_release(&c);
	hs_build_release(&pem);
	hs_build_release(&der);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

static void
what_is_no_certificate_is_refused(void **state)
{
	static const struct {
		const char *pem, *why;
	} rows[] = {
		{ "", "there is no certificate in PEM" },
		{ "some text\n", "there is no certificate in PEM" },
		{ "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
		  "the first certificate cannot be read" },
		{ "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
		  "the first certificate cannot be read" },
		{ "-----BEGIN CERTIFICATE-----\n", "the first certificate cannot be read" },
		{ "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
		  "DEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n\nAAAA\n"
		  "-----END CERTIFICATE-----\n",
		  "the first certificate cannot be read" },
		{ "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
		  "there is no certificate in PEM" },
	};
	struct hs_build big = { 0 };
	struct hs_certificate c;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(hs_certificate_of_pem(&c, hs_span_of(rows[i].pem), &err),
		                 HS_EFORMAT);
		assert_string_equal(err.text, rows[i].why);
		hs_certificate_release(&c);
	}
	hs_build_fill(&big, '\n', HS_MAX_PEM + 1);
	assert_int_equal(hs_certificate_of_pem(&c, hs_build_span(&big), &err), HS_ELIMIT);
	assert_string_equal(err.text,
	                    "the PEM file has 1048577 bytes, more than 1048576 (HS_MAX_PEM)");
	hs_build_release(&big);
	assert_int_equal(hs_certificate_of_der(&c, HS_SPAN("0\x82"), &err), HS_EFORMAT);
	assert_string_equal(err.text, "the 2 bytes are no certificate in DER");
}

static void
every_truncation_in_der_is_refused(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "99");
	struct hs_build der = { 0 };
	struct hs_certificate c;
	struct hs_err err;

	(void)state;
	build_certificate_der(&der, &(struct build_certificate){ key, "x", FROM, UNTIL, true });
	for (size_t len = 0; len < der.len; len++) {
		const struct hs_span cut = exact_copy(hs_build_span(&der), len);

		assert_int_equal(hs_certificate_of_der(&c, cut, &err), HS_EFORMAT);
		hs_certificate_release(&c);
		free((void *)(uintptr_t)cut.at);
	}
	hs_build_release(&der);
	EVP_PKEY_free(key);
}

/* Each byte changed: read or not, it can be told of. */
static void
every_changed_byte_gives_an_answer(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "99");
	struct hs_build der = { 0 };

	(void)state;
	build_certificate_der(&der, &(struct build_certificate){ key, "x", FROM, UNTIL, true });
	for (size_t i = 0; i < der.len; i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		const uint8_t was = der.at[i];
		struct hs_certificate c;
		int64_t from, until;
		struct hs_err err;

		der.at[i] ^= 0x21;
		if (hs_certificate_of_der(&c, hs_build_span(&der), &err) == 0) {
			hs_certificate_say(&facts, &c);
			hs_certificate_dates(&c, &from, &until);
			assert_true(facts.n >= 10);
		}
		hs_certificate_release(&c);
		der.at[i] = was;
	}
	hs_build_release(&der);
	EVP_PKEY_free(key);
}

/* Without the digests, which differ from run to run, as the signature does. */
static const char *
told(struct hs_arena *arena, EVP_PKEY *key, bool extensions)
{
	struct hs_facts all = { .arena = arena }, facts = { .arena = arena };
	struct hs_build der = { 0 };
	struct hs_certificate c;
	struct hs_err err;

	build_certificate_der(&der, &(struct build_certificate){ key, "\xc3\xa9 x, Inc", FROM,
	                                                         UNTIL, extensions });
	assert_int_equal(hs_certificate_of_der(&c, hs_build_span(&der), &err), 0);
	hs_certificate_say(&all, &c);
	for (const struct hs_fact *f = all.first; f; f = f->next)
		if (!hs_span_starts(f->value, HS_SPAN("sha256:")))
			hs_say(&facts, f->field, f->value);
	hs_certificate_release(&c);
	hs_build_release(&der);
	assert_int_equal(all.n, facts.n + 3);
	return hs_facts_text(&facts);
}

static void
what_a_certificate_states_is_said(void **state)
{
	EVP_PKEY *const ec = build_ec_key("secp521r1", "1234567");
	EVP_PKEY *const rsa = build_other_key("RSA");
	EVP_PKEY *const ed25519 = build_other_key("ED25519");
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(told(&arena, ec, true),
	                    "subject: C=US, CN=\xc3\xa9 x\\\\, Inc\n"
	                    "issuer: C=US, CN=\xc3\xa9 x\\\\, Inc\n"
	                    "serial number: 0x1234\n"
	                    "not before: 2023-11-14T22:13:20Z\n"
	                    "not after: 2027-01-15T08:00:00Z\n"
	                    "key: EC P-521\n"
	                    "signature algorithm: ecdsa-with-SHA256\n"
	                    "version: 3\n"
	                    "X509v3 Key Usage (critical): Digital Signature, Certificate Sign\n"
	                    "X509v3 Subject Alternative Name: DNS:a.example, IP Address:192.0.2.1\n"
	                    "1.3.6.1.4.1.99999.7 (critical): 04026869\n");
	assert_non_null(strstr(told(&arena, rsa, false), "\nkey: RSA 2048\n"));
	assert_non_null(strstr(told(&arena, ed25519, false), "\nkey: ED25519\n"));
	EVP_PKEY_free(ec);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_certificate_of_a_pem_file_is_read),
		cmocka_unit_test(what_is_no_certificate_is_refused),
		cmocka_unit_test(every_truncation_in_der_is_refused),
		cmocka_unit_test(every_changed_byte_gives_an_answer),
		cmocka_unit_test(what_a_certificate_states_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
