/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/rfc6979.h"

#include "build_certificate.h"
#include "unit.h"

#include <openssl/ec.h>
#include <stdlib.h>

#define P256 "prime256v1"
#define P384 "secp384r1"
#define P521 "secp521r1"

/* RFC 6979 A.2.5 to A.2.7. */
#define X256 "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"
#define X384                                                                                       \
	"6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8"                         \
	"96D5724E4C70A825F872C9EA60D2EDF5"
#define X521                                                                                       \
	"00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75"                         \
	"CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538"

static const struct {
	const char *group, *x, *hash, *message, *r, *s;
} rows[] = {
	{ P256, X256, "SHA256", "sample",
	  "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
	  "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
	{ P256, X256, "SHA256", "test",
	  "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
	  "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083" },
	{ P256, X256, "SHA512", "sample",
	  "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00",
	  "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE" },
	{ P384, X384, "SHA384", "sample",
	  "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C"
	  "81A648152E44ACF96E36DD1E80FABE46",
	  "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F"
	  "A329C145786E679E7B82C71A38628AC8" },
	{ P384, X384, "SHA384", "test",
	  "8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB"
	  "0542A7F0812998DA8F1DD3CA3CF023DB",
	  "DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E0"
	  "6A739F040649A667BF3B828246BAA5A5" },
	{ P521, X521, "SHA512", "sample",
	  "C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F17"
	  "4E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA",
	  "617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF28"
	  "2623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A" },
	{ P521, X521, "SHA512", "test",
	  "013E99020ABF5CEE7525D16B69B229652AB6BDF2AFFCAEF38773B4B7D08725F1"
	  "0CDB93482FDCC54EDCEE91ECA4166B2A7C6265EF0CE2BD7051B7CEF945BABD47EE6D",
	  "01FBD0013C674AA79CB39849527916CE301C66EA7CE8B80682786AD60F98F7E7"
	  "8A19CA69EFF5C57400E3B3A0AD66CE0978214D13BAF4E9AC60752F7B155E2DE4DCE3" },
	{ P521, X521, "SHA1", "sample",
	  "343B6EC45728975EA5CBA6659BBB6062A5FF89EEA58BE3C80B619F322C87910F"
	  "E092F7D45BB0F8EEE01ED3F20BABEC079D202AE677B243AB40B5431D497C55D75D",
	  "E7B0E675A9B24413D448B8CC119D2BF7B2D2DF032741C096634D6D65D0DBE3D5"
	  "694625FB9E8104D3B842C1B0E2D0B98BEA19341E8676AEF66AE4EBA3D5475D5D16" },
};

static bool
is_number(const BIGNUM *got, const char *hex)
{
	BIGNUM *want = NULL;
	bool same;

	BN_hex2bn(&want, hex);
	same = BN_cmp(got, want) == 0;
	BN_free(want);
	return same;
}

static void
the_examples_of_the_rfc_are_reproduced(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		EVP_PKEY *const key = build_ec_key(rows[i].group, rows[i].x);
		RELEASED struct hs_arena arena = { 0 };
		uint8_t digest[EVP_MAX_MD_SIZE];
		struct hs_span der;
		ECDSA_SIG *sig;
		struct hs_err err;
		size_t len;

		assert_int_equal(EVP_Q_digest(NULL, rows[i].hash, NULL, rows[i].message,
		                              strlen(rows[i].message), digest, &len),
		                 1);
		assert_int_equal(hs_rfc6979_sign(&der, &arena,
		                                 &(struct hs_rfc6979){ key, rows[i].hash },
		                                 (struct hs_span){ digest, len }, &err),
		                 0);
		sig = d2i_ECDSA_SIG(NULL, &der.at, (long)der.len);
		assert_non_null(sig);
		assert_true(is_number(ECDSA_SIG_get0_r(sig), rows[i].r));
		assert_true(is_number(ECDSA_SIG_get0_s(sig), rows[i].s));
		ECDSA_SIG_free(sig);
		EVP_PKEY_free(key);
	}
}

static void
a_key_on_no_known_curve_is_refused(void **state)
{
	EVP_PKEY *const key = build_other_key("ED25519");
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span der;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_rfc6979_sign(&der, &arena, &(struct hs_rfc6979){ key, "SHA256" },
	                                 HS_SPAN("0123456789abcdef"), &err),
	                 HS_EUSAGE);
	assert_string_equal(err.text, "OpenSSL could not sign with the private key");
	EVP_PKEY_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_rfc_are_reproduced),
		cmocka_unit_test(a_key_on_no_known_curve_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
