/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that deviate in one part, properly signed by a PKI of the test. */
#include "attest/attestation.h"

#include "build_attestation.h"
#include "unit.h"

#include <stdlib.h>

/* "module_id" and so on as CBOR texts. */
#define K_MODULE_ID "69 6d6f64756c655f6964"
#define K_DIGEST "66 646967657374"
#define K_TIMESTAMP "69 74696d657374616d70"
#define K_PCRS "64 70637273"
#define K_CERTIFICATE "6b 6365727469666963617465"
#define K_CABUNDLE "68 636162756e646c65"
#define K_PUBLIC_KEY "6a 7075626c69635f6b6579"
#define K_USER_DATA "69 757365725f64617461"
#define K_NONCE "65 6e6f6e6365"
#define PCR012 "00 5830 01*48 01 5830 02*48 02 5830 03*48 "

static struct build_pki pki;

struct row {
	const char *name;
	enum build_part part;
	const char *hex;
	enum hs_attest_reason want;
};

static const struct row rows[] = {
	/* Accepted. */
	{ "tag 18", BUILD_BEFORE, "d2", HS_ATTEST_OK },
	{ "user data empty", BUILD_USER_DATA, K_USER_DATA "40", HS_ATTEST_OK },
	{ "user data of 4096 bytes", BUILD_USER_DATA, K_USER_DATA "591000 07*4096", HS_ATTEST_OK },
	{ "no nonce", BUILD_NONCE, K_NONCE "f6", HS_ATTEST_OK },
	{ "three PCRs", BUILD_PCRS, K_PCRS "a3" PCR012, HS_ATTEST_OK },
	{ "PCR31", BUILD_PCRS, K_PCRS "a4" PCR012 "181f 5830 09*48", HS_ATTEST_OK },
	{ "PCRs out of order", BUILD_PCRS, K_PCRS "a3 02 5830 03*48 01 5830 02*48 00 5830 01*48",
	  HS_ATTEST_OK },

	/* Around the message. */
	{ "a byte before", BUILD_BEFORE, "00", HS_ATTEST_NOT_COSE },
	{ "a byte behind", BUILD_BEHIND, "00", HS_ATTEST_NOT_COSE },
	{ "tag 17", BUILD_BEFORE, "d1", HS_ATTEST_NOT_COSE },
	{ "tag 18, a longer head", BUILD_BEFORE, "d812", HS_ATTEST_NOT_COSE },
	{ "tag 18 twice", BUILD_BEFORE, "d2d2", HS_ATTEST_NOT_COSE },
	{ "an array of three", BUILD_ARRAY, "83", HS_ATTEST_NOT_COSE },
	{ "an array of five", BUILD_ARRAY, "85", HS_ATTEST_NOT_COSE },
	{ "an array without length", BUILD_ARRAY, "9f", HS_ATTEST_NOT_COSE },
	{ "an array with a longer head", BUILD_ARRAY, "9804", HS_ATTEST_NOT_COSE },
	{ "an array of 2^32", BUILD_ARRAY, "9b 0000000100000000", HS_ATTEST_NOT_COSE },

	/* Headers. */
	{ "no protected header", BUILD_PROTECTED, "40", HS_ATTEST_ENVELOPE },
	{ "an empty map", BUILD_PROTECTED, "41 a0", HS_ATTEST_ENVELOPE },
	{ "no map", BUILD_PROTECTED, "41 01", HS_ATTEST_NOT_COSE },
	{ "ES256", BUILD_PROTECTED, "43 a10126", HS_ATTEST_ENVELOPE },
	{ "ES512", BUILD_PROTECTED, "44 a1013823", HS_ATTEST_ENVELOPE },
	{ "EdDSA", BUILD_PROTECTED, "43 a10127", HS_ATTEST_ENVELOPE },
	{ "HMAC", BUILD_PROTECTED, "43 a10105", HS_ATTEST_ENVELOPE },
	{ "QEMU's", BUILD_PROTECTED, "43 a10120", HS_ATTEST_EMULATED },
	{ "the algorithm as text", BUILD_PROTECTED, "48 a101 65 4553333834", HS_ATTEST_NOT_COSE },
	{ "a longer key", BUILD_PROTECTED, "45 a118013822", HS_ATTEST_ENVELOPE },
	{ "a longer value", BUILD_PROTECTED, "45 a101390022", HS_ATTEST_ENVELOPE },
	{ "the algorithm twice", BUILD_PROTECTED, "46 a20138220126", HS_ATTEST_NOT_COSE },
	{ "another parameter", BUILD_PROTECTED, "46 a20138220401", HS_ATTEST_ENVELOPE },
	{ "crit", BUILD_PROTECTED, "47 a2013822028101", HS_ATTEST_NOT_COSE },
	{ "a byte behind the map", BUILD_PROTECTED, "45 a101382200", HS_ATTEST_NOT_COSE },
	{ "a longer head of it", BUILD_PROTECTED, "5804 a1013822", HS_ATTEST_NOT_COSE },
	{ "an unprotected parameter", BUILD_UNPROTECTED, "a10401", HS_ATTEST_ENVELOPE },
	{ "an unprotected algorithm", BUILD_UNPROTECTED, "a10126", HS_ATTEST_ENVELOPE },
	{ "unprotected null", BUILD_UNPROTECTED, "f6", HS_ATTEST_NOT_COSE },
	{ "unprotected without length", BUILD_UNPROTECTED, "bfff", HS_ATTEST_NOT_COSE },
	{ "no payload", BUILD_PAYLOAD, "f6", HS_ATTEST_NOT_COSE },
	{ "an empty payload", BUILD_PAYLOAD, "40", HS_ATTEST_ENVELOPE },
	{ "a payload of text", BUILD_PAYLOAD, "63 616263", HS_ATTEST_NOT_COSE },
	{ "a payload in chunks", BUILD_PAYLOAD, "5f 41a0 ff", HS_ATTEST_NOT_COSE },
	{ "a payload that is too long", BUILD_PAYLOAD, "594001 00*16385", HS_ATTEST_ENVELOPE },
	{ "a payload of an array", BUILD_PAYLOAD, "4180", HS_ATTEST_PAYLOAD },
	{ "a payload of a tag", BUILD_PAYLOAD, "43 d818a0", HS_ATTEST_PAYLOAD },
	{ "an empty map", BUILD_PAYLOAD, "41a0", HS_ATTEST_FIELD },

	/* The map. */
	{ "a map of eight", BUILD_MAP, "a8", HS_ATTEST_PAYLOAD },
	{ "a map of ten", BUILD_MAP, "aa", HS_ATTEST_PAYLOAD },
	{ "a longer head of it", BUILD_MAP, "b809", HS_ATTEST_PAYLOAD },
	{ "a map that does not end", BUILD_MAP, "bf", HS_ATTEST_PAYLOAD },
	{ "a map of 2^64-1", BUILD_MAP, "bb ffffffffffffffff", HS_ATTEST_PAYLOAD },
	{ "a break in a map of nine", BUILD_MAP_END, "ff", HS_ATTEST_PAYLOAD },
	{ "a byte behind the map", BUILD_MAP_END, "00", HS_ATTEST_PAYLOAD },
	{ "a key that is a number", BUILD_MODULE_ID, "01 6161", HS_ATTEST_PAYLOAD },
	{ "a key in bytes", BUILD_DIGEST, "46 646967657374 66 534841333834", HS_ATTEST_PAYLOAD },
	{ "a key in chunks", BUILD_DIGEST, "7f 66 646967657374 ff 66 534841333834",
	  HS_ATTEST_PAYLOAD },
	{ "a key of another case", BUILD_DIGEST, "66 444947455354 66 534841333834",
	  HS_ATTEST_FIELD },
	{ "a key with a NUL", BUILD_DIGEST, "67 64696765737400 66 534841333834", HS_ATTEST_FIELD },
	{ "a key that is not UTF-8", BUILD_NONCE, "61ff f6", HS_ATTEST_PAYLOAD },
	{ "a NitroTPM's", BUILD_PCRS, "6d 6e6974726f74706d5f70637273 a0", HS_ATTEST_NITROTPM },
	{ "a field twice", BUILD_NONCE, K_DIGEST "66 534841333834", HS_ATTEST_FIELD },

	/* Fields. */
	{ "no module_id", BUILD_MODULE_ID, "61 61 00", HS_ATTEST_FIELD },
	{ "an empty module_id", BUILD_MODULE_ID, K_MODULE_ID "60", HS_ATTEST_FIELD },
	{ "module_id in bytes", BUILD_MODULE_ID, K_MODULE_ID "41 61", HS_ATTEST_FIELD },
	{ "a long module_id", BUILD_MODULE_ID, K_MODULE_ID "7865 61*101", HS_ATTEST_FIELD },
	{ "module_id not UTF-8", BUILD_MODULE_ID, K_MODULE_ID "62 c328", HS_ATTEST_FIELD },
	{ "module_id in chunks", BUILD_MODULE_ID, K_MODULE_ID "7f 6161 ff", HS_ATTEST_FIELD },
	{ "module_id null", BUILD_MODULE_ID, K_MODULE_ID "f6", HS_ATTEST_FIELD },
	{ "another digest", BUILD_DIGEST, K_DIGEST "66 534841353132", HS_ATTEST_FIELD },
	{ "a digest in lower case", BUILD_DIGEST, K_DIGEST "66 736861333834", HS_ATTEST_FIELD },
	{ "timestamp 0", BUILD_TIMESTAMP, K_TIMESTAMP "00", HS_ATTEST_FIELD },
	{ "timestamp in seconds", BUILD_TIMESTAMP, K_TIMESTAMP "1a 6553f100", HS_ATTEST_FIELD },
	{ "a negative timestamp", BUILD_TIMESTAMP, K_TIMESTAMP "3b 0000018bcfe56800",
	  HS_ATTEST_FIELD },
	{ "timestamp 2^64-1", BUILD_TIMESTAMP, K_TIMESTAMP "1b ffffffffffffffff", HS_ATTEST_FIELD },
	{ "a timestamp with a fraction", BUILD_TIMESTAMP, K_TIMESTAMP "fb 4278bcfe56800000",
	  HS_ATTEST_FIELD },
	{ "a timestamp as a big number", BUILD_TIMESTAMP, K_TIMESTAMP "c2 46 018bcfe56800",
	  HS_ATTEST_FIELD },
	{ "no PCRs", BUILD_PCRS, K_PCRS "a0", HS_ATTEST_FIELD },
	{ "PCRs null", BUILD_PCRS, K_PCRS "f6", HS_ATTEST_FIELD },
	{ "33 PCRs", BUILD_PCRS, K_PCRS "b821 00*66", HS_ATTEST_FIELD },
	{ "PCRs without length", BUILD_PCRS, K_PCRS "bf" PCR012 "ff", HS_ATTEST_FIELD },
	{ "no PCR2", BUILD_PCRS, K_PCRS "a2 00 5830 01*48 01 5830 02*48", HS_ATTEST_FIELD },
	{ "PCR0 twice", BUILD_PCRS, K_PCRS "a4" PCR012 "00 5830 01*48", HS_ATTEST_FIELD },
	{ "PCR0 twice, spelled otherwise", BUILD_PCRS, K_PCRS "a4" PCR012 "1800 5830 01*48",
	  HS_ATTEST_FIELD },
	{ "PCR32", BUILD_PCRS, K_PCRS "a4" PCR012 "1820 5830 01*48", HS_ATTEST_FIELD },
	{ "PCR -1", BUILD_PCRS, K_PCRS "a4" PCR012 "20 5830 01*48", HS_ATTEST_FIELD },
	{ "a PCR by name", BUILD_PCRS, K_PCRS "a4" PCR012 "6133 5830 01*48", HS_ATTEST_FIELD },
	{ "an empty PCR", BUILD_PCRS, K_PCRS "a4" PCR012 "03 40", HS_ATTEST_FIELD },
	{ "a PCR of 32 bytes", BUILD_PCRS, K_PCRS "a4" PCR012 "03 5820 01*32", HS_ATTEST_FIELD },
	{ "a PCR of 47 bytes", BUILD_PCRS, K_PCRS "a4" PCR012 "03 582f 01*47", HS_ATTEST_FIELD },
	{ "a PCR of 49 bytes", BUILD_PCRS, K_PCRS "a4" PCR012 "03 5831 01*49", HS_ATTEST_FIELD },
	{ "a PCR of 64 bytes", BUILD_PCRS, K_PCRS "a4" PCR012 "03 5840 01*64", HS_ATTEST_FIELD },
	{ "a PCR in text", BUILD_PCRS, K_PCRS "a4" PCR012 "03 7830 61*48", HS_ATTEST_FIELD },
	{ "an empty certificate", BUILD_CERTIFICATE, K_CERTIFICATE "40", HS_ATTEST_FIELD },
	{ "a long certificate", BUILD_CERTIFICATE, K_CERTIFICATE "590401 30*1025",
	  HS_ATTEST_FIELD },
	{ "certificate null", BUILD_CERTIFICATE, K_CERTIFICATE "f6", HS_ATTEST_FIELD },
	{ "a certificate that is none", BUILD_CERTIFICATE, K_CERTIFICATE "43 300100",
	  HS_ATTEST_CERTIFICATE },
	{ "an empty cabundle", BUILD_CABUNDLE, K_CABUNDLE "80", HS_ATTEST_FIELD },
	{ "cabundle null", BUILD_CABUNDLE, K_CABUNDLE "f6", HS_ATTEST_FIELD },
	{ "33 in cabundle", BUILD_CABUNDLE, K_CABUNDLE "9821 40*33", HS_ATTEST_FIELD },
	{ "an empty one in cabundle", BUILD_CABUNDLE, K_CABUNDLE "81 40", HS_ATTEST_FIELD },
	{ "text in cabundle", BUILD_CABUNDLE, K_CABUNDLE "81 6161", HS_ATTEST_FIELD },
	{ "cabundle without length", BUILD_CABUNDLE, K_CABUNDLE "9f 4130 ff", HS_ATTEST_FIELD },
	{ "cabundle of 2^32", BUILD_CABUNDLE, K_CABUNDLE "9b 0000000100000000", HS_ATTEST_FIELD },
	{ "a long public key", BUILD_PUBLIC_KEY, K_PUBLIC_KEY "591001 07*4097", HS_ATTEST_FIELD },
	{ "a public key in text", BUILD_PUBLIC_KEY, K_PUBLIC_KEY "6161", HS_ATTEST_FIELD },
	{ "user data undefined", BUILD_USER_DATA, K_USER_DATA "f7", HS_ATTEST_FIELD },
	{ "user data in chunks", BUILD_USER_DATA, K_USER_DATA "5f 4161 ff", HS_ATTEST_FIELD },
	{ "a nonce with a longer head", BUILD_NONCE, K_NONCE "5801 61", HS_ATTEST_FIELD },
	{ "a nonce that is false", BUILD_NONCE, K_NONCE "f4", HS_ATTEST_FIELD },

	/* The signature. */
	{ "an empty signature", BUILD_SIGNATURE, "40", HS_ATTEST_ENVELOPE },
	{ "a signature of 64 bytes", BUILD_SIGNATURE, "5840 01*64", HS_ATTEST_ENVELOPE },
	{ "a signature of 97 bytes", BUILD_SIGNATURE, "5861 01*97", HS_ATTEST_ENVELOPE },
	{ "a signature in DER", BUILD_SIGNATURE, "5866 30*102", HS_ATTEST_ENVELOPE },
	{ "r is 0", BUILD_SIGNATURE, "5860 00*48 01*48", HS_ATTEST_SIGNATURE },
	{ "s is 0", BUILD_SIGNATURE, "5860 01*48 00*48", HS_ATTEST_SIGNATURE },
	{ "r and s are larger than the order", BUILD_SIGNATURE, "5860 ff*96", HS_ATTEST_SIGNATURE },
	{ "r is the order", BUILD_SIGNATURE,
	  "5860 ff*24 c7634d81f4372ddf581a0db248b0a77aecec196accc52973 01*48",
	  HS_ATTEST_SIGNATURE },
};

