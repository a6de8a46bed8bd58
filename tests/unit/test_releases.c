/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/releases.h"

#include "unit.h"

static void
a_known_pcr1_names_the_release(void **state)
{
	static const struct {
		const char *hex, *versions, *arch;
	} rows[] = {
		{ "0343b056cd8485ca7890ddd833476d78460aed2aa161548e4e26bedf321726696257d623e8805f3f"
		  "605946b3d8b0c6aa",
		  "1.3.1 and later", "x86_64" },
		{ "BCDF05FEFCCAA8E55BF2C8D6DEE9E79BBFF31E34BF28A99AA19E6B29C37EE80B214A414B7607236E"
		  "DF26FCB78654E63F",
		  "1.2.0 to 1.3.0", "x86_64" },
		{ "745004eab9a0fb4a67973b261c6e7fa5418dc870292927591574385649338e54686cdeb659f3c6c2"
		  "e72ba11aba2158a8",
		  "1.3.1 and later", "aarch64" },
		{ "5d3938eb05288e20a981038b1861062ff4174884968a39aee5982b312894e60561883576cc7381d1"
		  "a7d05b809936bd16",
		  "1.2.0 to 1.3.0", "aarch64" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_release *found;
		struct hs_pcr pcr;

		assert_true(hs_pcr_parse(&pcr, hs_span_of(rows[i].hex)));
		found = hs_release_of_pcr1(&pcr);
		assert_non_null(found);
		assert_string_equal(found->versions, rows[i].versions);
		assert_string_equal(found->arch, rows[i].arch);
		pcr.bytes[0] ^= 1;
		assert_null(hs_release_of_pcr1(&pcr));
	}
}

/* Bytes of the right length are not enough. The genuine ones are 764416 bytes that AWS owns. */
static void
an_unknown_bootstrap_ramdisk_names_none(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const uint8_t *zeros = hs_arena_alloc(&arena, 764416);

	(void)state;
	assert_null(hs_release_of_bootstrap((struct hs_span){ zeros, 764416 }));
	assert_null(hs_release_of_bootstrap((struct hs_span){ zeros, 762368 }));
	assert_null(hs_release_of_bootstrap(HS_SPAN("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_pcr1_names_the_release),
		cmocka_unit_test(an_unknown_bootstrap_ramdisk_names_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
