/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_stream.h"
#include "compared.h"

static void
summary_counts_members_and_not_what_holds_them(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = cpio_of(&a, "s=1 c=1 a=1 old=moving");
	const struct hs_span y = cpio_of(&a, "s=1 c=2 b1= b2=2 new=moving");
	struct compared c;

	(void)state;
	compared_init(&c, build_stream(&a, HS_CODEC_GZIP, x), build_stream(&a, HS_CODEC_GZIP, y),
	              NULL, NULL);
	assert_int_equal(c.report.summary.same, 1);
	assert_int_equal(c.report.summary.content, 1);
	assert_int_equal(c.report.summary.moved, 1);
	assert_int_equal(c.report.summary.only_a, 1);
	assert_int_equal(c.report.summary.only_b, 2);
	assert_int_equal(c.report.summary.entries, 6);
	assert_false(c.report.same);
	assert_true(c.report.complete);
	assert_int_equal(c.report.exit_status, 1);
	assert_int_equal(c.report.root->id, 1);
	assert_int_equal(c.report.root->first_child->id, 2);
	compared_release(&c);
}

static void
summary_names_each_reason_of_incompleteness_once(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = cpio_of(&a, "m=1 n=2 o=3"), y = cpio_of(&a, "m=2 n=2 o=3");
	struct compared c;

	(void)state;
	compared_init(&c, hs_span_head(x, x.len / 2), hs_span_head(y, y.len / 3), NULL, NULL);
	assert_int_equal(c.report.exit_status, 3);
	assert_false(c.report.complete);
	assert_int_equal(c.report.n_reasons, 1);
	assert_string_equal(c.report.reasons[0], "damaged");
	compared_release(&c);
}

static void
summary_of_equal_bytes_is_the_same_whatever_is_in_them(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = cpio_of(&a, "m=1 n=2");
	const struct hs_span cut = hs_span_head(x, x.len / 2);
	struct compared c;

	(void)state;
	compared_init(&c, cut, cut, NULL, NULL);
	assert_true(c.report.same);
	assert_int_equal(c.report.exit_status, 0);
	assert_memory_equal(&c.report.a.sha256, &c.report.b.sha256, sizeof(c.report.a.sha256));
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(summary_counts_members_and_not_what_holds_them),
		cmocka_unit_test(summary_names_each_reason_of_incompleteness_once),
		cmocka_unit_test(summary_of_equal_bytes_is_the_same_whatever_is_in_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
