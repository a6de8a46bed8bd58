/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/signature.h"

#include "build_certificate.h"
#include "core/cbor.h"
#include "core/limits.h"
#include "enclave/signing_key.h"
#include "shared.h"
#include "unit.h"

#include <stdlib.h>

/* A PCR0 of 00, 01, ... 2f. */
static struct hs_pcr
counted(void)
{
	struct hs_pcr pcr = { .size = 48 };

	for (uint8_t i = 0; i < 48; i++)
		pcr.bytes[i] = i;
	return pcr;
}

/* A section over counted() with that key's certificate. */
static struct hs_span
make(struct hs_arena *arena, EVP_PKEY *key)
{
	const struct hs_pcr pcr0 = counted();
	struct hs_signing_key k = { key, true };
	struct hs_signature_by by = { .signer = hs_signing_key_signer(&k) };
	struct hs_build pem = { 0 };
	struct hs_span section;
	struct hs_err err;

	build_certificate_pem(&pem, &(struct build_certificate){ key, "x", 1, 2000000000, false });
	by.pem = hs_build_span(&pem);
	assert_int_equal(hs_signature_make(&section, arena, &by, &pcr0, &err), 0);
	hs_build_release(&pem);
	return section;
}

/* The vector that AWS's image-format publishes: the layout of the section, byte for byte. */
static void
the_published_section_is_read(void **state)
{
	static const char hex[] =
		"81a2737369676e696e675f6365727469666963617465983b182d182d182d182d182d184218451847"
		"1849184e182018431845185218541849184618491843184118541845182d182d182d182d182d0a18"
		"4d1849184918420a182d182d182d182d182d1845184e184418201843184518521854184918461849"
		"1843184118541845182d182d182d182d182d0a697369676e61747572658a18d21884184418a10118"
		"3818"
		"2218a018401840";
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_signature s;
	struct hs_err err;

	(void)state;
	build_hex(&b, hex);
	assert_int_equal(hs_signature_read(&s, &arena, hs_build_span(&b), &err), HS_EFORMAT);
	assert_string_equal(err.text, "the first certificate cannot be read");
	assert_span(s.pem, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
	assert_int_equal(s.n_signatures, 1);
	assert_true(s.message.tagged);
	assert_int_equal(s.message.alg, -35);
	assert_true(s.has_message);
	assert_false(s.has_payload);
	hs_signature_release(&s);
	hs_build_release(&b);
}

static void
a_section_is_made_as_awss_tools_make_it(void **state)
{
	static const struct {
		const char *group, *head;
	} rows[] = {
		{ "prime256v1", "8443a10126a0586a" },
		{ "secp384r1", "8444a1013822a0586a" },
		{ "secp521r1", "8444a1013823a0586a" },
	};
	static const char payload[] =
		"a26e72656769737465725f696e646578006e72656769737465725f76616c75659830000102030405"
		"060708090a0b0c0d0e0f101112131415161718181819181a181b181c181d181e181f182018211822"
		"1823182418251826182718281829182a182b182c182d182e182f";
	const struct hs_pcr pcr0 = counted();
	struct hs_build want = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		EVP_PKEY *const key = build_ec_key(rows[i].group, "abcdef");
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span section = make(&arena, key);
		struct hs_signature_verdict verdict;
		struct hs_signature s;
		struct hs_err err;

		assert_int_equal(hs_signature_read(&s, &arena, section, &err), 0);
		want.len = 0;
		build_hex(&want, payload);
		assert_int_equal(want.len, s.message.payload.len);
		assert_true(hs_span_equal(s.message.payload, hs_build_span(&want)));
		want.len = 0;
		build_hex(&want, rows[i].head);
		assert_true(hs_span_starts(s.cose, hs_build_span(&want)));
		assert_true(s.as_written && s.has_message && s.has_payload);
		assert_int_equal(s.register_index, 0);
		assert_memory_equal(s.register_value.bytes, pcr0.bytes, 48);
		hs_signature_verify(&verdict, &s, &pcr0);
		assert_true(verdict.genuine && verdict.covers);
		hs_signature_release(&s);
		EVP_PKEY_free(key);
	}
	hs_build_release(&want);
}

