/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_skip.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
imports_of_each_kind_are_taken(void **state)
{
	static const struct {
		struct hs_span bytes;
		enum hs_wasm_kind kind;
		size_t type;
	} rows[] = {
		{ { (const uint8_t *)"\1a\1b\0\5", 6 }, HS_WASM_IS_FUNCTION, 1 },
		{ { (const uint8_t *)"\1a\1b\1\x70\0\1", 8 }, HS_WASM_IS_TABLE, 3 },
		{ { (const uint8_t *)"\1a\1b\2\1\1\2", 8 }, HS_WASM_IS_MEMORY, 3 },
		{ { (const uint8_t *)"\1a\1b\3\x7f\1", 7 }, HS_WASM_IS_GLOBAL, 2 },
		{ { (const uint8_t *)"\1a\1b\4\0\1", 7 }, HS_WASM_IS_TAG, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_cursor c = { .rest = rows[i].bytes };
		struct hs_wasm_import import;

		assert_true(hs_wasm_take_import(&import, &c));
		assert_int_equal(import.kind, rows[i].kind);
		assert_int_equal(import.type.len, rows[i].type);
		assert_true(hs_span_is(import.module, "a"));
		assert_true(hs_span_is(import.name, "b"));
		assert_int_equal(c.rest.len, 0);
		for (size_t len = 0; len < rows[i].bytes.len; len++) {
			c = (struct hs_cursor){ .rest = hs_span_head(rows[i].bytes, len) };
			assert_false(hs_wasm_take_import(&import, &c));
		}
	}
}

static void
expressions_are_passed_over_with_their_end(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("\x23\1\x41\x80\1\x6a\x0bX") };

	(void)state;
	hs_wasm_skip_expression(&c);
	assert_false(c.cut);
	assert_true(hs_span_is(c.rest, "X"));
	c = (struct hs_cursor){ .rest = HS_SPAN("\x41\x80") };
	hs_wasm_skip_expression(&c);
	assert_true(c.cut);
	c = (struct hs_cursor){ .rest = HS_SPAN("\xff\x0b") };
	hs_wasm_skip_expression(&c);
	assert_true(c.cut);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(imports_of_each_kind_are_taken),
		cmocka_unit_test(expressions_are_passed_over_with_their_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
