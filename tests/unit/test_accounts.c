/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_accounts;

static const char sample[] = "root:x:0:0:root:/root:/bin/sh\napp:x:100:101::/:/sbin/nologin\n";

static void
accounts_win_by_their_names(void **state)
{
	(void)state;
	check_leaf_wins(row, hs_span_of(sample), "etc/passwd");
	check_leaf_wins(row, hs_span_of(sample), "passwd-");
	assert_int_equal(row->bid_named(hs_span_of(sample), HS_SPAN("etc/passwd.md")), 0);
	assert_int_equal(row->bid_named(HS_SPAN("\1\2\0"), HS_SPAN("passwd")), 0);
}

static void
accounts_are_said_by_field(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, sample),
	             "root password: x\nroot uid: 0\nroot gid: 0\nroot comment: root\n"
	             "root home: /root\nroot shell: /bin/sh\napp password: x\napp uid: 100\n");
	hs_check_has(leaf_of(&arena, row, "g:x:5:a,b\n"),
	             "g password: x\ng gid: 5\ng members: a,b\n(key order): ");
	hs_check_has(leaf_of(&arena, row, "g:!::a\n"),
	             "g password: !\ng administrators: \ng members: a\n(key order): ");
	hs_check_has(leaf_of(&arena, row, "r:*:19000:0:99999:7:::\n"),
	             "r password: *\nr changed: 19000\nr min: 0\nr max: 99999\nr warn: 7\n");
}

static void
accounts_leave_to_text_what_is_none(void **state)
{
	static const char *const rows[] = { "words\n",    "a:b\n",           ":x:0:0::/:/bin/sh\n",
		                            "g:x:5:\n\n", "g:x:5:\ng:x:5\n", "\xff:x:5:\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		if (row->describe(&facts, hs_span_of(rows[i]), &err) != HS_ENOTMINE)
			fail_msg("%s is taken", rows[i]);
	}
}

static void
accounts_survive_truncations_and_changes(void **state)
{
	(void)state;
	check_leaf_truncations(row, hs_span_of(sample), 9);
	check_leaf_survives(row, hs_span_of(sample));
	check_leaf_tells_every_byte(row, hs_span_of(sample), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_win_by_their_names),
		cmocka_unit_test(accounts_are_said_by_field),
		cmocka_unit_test(accounts_leave_to_text_what_is_none),
		cmocka_unit_test(accounts_survive_truncations_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
