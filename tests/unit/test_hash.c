/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/hash.h"

#include <openssl/evp.h>

enum { LARGEST = 700 };

static struct hs_span
fill(uint8_t *room, unsigned seed)
{
	for (size_t i = 0; i < LARGEST; i++)
		room[i] = (uint8_t)(i * 7 + (i >> 3) * seed);
	return (struct hs_span){ room, LARGEST };
}

static void
assert_digest(const struct hs_sha256 *got, struct hs_span bytes)
{
	uint8_t wanted[HS_SHA256_SIZE];

	assert_int_equal(EVP_Digest(bytes.at, bytes.len, wanted, NULL, EVP_sha256(), NULL), 1);
	assert_memory_equal(got->bytes, wanted, sizeof(wanted));
}

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
sha256_is_what_openssl_says_of_every_length(void **state)
{
	uint8_t room[LARGEST];
	const struct hs_span all = fill(room, 3);

	(void)state;
	for (size_t n = 0; n <= LARGEST; n++) {
		const struct hs_sha256 got = hs_sha256(hs_span_head(all, n));

		assert_digest(&got, hs_span_head(all, n));
	}
}

/* Two streams in steps of their own, which part and meet at every place of a block. */
static void
sha256_of_two_at_once_is_that_of_each(void **state)
{
	uint8_t a[LARGEST], b[LARGEST];
	const struct hs_span of[2] = { fill(a, 5), fill(b, 11) };

	(void)state;
	for (size_t n = 0; n <= LARGEST; n += 3) {
		for (size_t m = 1; m <= 200; m += 13) {
			struct hs_span x = hs_span_head(of[0], n), y = of[1];
			struct hs_sha256_stream s, t;
			struct hs_sha256 got[2];

			hs_sha256_init(&s);
			hs_sha256_init(&t);
			while (x.len || y.len) {
				hs_sha256_update_two(&s, hs_span_head(x, m), &t,
				                     hs_span_head(y, 133));
				x = hs_span_from(x, m);
				y = hs_span_from(y, 133);
			}
			hs_sha256_final(&s, &got[0]);
			hs_sha256_final(&t, &got[1]);
			assert_digest(&got[0], hs_span_head(of[0], n));
			assert_digest(&got[1], of[1]);
		}
	}
}

static void
sha384_takes_what_stands_in_several_places(void **state)
{
	const struct hs_span parts[] = { HS_SPAN("a"), { NULL, 0 }, HS_SPAN("bc") };
	const struct hs_sha384 abc = hs_sha384_of(parts, 3), empty = hs_sha384_of(NULL, 0);
	char hex[HS_SHA384_HEX];

	(void)state;
	assert_string_equal(hs_sha384_hex(hex, &abc),
	                    "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
	                    "8086072ba1e7cc2358baeca134c825a7");
	assert_string_equal(hs_sha384_hex(hex, &empty),
	                    "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
	                    "274edebfe76f65fbd51ad2f14898b95b");
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
		cmocka_unit_test(sha256_is_what_openssl_says_of_every_length),
		cmocka_unit_test(sha256_of_two_at_once_is_that_of_each),
		cmocka_unit_test(sha384_takes_what_stands_in_several_places),
		cmocka_unit_test(xxh_tells_contents_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
