/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_patches.h"

#include "build_bytes.h"
#include "build_elf.h"
#include "unit.h"

#include <elf.h>

static struct hs_span
words_of(struct hs_arena *a, const struct build_elf *e, const uint64_t *words, size_t n)
{
	struct hs_span out = { NULL, 0 };

	for (size_t i = 0; i < n; i++)
		out = hs_arena_join(a, out, build_elf_number(a, e, words[i], e->is32 ? 4 : 8));
	return out;
}

/* Relocations of .rela.dyn, .rel.dyn and .relr.dyn, of either class and byte order. */
static void
relocations_are_found_by_the_place_they_fill_in(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		RELEASED struct hs_arena a = { 0 };
		struct build_elf b = { .is32 = i & 1, .big = i & 2 };
		const unsigned shift = b.is32 ? 8 : 32;
		const uint64_t rela[] = { 0x3010, UINT64_C(1) << shift | 6, 8, 0x3000, 8, 0x1234 };
		const uint64_t rel[] = { 0x3020, UINT64_C(1) << shift | 7 };
		/* An address, then a bit for the second and the third word behind it. */
		const uint64_t relr[] = { 0x4000, 1 | 1 << 2 | 1 << 3 };
		const struct build_elf_symbol symbol = { .name = 1, .info = STT_FUNC };
		const struct build_elf_section s[] = {
			{ .name = ".dynsym",
			  .type = SHT_DYNSYM,
			  .link = 2,
			  .bytes = build_elf_symbols(&a, &b, &symbol, 1) },
			{ .name = ".dynstr", .type = SHT_STRTAB, .bytes = HS_SPAN("\0puts\0") },
			{ .name = ".rela.dyn",
			  .type = SHT_RELA,
			  .link = 1,
			  .bytes = words_of(&a, &b, rela, 6) },
			{ .name = ".rel.dyn",
			  .type = SHT_REL,
			  .link = 1,
			  .bytes = words_of(&a, &b, rel, 2) },
			{ .name = ".relr.dyn", .type = 19, .bytes = words_of(&a, &b, relr, 2) },
		};
		const uint64_t word = b.is32 ? 4 : 8;
		struct hs_elf_patches p;
		struct hs_elf_symbol found;
		const struct hs_elf_patch *row;
		struct hs_elf e;
		struct hs_err err;

		b.sections = s;
		b.n_sections = 5;
		assert_int_equal(hs_elf_read(&e, &a, build_elf(&a, &b), &err), 0);
		hs_elf_patches_read(&p, &a, &e);
		assert_int_equal(p.n, 6);
		row = hs_elf_patch_in(&p, 0, 0x3001, 0x3011);
		assert_non_null(row);
		assert_int_equal(row->type, 6);
		assert_int_equal(row->addend, 8);
		assert_true(hs_elf_patch_symbol(&found, &p, row));
		assert_span(found.name, "puts");
		row = hs_elf_patch_in(&p, 0, 0x3000, 0x3001);
		assert_int_equal(row->addend, 0x1234);
		assert_false(hs_elf_patch_symbol(&found, &p, row));
		assert_false(hs_elf_patch_in(&p, 0, 0x3020, 0x3021)->has_addend);
		assert_non_null(hs_elf_patch_in(&p, 0, 0x4000, 0x4001));
		assert_non_null(hs_elf_patch_in(&p, 0, 0x4000 + 2 * word, 0x4001 + 2 * word));
		assert_non_null(hs_elf_patch_in(&p, 0, 0x4000 + 3 * word, 0x4001 + 3 * word));
		assert_null(hs_elf_patch_in(&p, 0, 0x4001, 0x4000 + 2 * word));
		assert_null(hs_elf_patch_in(&p, 0, 0x3021, 0x4000));
		assert_null(hs_elf_patch_in(&p, 1, 0x3000, 0x4000));
	}
}

static void
a_file_without_any_has_none(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_elf_patches p;
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_elf_read(&e, &a, build_elf(&a, &(struct build_elf){ 0 }), &err), 0);
	hs_elf_patches_read(&p, &a, &e);
	assert_int_equal(p.n, 0);
	assert_null(hs_elf_patch_in(&p, 0, 0, UINT64_MAX));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relocations_are_found_by_the_place_they_fill_in),
		cmocka_unit_test(a_file_without_any_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
