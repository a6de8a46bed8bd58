/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/reason.h"

#include "unit.h"

#include <string.h>

static void
every_reason_has_a_word_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < HS_ATTEST_N_REASONS; i++) {
		const char *name = hs_attest_reason_name((enum hs_attest_reason)i);

		assert_non_null(name);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(name,
			                        hs_attest_reason_name((enum hs_attest_reason)k));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reason_has_a_word_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
