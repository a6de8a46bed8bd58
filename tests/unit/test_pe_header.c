/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/pe_header.h"

#include "build_kernel.h"
#include "unit.h"

#include <stdlib.h>

static void
pe_header_says_machine_checksum_and_signature(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	const struct build_kernel k = { .release = "6",
		                        .efi = true,
		                        .signature = HS_SPAN("signed!!") };
	struct hs_pe pe;

	(void)state;
	assert_true(hs_pe_read(&pe, build_arm64(&arena, &k)));
	assert_int_equal(pe.n_sections, 2);
	assert_span(pe.sections[0].name, ".text");
	assert_int_equal(pe.sections[0].at, 512);
	assert_int_equal(pe.certificate_len, 16);
	hs_say_pe(&facts, &pe);
	hs_say_pe(&facts, NULL);
	assert_string_equal(hs_facts_text(&facts),
	                    hs_arena_printf(&arena,
	                                    "efi stub: arm64\npe timestamp: 0\npe image size: 0\n"
	                                    "pe checksum: 0x12345\n"
	                                    "pe signature: 16 bytes at offset %u\n"
	                                    "efi stub: no\n",
	                                    (unsigned)pe.certificate));
}

static void
pe_header_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = { .release = "6", .efi = true };
	const struct hs_span file = build_arm64(&arena, &k);

	(void)state;
	for (size_t len = 0; len < 512; len++) {
		struct hs_span part = exact_copy(file, len);
		struct hs_pe pe;

		assert_int_equal(hs_pe_read(&pe, part), len >= 64 + 24);
		free((uint8_t *)(uintptr_t)part.at);
	}
}

static void
pe_header_takes_no_other_file_for_one(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = { .release = "6", .efi = true };
	const struct hs_span file = build_arm64(&arena, &k);
	struct hs_pe pe;

	(void)state;
	assert_false(hs_pe_read(&pe, build_patched(&arena, file, 0, 1, 'm')));
	assert_false(hs_pe_read(&pe, build_patched(&arena, file, 0x3c, 4, 0xffffffff)));
	assert_false(hs_pe_read(&pe, build_patched(&arena, file, 0x40, 1, 'p')));
	/* As many sections as there can be said, none of them in the file. */
	assert_true(hs_pe_read(&pe, build_patched(&arena, file, 0x46, 2, 0xffff)));
	assert_in_range(pe.n_sections, 2, HS_PE_SECTIONS);
	assert_true(hs_pe_read(&pe, build_patched(&arena, file, 0x54, 2, 0xffff)));
	assert_int_equal(pe.n_sections, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pe_header_says_machine_checksum_and_signature),
		cmocka_unit_test(pe_header_survives_every_truncation),
		cmocka_unit_test(pe_header_takes_no_other_file_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
