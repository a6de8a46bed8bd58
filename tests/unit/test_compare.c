/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_cpio.h"
#include "compared.h"
#include "scratch.h"

static void
compare_paths(struct hs_report *r, const char *a, const char *b)
{
	struct hs_operand x, y;
	struct hs_err err;

	assert_int_equal(hs_operand_open(&x, a, &scratch_run, &err), 0);
	assert_int_equal(hs_operand_open(&y, b, &scratch_run, &err), 0);
	hs_compare(r, &scratch_run, &x, &y, NULL);
	hs_operand_release(&x);
	hs_operand_release(&y);
}

static void
compare_takes_directories_on_both_sides(void **state)
{
	struct hs_report r;

	(void)state;
	scratch_folder("a");
	scratch_folder("b");
	scratch_file("a/same", HS_SPAN("s"));
	scratch_file("b/same", HS_SPAN("s"));
	scratch_link("a/l", "x");
	scratch_link("b/l", "x");
	compare_paths(&r, scratch_path("a"), scratch_path("a"));
	assert_true(r.same);
	assert_int_equal(r.summary.same, 3);
	hs_report_release(&r);
	scratch_file("b/same", HS_SPAN("S"));
	compare_paths(&r, scratch_path("a"), scratch_path("b"));
	assert_false(r.same);
	assert_string_equal(r.a.format, "directory");
	assert_false(r.a.has_sha256);
	assert_int_equal(r.summary.content, 1);
	hs_report_release(&r);
}

static void
compare_takes_a_directory_beside_an_archive(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_report r;

	(void)state;
	scratch_folder("d");
	scratch_file("d/m", HS_SPAN("1"));
	scratch_file("d.cpio", cpio_of(&a, "m=2"));
	scratch_file("d.txt", HS_SPAN("text\n"));
	compare_paths(&r, scratch_path("d"), scratch_path("d.cpio"));
	assert_int_equal(r.summary.content, 1);
	assert_true(r.b.has_sha256);
	hs_report_release(&r);
	compare_paths(&r, scratch_path("d.txt"), scratch_path("d"));
	assert_false(r.same);
	assert_string_equal(r.root->changes.first->field, "format");
	hs_report_release(&r);
}

/* The nodes of many members, whatever the number of threads. */
static void
compare_gives_one_result_for_any_number_of_threads(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_cpio a = { .out.arena = &arena }, b = { .out.arena = &arena };
	const char *first = NULL;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		struct build_cpio_member m = {
			.name = hs_arena_printf(&arena, "dir%u/file%u", i % 7, i),
			.mode = 0100644,
			.nlink = 1,
			.data = hs_arena_span(&arena, "content %u\n", i),
		};

		build_cpio_add(&a, &m);
		if (i % 11 == 0)
			m.data = hs_arena_span(&arena, "Content %u\n", i);
		if (i % 13 == 0)
			m.mtime = i;
		if (i % 17)
			build_cpio_add(&b, &m);
	}
	build_cpio_end(&a);
	build_cpio_end(&b);
	for (int i = 0; i < 4; i++) {
		struct compared c;

		compared_init(&c, a.out.bytes, b.out.bytes, NULL, NULL);
		if (!first)
			first = hs_arena_printf(&arena, "%s", compared_text(&c));
		assert_string_equal(compared_text(&c), first);
		compared_release(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compare_takes_directories_on_both_sides),
		cmocka_unit_test(compare_takes_a_directory_beside_an_archive),
		cmocka_unit_test(compare_gives_one_result_for_any_number_of_threads),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
