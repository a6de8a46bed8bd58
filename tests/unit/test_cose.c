/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/cose.h"

#include "build_certificate.h"
#include "enclave/signing_key.h"
#include "unit.h"

#include <stdlib.h>

static int
read_hex(struct hs_cose_sign1 *out, struct hs_build *b, const char *hex, struct hs_err *err)
{
	build_hex(b, hex);
	return hs_cose_read(out, hs_build_span(b), err);
}

static void
messages_are_taken_apart(void **state)
{
	static const struct {
		const char *hex;
		bool tagged, has_alg;
		int64_t alg;
	} rows[] = {
		{ "8444a1013822a04141420102", false, true, -35 },
		{ "d28444a1013822a04141420102", true, true, -35 },
		{ "8443a10126a04141420102", false, true, -7 },
		{ "8440a04141420102", false, false, 0 },
		{ "8441a0a04141420102", false, false, 0 },
		{ "8443a10120a1044163"
		  "4141420102",
		  false, true, -1 },
		{ "8446a2617801"
		  "0126"
		  "a04141420102",
		  false, true, -7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_cose_sign1 m;
		struct hs_err err;

		assert_int_equal(read_hex(&m, &b, rows[i].hex, &err), 0);
		assert_int_equal(m.tagged, rows[i].tagged);
		assert_int_equal(m.has_alg, rows[i].has_alg);
		assert_int_equal(m.alg, rows[i].alg);
		assert_span(m.payload, "A");
		assert_span(m.signature, "\x01\x02");
		hs_build_release(&b);
	}
}

static void
what_is_no_message_is_refused(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "", "a CBOR item is missing at byte 0" },
		{ "00", "the message at byte 0 is a number where an array should be" },
		{ "9f40a04040ff", "the message at byte 0 does not state its length" },
		{ "d18440a04040", "the message has the tag 17, and COSE_Sign1 is tag 18" },
		{ "d8128440a04040",
		  "the head of the tag at byte 0 takes more bytes than it has to" },
		{ "d2d28440a04040", "the message at byte 1 is a tag where an array should be" },
		{ "980440a04040",
		  "the head of the message at byte 0 takes more bytes than it has to" },
		{ "8340a040", "the message has 3 elements, and COSE_Sign1 has 4" },
		{ "84a0a04040",
		  "the protected header at byte 1 is a map where a byte string should be" },
		{ "8440404040",
		  "the unprotected header at byte 2 is a byte string where a map should be" },
		{ "8440a0f640",
		  "the payload at byte 3 is a simple value where a byte string should "
		  "be" },
		{ "8440a0580040",
		  "the head of the payload at byte 3 takes more bytes than it has to" },
		{ "8440a05fff40", "the payload at byte 3 does not state its length" },
		{ "8440a04060", "the signature at byte 4 is a text where a byte string should be" },
		{ "8440a0404000", "1 bytes are behind the message" },
		{ "844180a04040",
		  "the protected header: its map at byte 0 is an array where a map should be" },
		{ "8445a201260126a04040", "the protected header: two algorithms are stated" },
		{ "8443a10140a04040", "the protected header: the algorithm is not a number" },
		{ "844ba1011bffffffffffffffffa04040",
		  "the protected header: the algorithm is not a number" },
		{ "8444a1028101a04040",
		  "the protected header: parameters are marked critical, and none is known" },
		{ "8443a14000a04040",
		  "the protected header: a label at byte 1 is neither a number nor a text" },
		{ "8443a17fff00a04040", NULL },
		{ "8442a000a04040", "the protected header: 1 bytes are behind its map" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_cose_sign1 m;
		struct hs_err err;

		assert_int_equal(read_hex(&m, &b, rows[i].hex, &err), HS_EFORMAT);
		if (rows[i].why)
			assert_string_equal(err.text, rows[i].why);
		hs_build_release(&b);
	}
}

static void
what_is_signed_is_the_structure_of_the_rfc(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, want = { 0 };
	struct hs_cose_sign1 m;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_hex(&m, &b, "d28444a1013822a04141420102", &err), 0);
	build_hex(&want, "846a5369676e61747572653144a1013822404141");
	assert_true(hs_span_equal(hs_cose_to_be_signed(&arena, &m), hs_build_span(&want)));
	hs_build_release(&b);
	hs_build_release(&want);
}

/* A signer that gives what it was told to give. */
struct canned {
	struct hs_span der;
	size_t digest;
};

static int
canned_sign(void *ctx, struct hs_span *der, struct hs_arena *a, struct hs_span digest,
            struct hs_err *err)
{
	struct canned *const canned = ctx;

