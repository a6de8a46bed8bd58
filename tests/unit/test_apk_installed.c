/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "compared.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_apk_installed;

#define MUSL                                                                                       \
	"C:Q1abc=\nP:musl\nV:1.2.4-r2\nA:x86_64\nI:634880\nD:a b\np:so:libc.musl=1\nz:odd\n"       \
	"F:lib\nM:0:0:755\nR:libc.so\na:0:0:777\nZ:Q1xyz=\n"

static void
installed_wins_by_its_letters_or_its_name(void **state)
{
	struct hs_content c = { .bytes = HS_SPAN("P:x\nV:1\n"),
		                .name = HS_SPAN("lib/apk/db/installed") };

	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(MUSL "\n"), 0), row);
	assert_ptr_equal(hs_comparator_of(&c, 0), row);
	assert_int_equal(row->bid(c.bytes), 0);
	c.bytes = HS_SPAN("P:x\n");
	assert_ptr_not_equal(hs_comparator_of(&c, 0), row);
}

static void
installed_says_packages_then_fields_then_files(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, MUSL "\n"),
	             "package musl: 1.2.4-r2\nmusl checksum: Q1abc=\nmusl architecture: x86_64\n"
	             "musl installed size: 634880\nmusl depends: a\nmusl depends: b\n"
	             "musl provides: so:libc.musl=1\nmusl z: odd\nmusl folder lib: there\n"
	             "musl owner and mode of lib: 0:0:755\nmusl file lib/libc.so: there\n"
	             "musl owner and mode of lib/libc.so: 0:0:777\n"
	             "musl checksum of lib/libc.so: Q1xyz=\n(key order)");
}

static void
installed_is_compared_as_a_list_of_packages(void **state)
{
	(void)state;
	check_compared(HS_SPAN("C:1\nP:a\nV:1\nA:x\n\nC:2\nP:b\nV:1\nA:x\n\n"),
	               HS_SPAN("C:1\nP:a\nV:2\nA:x\n\nC:2\nP:c\nV:1\nA:x\n\n"),
	               "content  [apk-installed apk-installed] package a:1>2; package b:1>-; "
	               "package c:->1; b checksum:2>-; b architecture:x>-; c checksum:->2; "
	               "c architecture:->x; {listed} text\n");
}

static void
installed_leaves_to_text_what_is_no_list(void **state)
{
	static const char *const rows[] = { "", "\n", "P:x\nno\n", "V:1\n\nP:x\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		hs_check_has(leaf_of(&arena, row, rows[i]), "! not each paragraph is a package\n");
	}
}

static void
installed_survives_every_truncation_and_sees_every_byte(void **state)
{
	(void)state;
	leaf_truncations(row, HS_SPAN(MUSL "\n" MUSL "\n"));
	leaf_every_byte_counts(row, HS_SPAN(MUSL "\nP:x\nV:1\n\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(installed_wins_by_its_letters_or_its_name),
		cmocka_unit_test(installed_says_packages_then_fields_then_files),
		cmocka_unit_test(installed_is_compared_as_a_list_of_packages),
		cmocka_unit_test(installed_leaves_to_text_what_is_no_list),
		cmocka_unit_test(installed_survives_every_truncation_and_sees_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
