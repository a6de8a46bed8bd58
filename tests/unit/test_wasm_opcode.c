/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_opcode.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

/* Numbers from chapter 5.4 of the specification, some of each range. */
static void
opcodes_have_the_numbers_of_the_specification(void **state)
{
	static const struct {
		unsigned prefix;
		uint64_t number;
		const char *name, *operands;
	} rows[] = {
		{ 0, 0x00, "unreachable", "" },
		{ 0, 0x11, "call_indirect", "I" },
		{ 0, 0x1a, "drop", "" },
		{ 0, 0x28, "i32.load", "m" },
		{ 0, 0x3e, "i64.store32", "m" },
		{ 0, 0x45, "i32.eqz", "" },
		{ 0, 0x5a, "i64.ge_u", "" },
		{ 0, 0x66, "f64.ge", "" },
		{ 0, 0x6a, "i32.add", "" },
		{ 0, 0x8a, "i64.rotr", "" },
		{ 0, 0xa6, "f64.copysign", "" },
		{ 0, 0xbf, "f64.reinterpret_i64", "" },
		{ 0, 0xc4, "i64.extend32_s", "" },
		{ 0, 0xd2, "ref.func", "f" },
		{ HS_WASM_MISC, 0, "i32.trunc_sat_f32_s", "" },
		{ HS_WASM_MISC, 10, "memory.copy", "xx" },
		{ HS_WASM_MISC, 17, "table.fill", "x" },
		{ HS_WASM_VECTOR, 0, "v128", "m" },
		{ HS_WASM_VECTOR, 12, "v128", "6" },
		{ HS_WASM_VECTOR, 84, "v128", "m0" },
		{ HS_WASM_VECTOR, 174, "v128", "" },
		{ HS_WASM_ATOMIC, 0, "memory.atomic.notify", "m" },
		{ HS_WASM_ATOMIC, 3, "atomic.fence", "0" },
		{ HS_WASM_ATOMIC, 0x1e, "atomic", "m" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_wasm_opcode op = hs_wasm_opcode(rows[i].prefix, rows[i].number);

		assert_non_null(op.name);
		assert_string_equal(op.name, rows[i].name);
		assert_string_equal(op.operands, rows[i].operands);
	}
}

static void
numbers_that_mean_nothing_have_no_name(void **state)
{
	(void)state;
	assert_null(hs_wasm_opcode(0, 0x27).name);
	assert_null(hs_wasm_opcode(0, 0xd3).name);
	assert_null(hs_wasm_opcode(HS_WASM_MISC, 18).name);
	assert_null(hs_wasm_opcode(HS_WASM_VECTOR, 0x114).name);
	assert_null(hs_wasm_opcode(HS_WASM_ATOMIC, 4).name);
	assert_null(hs_wasm_opcode(HS_WASM_ATOMIC, UINT64_MAX).name);
	assert_null(hs_wasm_opcode(0xfb, 0).name);
}

static void
operands_are_of_known_kinds(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 256; i++) {
		const struct hs_wasm_opcode op = hs_wasm_opcode(0, i);

		if (op.name)
			assert_int_equal(strspn(op.operands, "bx0fgtmih486vTI"),
			                 strlen(op.operands));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opcodes_have_the_numbers_of_the_specification),
		cmocka_unit_test(numbers_that_mean_nothing_have_no_name),
		cmocka_unit_test(operands_are_of_known_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
