/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_certificate.h"
#include "check_text.h"
#include "core/cbor.h"
#include "enclave/signature.h"
#include "enclave/signing_key.h"
#include "listed.h"
#include "unit.h"

static const struct hs_comparator *const by = &hs_comparator_eif_signature;

/* A section over a PCR0 of 42s. */
static struct hs_build
section(void)
{
	EVP_PKEY *const key = build_ec_key("secp384r1", "abcdef");
	struct hs_signing_key k = { key, true };
	struct hs_signature_by signer = { .signer = hs_signing_key_signer(&k) };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build pem = { 0 }, out = { 0 };
	struct hs_pcr pcr0 = { .size = 48 };
	struct hs_span made;
	struct hs_err err;

	memset(pcr0.bytes, 0x42, 48);
	build_certificate_pem(&pem, &(struct build_certificate){ key, "x", 1, 2000000000, false });
	signer.pem = hs_build_span(&pem);
	assert_int_equal(hs_signature_make(&made, &arena, &signer, &pcr0, &err), 0);
	hs_build_put(&out, made);
	hs_build_release(&pem);
	EVP_PKEY_free(key);
	return out;
}

static void
signature_wins_its_own_bid(void **state)
{
	struct hs_build b = section();

	(void)state;
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), by);
	assert_int_equal(by->bid(HS_SPAN("")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x81\xa2\x73signing_certificat")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x81\xa2\x69signature")), 72);
	assert_int_equal(by->bid(HS_SPAN("\x80\xa2\x69signature")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x81\xa0\x69signature")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x81\xa2\x69signaturf")), 0);
	hs_build_release(&b);
}

static void
signature_says_what_was_signed_and_lists_its_parts(void **state)
{
	struct hs_build b = section();
	struct expanded o;

	(void)state;
	listed_open(&o, by, &b);
	assert_int_equal(o.rc, 0);
	hs_check_has(listed(&o), "file certificate ");
	hs_check_has(listed(&o), "\nfile payload 130\nfile cose 237\n");
	hs_check_lacks(listed(&o), "as it is encoded");
	hs_check_has(listed_content(&o, "certificate"), "-----BEGIN CERTIFICATE-----\\n");
	hs_check_has(listed_facts(&o, NULL), "algorithm: -35 (ES384)\nsignature: ");
	hs_check_has(listed_facts(&o, NULL), "\nsigned register: PCR0\nsigned value: 42424242");
	hs_check_has(listed_facts(&o, NULL), "\ngenuine: yes\n");
	expanded_release(&o);
}

/* Oddities that a reader passes over, each with its fact. */
static void
signature_says_what_is_odd(void **state)
{
	struct hs_build b = section(), odd = { 0 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_cbor_writer w = { .arena = &arena }, cose = { .arena = &arena };
	struct hs_signature s;
	struct expanded o;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_signature_read(&s, &arena, hs_build_span(&b), &err), 0);
	hs_cbor_head(&cose, HS_CBOR_TAG, 18);
	hs_cbor_head(&cose, HS_CBOR_ARRAY, 4);
	hs_cbor_bytes(&cose, HS_SPAN("\xa1\x01\x38\x24"));
	hs_cbor_raw(&cose, HS_SPAN("\xa1\x04\x41k"));
	hs_cbor_bytes(&cose, s.message.payload);
	hs_cbor_bytes(&cose, s.message.signature);
	hs_cbor_head(&w, HS_CBOR_ARRAY, 2);
	hs_cbor_head(&w, HS_CBOR_MAP, 2);
	hs_cbor_text(&w, "signing_certificate");
	hs_cbor_byte_array(&w, hs_arena_join(&arena, s.pem, s.pem));
	hs_cbor_text(&w, "signature");
	hs_cbor_byte_array(&w, hs_cbor_written(&cose));
	hs_cbor_int(&w, 0);
	hs_build_put(&odd, hs_cbor_written(&w));
	listed_open(&o, by, &odd);
	assert_int_equal(o.rc, 0);
	hs_check_has(listed(&o), "as it is encoded");
	hs_check_has(listed_facts(&o, NULL), "signatures: 2\ncertificates: 2\n"
	                                     "algorithm: -37 (unknown)\ntag: 18\n"
	                                     "unprotected header: a104416b\n");
	hs_check_has(listed_facts(&o, NULL),
	             "genuine: no: the algorithm is -37 (unknown), and a key on P-384 signs with "
	             "ES384\nencoding: not that of AWS's tools\n");
	expanded_release(&o);
	hs_signature_release(&s);
	hs_build_release(&b);
}

static void
cut_is_told(const struct expanded *o, size_t len)
{
	(void)len;
	assert_int_equal(o->rc, HS_EFORMAT);
}

static void
signature_survives_every_truncation(void **state)
{
	struct hs_build b = section();

	(void)state;
	listed_truncations(by, hs_build_span(&b), cut_is_told);
	hs_build_release(&b);
}

static void
signature_survives_every_changed_byte(void **state)
{
	struct hs_build b = section();

	(void)state;
	for (size_t i = 0; i < b.len; i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		b.at[i] ^= 0x80;
		by->describe(&facts, hs_build_span(&b), &err);
		b.at[i] ^= 0x80;
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signature_wins_its_own_bid),
		cmocka_unit_test(signature_says_what_was_signed_and_lists_its_parts),
		cmocka_unit_test(signature_says_what_is_odd),
		cmocka_unit_test(signature_survives_every_truncation),
		cmocka_unit_test(signature_survives_every_changed_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
