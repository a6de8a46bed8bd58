/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crc32.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

static void
crc32_gives_the_check_value_of_the_catalogue(void **state)
{
	(void)state;
	assert_int_equal(hs_crc32(HS_SPAN("123456789")), 0xcbf43926);
	assert_int_equal(hs_crc32(HS_SPAN("")), 0);
	assert_int_equal(hs_crc32((struct hs_span){ NULL, 0 }), 0);
}

/* Lengths and places that vector code treats apart. */
static void
crc32_is_that_of_zlib_at_every_length_and_offset(void **state)
{
	uint8_t bytes[700];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 167 + (i >> 3));
	for (size_t off = 0; off < 17; off++)
		for (size_t len = 0; off + len <= sizeof(bytes); len += 1 + len / 7)
			assert_int_equal(hs_crc32((struct hs_span){ bytes + off, len }),
			                 crc32_z(0, bytes + off, len));
}

static void
crc32_goes_on_from_any_place(void **state)
{
	uint8_t bytes[300];
	const struct hs_span all = { bytes, sizeof(bytes) };

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 31 + (i >> 2));
	for (size_t i = 0; i <= sizeof(bytes); i++)
		assert_int_equal(
			hs_crc32_more(hs_crc32(hs_span_head(all, i)), hs_span_from(all, i)),
			hs_crc32(all));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc32_gives_the_check_value_of_the_catalogue),
		cmocka_unit_test(crc32_is_that_of_zlib_at_every_length_and_offset),
		cmocka_unit_test(crc32_goes_on_from_any_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
