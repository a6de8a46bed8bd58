/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "check_text.h"
#include "engine/measuring.h"
#include "measured.h"

static void
command_lines_are_told_word_by_word(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "x quiet", "x", "the kernel command line has quiet only in a" },
		{ "x", "x debug", "the kernel command line has debug only in b" },
		{ "x y", "x z", "the kernel command line has y only in a and z only in b" },
		{ "x y", "y  x",
		  "the kernel command line has the same words in another order or "
		  "with other blanks" },
		{ "x x", "x", "the kernel command line has x only in a" },
		{ "", "a b c d e f", "the kernel command line has a, b, c, d, ... only in b" },
		{ "x", "\x1b[2J",
		  "the kernel command line has x only in a and \\x1b[2J only in "
		  "b" },
		{ "x", "x y,z", "the kernel command line has 'y,z' only in b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_measuring m = { .keep = &a };

		assert_string_equal(
			hs_cause_cmdline(&m, hs_span_of(rows[i].a), hs_span_of(rows[i].b)),
			rows[i].want);
	}
}

static void
a_command_line_that_is_no_line_has_other_content(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_measuring m = { .keep = &a };
	char many[600], longer[300];

	(void)state;
	memset(longer, 'x', sizeof(longer));
	for (size_t i = 0; i < sizeof(many); i++)
		many[i] = i % 2 ? ' ' : 'x';
	assert_string_equal(
		hs_cause_cmdline(&m, HS_SPAN("x"), (struct hs_span){ (uint8_t *)longer, 300 }),
		"the kernel command line has other content");
	assert_string_equal(
		hs_cause_cmdline(&m, (struct hs_span){ (uint8_t *)many, 600 }, HS_SPAN("x")),
		"the kernel command line has other content");
}

static const char *
of_customer(struct hs_arena *a, const char *x, const char *y)
{
	return measure_ramdisks(a, measured_ramdisk(a, x, 721, 1), measured_ramdisk(a, y, 721, 1));
}

static void
command_and_environment_are_told_line_by_line(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "cmd=one\n", "cmd=two\n",
		  "cmd in the customer ramdisk has one only in a and two "
		  "only in b\n" },
		{ "env=A=1\nB=2\n", "env=A=1\n",
		  "env in the customer ramdisk has B=2 only in a\n" },
		{ "env=A=1\nB=2\n", "env=B=2\nA=1\n",
		  "env in the customer ramdisk has the same lines in another order\n" },
		{ "env=A=1\n", "env%600=A=2\n",
		  "env in the customer ramdisk has A=1 only in a and A=2 only in b (mode differs "
		  "too)\n" },
		{ "env=A=1\n", "env=A=1", "env in the customer ramdisk has other content\n" },
		{ "env=", "env=A=1\n", "env in the customer ramdisk has A=1 only in b\n" },
		{ "rootfs/env=1", "rootfs/env=2",
		  "rootfs/env in the customer ramdisk has other content\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		hs_check_has(of_customer(&a, rows[i].a, rows[i].b), rows[i].want);
	}
}

static void
a_command_of_many_lines_has_other_content(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	char many[300] = "cmd=";

	(void)state;
	for (size_t i = 4; i + 1 < sizeof(many); i++)
		many[i] = i % 2 ? '\n' : 'x';
	hs_check_has(of_customer(&a, many, "cmd=x"),
	             "cmd in the customer ramdisk has other content\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(command_lines_are_told_word_by_word),
		cmocka_unit_test(a_command_line_that_is_no_line_has_other_content),
		cmocka_unit_test(command_and_environment_are_told_line_by_line),
		cmocka_unit_test(a_command_of_many_lines_has_other_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
