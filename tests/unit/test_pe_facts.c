/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_facts.h"

#include "build_pe.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
headers_are_said_field_by_field(void **state)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_build b = { 0 };
	struct hs_pe pe;

	(void)state;
	build_pe(&b, &(struct build_pe){ .time = 1 });
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	hs_pe_say_headers(&facts, &pe);
	assert_string_equal(
		hs_facts_text(&facts),
		"machine: x86-64\ntimestamp: 1970-01-01T00:00:01Z\n"
		"characteristics: executable, large addresses, dll\n"
		"optional header: PE32+, 240 bytes\nsections: 2\nlinker version: 14.29\n"
		"size of code: 512\nsize of data: 1024\nsize of zeros: 0\nentry point: 0x1000\n"
		"base of code: 0x1000\nimage base: 0x180000000\nsection alignment: 4096\n"
		"file alignment: 512\nos version: 6.0\nimage version: 1.2\n"
		"subsystem version: 6.1\nwindows version: 0\nimage size: 12288\n"
		"headers size: 512\nchecksum: 0x12345\nsubsystem: console\n"
		"dll characteristics: high entropy, dynamic base, no execute\n"
		"stack reserve: 4096\nstack commit: 8192\nheap reserve: 12288\n"
		"heap commit: 16384\nloader flags: 0x0\ndata directories: 16\n"
		"directory: exports at 0x20c0, 40 bytes\n"
		"directory: imports at 0x2000, 40 bytes\n"
		"directory: certificates at 0x800, 16 bytes\n"
		"directory: debug at 0x2080, 56 bytes\ndirectory: clr at 0x2140, 72 bytes\n");
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
tools_of_the_linker_are_said(void **state)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_build b = { 0 };
	struct hs_pe pe;

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	assert_int_equal(hs_pe_say_rich(&facts, &pe).len, 32);
	assert_string_equal(hs_facts_text(&facts),
	                    "rich key: 0x11223344\nrich: product 260, build 31937, 3 objects\n");
	/* Any number of its frame changed: it is not there. */
	for (size_t i = 0x40; i < 0x60; i++) {
		if (i >= 0x50 && i < 0x58)
			continue;
		b.at[i] ^= 1;
		assert_true(hs_pe_read(&pe, hs_build_span(&b)));
		assert_int_equal(hs_pe_say_rich(&facts, &pe).len, 0);
		b.at[i] ^= 1;
	}
	hs_arena_release(&arena);
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_said_field_by_field),
		cmocka_unit_test(tools_of_the_linker_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
