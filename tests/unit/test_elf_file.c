/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_file.h"

#include "build_elf.h"
#include "build_kernel.h"
#include "unit.h"

#include <stdlib.h>

static const struct build_elf_section sections[] = {
	{ .name = ".text",
	  .type = SHT_PROGBITS,
	  .flags = SHF_ALLOC | SHF_EXECINSTR,
	  .address = 0x1000,
	  .bytes = { (const uint8_t *)"\x90\x90\xc3", 3 } },
	{ .name = ".data",
	  .type = SHT_PROGBITS,
	  .flags = SHF_ALLOC | SHF_WRITE,
	  .address = 0x2000,
	  .align = 8,
	  .bytes = { (const uint8_t *)"data", 4 } },
	{ .name = ".bss",
	  .type = SHT_NOBITS,
	  .flags = SHF_ALLOC | SHF_WRITE,
	  .address = 0x2010,
	  .memory = 64 },
};
static const struct build_elf_segment segments[] = {
	{ .type = PT_LOAD, .flags = PF_R | PF_X, .first = 1, .last = 1 },
	{ .type = PT_LOAD, .flags = PF_R | PF_W, .first = 2, .last = 3 },
};

/* Of one class and byte order. */
static struct hs_span
small(struct hs_arena *a, bool is32, bool big)
{
	return build_elf(a, &(struct build_elf){ .is32 = is32,
	                                         .big = big,
	                                         .entry = 0x1001,
	                                         .flags = 5,
	                                         .sections = sections,
	                                         .n_sections = 3,
	                                         .segments = segments,
	                                         .n_segments = 2 });
}

static void
both_classes_and_byte_orders_say_the_same(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(hs_elf_read(&e, &a, small(&a, i & 1, i & 2), &err), 0);
		assert_int_equal(e.is64, !(i & 1));
		assert_int_equal(e.entry, 0x1001);
		assert_int_equal(e.flags, 5);
		assert_int_equal(e.n_problems, 0);
		assert_int_equal(e.n_sections, 5);
		assert_int_equal(e.n_segments, 2);
		assert_span(e.sections[1].name, ".text");
		assert_span(e.sections[2].bytes, "data");
		assert_int_equal(e.sections[3].bytes.len, 0);
		assert_int_equal(e.sections[3].size, 64);
		assert_int_equal(e.segments[1].flags, PF_R | PF_W);
		assert_int_equal(e.segments[1].memory, 68);
		assert_ptr_equal(hs_elf_section_at(&e, 0x1002), &e.sections[1]);
		assert_ptr_equal(hs_elf_section_at(&e, 0x204f), &e.sections[3]);
		assert_null(hs_elf_section_at(&e, 0x1003));
		assert_null(hs_elf_section_at(&e, 0xfff));
		assert_span(hs_elf_mapped(&e, 0x2001), "ata");
		assert_int_equal(hs_elf_mapped(&e, 0x2010).len, 0);
		assert_ptr_equal(hs_elf_section_named(&e, ".bss"), &e.sections[3]);
		assert_ptr_equal(hs_elf_section_typed(&e, SHT_STRTAB), &e.sections[4]);
		assert_null(hs_elf_section(&e, 5));
	}
}

static void
segments_map_where_there_are_no_sections(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_elf_read(&e, &a,
	                             build_elf(&a, &(struct build_elf){ .sections = sections,
	                                                                .n_sections = 3,
	                                                                .segments = segments,
	                                                                .n_segments = 2,
	                                                                .no_table = true }),
	                             &err),
	                 0);
	assert_int_equal(e.n_sections, 0);
	assert_span(hs_elf_mapped(&e, 0x2002), "ta");
}

static void
no_elf_is_not_mine(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a, false, false);
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_elf_read(&e, &a, HS_SPAN("\177ELF"), &err), HS_ENOTMINE);
	assert_int_equal(hs_elf_read(&e, &a, build_patched(&a, file, EI_CLASS, 1, 3), &err),
	                 HS_ENOTMINE);
	assert_int_equal(hs_elf_read(&e, &a, build_patched(&a, file, EI_DATA, 1, 0), &err),
	                 HS_ENOTMINE);
	assert_int_equal(hs_elf_read(&e, &a, hs_span_head(file, 63), &err), HS_EFORMAT);
}

