/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_words.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
numbers_have_the_words_of_the_specification(void **state)
{
	struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(hs_pe_machine_word(&a, 0xaa64), "arm64");
	assert_string_equal(hs_pe_machine_word(&a, 7), "0x7");
	assert_string_equal(hs_pe_subsystem_word(&a, 10), "efi application");
	assert_string_equal(hs_pe_subsystem_word(&a, 99), "0x63");
	assert_string_equal(hs_pe_directory_word(0), "exports");
	assert_string_equal(hs_pe_directory_word(14), "clr");
	hs_arena_release(&a);
}

static void
bits_without_a_word_are_a_number(void **state)
{
	struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(hs_pe_characteristics_words(&a, 0x22), "executable, large addresses");
	assert_string_equal(hs_pe_characteristics_words(&a, 0x10), "0x10");
	assert_string_equal(hs_pe_characteristics_words(&a, 0), "none");
	assert_string_equal(hs_pe_dll_flags_words(&a, 0x8160),
	                    "high entropy, dynamic base, no execute, terminal server");
	assert_string_equal(hs_pe_section_flags_words(&a, 0xe0500020),
	                    "code, execute, read, write, 0x500000");
	hs_arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_the_words_of_the_specification),
		cmocka_unit_test(bits_without_a_word_are_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
