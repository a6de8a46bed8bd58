/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "golang/go_block.h"

#include <stdio.h>

/* A header, with some bytes put into it, as Go reads it. */
static bool
read_patched(struct hs_go_header *out, struct hs_arena *a, const struct hs_build_tar *e, size_t at,
             struct hs_span bytes)
{
	struct hs_build b = { 0 };
	const char *reason;
	bool ok;

	hs_build_tar_header(&b, e);
	hs_build_tar_patch(&b, 0, at, bytes);
	ok = hs_go_block_read(out, a, hs_arena_copy(a, hs_build_span(&b)), &reason);
	hs_build_release(&b);
	return ok;
}

static const struct hs_build_tar ustar = { .name = "f", .uname = "u", .mtime = 5 };
static const struct hs_build_tar gnu = { .name = "f", .magic = HS_BUILD_GNU };
static const struct hs_build_tar v7 = { .name = "f", .magic = HS_BUILD_V7, .uname = "u" };
static const struct hs_build_tar star = { .name = "f", .magic = HS_BUILD_STAR };

static void
the_format_hangs_on_magic_and_care(void **state)
{
	const unsigned both = HS_GO_USTAR | HS_GO_PAX;
	const struct {
		const struct hs_build_tar *of;
		size_t at;
		struct hs_span bytes;
		unsigned format;
	} rows[] = {
		{ &ustar, 500, HS_SPAN("x"), both },
		{ &ustar, 500, HS_SPAN("\x80"), HS_GO_UNKNOWN },
		{ &ustar, 0, HS_SPAN("\xc3\xa4"), HS_GO_UNKNOWN },
		{ &ustar, HS_GO_MODE_AT, HS_SPAN("0000644 "), HS_GO_UNKNOWN },
		{ &ustar, HS_GO_MINOR_AT, HS_SPAN("00000000"), HS_GO_UNKNOWN },
		{ &ustar, HS_GO_MAGIC_AT + 6, HS_SPAN("  "), both },
		{ &ustar, HS_GO_MAGIC_AT + 5, HS_SPAN("x"), HS_GO_UNKNOWN },
		{ &gnu, 500, HS_SPAN("\x80"), HS_GO_GNU },
		{ &gnu, HS_GO_MAGIC_AT + 7, HS_SPAN(" "), HS_GO_UNKNOWN },
		{ &gnu, HS_GO_ATIME_AT, HS_SPAN("prefix"), HS_GO_UNKNOWN },
		{ &gnu, HS_GO_CTIME_AT, HS_SPAN("x"), HS_GO_UNKNOWN },
		{ &v7, 500, HS_SPAN("x"), HS_GO_UNKNOWN },
		{ &star, 500, HS_SPAN("x"), HS_GO_UNKNOWN },
	};
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(read_patched(&h, &arena, rows[i].of, rows[i].at, rows[i].bytes));
		if (h.format != rows[i].format)
			fail_msg("row %zu: format %u", i, h.format);
	}
}

static void
what_a_dialect_does_not_have_is_not_read(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h;

	(void)state;
	assert_true(read_patched(&h, &arena, &v7, HS_GO_PREFIX_AT, HS_SPAN("p")));
	assert_span(h.uname, "");
	assert_span(h.name, "f");
	assert_true(read_patched(&h, &arena, &ustar, HS_GO_PREFIX_AT, HS_SPAN("p")));
	assert_span(h.uname, "u");
	assert_span(h.name, "p/f");
	assert_true(h.mtime.set);
	assert_int_equal(h.mtime.at.sec, 5);
	assert_false(h.atime.set);
	assert_true(read_patched(&h, &arena, &gnu, HS_GO_ATIME_AT, HS_SPAN("00000000007\0")));
	assert_span(h.name, "f");
	assert_int_equal(h.atime.at.sec, 7);
	assert_false(h.ctime.set);
	assert_true(read_patched(&h, &arena, &gnu, HS_GO_ATIME_AT, HS_SPAN("old/prefix")));
	assert_span(h.name, "old/prefix/f");
	assert_false(h.atime.set);
	assert_true(read_patched(&h, &arena, &gnu, HS_GO_ATIME_AT, HS_SPAN("old\xff")));
	assert_span(h.name, "f");
	assert_true(read_patched(&h, &arena, &star, 476, HS_SPAN("00000000011\0")));
	assert_int_equal(h.atime.at.sec, 9);
	assert_true(h.ctime.set);
}

static void
fields_that_are_no_number_are_refused(void **state)
{
	static const size_t ustar_at[] = { HS_GO_MODE_AT, HS_GO_UID_AT,   HS_GO_GID_AT,
		                           HS_GO_SIZE_AT, HS_GO_MTIME_AT, HS_GO_MAJOR_AT,
		                           HS_GO_MINOR_AT };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h;

	(void)state;
	for (size_t i = 0; i < sizeof(ustar_at) / sizeof(ustar_at[0]); i++)
		assert_false(read_patched(&h, &arena, &ustar, ustar_at[i], HS_SPAN("9")));
	assert_true(read_patched(&h, &arena, &v7, HS_GO_MAJOR_AT, HS_SPAN("9")));
	assert_false(read_patched(&h, &arena, &star, 476, HS_SPAN("9")));
	assert_false(read_patched(&h, &arena, &star, 488, HS_SPAN("9")));
}

static void
a_checksum_may_be_of_signed_bytes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_header h;
	const char *reason;

	(void)state;
	hs_build_tar_header(&b, &(struct hs_build_tar){ .name = "\xff\xfe" });
	assert_true(hs_go_block_read(&h, &arena, hs_build_span(&b), &reason));
	hs_go_put_text(b.at + HS_GO_SUM_AT, 8, HS_SPAN("x"));
	assert_false(hs_go_block_read(&h, &arena, hs_build_span(&b), &reason));
	assert_string_equal(reason, "its checksum does not fit");
	snprintf((char *)b.at + HS_GO_SUM_AT, 8, "%06o", hs_tar_sum(hs_build_span(&b)) - 512);
	assert_true(hs_go_block_read(&h, &arena, hs_build_span(&b), &reason));
	snprintf((char *)b.at + HS_GO_SUM_AT, 8, "%06o", hs_tar_sum(hs_build_span(&b)) - 256);
	assert_false(hs_go_block_read(&h, &arena, hs_build_span(&b), &reason));
	hs_build_release(&b);
}

static void
a_text_that_is_cut_loses_slashes_at_its_end(void **state)
{
	static const char *const rows[][2] = {
		{ "abc", "abc\0zz" },   { "abcdef", "abcdef" }, { "abcdefg", "abcdef" },
		{ "abcde/", "abcde/" }, { "abcde/g", "abcde" }, { "abc///g", "abc" },
		{ "//////g", "" },      { "", "\0zzzzz" },
	};
	uint8_t field[6];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t n = strlen(rows[i][1]);

		memset(field, 'z', sizeof(field));
		hs_go_put_text(field, sizeof(field), hs_span_of(rows[i][0]));
		assert_memory_equal(field, rows[i][1], n);
		assert_true(n == sizeof(field) || field[n] == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_format_hangs_on_magic_and_care),
		cmocka_unit_test(what_a_dialect_does_not_have_is_not_read),
		cmocka_unit_test(fields_that_are_no_number_are_refused),
		cmocka_unit_test(a_checksum_may_be_of_signed_bytes),
		cmocka_unit_test(a_text_that_is_cut_loses_slashes_at_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