/* Fields of the 64-bit file, most damaged as they can be. */
static void
damaged_tables_are_problems_and_the_rest_is_read(void **state)
{
	static const struct {
		size_t at, width;
		uint64_t value;
		const char *code;
	} damage[] = {
		{ 0x28, 8, UINT64_MAX, "elf-table" }, /* e_shoff */
		{ 0x28, 8, 0x100000, "elf-table" },
		{ 0x20, 8, UINT64_MAX - 1, "elf-table" }, /* e_phoff */
		{ 0x38, 2, 0xfffe, "elf-table" },         /* e_phnum */
		{ 0x3c, 2, 0xfffe, "elf-table" },         /* e_shnum */
		{ 0x3a, 2, 3, "elf-table" },              /* e_shentsize */
		{ 0x36, 2, 0, "elf-table" },              /* e_phentsize */
		{ 0x3e, 2, 77, "elf-table" },             /* e_shstrndx */
		{ 0x3e, 2, 1, "elf-name" },
		{ 0x40 + 0x20, 8, UINT64_MAX, "elf-segment" }, /* p_filesz */
	};
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a, false, false);

	(void)state;
	for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		struct hs_elf e;
		struct hs_err err;

		assert_int_equal(hs_elf_read(&e, &a,
		                             build_patched(&a, file, damage[i].at, damage[i].width,
		                                           damage[i].value),
		                             &err),
		                 0);
		assert_true(e.n_problems > 0);
		assert_string_equal(e.problems[0].code, damage[i].code);
		assert_true(e.n_sections > 0 || e.n_segments > 0);
	}
}

static void
every_truncation_is_read_to_its_end(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = small(&a, false, true);

	(void)state;
	for (size_t len = 0; len < file.len; len++) {
		const struct hs_span part = exact_copy(file, len);
		struct hs_elf e;
		struct hs_err err;
		const int rc = hs_elf_read(&e, &a, part, &err);

		assert_int_equal(rc, len < EI_NIDENT ? HS_ENOTMINE : len < 64 ? HS_EFORMAT : 0);
		if (rc == 0)
			assert_true(e.n_problems > 0);
		free((void *)(uintptr_t)part.at);
	}
}

static void
compressed_sections_are_inflated(void **state)
{
	/* An Elf64_Chdr: zlib, 5 bytes, alignment 1; "hello". */
	static const char chdr[] = "\1\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"
				   "\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15";
	static const char zdebug[] = "ZLIB\0\0\0\0\0\0\0\6"
				     "\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15";
	const struct build_elf_section packed[] = {
		{ .name = ".debug_str",
		  .type = SHT_PROGBITS,
		  .flags = SHF_COMPRESSED,
		  .bytes = { (const uint8_t *)chdr, sizeof(chdr) - 1 } },
		{ .name = ".zdebug_str",
		  .type = SHT_PROGBITS,
		  .bytes = { (const uint8_t *)zdebug, sizeof(zdebug) - 1 } },
		{ .name = ".debug_line",
		  .type = SHT_PROGBITS,
		  .flags = SHF_COMPRESSED,
		  .bytes = { (const uint8_t *)chdr, 23 } },
		{ .name = ".debug_loc",
		  .type = SHT_PROGBITS,
		  .flags = SHF_COMPRESSED,
		  .bytes = { (const uint8_t *)chdr + 1, 24 } },
	};
	RELEASED struct hs_arena a = { 0 };
	struct hs_content c;
	struct hs_run run;
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	assert_int_equal(hs_elf_read(&e, &a,
	                             build_elf(&a, &(struct build_elf){ .sections = packed,
	                                                                .n_sections = 4 }),
	                             &err),
	                 0);
	assert_int_equal(hs_elf_content(&c, &e.sections[1], NULL, &run, &err), 0);
	assert_span(c.bytes, "hello");
	hs_content_release(&c);
	assert_int_equal(hs_elf_content(&c, &e.sections[2], NULL, &run, &err), HS_EFORMAT);
	assert_span(c.bytes, "hello");
	assert_string_equal(err.text, "5 bytes when decompressed, where its header says 6");
	hs_content_release(&c);
	assert_string_equal(e.problems[0].code, "elf-compressed");
	assert_int_equal(hs_elf_content(&c, &e.sections[4], NULL, &run, &err), HS_EFORMAT);
	hs_content_release(&c);
	hs_run_release(&run);
}

static void
strings_end_inside_their_table(void **state)
{
	(void)state;
	assert_span(hs_elf_string(HS_SPAN("\0one\0two"), 1), "one");
	assert_span(hs_elf_string(HS_SPAN("\0one\0two"), 3), "e");
	assert_null(hs_elf_string(HS_SPAN("\0one\0two"), 5).at);
	assert_null(hs_elf_string(HS_SPAN("\0one\0two"), UINT64_MAX).at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_classes_and_byte_orders_say_the_same),
		cmocka_unit_test(segments_map_where_there_are_no_sections),
		cmocka_unit_test(no_elf_is_not_mine),
		cmocka_unit_test(damaged_tables_are_problems_and_the_rest_is_read),
		cmocka_unit_test(every_truncation_is_read_to_its_end),
		cmocka_unit_test(compressed_sections_are_inflated),
		cmocka_unit_test(strings_end_inside_their_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
