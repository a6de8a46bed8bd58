/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hex.h"

#include "unit.h"

static void
each_byte_becomes_two_digits(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_span(hs_hex(&arena, HS_SPAN("\x00\x1f\xa0\xff")), "001fa0ff");
	assert_int_equal(hs_hex(&arena, HS_SPAN("")).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_becomes_two_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
