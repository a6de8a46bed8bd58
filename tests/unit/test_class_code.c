/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/class_code.h"

#include "build_bytes.h"
#include "check_text.h"
#include "class_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static const char *const names[] = { "LineNumberTable", "" };

static unsigned first;

static void
write(FILE *out, const struct hs_class *k, struct hs_span bytes)
{
	first = hs_class_code_write(out, k, bytes);
}

/* The code with that table of lines, as text; free() it. */
static char *
listing(struct hs_span code, struct hs_span lines)
{
	struct hs_arena arena = { 0 };
	const struct hs_class k = class_of(&arena, names);
	struct hs_build b = { 0 };
	char *text;

	hs_build_be(&b, 0, 4);
	hs_build_be(&b, code.len, 4);
	hs_build_put(&b, code);
	hs_build_be(&b, 0, 2);
	hs_build_be(&b, lines.len > 0, 2);
	if (lines.len) {
		hs_build_be(&b, 1, 2);
		hs_build_be(&b, lines.len, 4);
		hs_build_put(&b, lines);
	}
	text = class_text(&k, hs_build_span(&b), write);
	hs_build_release(&b);
	hs_arena_release(&arena);
	return text;
}

static void
check(struct hs_span code, const char *want)
{
	char *text = listing(code, (struct hs_span){ NULL, 0 });

	hs_check_has(text, want);
	free(text);
}

static void
instructions_are_said_with_their_operands(void **state)
{
	(void)state;
	check(HS_SPAN("\x10\xff\x11\x01\x00\x15\x07"),
	      "    bipush -1\n    sipush 256\n    iload 7\n");
	check(HS_SPAN("\xc4\x84\x01\x00\xff\xfe\xc4\x15\x01\x00"),
	      "    wide iinc 256 -2\n    wide iload 256\n");
	check(HS_SPAN("\x84\x01\x05\xa7\xff\xfd"), "L1:\n    iinc 1 5\n    goto L1\n");
	check(HS_SPAN("\xfe"), "    instruction 254\n");
}

static void
switches_are_said_case_by_case(void **state)
{
	(void)state;
	check(HS_SPAN("\xaa\0\0\0\0\0\0\x18\0\0\0\5\0\0\0\6\0\0\0\x18\0\0\0\0\xb1"),
	      "L1:\n    tableswitch\n        5: L2\n        6: L1\n        default: L2\nL2:\n"
	      "    return\n");
	check(HS_SPAN("\x00\xab\0\0\0\0\0\x13\0\0\0\1\xff\xff\xff\xff\0\0\0\x13\xb1"),
	      "    lookupswitch\n        -1: L1\n        default: L1\nL1:\n    return\n");
}

static void
jumps_out_of_the_code_are_said(void **state)
{
	(void)state;
	check(HS_SPAN("\xa7\x00\x63"), "    goto (outside: 99)\n");
	check(HS_SPAN("\xa7\xff\x00"), "    goto (outside: -256)\n");
}

static void
lines_are_steps_from_the_first(void **state)
{
	char *text = listing(HS_SPAN("\x03\xac"), HS_SPAN("\0\2\0\0\0\x14\0\1\0\x12"));

	(void)state;
	assert_int_equal(first, 20);
	hs_check_has(text, "  line +0\n    iconst_0\n  line -2\n    ireturn\n");
	hs_check_lacks(text, "LineNumberTable");
	free(text);
}

/* A table that steps do not tell whole is a digest too. */
static void
odd_tables_of_lines_are_not_lost(void **state)
{
	static const struct hs_span odd[] = {
		{ (const uint8_t *)"\0\3\0\0\0\x14", 6 },            /* another number */
		{ (const uint8_t *)"\0\1\0\x63\0\x14", 6 },          /* outside */
		{ (const uint8_t *)"\0\1\0\0\0\0", 6 },              /* no line */
		{ (const uint8_t *)"\0\2\0\1\0\x14\0\0\0\x12", 10 }, /* not in order */
		{ (const uint8_t *)"\0", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		char *text = listing(HS_SPAN("\x03\xac"), odd[i]);

		hs_check_has(text, "LineNumberTable: ");
		free(text);
	}
}

static void
code_that_is_cut_short_ends(void **state)
{
	struct hs_arena arena = { 0 };
	const struct hs_class k = class_of(&arena, names);
	char *text = class_text(&k, HS_SPAN("\0\0\0\0\0\0\0\x63\x03"), write);

	(void)state;
	hs_check_has(text, "the code is cut short\n");
	free(text);
	text = class_text(&k, HS_SPAN("\0\0\0\0\0\0\0\1\x03\0\0\0\1!"), write);
	hs_check_has(text, "attributes that do not fit: 3 bytes, sha256:");
	free(text);
	check(HS_SPAN("\xaa\0\0\0\0\0\0\x18\0\0\0\0\x7f\xff\xff\xff"), "    tableswitch");
	check(HS_SPAN("\x03\x12"), "    iconst_0\n    ldc");
	hs_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_are_said_with_their_operands),
		cmocka_unit_test(switches_are_said_case_by_case),
		cmocka_unit_test(jumps_out_of_the_code_are_said),
		cmocka_unit_test(lines_are_steps_from_the_first),
		cmocka_unit_test(odd_tables_of_lines_are_not_lost),
		cmocka_unit_test(code_that_is_cut_short_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
