/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that deviate in one part, properly signed by a PKI of the test. */
#include "attest/attestation.h"

#include "attested.h"
#include "unit.h"

#define PCR012 "00 5830 01*48 01 5830 02*48 02 5830 03*48 "

struct row {
	const char *name;
	enum build_part part;
	const char *hex;
	enum hs_attest_reason want;
	const char *says; /* in its sentence */
};

static const struct row rows[] = {
	/* Accepted. */
	{ "tag 18", BUILD_BEFORE, "d2", HS_ATTEST_OK, NULL },
	{ "user data empty", BUILD_USER_DATA, BUILD_KEY_USER_DATA "40", HS_ATTEST_OK, NULL },
	{ "user data of 4096 bytes", BUILD_USER_DATA, BUILD_KEY_USER_DATA "591000 07*4096",
	  HS_ATTEST_OK, NULL },
	{ "no nonce", BUILD_NONCE, BUILD_KEY_NONCE "f6", HS_ATTEST_OK, NULL },
	{ "three PCRs", BUILD_PCRS, BUILD_KEY_PCRS "a3" PCR012, HS_ATTEST_OK, NULL },
	{ "PCR31", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "181f 5830 09*48", HS_ATTEST_OK, NULL },
	{ "PCRs out of order", BUILD_PCRS,
	  BUILD_KEY_PCRS "a3 02 5830 03*48 01 5830 02*48 00 5830 01*48", HS_ATTEST_OK, NULL },

	/* Around the message. */
	{ "a byte before", BUILD_BEFORE, "00", HS_ATTEST_NOT_COSE,
	  "the message at byte 0 is a number where an array should be" },
	{ "a byte behind", BUILD_BEHIND, "00", HS_ATTEST_NOT_COSE,
	  "1 bytes are behind the message" },
	{ "tag 17", BUILD_BEFORE, "d1", HS_ATTEST_NOT_COSE,
	  "the message has the tag 17, and COSE_Sign1 is tag 18" },
	{ "tag 18, a longer head", BUILD_BEFORE, "d812", HS_ATTEST_NOT_COSE,
	  "the head of the tag at byte 0 takes more bytes than it has to" },
	{ "tag 18 twice", BUILD_BEFORE, "d2d2", HS_ATTEST_NOT_COSE,
	  "the message at byte 1 is a tag where an array should be" },
	{ "an array of three", BUILD_ARRAY, "83", HS_ATTEST_NOT_COSE,
	  "the message has 3 elements, and COSE_Sign1 has 4" },
	{ "an array of five", BUILD_ARRAY, "85", HS_ATTEST_NOT_COSE,
	  "the message has 5 elements, and COSE_Sign1 has 4" },
	{ "an array without length", BUILD_ARRAY, "9f", HS_ATTEST_NOT_COSE,
	  "the message at byte 0 does not state its length" },
	{ "an array with a longer head", BUILD_ARRAY, "9804", HS_ATTEST_NOT_COSE,
	  "the head of the message at byte 0 takes more bytes than it has to" },
	{ "an array of 2^32", BUILD_ARRAY, "9b 0000000100000000", HS_ATTEST_NOT_COSE,
	  "the CBOR array at byte 0 claims 4294967296 elements" },

	/* Headers. */
	{ "no protected header", BUILD_PROTECTED, "40", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "an empty map", BUILD_PROTECTED, "41 a0", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "no map", BUILD_PROTECTED, "41 01", HS_ATTEST_NOT_COSE,
	  "the protected header: its map at byte 0 is a number where a map should be" },
	{ "ES256", BUILD_PROTECTED, "43 a10126", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "ES512", BUILD_PROTECTED, "44 a1013823", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "EdDSA", BUILD_PROTECTED, "43 a10127", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "HMAC", BUILD_PROTECTED, "43 a10105", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "QEMU's", BUILD_PROTECTED, "43 a10120", HS_ATTEST_EMULATED,
	  "it is QEMU's emulation of the security module, which signs nothing" },
	{ "the algorithm as text", BUILD_PROTECTED, "48 a101 65 4553333834", HS_ATTEST_NOT_COSE,
	  "the protected header: the algorithm is not a number" },
	{ "a longer key", BUILD_PROTECTED, "45 a118013822", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "a longer value", BUILD_PROTECTED, "45 a101390022", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "the algorithm twice", BUILD_PROTECTED, "46 a20138220126", HS_ATTEST_NOT_COSE,
	  "the protected header: two algorithms are stated" },
	{ "another parameter", BUILD_PROTECTED, "46 a20138220401", HS_ATTEST_ENVELOPE,
	  "the protected header is not that of ES384 alone" },
	{ "crit", BUILD_PROTECTED, "47 a2013822028101", HS_ATTEST_NOT_COSE,
	  "the protected header: parameters are marked critical, and none is known" },
	{ "a byte behind the map", BUILD_PROTECTED, "45 a101382200", HS_ATTEST_NOT_COSE,
	  "the protected header: 1 bytes are behind its map" },
	{ "a longer head of it", BUILD_PROTECTED, "5804 a1013822", HS_ATTEST_NOT_COSE,
	  "the head of the protected header at byte 1 takes more bytes than it has to" },
	{ "an unprotected parameter", BUILD_UNPROTECTED, "a10401", HS_ATTEST_ENVELOPE,
	  "there are unprotected header parameters" },
	{ "an unprotected algorithm", BUILD_UNPROTECTED, "a10126", HS_ATTEST_ENVELOPE,
	  "there are unprotected header parameters" },
	{ "unprotected null", BUILD_UNPROTECTED, "f6", HS_ATTEST_NOT_COSE,
	  "the unprotected header at byte 6 is a simple value where a map should be" },
	{ "unprotected without length", BUILD_UNPROTECTED, "bfff", HS_ATTEST_NOT_COSE,
	  "the unprotected header at byte 6 does not state its length" },
	{ "no payload", BUILD_PAYLOAD, "f6", HS_ATTEST_NOT_COSE,
	  "the payload at byte 7 is a simple value where a byte string should be" },
	{ "an empty payload", BUILD_PAYLOAD, "40", HS_ATTEST_ENVELOPE,
	  "the payload has 0 bytes, not 1 to 16384" },
	{ "a payload of text", BUILD_PAYLOAD, "63 616263", HS_ATTEST_NOT_COSE,
	  "the payload at byte 7 is a text where a byte string should be" },
	{ "a payload in chunks", BUILD_PAYLOAD, "5f 41a0 ff", HS_ATTEST_NOT_COSE,
	  "the payload at byte 7 does not state its length" },
	{ "a payload that is too long", BUILD_PAYLOAD, "594001 00*16385", HS_ATTEST_ENVELOPE,
	  "the payload has 16385 bytes, not 1 to 16384" },
	{ "a payload of an array", BUILD_PAYLOAD, "4180", HS_ATTEST_PAYLOAD,
	  "the payload is no map" },
	{ "a payload of a tag", BUILD_PAYLOAD, "43 d818a0", HS_ATTEST_PAYLOAD,
	  "the payload is no map" },
	{ "an empty map", BUILD_PAYLOAD, "41a0", HS_ATTEST_FIELD, "there is no module_id" },

	/* The map. */
	{ "a map of eight", BUILD_MAP, "a8", HS_ATTEST_PAYLOAD,
	  "14 bytes are behind the payload's map" },
	{ "a map of ten", BUILD_MAP, "aa", HS_ATTEST_PAYLOAD, "a CBOR item is missing at byte" },
	{ "a longer head of it", BUILD_MAP, "b809", HS_ATTEST_PAYLOAD,
	  "the head at byte 0 is longer than it has to be" },
	{ "a map that does not end", BUILD_MAP, "bf", HS_ATTEST_PAYLOAD,
	  "a CBOR item is missing at byte" },
	{ "a map of 2^64-1", BUILD_MAP, "bb ffffffffffffffff", HS_ATTEST_PAYLOAD,
	  "the CBOR map at byte 0 claims 18446744073709551615 pairs" },
	{ "a break in a map of nine", BUILD_MAP_END, "ff", HS_ATTEST_PAYLOAD,
	  "1 bytes are behind the payload's map" },
	{ "a byte behind the map", BUILD_MAP_END, "00", HS_ATTEST_PAYLOAD,
	  "1 bytes are behind the payload's map" },
	{ "a key that is a number", BUILD_MODULE_ID, "01 6161", HS_ATTEST_PAYLOAD,
	  "the key at byte 1 is no text" },
	{ "a key in bytes", BUILD_DIGEST, "46 646967657374 66 534841333834", HS_ATTEST_PAYLOAD,
	  "the key at byte 52 is no text" },
	{ "a key in chunks", BUILD_DIGEST, "7f 66 646967657374 ff 66 534841333834",
	  HS_ATTEST_PAYLOAD, "the key at byte 52 is no text" },
	{ "a key of another case", BUILD_DIGEST, "66 444947455354 66 534841333834", HS_ATTEST_FIELD,
	  "there is no digest" },
	{ "a key with a NUL", BUILD_DIGEST, "67 64696765737400 66 534841333834", HS_ATTEST_FIELD,
	  "there is no digest" },
	{ "a key that is not UTF-8", BUILD_NONCE, "61ff f6", HS_ATTEST_PAYLOAD, "is not UTF-8" },
	{ "a NitroTPM's", BUILD_PCRS, "6d 6e6974726f74706d5f70637273 a0", HS_ATTEST_NITROTPM,
	  "it is a document of an EC2 instance's NitroTPM, not of an enclave" },
	{ "a field twice", BUILD_NONCE, BUILD_KEY_DIGEST "66 534841333834", HS_ATTEST_FIELD,
	  "digest is there twice" },

	/* Fields. */
	{ "no module_id", BUILD_MODULE_ID, "61 61 00", HS_ATTEST_FIELD, "there is no module_id" },
	{ "an empty module_id", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "60", HS_ATTEST_FIELD,
	  "module_id has 0 bytes, not 1 to 100" },
	{ "module_id in bytes", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "41 61", HS_ATTEST_FIELD,
	  "module_id is a byte string, where a text belongs" },
	{ "a long module_id", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "7865 61*101", HS_ATTEST_FIELD,
	  "module_id has 101 bytes, not 1 to 100" },
	{ "module_id not UTF-8", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "62 c328", HS_ATTEST_FIELD,
	  "module_id is not UTF-8" },
	{ "module_id in chunks", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "7f 6161 ff", HS_ATTEST_FIELD,
	  "module_id does not state its length" },
	{ "module_id null", BUILD_MODULE_ID, BUILD_KEY_MODULE_ID "f6", HS_ATTEST_FIELD,
	  "module_id is a simple value, where a text belongs" },
	{ "another digest", BUILD_DIGEST, BUILD_KEY_DIGEST "66 534841353132", HS_ATTEST_FIELD,
	  "digest is \"SHA512\" and not \"SHA384\"" },
	{ "a digest in lower case", BUILD_DIGEST, BUILD_KEY_DIGEST "66 736861333834",
	  HS_ATTEST_FIELD, "digest is \"sha384\" and not \"SHA384\"" },
	{ "timestamp 0", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "00", HS_ATTEST_FIELD,
	  "timestamp is 0, which are no milliseconds since 1970" },
	{ "timestamp in seconds", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "1a 6553f100",
	  HS_ATTEST_FIELD, "timestamp is 1700000000, which are no milliseconds since 1970" },
	{ "a negative timestamp", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "3b 0000018bcfe56800",
	  HS_ATTEST_FIELD, "timestamp is a negative number, where a number belongs" },
	{ "timestamp 2^64-1", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "1b ffffffffffffffff",
	  HS_ATTEST_FIELD,
	  "timestamp is 18446744073709551615, which are no milliseconds since 1970" },
	{ "a timestamp with a fraction", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "fb 4278bcfe56800000",
	  HS_ATTEST_FIELD, "timestamp is a simple value, where a number belongs" },
	{ "a timestamp as a big number", BUILD_TIMESTAMP, BUILD_KEY_TIMESTAMP "c2 46 018bcfe56800",
	  HS_ATTEST_FIELD, "timestamp is a tag, where a number belongs" },
	{ "no PCRs", BUILD_PCRS, BUILD_KEY_PCRS "a0", HS_ATTEST_FIELD,
	  "there are 0 PCRs, not 1 to 32" },
	{ "PCRs null", BUILD_PCRS, BUILD_KEY_PCRS "f6", HS_ATTEST_FIELD,
	  "pcrs is a simple value, where a map belongs" },
	{ "33 PCRs", BUILD_PCRS, BUILD_KEY_PCRS "b821 00*66", HS_ATTEST_FIELD,
	  "there are 33 PCRs, not 1 to 32" },
	{ "PCRs without length", BUILD_PCRS, BUILD_KEY_PCRS "bf" PCR012 "ff", HS_ATTEST_FIELD,
	  "pcrs does not state its length" },
	{ "no PCR2", BUILD_PCRS, BUILD_KEY_PCRS "a2 00 5830 01*48 01 5830 02*48", HS_ATTEST_FIELD,
	  "there is no PCR2" },
	{ "PCR0 twice", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "00 5830 01*48", HS_ATTEST_FIELD,
	  "PCR0 is there twice" },
	{ "PCR0 twice, spelled otherwise", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "1800 5830 01*48",
	  HS_ATTEST_FIELD, "the head at byte 244 is longer than it has to be" },
	{ "PCR32", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "1820 5830 01*48", HS_ATTEST_FIELD,
	  "there is a PCR32, past the last, PCR31" },
	{ "PCR -1", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "20 5830 01*48", HS_ATTEST_FIELD,
	  "the index of a PCR is a negative number, where a number belongs" },
	{ "a PCR by name", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "6133 5830 01*48",
	  HS_ATTEST_FIELD, "the index of a PCR is a text, where a number belongs" },
	{ "an empty PCR", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 40", HS_ATTEST_FIELD,
	  "PCR3 has 0 bytes, not 48" },
	{ "a PCR of 32 bytes", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 5820 01*32",
	  HS_ATTEST_FIELD, "PCR3 has 32 bytes, not 48" },
	{ "a PCR of 47 bytes", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 582f 01*47",
	  HS_ATTEST_FIELD, "PCR3 has 47 bytes, not 48" },
	{ "a PCR of 49 bytes", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 5831 01*49",
	  HS_ATTEST_FIELD, "PCR3 has 49 bytes, not 48" },
	{ "a PCR of 64 bytes", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 5840 01*64",
	  HS_ATTEST_FIELD, "PCR3 has 64 bytes, not 48" },
	{ "a PCR in text", BUILD_PCRS, BUILD_KEY_PCRS "a4" PCR012 "03 7830 61*48", HS_ATTEST_FIELD,
	  "the value of a PCR is a text, where a byte string belongs" },
	{ "an empty certificate", BUILD_CERTIFICATE, BUILD_KEY_CERTIFICATE "40", HS_ATTEST_FIELD,
	  "certificate is empty" },
	{ "a long certificate", BUILD_CERTIFICATE, BUILD_KEY_CERTIFICATE "590401 30*1025",
	  HS_ATTEST_FIELD, "certificate has 1025 bytes, more than 1024" },
	{ "certificate null", BUILD_CERTIFICATE, BUILD_KEY_CERTIFICATE "f6", HS_ATTEST_FIELD,
	  "certificate is a simple value, where a byte string belongs" },
	{ "a certificate that is none", BUILD_CERTIFICATE, BUILD_KEY_CERTIFICATE "43 300100",
	  HS_ATTEST_CERTIFICATE, "certificate: the 3 bytes are no certificate in DER" },
	{ "an empty cabundle", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "80", HS_ATTEST_FIELD,
	  "cabundle has 0 certificates, not 1 to 32" },
	{ "cabundle null", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "f6", HS_ATTEST_FIELD,
	  "cabundle is a simple value, where a array belongs" },
	{ "33 in cabundle", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "9821 40*33", HS_ATTEST_FIELD,
	  "cabundle has 33 certificates, not 1 to 32" },
	{ "an empty one in cabundle", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "81 40", HS_ATTEST_FIELD,
	  "certificate 0 of cabundle is empty" },
	{ "text in cabundle", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "81 6161", HS_ATTEST_FIELD,
	  "a certificate of cabundle is a text, where a byte string belongs" },
	{ "cabundle without length", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "9f 4130 ff",
	  HS_ATTEST_FIELD, "cabundle does not state its length" },
	{ "cabundle of 2^32", BUILD_CABUNDLE, BUILD_KEY_CABUNDLE "9b 0000000100000000",
	  HS_ATTEST_FIELD, "claims 4294967296 elements" },
	{ "a long public key", BUILD_PUBLIC_KEY, BUILD_KEY_PUBLIC_KEY "591001 07*4097",
	  HS_ATTEST_FIELD, "public_key has 4097 bytes, more than 4096" },
	{ "a public key in text", BUILD_PUBLIC_KEY, BUILD_KEY_PUBLIC_KEY "6161", HS_ATTEST_FIELD,
	  "public_key is a text, where a byte string belongs" },
	{ "user data undefined", BUILD_USER_DATA, BUILD_KEY_USER_DATA "f7", HS_ATTEST_FIELD,
	  "user_data is a simple value, where a byte string belongs" },
	{ "user data in chunks", BUILD_USER_DATA, BUILD_KEY_USER_DATA "5f 4161 ff", HS_ATTEST_FIELD,
	  "user_data does not state its length" },
	{ "a nonce with a longer head", BUILD_NONCE, BUILD_KEY_NONCE "5801 61", HS_ATTEST_FIELD,
	  "is longer than it has to be" },
	{ "a nonce that is false", BUILD_NONCE, BUILD_KEY_NONCE "f4", HS_ATTEST_FIELD,
	  "nonce is a simple value, where a byte string belongs" },

	/* The signature. */
	{ "an empty signature", BUILD_SIGNATURE, "40", HS_ATTEST_ENVELOPE,
	  "the signature has 0 bytes, not 96" },
	{ "a signature of 64 bytes", BUILD_SIGNATURE, "5840 01*64", HS_ATTEST_ENVELOPE,
	  "the signature has 64 bytes, not 96" },
	{ "a signature of 97 bytes", BUILD_SIGNATURE, "5861 01*97", HS_ATTEST_ENVELOPE,
	  "the signature has 97 bytes, not 96" },
	{ "a signature in DER", BUILD_SIGNATURE, "5866 30*102", HS_ATTEST_ENVELOPE,
	  "the signature has 102 bytes, not 96" },
	{ "r is 0", BUILD_SIGNATURE, "5860 00*48 01*48", HS_ATTEST_SIGNATURE,
	  "the signature was not made with the certificate's key over this payload" },
	{ "s is 0", BUILD_SIGNATURE, "5860 01*48 00*48", HS_ATTEST_SIGNATURE,
	  "the signature was not made with the certificate's key over this payload" },
	{ "r and s are larger than the order", BUILD_SIGNATURE, "5860 ff*96", HS_ATTEST_SIGNATURE,
	  "the signature was not made with the certificate's key over this payload" },
	{ "r is the order", BUILD_SIGNATURE,
	  "5860 ff*24 c7634d81f4372ddf581a0db248b0a77aecec196accc52973 01*48", HS_ATTEST_SIGNATURE,
	  "the signature was not made with the certificate's key over this payload" },
};

static struct attested
verify_row(enum build_part part, const char *hex)
{
	struct build_attestation b = build_usual_document(&attested_pki);

	b.parts[part] = hex;
	return attested_built(&b);
}

static void
a_document_that_nothing_is_wrong_with_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(verify_row(BUILD_BEFORE, NULL).reason, HS_ATTEST_OK);
}

static void
each_deviation_has_its_reason(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct attested got = verify_row(rows[i].part, rows[i].hex);

		wrong += attested_is_wrong(rows[i].name, &got, rows[i].want, rows[i].says);
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
		struct build_attestation b = build_usual_document(&attested_pki);

		b.parts[BUILD_MAP] = maps[i].map;
		b.parts[BUILD_MAP_END] = maps[i].end;
		b.parts[BUILD_PUBLIC_KEY] = maps[i].public_key;
		assert_int_equal(attested_built(&b).reason, maps[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_that_nothing_is_wrong_with_is_accepted),
		cmocka_unit_test(each_deviation_has_its_reason),
		cmocka_unit_test(a_map_without_length_is_accepted),
	};

	return cmocka_run_group_tests(tests, attested_set_up, attested_tear_down);
}
