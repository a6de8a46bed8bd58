/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/lines.h"

#include "core/limits.h"
#include "unit.h"

static void
lines_grow_by_what_is_added(void **state)
{
	struct hs_lines l = { 0 };

	(void)state;
	hs_lines_word(&l, "a");
	hs_linesf(&l, "%d", 12);
	hs_lines_hex(&l, HS_SPAN("\x01\xfe"));
	hs_lines_add(&l, HS_SPAN("\n"));
	assert_span(hs_lines_span(&l), "a1201fe\n");
	hs_lines_release(&l);
	assert_int_equal(l.len, 0);
	assert_null(l.at);
}

/* Two names that begin alike do not become the same. */
static void
long_names_are_cut_and_told_apart(void **state)
{
	struct hs_lines x = { 0 }, y = { 0 };
	char name[1000];

	(void)state;
	memset(name, 'n', sizeof(name));
	hs_lines_name(&x, (struct hs_span){ (const uint8_t *)name, sizeof(name) });
	name[999] = 'm';
	hs_lines_name(&y, (struct hs_span){ (const uint8_t *)name, sizeof(name) });
	assert_true(x.len < 500);
	assert_false(hs_span_equal(hs_lines_span(&x), hs_lines_span(&y)));
	hs_lines_release(&x);
	hs_lines_name(&x, HS_SPAN("a\x1b[0m\\"));
	assert_span(hs_lines_span(&x), "a\\x1b[0m\\\\");
	hs_lines_release(&x);
	hs_lines_release(&y);
}

static void
lines_end_at_the_limit(void **state)
{
	static char mib[1 << 20];
	struct hs_lines l = { 0 };
	struct hs_content c;
	struct hs_err err;

	(void)state;
	while (!l.full)
		hs_lines_add(&l, (struct hs_span){ (const uint8_t *)mib, sizeof(mib) });
	assert_true(l.len <= HS_MAX_TEXT && l.len > HS_MAX_TEXT - sizeof(mib));
	hs_lines_word(&l, "more");
	assert_int_equal(hs_lines_content(&c, &l, &err), HS_ELIMIT);
	assert_true(c.bytes.len > 0);
	assert_null(l.at);
	hs_content_release(&c);
	hs_lines_word(&l, "x");
	assert_int_equal(hs_lines_content(&c, &l, &err), 0);
	assert_span(c.bytes, "x");
	hs_content_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_grow_by_what_is_added),
		cmocka_unit_test(long_names_are_cut_and_told_apart),
		cmocka_unit_test(lines_end_at_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