static void
another_image_and_another_key_are_told_apart(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "abcdef");
	EVP_PKEY *const other = build_ec_key("prime256v1", "abcdee");
	RELEASED struct hs_arena arena = { 0 };
	struct hs_signature s, t;
	struct hs_signature_verdict verdict;
	struct hs_pcr pcr0 = counted();
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_signature_read(&s, &arena, make(&arena, key), &err), 0);
	assert_int_equal(hs_signature_read(&t, &arena, make(&arena, other), &err), 0);
	pcr0.bytes[47]++;
	hs_signature_verify(&verdict, &s, &pcr0);
	assert_true(verdict.genuine);
	assert_false(verdict.covers);
	pcr0 = counted();
	s.message = t.message;
	hs_signature_verify(&verdict, &s, &pcr0);
	assert_false(verdict.genuine);
	assert_true(verdict.covers);
	assert_string_equal(verdict.why.text,
	                    "the signature was not made with the certificate's key over this "
	                    "payload");
	hs_certificate_release(&s.certificate);
	hs_signature_verify(&verdict, &s, &pcr0);
	assert_string_equal(verdict.why.text, "the certificate cannot be read");
	s.has_message = false;
	t.has_message = false;
	hs_signature_verify(&verdict, &t, &pcr0);
	assert_string_equal(verdict.why.text, "the message cannot be read");
	assert_false(verdict.covers);
	hs_signature_release(&s);
	hs_signature_release(&t);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

/* What AWS's writer never writes: its reader takes some of it, and so do we, but say so. */
static void
other_spellings_are_read_and_noted(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "abcdef");
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span section = make(&arena, key);
	struct hs_signature s, t;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_signature_read(&s, &arena, section, &err), 0);
	for (int form = 0; form < 3; form++) {
		struct hs_cbor_writer w = { .arena = &arena };

		hs_cbor_head(&w, HS_CBOR_ARRAY, form == 0 ? 2 : 1);
		hs_cbor_head(&w, HS_CBOR_MAP, form == 1 ? 3 : 2);
		hs_cbor_text(&w, form == 2 ? "signature" : "signing_certificate");
		hs_cbor_byte_array(&w, form == 2 ? s.cose : s.pem);
		hs_cbor_text(&w, form == 2 ? "signing_certificate" : "signature");
		hs_cbor_byte_array(&w, form == 2 ? s.pem : s.cose);
		if (form == 1) {
			hs_cbor_text(&w, "more");
			hs_cbor_raw(&w, HS_SPAN("\x9f\x01\xff"));
		}
		if (form == 0)
			hs_cbor_head(&w, HS_CBOR_UINT, 7);
		assert_int_equal(hs_signature_read(&t, &arena, hs_cbor_written(&w), &err), 0);
		assert_false(t.as_written);
		assert_int_equal(t.n_signatures, form == 0 ? 2 : 1);
		assert_true(hs_span_equal(t.cose, s.cose));
		hs_signature_release(&t);
	}
	hs_signature_release(&s);
	EVP_PKEY_free(key);
}

