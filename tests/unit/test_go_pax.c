/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "golang/go_pax.h"

#include <stdlib.h>

static void
records_are_sorted_and_the_last_of_a_key_counts(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = { 0 };

	(void)state;
	assert_true(
		hs_go_records_parse(&h, &arena, HS_SPAN("8 uid=1\n9 b=x=y\n\n8 uid=2\n5 a=\n")));
	assert_int_equal(h.n_records, 3);
	assert_span(h.records[0].key, "a");
	assert_span(h.records[0].value, "");
	assert_span(h.records[1].key, "b");
	assert_span(h.records[1].value, "x=y\n");
	assert_span(hs_go_record_value(&h, "uid"), "2");
	assert_span(hs_go_record_value(&h, "gid"), "");
}

static void
pairs_of_a_sparse_map_become_one_record(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = { 0 };

	(void)state;
	assert_true(
		hs_go_records_parse(&h, &arena,
	                            HS_SPAN("23 GNU.sparse.offset=1\n25 GNU.sparse.numbytes=2\n"
	                                    "20 GNU.sparse.map=9\n"
	                                    "24 GNU.sparse.offset=34\n24 GNU.sparse.numbytes=\n")));
	assert_int_equal(h.n_records, 1);
	assert_span(hs_go_record_value(&h, "GNU.sparse.map"), "1,2,34,");
}

static void
malformed_records_are_refused(void **state)
{
	static const char *const rows[] = {
		"x",
		"5",
		"5 a=",
		"6 a=\n",
		"4 a\n",
		"5 a \n",
		"05 a=\n5 b=",
		"-5 a=\n",
		"6 ab=x",
		"7 =abc\n",
		"4 =\n",
		"3 \n",
		"99999999999999999999 a=\n",
		"23 GNU.sparse.numbytes=1\n",
		"23 GNU.sparse.offset=1\n23 GNU.sparse.offset=1\n",
		"25 GNU.sparse.offset=1,2\n",
	};
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (hs_go_records_parse(&h, &arena, hs_span_of(rows[i])))
			fail_msg("\"%s\" is taken", rows[i]);
	assert_false(hs_go_records_parse(&h, &arena, HS_SPAN("10 path=\0\n")));
	assert_false(hs_go_records_parse(&h, &arena, HS_SPAN("7 a\0b=\n")));
	assert_true(hs_go_records_parse(&h, &arena, HS_SPAN("6 a=\0\n")));
}

static void
every_truncation_of_records_is_survived(void **state)
{
	const struct hs_span whole = HS_SPAN("8 uid=1\n23 GNU.sparse.offset=1\n"
	                                     "25 GNU.sparse.numbytes=2\n14 path=a/b/c\n");

	(void)state;
	for (size_t len = 0; len <= whole.len; len++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span part = exact_copy(whole, len);
		struct hs_go_header h = { 0 };
		const bool at_end = len == 0 || whole.at[len - 1] == '\n';

		assert_int_equal(hs_go_records_parse(&h, &arena, part), at_end);
		free((void *)(uintptr_t)part.at);
	}
}

static void
fields_come_from_records_that_are_not_empty(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = { .name = HS_SPAN("old"), .uname = HS_SPAN("old"), .uid = 5 };
	struct hs_build b = { 0 };

	(void)state;
	hs_build_pax_record(&b, "path", HS_SPAN("new"));
	hs_build_pax_record(&b, "linkpath", HS_SPAN("target"));
	hs_build_pax_record(&b, "uname", HS_SPAN(""));
	hs_build_pax_record(&b, "uid", HS_SPAN("-7"));
	hs_build_pax_record(&b, "size", HS_SPAN("12"));
	hs_build_pax_record(&b, "mtime", HS_SPAN("1.5"));
	assert_true(hs_go_records_parse(&h, &arena, hs_build_span(&b)));
	assert_true(hs_go_records_apply(&h));
	assert_span(h.name, "new");
	assert_span(h.link, "target");
	assert_span(h.uname, "old");
	assert_int_equal(h.uid, -7);
	assert_int_equal(h.size, 12);
	assert_true(h.mtime.set && h.mtime.at.nsec == 500000000);
	assert_false(h.atime.set);
	hs_build_pax_record(&b, "ctime", HS_SPAN("x"));
	assert_true(hs_go_records_parse(&h, &arena, hs_build_span(&b)));
	assert_false(hs_go_records_apply(&h));
	hs_build_release(&b);
}

static void
a_record_counts_the_digits_of_its_length(void **state)
{
	(void)state;
	for (size_t len = 0; len < 1200; len++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_go_record r = { HS_SPAN("k"),
			                        { hs_arena_alloc(&arena, len), len } };
		uint8_t *const at = hs_arena_alloc(&arena, len + 16);
		const size_t size = hs_go_record_size(&r);
		struct hs_go_header h = { 0 };

		assert_ptr_equal(hs_go_record_put(at, &r), at + size);
		assert_true(hs_go_records_parse(&h, &arena, (struct hs_span){ at, size }));
		assert_int_equal(h.n_records, 1);
		assert_int_equal(h.records[0].value.len, len);
	}
}

static void
keys_are_told_apart(void **state)
{
	(void)state;
	for (unsigned i = 0; i < HS_GO_N_KEYS; i++)
		assert_int_equal(hs_go_key_of(hs_span_of(hs_go_key_name((enum hs_go_key)i))), i);
	assert_int_equal(hs_go_key_of(HS_SPAN("pathx")), HS_GO_N_KEYS);
	assert_true(hs_go_key_is_xattr(HS_SPAN("SCHILY.xattr.user.a")));
	assert_false(hs_go_key_is_xattr(HS_SPAN("SCHILY.dev")));
	assert_true(hs_go_key_is_sparse(HS_SPAN("GNU.sparse.major")));
	assert_false(hs_go_key_is_sparse(HS_SPAN("GNU.sparse")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_sorted_and_the_last_of_a_key_counts),
		cmocka_unit_test(pairs_of_a_sparse_map_become_one_record),
		cmocka_unit_test(malformed_records_are_refused),
		cmocka_unit_test(every_truncation_of_records_is_survived),
		cmocka_unit_test(fields_come_from_records_that_are_not_empty),
		cmocka_unit_test(a_record_counts_the_digits_of_its_length),
		cmocka_unit_test(keys_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