	(void)a;
	(void)err;
	canned->digest = digest.len;
	*der = canned->der;
	return 0;
}

static void
a_signers_answer_is_checked(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "", "the signer gave no ECDSA signature in DER" },
		{ "68656c6c6f", "the signer gave no ECDSA signature in DER" },
		{ "300602010102010200", "the signer gave no ECDSA signature in DER" },
		{ "3006020101020102", "the signer's signature does not fit the certificate's key" },
		{ "30260221010000000000000000000000000000000000000000000000000000000000000000"
		  "020101",
		  "the signer's signature is too long for P-256" },
	};
	EVP_PKEY *const key = build_ec_key("prime256v1", "77");
	EVP_PKEY *const rsa = build_other_key("RSA");
	RELEASED struct hs_arena arena = { 0 };
	struct canned canned = { { NULL, 0 }, 0 };
	struct hs_cose_signer signer = { canned_sign, &canned, key };
	struct hs_span message;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };

		build_hex(&b, rows[i].hex);
		canned.der = hs_build_span(&b);
		assert_int_equal(hs_cose_sign(&message, &arena, &signer, HS_SPAN("x"), &err),
		                 HS_EUSAGE);
		assert_string_equal(err.text, rows[i].why);
		assert_int_equal(canned.digest, 32);
		hs_build_release(&b);
	}
	signer.public_key = rsa;
	assert_int_equal(hs_cose_sign(&message, &arena, &signer, HS_SPAN("x"), &err), HS_EUSAGE);
	assert_string_equal(err.text,
	                    "the certificate's key is RSA 2048, and only P-256, P-384 and "
	                    "P-521 sign here");
	EVP_PKEY_free(key);
	EVP_PKEY_free(rsa);
}

static void
a_message_holds_only_as_it_was_signed(void **state)
{
	EVP_PKEY *const key = build_ec_key("secp384r1", "77");
	EVP_PKEY *const other = build_ec_key("secp384r1", "78");
	EVP_PKEY *const curve = build_ec_key("prime256v1", "77");
	struct hs_signing_key k = { key, true };
	const struct hs_cose_signer signer = hs_signing_key_signer(&k);
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span message;
	struct hs_cose_sign1 m;
	struct hs_err err;
	uint8_t *at;

	(void)state;
	assert_int_equal(hs_cose_sign(&message, &arena, &signer, HS_SPAN("payload"), &err), 0);
	at = (uint8_t *)(uintptr_t)message.at;
	assert_int_equal(hs_cose_read(&m, message, &err), 0);
	assert_int_equal(hs_cose_verify(&m, key, &err), 0);
	assert_int_equal(hs_cose_verify(&m, other, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the signature was not made with the certificate's key over "
	                              "this payload");
	assert_int_equal(hs_cose_verify(&m, curve, &err), HS_EFORMAT);
	assert_string_equal(err.text,
	                    "the algorithm is -35 (ES384), and a key on P-256 signs with ES256");
	m.signature.len--;
	assert_int_equal(hs_cose_verify(&m, key, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the signature has 95 bytes, and one of ES384 has 96");
	m.has_alg = false;
	assert_int_equal(hs_cose_verify(&m, key, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the message does not state its algorithm");
	for (size_t i = 0; i < message.len; i++) {
		at[i] ^= 1;
		assert_true(hs_cose_read(&m, message, &err) < 0 ||
		            hs_cose_verify(&m, key, &err) < 0);
		at[i] ^= 1;
	}
	for (size_t len = 0; len < message.len; len++) {
		const struct hs_span cut = exact_copy(message, len);

		assert_int_equal(hs_cose_read(&m, cut, &err), HS_EFORMAT);
		free((void *)(uintptr_t)cut.at);
	}
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	EVP_PKEY_free(curve);
}

static void
algorithms_have_names(void **state)
{
	(void)state;
	assert_string_equal(hs_cose_alg_name(-7), "ES256");
	assert_string_equal(hs_cose_alg_name(-35), "ES384");
	assert_string_equal(hs_cose_alg_name(-36), "ES512");
	assert_null(hs_cose_alg_name(-37));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_taken_apart),
		cmocka_unit_test(what_is_no_message_is_refused),
		cmocka_unit_test(what_is_signed_is_the_structure_of_the_rfc),
		cmocka_unit_test(a_signers_answer_is_checked),
		cmocka_unit_test(a_message_holds_only_as_it_was_signed),
		cmocka_unit_test(algorithms_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
