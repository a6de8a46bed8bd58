/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_path.h"

static void
a_path_is_cleaned_by_its_text(void **state)
{
	static const char *const rows[][2] = {
		{ "", "." },          { ".", "." },         { "a", "a" },
		{ "a/", "a" },        { "a//b", "a/b" },    { "./a/./b/.", "a/b" },
		{ "a/../b", "b" },    { "a/..", "." },      { "..", ".." },
		{ "../..", "../.." }, { "../a/..", ".." },  { "a/../../b", "../b" },
		{ "/", "/" },         { "//", "/" },        { "/..", "/" },
		{ "/../a", "/a" },    { "/a/../..", "/" },  { "a/b/../../..", ".." },
		{ "...", "..." },     { "a/...", "a/..." }, { "../../a", "../../a" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_span(hs_go_path_clean(&arena, hs_span_of(rows[i][0])), rows[i][1]);
}

static void
the_folder_of_a_path_is_cleaned(void **state)
{
	static const char *const rows[][2] = {
		{ "", "." },          { "a", "." },     { "a/b", "a" }, { "a/b/", "a/b" },
		{ "a//b", "a" },      { "/a", "/" },    { "/", "/" },   { "a/../../b", ".." },
		{ "a/./b/c", "a/b" }, { "../a", ".." },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_span(hs_go_path_dir(&arena, hs_span_of(rows[i][0])), rows[i][1]);
}

/* Those of Go's own tests that apply, and what a hard link of a tar can be. */
static void
the_way_between_two_paths_is_filepath_rel(void **state)
{
	static const char *const rows[][3] = {
		{ "a/b", "a/b", "." },
		{ "a/b/.", "a/b", "." },
		{ "./a/b", "a/b", "." },
		{ "ab/cd", "ab/cde", "../cde" },
		{ "ab/cd", "ab/c", "../c" },
		{ "a/b", "a/b/c/d", "c/d" },
		{ "a/b", "a/b/../c", "../c" },
		{ "a/b/../c", "a/b", "../b" },
		{ "a/b/c", "a/c/d", "../../c/d" },
		{ "a/b", "c/d", "../../c/d" },
		{ "a/b/c/d", "a/b", "../.." },
		{ "a/b/c/d", "a/b/", "../.." },
		{ "../../a/b", "../../a/b/c/d", "c/d" },
		{ "/a/b", "/a/b", "." },
		{ "/a/b", "/c/d", "../../c/d" },
		{ ".", "a/b", "a/b" },
		{ ".", "..", ".." },
		{ "a/b", ".", "../../." },
		{ "/", "/a", "a" },
		{ "..", ".", NULL },
		{ "..", "a", NULL },
		{ "../..", "..", NULL },
		{ "a", "/a", NULL },
		{ "/a", "a", NULL },
		{ "rootfs/bin", "rootfs/bin/[", "[" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_span out = HS_SPAN("untouched");
		const bool found = hs_go_path_rel(&out, &arena, hs_span_of(rows[i][0]),
		                                  hs_span_of(rows[i][1]));

		assert_int_equal(found, rows[i][2] != NULL);
		assert_span(out, found ? rows[i][2] : "untouched");
	}
}

static void
a_pax_header_stands_beside_its_file(void **state)
{
	static const char *const rows[][2] = {
		{ "a", "PaxHeaders.0/a" },
		{ "a/b", "a/PaxHeaders.0/b" },
		{ "a/b/", "a/b/PaxHeaders.0" },
		{ "/a", "/PaxHeaders.0/a" },
		{ "../../a", "../../PaxHeaders.0/a" },
		{ "a/../b", "PaxHeaders.0/b" },
		{ "..", "." },
		{ "", "PaxHeaders.0" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_span(hs_go_pax_name(&arena, hs_span_of(rows[i][0])), rows[i][1]);
}

/* A name of `len` letters with a slash at each place given, 0 for none. */
static struct hs_span
name_of(struct hs_arena *a, size_t len, size_t slash, size_t other)
{
	uint8_t *const at = hs_arena_alloc(a, len);

	memset(at, 'n', len);
	if (slash > 0)
		at[slash] = '/';
	if (other > 0)
		at[other] = '/';
	return (struct hs_span){ at, len };
}

static void
a_long_name_is_split_at_its_last_possible_slash(void **state)
{
	static const struct {
		size_t len, slash, other, want;
	} rows[] = {
		{ 100, 50, 0, 0 }, /* it fits as it is */
		{ 101, 50, 0, 50 },     { 101, 0, 0, 0 },     { 101, 1, 0, 1 },
		{ 101, 50, 60, 60 },    { 101, 50, 100, 50 }, /* not at a slash at the end */
		{ 256, 155, 0, 155 },   { 257, 156, 0, 0 },   { 257, 155, 0, 0 },
		{ 256, 155, 200, 155 }, { 256, 100, 154, 0 }, { 240, 139, 0, 139 },
		{ 240, 138, 0, 0 },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			hs_go_split(name_of(&arena, rows[i].len, rows[i].slash, rows[i].other)),
			rows[i].want);
}

static void
only_ascii_is_left_of_a_text(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("plain");

	(void)state;
	assert_true(hs_go_is_ascii(plain));
	assert_true(hs_go_is_ascii(HS_SPAN("")));
	assert_false(hs_go_is_ascii(HS_SPAN("a\0b")));
	assert_false(hs_go_is_ascii(HS_SPAN("\xc3\xa4")));
	assert_ptr_equal(hs_go_to_ascii(&arena, plain).at, plain.at);
	assert_span(hs_go_to_ascii(&arena, HS_SPAN("a\0b\xc3\xa4 c\xff")), "ab c");
	assert_span(hs_go_to_ascii(&arena, HS_SPAN("\xff")), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_cleaned_by_its_text),
		cmocka_unit_test(the_folder_of_a_path_is_cleaned),
		cmocka_unit_test(the_way_between_two_paths_is_filepath_rel),
		cmocka_unit_test(a_pax_header_stands_beside_its_file),
		cmocka_unit_test(a_long_name_is_split_at_its_last_possible_slash),
		cmocka_unit_test(only_ascii_is_left_of_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
