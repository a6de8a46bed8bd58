/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_code.h"

#include "build_program.h"
#include "unit.h"

#include <elf.h>

/* "NAME@ADDRESS+SIZE" for each function. */
static const char *
functions_of(struct hs_arena *a, struct hs_span file)
{
	const char *text = "";
	struct hs_elf_index x;
	struct hs_elf_code c;
	struct hs_elf e;
	struct hs_err err;

	assert_int_equal(hs_elf_read(&e, a, file, &err), 0);
	hs_elf_index_build(&x, a, &e);
	hs_elf_code_read(&c, a, &e, &x);
	for (size_t i = 0; i < c.n; i++) {
		const struct hs_elf_function *f = &c.rows[i];
		const struct hs_span name = hs_elf_function_name(a, &c, f);

		text = hs_arena_printf(a, "%s%.*s@%x+%u\n", text, f->symbol ? (int)name.len : 4,
		                       (const char *)name.at, (unsigned)f->at, (unsigned)f->size);
		assert_ptr_equal(hs_elf_function_at(&c, f->space, f->at), f);
		assert_ptr_equal(hs_elf_function_at(&c, f->space, f->at + f->size - 1), f);
		assert_int_equal(hs_elf_function_bytes(&e, f).len, f->size);
	}
	assert_null(hs_elf_function_at(&c, 0, 0xfff));
	assert_null(hs_elf_function_at(&c, 7, 0x1000));
	return text;
}

static void
functions_are_where_symbols_and_frames_say(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(functions_of(&a, build_program(&a, &(struct build_program){ 0 })),
	                    "main@1000+20\nhelper@1020+10\ncode@1040+6\n");
	assert_string_equal(
		functions_of(&a, build_program(&a, &(struct build_program){ .stripped = true })),
		"main@1000+20\ncode@1020+10\ncode@1040+6\n");
}

/* The name of what has none does not hang on where it stands, but on what it does. */
static void
code_without_a_name_is_called_the_same_elsewhere(void **state)
{
	static const struct build_program all[] = {
		{ .stripped = true },
		{ .stripped = true, .shift = 64, .text = "another text" },
		{ .stripped = true, .constant = 3 },
	};
	struct hs_span names[3];
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct hs_elf_index x;
		struct hs_elf_code c;
		struct hs_elf e;
		struct hs_err err;

		assert_int_equal(hs_elf_read(&e, &a, build_program(&a, &all[i]), &err), 0);
		hs_elf_index_build(&x, &a, &e);
		hs_elf_code_read(&c, &a, &e, &x);
		names[i] = hs_elf_function_name(&a, &c,
		                                hs_elf_function_at(&c, 0, 0x1020 + all[i].shift));
	}
	assert_true(hs_span_equal(names[0], names[1]));
	assert_false(hs_span_equal(names[0], names[2]));
}

/* Thumb: the lowest bit of the value is none of the address. */
static void
short_instructions_of_arm_are_told_by_the_symbol(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct build_elf b = { .is32 = true, .machine = EM_ARM };
	const struct build_elf_symbol symbols[] = {
		{ 1, STB_GLOBAL << 4 | STT_FUNC, 0, 1, 0x1001, 4 },
		{ 3, STB_GLOBAL << 4 | STT_FUNC, 0, 1, 0x1004, 4 },
	};
	const struct build_elf_section s[] = {
		{ .name = ".text",
		  .type = SHT_PROGBITS,
		  .flags = SHF_ALLOC | SHF_EXECINSTR,
		  .address = 0x1000,
		  .bytes = HS_SPAN("\x70\x47\0\xbf\x1e\xff\x2f\xe1\0\xbf") },
		{ .name = ".symtab",
		  .type = SHT_SYMTAB,
		  .link = 3,
		  .bytes = build_elf_symbols(&a, &b, symbols, 2) },
		{ .name = ".strtab", .type = SHT_STRTAB, .bytes = HS_SPAN("\0t\0a\0") },
	};
	struct hs_elf_index x;
	struct hs_elf_code c;
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	b.sections = s;
	b.n_sections = 3;
	assert_int_equal(hs_elf_read(&e, &a, build_elf(&a, &b), &err), 0);
	hs_elf_index_build(&x, &a, &e);
	hs_elf_code_read(&c, &a, &e, &x);
	/* What is left only aligns. */
	assert_int_equal(c.n, 2);
	assert_true(c.rows[0].thumb && c.rows[0].at == 0x1000);
	assert_false(c.rows[1].thumb);
	assert_int_equal(hs_elf_isa(&e, true), HS_ISA_THUMB);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_where_symbols_and_frames_say),
		cmocka_unit_test(code_without_a_name_is_called_the_same_elsewhere),
		cmocka_unit_test(short_instructions_of_arm_are_told_by_the_symbol),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
