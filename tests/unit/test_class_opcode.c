/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/class_opcode.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

/* Numbers from chapter 6.5 of the specification, some of each range. */
static void
opcodes_have_the_numbers_of_the_specification(void **state)
{
	static const struct {
		unsigned op;
		const char *name;
	} rows[] = {
		{ 0x00, "nop" },
		{ 0x0f, "dconst_1" },
		{ 0x12, "ldc" },
		{ 0x19, "aload" },
		{ 0x2d, "aload_3" },
		{ 0x35, "saload" },
		{ 0x3a, "astore" },
		{ 0x4e, "astore_3" },
		{ 0x56, "sastore" },
		{ 0x5f, "swap" },
		{ 0x60, "iadd" },
		{ 0x83, "lxor" },
		{ 0x84, "iinc" },
		{ 0x93, "i2s" },
		{ 0x98, "dcmpg" },
		{ 0xa7, "goto" },
		{ 0xab, "lookupswitch" },
		{ 0xb1, "return" },
		{ 0xb9, "invokeinterface" },
		{ 0xba, "invokedynamic" },
		{ 0xbf, "athrow" },
		{ 0xc4, "wide" },
		{ 0xc5, "multianewarray" },
		{ 0xc9, "jsr_w" },
		{ 0xca, "breakpoint" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(hs_class_opcodes[rows[i].op].name, rows[i].name);
}

static void
operands_are_of_known_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < HS_CLASS_OPCODES; i++) {
		assert_non_null(hs_class_opcodes[i].name);
		assert_int_equal(strspn(hs_class_opcodes[i].operands, "cCuUbsjJ"),
		                 strlen(hs_class_opcodes[i].operands));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opcodes_have_the_numbers_of_the_specification),
		cmocka_unit_test(operands_are_of_known_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
