/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/capability.h"

static void
capability_is_said_in_the_words_of_getcap(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct {
		struct hs_span value;
		const char *want;
	} rows[] = {
		/* setcap cap_net_bind_service=ep, cap_net_raw,cap_net_admin=eip, =, rev 1, rev 3 */
		{ HS_SPAN("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "cap_net_bind_service=ep" },
		{ HS_SPAN("\1\0\0\2\0\x30\0\0\0\x30\0\0\0\0\0\0\0\0\0\0"),
		  "cap_net_admin,cap_net_raw=eip" },
		{ HS_SPAN("\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "=" },
		{ HS_SPAN("\0\0\0\1\1\0\0\0\2\0\0\0"), "cap_chown=p cap_dac_override=i" },
		{ HS_SPAN("\1\0\0\3\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\xe8\3\0\0"),
		  "cap_bpf=ep [rootid=1000]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_span got;

		assert_true(hs_capability_text(&got, &a, rows[i].value));
		assert_span(got, rows[i].want);
	}
}

static void
capability_of_another_size_or_revision_is_left_to_the_caller(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = HS_SPAN("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	struct hs_span got;

	(void)state;
	for (size_t len = 0; len < whole.len; len++)
		assert_false(hs_capability_text(&got, &a, hs_span_head(whole, len)));
	assert_false(hs_capability_text(&got, &a, HS_SPAN("\1\0\0\4\0\0\0\0\0\0\0\0")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(capability_is_said_in_the_words_of_getcap),
		cmocka_unit_test(capability_of_another_size_or_revision_is_left_to_the_caller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
