/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/hash.h"

static void
sha256_gives_the_digests_of_fips_180_4(void **state)
{
	const struct hs_sha256 empty = hs_sha256((struct hs_span){ 0 });
	const struct hs_sha256 abc = hs_sha256(HS_SPAN("abc"));
	char hex[HS_SHA256_HEX];

	(void)state;
	assert_string_equal(hs_sha256_hex(hex, &empty),
	                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(hs_sha256_hex(hex, &abc),
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
sha256_in_pieces_is_sha256_of_the_whole(void **state)
{
	const struct hs_span text = HS_SPAN("what comes in pieces");
	const struct hs_sha256 whole = hs_sha256(text);
	struct hs_sha256_stream s;
	struct hs_sha256 got;

	(void)state;
	hs_sha256_init(&s);
	for (size_t i = 0; i < text.len; i++)
		hs_sha256_update(&s, (struct hs_span){ text.at + i, 1 });
	hs_sha256_final(&s, &got);
	assert_memory_equal(&got, &whole, sizeof(got));
	hs_sha256_init(&s);
	hs_sha256_final(&s, NULL);
	assert_null(s.evp);
}

static void
xxh_tells_contents_apart(void **state)
{
	const struct hs_xxh128 a = hs_xxh128(HS_SPAN("a")), b = hs_xxh128(HS_SPAN("b"));

	(void)state;
	assert_true(a.low != b.low || a.high != b.high);
	assert_true(hs_xxh64(HS_SPAN("a")) != hs_xxh64(HS_SPAN("b")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_gives_the_digests_of_fips_180_4),
		cmocka_unit_test(sha256_in_pieces_is_sha256_of_the_whole),
		cmocka_unit_test(xxh_tells_contents_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
