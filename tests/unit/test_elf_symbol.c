/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_symbol.h"

#include "build_elf.h"
#include "unit.h"

#include <stdlib.h>

#define FUNC(bind) ((uint8_t)((bind) << 4 | STT_FUNC))

static const char names[] = "\0outer\0inner\0alias\0data\0gone\0$x";

/* .text at 0x1000 (64 bytes), .symtab, .strtab. */
static struct hs_span
with_symbols(struct hs_arena *a, uint16_t type)
{
	static const uint8_t code[64];
	static const struct build_elf_symbol symbols[] = {
		{ .name = 1,
		  .info = FUNC(STB_GLOBAL),
		  .section = 1,
		  .value = 0x1000,
		  .size = 0x20 },
		{ .name = 7, .info = FUNC(STB_LOCAL), .section = 1, .value = 0x1008, .size = 8 },
		{ .name = 13, .info = FUNC(STB_WEAK), .section = 1, .value = 0x1000, .size = 0x20 },
		{ .name = 19, .info = STT_NOTYPE, .section = 1, .value = 0x1030 },
		{ .name = 24, .info = FUNC(STB_GLOBAL), .section = SHN_UNDEF },
		{ .name = 29, .info = STT_NOTYPE, .section = 1, .value = 0x1038 },
	};
	struct build_elf e = { .type = type, .machine = EM_AARCH64 };
	const struct build_elf_section sections[] = {
		{ .name = ".text",
		  .type = SHT_PROGBITS,
		  .flags = SHF_ALLOC | SHF_EXECINSTR,
		  .address = type == ET_REL ? 0 : 0x1000,
		  .bytes = { code, sizeof(code) } },
		{ .name = ".symtab",
		  .type = SHT_SYMTAB,
		  .link = 3,
		  .entsize = 24,
		  .bytes = build_elf_symbols(a, &e, symbols, 6) },
		{ .name = ".strtab",
		  .type = SHT_STRTAB,
		  .bytes = { (const uint8_t *)names, sizeof(names) } },
	};

	e.sections = sections;
	e.n_sections = 3;
	return build_elf(a, &e);
}

/* "name+behind" of what covers the address; "-" where nothing does. */
static const char *
at(struct hs_arena *a, const struct hs_elf_index *x, uint64_t address)
{
	struct hs_elf_symbol s;
	uint64_t behind;

	if (!hs_elf_index_find(&s, &behind, x, 1, address))
		return "-";
	return hs_arena_printf(a, "%.*s+%u", (int)s.name.len, (const char *)s.name.at,
	                       (unsigned)behind);
}

static void
the_best_symbol_that_covers_an_address_is_found(void **state)
{
	static const uint16_t types[] = { ET_DYN, ET_REL };
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct hs_elf_index x;
		struct hs_elf e;
		struct hs_err err;

		assert_int_equal(hs_elf_read(&e, &a, with_symbols(&a, types[i]), &err), 0);
		hs_elf_index_build(&x, &a, &e);
		assert_int_equal(x.n, 4);
		assert_string_equal(at(&a, &x, 0x1000), "outer+0");
		assert_string_equal(at(&a, &x, 0x1009), "inner+1");
		assert_string_equal(at(&a, &x, 0x1010), "outer+16");
		assert_string_equal(at(&a, &x, 0x1020), "-");
		assert_string_equal(at(&a, &x, 0x1030), "data+0");
		assert_string_equal(at(&a, &x, 0x103f), "data+15");
		assert_string_equal(at(&a, &x, 0xfff), "-");
		if (types[i] == ET_DYN)
			assert_string_equal(at(&a, &x, 0x1040), "-");
	}
}

static void
versions_are_those_of_verneed_and_verdef(void **state)
{
	static const char strings[] = "\0f\0V_1\0libc.so.6\0V_2";
	static const struct build_elf_symbol symbols[] = {
		{ .name = 1, .info = FUNC(STB_GLOBAL) },
		{ .name = 1, .info = FUNC(STB_GLOBAL), .section = 1 },
	};
	const struct build_elf e = { 0 };
	RELEASED struct hs_arena a = { 0 };
	const struct build_elf_section sections[] = {
		{ .name = ".dynsym",
		  .type = SHT_DYNSYM,
		  .link = 2,
		  .bytes = build_elf_symbols(&a, &e, symbols, 2) },
		{ .name = ".dynstr",
		  .type = SHT_STRTAB,
		  .bytes = { (const uint8_t *)strings, sizeof(strings) } },
		{ .name = ".gnu.version",
		  .type = SHT_GNU_versym,
		  .link = 1,
		  .bytes = { (const uint8_t *)"\0\0\2\0\3\x80", 6 } },
		{ .name = ".gnu.version_r",
		  .type = SHT_GNU_verneed,
		  .link = 2,
		  .info = 1,
		  .bytes = { (const uint8_t *)"\1\0\1\0\7\0\0\0\x10\0\0\0\0\0\0\0"
		                              "\1\2\3\4\0\0\2\0\3\0\0\0\0\0\0\0",
		             32 } },
		{ .name = ".gnu.version_d",
		  .type = SHT_GNU_verdef,
		  .link = 2,
		  .info = 1,
		  .bytes = { (const uint8_t *)"\1\0\0\0\3\0\1\0\1\2\3\4\x14\0\0\0\0\0\0\0"
		                              "\x11\0\0\0\0\0\0\0",
		             28 } },
	};
	const struct build_elf all = { .sections = sections, .n_sections = 5 };
	struct hs_elf_symbols t;
	struct hs_elf_symbol s;
	struct hs_elf elf;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_elf_read(&elf, &a, build_elf(&a, &all), &err), 0);
	assert_true(hs_elf_symbols_open(&t, &a, &elf, &elf.sections[1]));
	assert_int_equal(t.n, 3);
	assert_true(hs_elf_symbol_at(&s, &t, 1));
	assert_true(s.reserved);
	assert_span(hs_elf_symbol_version(&t, &s)->name, "V_1");
	assert_span(hs_elf_symbol_version(&t, &s)->file, "libc.so.6");
	assert_true(hs_elf_symbol_at(&s, &t, 2));
	assert_true(s.hidden);
	assert_span(hs_elf_symbol_version(&t, &s)->name, "V_2");
	assert_int_equal(hs_elf_symbol_version(&t, &s)->file.len, 0);
	assert_false(hs_elf_symbol_at(&s, &t, 3));
	assert_false(hs_elf_symbols_open(&t, &a, &elf, &elf.sections[2]));
	assert_false(hs_elf_symbols_open(&t, &a, &elf, NULL));
}

/* Every byte of it, made 0xff and 0: reads stay inside and end. */
static void
hostile_tables_are_read_inside_the_file(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span good = with_symbols(&a, ET_DYN);

	(void)state;
	for (size_t i = EI_NIDENT; i < good.len * 2; i++) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);
		const struct hs_span file = exact_copy(good, good.len);
		struct hs_elf_index x;
		struct hs_elf e;
		struct hs_err err;

		((uint8_t *)(uintptr_t)file.at)[i % good.len] = i < good.len ? 0xff : 0;
		if (hs_elf_read(&e, &a, file, &err) == 0) {
			hs_elf_index_build(&x, &a, &e);
			for (uint64_t p = 0xff8; p < 0x1048; p++)
				assert_non_null(at(&a, &x, p));
		}
		free((void *)(uintptr_t)file.at);
		hs_arena_rewind(&a, mark);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_symbol_that_covers_an_address_is_found),
		cmocka_unit_test(versions_are_those_of_verneed_and_verdef),
		cmocka_unit_test(hostile_tables_are_read_inside_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
