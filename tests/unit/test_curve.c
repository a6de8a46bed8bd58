/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/curve.h"

#include "build_certificate.h"
#include "unit.h"

static void
keys_and_algorithms_name_their_curve(void **state)
{
	static const struct {
		const char *group, *name, *alg, *kind;
		int64_t cose;
		size_t order, digest;
	} rows[] = {
		{ "prime256v1", "P-256", "ES256", "EC P-256", -7, 32, 32 },
		{ "secp384r1", "P-384", "ES384", "EC P-384", -35, 48, 48 },
		{ "secp521r1", "P-521", "ES512", "EC P-521", -36, 66, 64 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		EVP_PKEY *const key = build_ec_key(rows[i].group, "5");
		const struct hs_curve *const curve = hs_curve_of_key(key);
		uint8_t digest[EVP_MAX_MD_SIZE];
		char kind[HS_KEY_KIND];

		assert_ptr_equal(curve, hs_curve_of_cose(rows[i].cose));
		assert_string_equal(curve->name, rows[i].name);
		assert_string_equal(curve->alg, rows[i].alg);
		assert_int_equal(curve->order, rows[i].order);
		assert_int_equal(hs_curve_digest(digest, curve, HS_SPAN("abc")), rows[i].digest);
		assert_string_equal(hs_key_kind(kind, key), rows[i].kind);
		EVP_PKEY_free(key);
	}
	assert_null(hs_curve_of_cose(-8));
}

static void
other_keys_have_no_curve_but_a_kind(void **state)
{
	EVP_PKEY *const p224 = build_ec_key("secp224r1", "5");
	EVP_PKEY *const rsa = build_other_key("RSA");
	EVP_PKEY *const ed25519 = build_other_key("ED25519");
	char kind[HS_KEY_KIND];

	(void)state;
	assert_null(hs_curve_of_key(p224));
	assert_null(hs_curve_of_key(rsa));
	assert_null(hs_curve_of_key(ed25519));
	assert_null(hs_curve_of_key(NULL));
	assert_string_equal(hs_key_kind(kind, p224), "EC secp224r1");
	assert_string_equal(hs_key_kind(kind, rsa), "RSA 2048");
	assert_string_equal(hs_key_kind(kind, ed25519), "ED25519");
	assert_string_equal(hs_key_kind(kind, NULL), "of an unknown kind");
	EVP_PKEY_free(p224);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_and_algorithms_name_their_curve),
		cmocka_unit_test(other_keys_have_no_curve_but_a_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
