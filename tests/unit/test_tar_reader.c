/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_reader.h"

#include "build_tar.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
reader_gives_heads_data_and_padding(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_reader r = { 0 };
	struct hs_tar_member m;
	struct hs_err err;

	(void)state;
	hs_build_tar_record(&b, 'x', "comment", "c");
	hs_build_tar_file(&b, "a", "abc");
	hs_build_tar_end(&b);
	r.file = hs_build_span(&b);
	assert_int_equal(hs_tar_next(&m, &r, &err), 1);
	assert_int_equal(m.offset, 0);
	assert_int_equal(m.head.len, 3 * HS_TAR_BLOCK);
	assert_int_equal(m.n_pax, 1);
	assert_true(hs_span_is(m.data, "abc"));
	assert_int_equal(m.padding.len, 509);
	assert_int_equal(hs_tar_next(&m, &r, &err), 0);
	assert_int_equal(r.end, HS_TAR_END_FULL);
	assert_int_equal(r.at, b.len);
	hs_build_release(&b);
}

static void
reader_joins_a_prefix_and_a_name(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_reader r = { 0 };
	struct hs_arena arena = { 0 };
	struct hs_tar_member m;
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "name", "");
	hs_build_tar_patch(&b, 0, 345, HS_SPAN("some/prefix"));
	hs_build_tar_end(&b);
	r.file = hs_build_span(&b);
	assert_int_equal(hs_tar_next(&m, &r, &err), 1);
	assert_true(hs_span_is(hs_tar_name(&arena, &m), "some/prefix/name"));
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
reader_finds_the_next_header_behind_damage(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_reader r = { 0 };
	struct hs_tar_member m;
	struct hs_err err;

	(void)state;
	hs_build_fill(&b, 'j', 1024);
	hs_build_tar_file(&b, "a", "");
	hs_build_fill(&b, 'j', 700);
	r.file = hs_build_span(&b);
	assert_int_equal(hs_tar_next(&m, &r, &err), HS_EFORMAT);
	assert_int_equal(r.at, 0);
	assert_true(hs_tar_resync(&r));
	assert_int_equal(r.at, 1024);
	assert_int_equal(hs_tar_next(&m, &r, &err), 1);
	assert_int_equal(hs_tar_next(&m, &r, &err), HS_EFORMAT);
	assert_false(hs_tar_resync(&r));
	assert_int_equal(r.at, b.len);
	hs_build_release(&b);
}

static void
reader_takes_a_head_apart_again(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_block_view view;
	struct hs_span head;

	(void)state;
	hs_build_tar_extension(&b, 'L', HS_SPAN("long\0"));
	hs_build_tar_file(&b, "a", "");
	head = hs_build_span(&b);
	assert_true(hs_tar_take_block(&view, &head));
	assert_int_equal(view.header.typeflag, 'L');
	assert_true(hs_span_equal(view.data, HS_SPAN("long\0")));
	assert_int_equal(view.padding.len, 507);
	assert_true(hs_tar_take_block(&view, &head));
	assert_int_equal(view.data.len, 0);
	assert_false(hs_tar_take_block(&view, &head));
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reader_gives_heads_data_and_padding),
		cmocka_unit_test(reader_joins_a_prefix_and_a_name),
		cmocka_unit_test(reader_finds_the_next_header_behind_damage),
		cmocka_unit_test(reader_takes_a_head_apart_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