static void
what_is_no_section_is_refused(void **state)
{
	static const struct {
		const char *hex, *why;
	} rows[] = {
		{ "", "the signature section: a CBOR item is missing at byte 0" },
		{ "80", "the signature section holds no signature" },
		{ "a0", "the signature section at byte 0 is a map where an array should be" },
		{ "9fff", "the signature section at byte 0 does not state its length" },
		{ "8100", "the first signature at byte 1 is a number where a map should be" },
		{ "81a0", "there is no \"signing_certificate\"" },
		{ "81a10000", "a key at byte 2 is a number where a text should be" },
		{ "81a1697369676e617475726580", "there is no \"signing_certificate\"" },
		{ "81a1697369676e617475726540",
		  "the message at byte 12 is a byte string where an array should be" },
		{ "81a1697369676e617475726581190100",
		  "the message has the number 256 at byte 13, which is no byte" },
		{ "81a1697369676e61747572658120",
		  "the message at byte 13 is a negative number where a number should be" },
		{ "81a2697369676e617475726580697369676e617475726580",
		  "\"signature\" is there twice" },
		{ "9bffffffffffffffff00", "the signature section: the CBOR array at byte 0 claims "
		                          "18446744073709551615 elements and 1 bytes are left" },
		{ "81a1697369676e61747572659b1000000000000000",
		  "the message: the CBOR array at byte 12 claims 1152921504606846976 elements and "
		  "0 "
		  "bytes are left" },
		{ "81a161788181818181818181818181818181818181818100",
		  "the CBOR item at byte 20 is nested deeper than 16 (HS_MAX_CBOR_DEPTH)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_build b = { 0 };
		struct hs_signature s;
		struct hs_err err;

		build_hex(&b, rows[i].hex);
		assert_true(hs_signature_read(&s, &arena, hs_build_span(&b), &err) < 0);
		assert_string_equal(err.text, rows[i].why);
		hs_signature_release(&s);
		hs_build_release(&b);
	}
}

static void
a_section_past_the_limit_is_refused(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_signature s;
	struct hs_err err;

	(void)state;
	hs_build_fill(&b, 0x80, HS_MAX_EIF_SIGNATURE + 1);
	assert_int_equal(hs_signature_read(&s, &arena, hs_build_span(&b), &err), HS_ELIMIT);
	assert_string_equal(err.text, "the signature section has 4194305 bytes, more than 4194304 "
	                              "(HS_MAX_EIF_SIGNATURE)");
	hs_signature_release(&s);
	hs_build_release(&b);
}

/* Cut anywhere, or with any byte changed, it gives an answer, and none says that it holds. */
static void
every_truncation_and_every_changed_byte_is_noticed(void **state)
{
	EVP_PKEY *const key = build_ec_key("prime256v1", "abcdef");
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span section = make(&arena, key);
	uint8_t *const at = (uint8_t *)(uintptr_t)section.at;
	const struct hs_pcr pcr0 = counted();
	struct hs_signature_verdict verdict;
	struct hs_signature s, whole;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_signature_read(&whole, &arena, section, &err), 0);
	for (size_t len = 0; len < section.len; len++) {
		RELEASED struct hs_arena scratch = { 0 };
		const struct hs_span cut = exact_copy(section, len);

		assert_int_equal(hs_signature_read(&s, &scratch, cut, &err), HS_EFORMAT);
		hs_signature_release(&s);
		free((void *)(uintptr_t)cut.at);
	}
	for (size_t i = 0; i < section.len; i++) {
		RELEASED struct hs_arena scratch = { 0 };

		at[i] ^= 0x11;
		if (hs_signature_read(&s, &scratch, section, &err) == 0) {
			hs_signature_verify(&verdict, &s, &pcr0);
			assert_true(!verdict.genuine || !verdict.covers ||
			            !hs_span_equal(s.pem, whole.pem) || !s.as_written);
		}
		hs_signature_release(&s);
		at[i] ^= 0x11;
	}
	hs_signature_release(&whole);
	EVP_PKEY_free(key);
}

/* What AWS's own code has signed: read, genuine, and made again byte for byte of its parts. */
static void
what_aws_has_signed_holds(void **state)
{
	static const struct {
		const char *name, *alg, *pcr8;
	} rows[] = {
		{ "vectors/eif/s-prime256v1.eif", "ES256",
		  "81104e8a8a9f3c66afdf93c3ad36dfcf43399b94a64c2af673a16bbb38e03a89"
		  "9bf5dc168d19fd7e4562fd083efa749a" },
		{ "vectors/eif/s-secp384r1.eif", "ES384",
		  "fc8a514a2255964bc7e732e508ee759f2feae463d023085e708417e39b8e33c9"
		  "6f115a0dbf0c48eba30a617d865f5b60" },
	};

	(void)state;
	shared_needs("vectors/eif");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_signature_verdict verdict;
		struct hs_build file = { 0 };
		struct hs_signature s;
		struct hs_pcr pcr8;
		struct hs_eif eif;
		char hex[HS_PCR_HEX];
		struct hs_err err;

		shared_read(&file, rows[i].name);
		assert_int_equal(hs_eif_read(&eif, &arena, hs_build_span(&file), &err), 0);
		assert_int_equal(hs_signature_read(&s, &arena,
		                                   hs_eif_find(&eif, HS_EIF_SIGNATURE, 1)->data,
		                                   &err),
		                 0);
		assert_true(s.as_written);
		assert_string_equal(hs_cose_alg_name(s.message.alg), rows[i].alg);
		hs_signature_verify(&verdict, &s, &s.register_value);
		assert_true(verdict.genuine && verdict.covers);
		pcr8 = hs_pcr_of_bytes(s.certificate.der, HS_PCR_SHA384);
		assert_string_equal(hs_pcr_hex(hex, &pcr8), rows[i].pcr8);
		hs_signature_release(&s);
		hs_build_release(&file);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_section_is_read),
		cmocka_unit_test(a_section_is_made_as_awss_tools_make_it),
		cmocka_unit_test(another_image_and_another_key_are_told_apart),
		cmocka_unit_test(other_spellings_are_read_and_noted),
		cmocka_unit_test(what_is_no_section_is_refused),
		cmocka_unit_test(a_section_past_the_limit_is_refused),
		cmocka_unit_test(every_truncation_and_every_changed_byte_is_noticed),
		cmocka_unit_test(what_aws_has_signed_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