static enum hs_attest_reason
verify(struct hs_span bytes)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_attest_policy policy = build_policy(&pki);
	struct hs_attest_verdict v;

	hs_attest_verify(&v, &arena, bytes, &policy);
	assert_true(v.genuine || v.reason != HS_ATTEST_OK);
	hs_attest_roots_release(&policy.roots);
	return v.reason;
}

static enum hs_attest_reason
verify_row(enum build_part part, const char *hex)
{
	struct hs_build b = { 0 };
	enum hs_attest_reason reason;
	struct hs_span exact;

	build_genuine(&b, &pki, part, hex);
	exact = exact_copy(hs_build_span(&b), b.len);
	reason = verify(exact);
	free((void *)(uintptr_t)exact.at);
	hs_build_release(&b);
	return reason;
}

static void
a_document_that_nothing_is_wrong_with_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(verify_row(BUILD_BEFORE, NULL), HS_ATTEST_OK);
}

static void
each_deviation_has_its_reason(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const enum hs_attest_reason got = verify_row(rows[i].part, rows[i].hex);

		if (got == rows[i].want)
			continue;
		print_error("%s: %s, not %s\n", rows[i].name, hs_attest_reason_name(got),
		            hs_attest_reason_name(rows[i].want));
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

/* Two parts at once: the encoding of 2025, without and with keys that nobody knows. */
static void
a_map_without_length_is_accepted(void **state)
{
	static const struct {
		const char *map, *end, *public_key;
		enum hs_attest_reason want;
	} maps[] = {
		{ "bf", "ff", NULL, HS_ATTEST_OK },
		{ "a8", "", "", HS_ATTEST_OK },
		{ "bf", "ff", "", HS_ATTEST_OK },
		{ "a9", "", "", HS_ATTEST_PAYLOAD },
		{ "bf", "6161 01 ff", NULL, HS_ATTEST_OK },
		{ "aa", "6161 83 01 a1 02 03 f5", NULL, HS_ATTEST_OK },
		{ "ab", "6161 01 6161 02", NULL, HS_ATTEST_PAYLOAD },
		{ "bf", "6161 ff", NULL, HS_ATTEST_PAYLOAD },
		{ "bf", "6161 01 ff 00", NULL, HS_ATTEST_PAYLOAD },
		{ "bf", "ff ff", NULL, HS_ATTEST_PAYLOAD },
		{ "aa", "6161 9b ffffffffffffffff", NULL, HS_ATTEST_PAYLOAD },
		{ "aa", "6161 81*10000", NULL, HS_ATTEST_PAYLOAD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		struct build_attestation b = { .n_chain = BUILD_CHAIN,
			                       .signer = pki.keys[BUILD_LEAF] };
		struct hs_build out = { 0 };

		for (size_t k = 0; k < BUILD_CHAIN; k++)
			b.chain[k] = hs_build_span(&pki.ders[k]);
		b.parts[BUILD_MAP] = maps[i].map;
		b.parts[BUILD_MAP_END] = maps[i].end;
		b.parts[BUILD_PUBLIC_KEY] = maps[i].public_key;
		build_attestation(&out, &b);
		assert_int_equal(verify(hs_build_span(&out)), maps[i].want);
		hs_build_release(&out);
	}
}

static int
set_up(void **state)
{
	(void)state;
	build_pki(&pki);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	build_pki_release(&pki);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_that_nothing_is_wrong_with_is_accepted),
		cmocka_unit_test(each_deviation_has_its_reason),
		cmocka_unit_test(a_map_without_length_is_accepted),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
