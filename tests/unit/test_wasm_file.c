/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_file.h"

#include "wasm_text.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static uint64_t
number(struct hs_span bytes, bool *cut)
{
	struct hs_cursor c = { .rest = bytes };
	const uint64_t v = hs_wasm_unsigned(&c);

	*cut = c.cut;
	return v;
}

static int64_t
signed_number(struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };

	return hs_wasm_signed(&c);
}

/* The examples of the LEB128 chapter of DWARF 5, 7.6. */
static void
numbers_are_read(void **state)
{
	bool cut;

	(void)state;
	assert_int_equal(number(HS_SPAN("\x02"), &cut), 2);
	assert_int_equal(number(HS_SPAN("\x7f"), &cut), 127);
	assert_int_equal(number(HS_SPAN("\x80\x01"), &cut), 128);
	assert_int_equal(number(HS_SPAN("\xb9\x64"), &cut), 12857);
	assert_int_equal(number(HS_SPAN("\x82\x80\x80\x80\x00"), &cut), 2);
	assert_false(cut);
	number(HS_SPAN("\x80"), &cut);
	assert_true(cut);
	number(HS_SPAN("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), &cut);
	assert_true(cut);
	assert_int_equal(signed_number(HS_SPAN("\x7e")), -2);
	assert_int_equal(signed_number(HS_SPAN("\xff\x00")), 127);
	assert_int_equal(signed_number(HS_SPAN("\x81\x7f")), -127);
	assert_int_equal(signed_number(HS_SPAN("\x80\x7f")), -128);
	assert_true(signed_number(HS_SPAN("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f")) ==
	            INT64_MIN);
}

static void
module_is_read_section_by_section(void **state)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	const struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ .more = true });

	(void)state;
	assert_int_equal(w.n_sections, 12);
	assert_int_equal(w.n_types, 2);
	assert_int_equal(w.n_imported, 1);
	assert_int_equal(w.n_functions, 3);
	assert_true(hs_span_is(w.functions[0].name, "put"));
	assert_int_equal(w.functions[0].type, 1);
	assert_true(hs_span_is(w.functions[1].name, "extra"));
	assert_true(hs_span_is(w.functions[2].name, "run"));
	assert_int_equal(w.n_segments, 1);
	assert_true(hs_span_is(w.segments[0].bytes, "text"));
	assert_int_equal(w.n_globals, 1);
	assert_int_equal(w.rest.len, 0);
	assert_int_equal(hs_wasm_section(&w, HS_WASM_MEMORY)->bytes.len, 4);
	assert_null(hs_wasm_section(&w, HS_WASM_START));
	assert_string_equal(hs_wasm_section_word(HS_WASM_CODE), "code");
	assert_null(hs_wasm_section_word(HS_WASM_SECTIONS));
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
damage_is_named(void **state)
{
	static const struct {
		unsigned id;
		struct hs_span bytes;
		int rc;
		const char *text;
	} rows[] = {
		{ 99,
		  { (const uint8_t *)"", 0 },
		  HS_EFORMAT,
		  "the module ends in 2 bytes that are no section" },
		{ 1,
		  { (const uint8_t *)"\x63", 1 },
		  HS_EFORMAT,
		  "the type section has no room for its 99 items" },
		{ 2,
		  { (const uint8_t *)"\1\1a\1b\x09", 6 },
		  HS_EFORMAT,
		  "an import of the module is cut short" },
		{ 3,
		  { (const uint8_t *)"\1\0", 2 },
		  HS_EFORMAT,
		  "the module has 1 functions and not as many bodies" },
		{ 11,
		  { (const uint8_t *)"\1\0\x41\0\x0b\x63", 6 },
		  HS_EFORMAT,
		  "segment 0 of the data is cut short" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_arena arena = { 0 };
		struct hs_wasm w;
		struct hs_err err;

		hs_build_put(&b, HS_SPAN("\0asm\1\0\0\0"));
		build_wasm_section(&b, rows[i].id, rows[i].bytes);
		assert_int_equal(hs_wasm_read(&w, &arena, hs_build_span(&b), &err), rows[i].rc);
		assert_string_equal(err.text, rows[i].text);
		hs_arena_release(&arena);
		hs_build_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(module_is_read_section_by_section),
		cmocka_unit_test(damage_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
