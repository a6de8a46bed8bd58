/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "golang/go_sparse.h"

#include <stdio.h>
#include <stdlib.h>

static bool
read_entry(struct hs_go_entry *e, struct hs_arena *a, const struct hs_build *b)
{
	struct hs_go_reader r = { .file = hs_build_span(b) };
	struct hs_err err;
	const int found = hs_go_next(e, a, &r, &err);

	if (found < 0)
		assert_non_null(strstr(err.text, "its map of a sparse file is malformed"));
	return found > 0;
}

/* "at+len ..." of the extents. */
static const char *
extents_text(char text[200], const struct hs_go_entry *e)
{
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < e->n_extents; i++)
		len += (size_t)snprintf(text + len, 200 - len, "%s%u+%u", i ? " " : "",
		                        (unsigned)e->extents[i].offset,
		                        (unsigned)e->extents[i].len);
	return text;
}

/* An entry with these pax records ("key=value" lines) and data; what Go makes of it. */
static void
check_pax(const char *const *records, struct hs_span data, const char *want, int64_t size)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, text = { 0 };
	struct hs_go_entry e;
	char got[200];

	for (; *records; records += 2)
		hs_build_pax_record(&text, records[0], hs_span_of(records[1]));
	hs_build_tar_extension(&b, 'x', hs_build_span(&text));
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .data = data });
	if (!want) {
		assert_false(read_entry(&e, &arena, &b));
	} else {
		assert_true(read_entry(&e, &arena, &b));
		assert_true(e.sparse);
		assert_string_equal(extents_text(got, &e), want);
		assert_int_equal(e.header.size, size);
	}
	hs_build_release(&text);
	hs_build_release(&b);
}

#define RECORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
maps_of_pax_0_are_read(void **state)
{
	const struct hs_span data = HS_SPAN("abc");

	(void)state;
	check_pax(RECORDS("GNU.sparse.numblocks", "2", "GNU.sparse.map", "0,1,10,2",
	                  "GNU.sparse.size", "20"),
	          data, "0+1 10+2", 20);
	check_pax(RECORDS("GNU.sparse.numblocks", "1", "GNU.sparse.offset", "5",
	                  "GNU.sparse.numbytes", "3", "GNU.sparse.realsize", "9"),
	          data, "5+3", 9);
	check_pax(RECORDS("GNU.sparse.major", "0", "GNU.sparse.minor", "1", "GNU.sparse.numblocks",
	                  "0"),
	          data, "", 3);
}

static void
maps_of_pax_0_that_do_not_fit_are_refused(void **state)
{
	static const char *const rows[][3] = {
		{ "1", "0,1,2", "20" },
		{ "2", "0,1", "20" },
		{ "x", "0,1", "20" },
		{ "-1", "0,1", "20" },
		{ "", "0,1", "20" },
		{ "1", "0,x", "20" },
		{ "1", "-1,1", "20" },
		{ "1", "0,-1", "20" },
		{ "1", "0,21", "20" },
		{ "2", "5,5,9,1", "20" },
		{ "1", "9223372036854775807,1", "9223372036854775807" },
		{ "1", "0,1", "-5" },
		{ "1", "0,1", "x" },
		{ "4611686018427387904", "0,1", "20" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_pax(RECORDS("GNU.sparse.numblocks", rows[i][0], "GNU.sparse.map", rows[i][1],
		                  "GNU.sparse.size", rows[i][2]),
		          HS_SPAN(""), NULL, 0);
}

/* A map of 1.0 fills whole blocks before the data. */
static struct hs_span
map_1_0(struct hs_build *b, const char *map, const char *data)
{
	hs_build_text(b, map);
	hs_build_align(b, 512);
	hs_build_text(b, data);
	return hs_build_span(b);
}

static void
maps_of_pax_1_are_taken_off_the_data(void **state)
{
	const char *const *const records =
		RECORDS("GNU.sparse.major", "1", "GNU.sparse.minor", "0", "GNU.sparse.name", "real",
	                "GNU.sparse.realsize", "100");
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, text = { 0 }, data = { 0 };
	struct hs_go_entry e;
	char got[200];

	(void)state;
	for (const char *const *r = records; *r; r += 2)
		hs_build_pax_record(&text, r[0], hs_span_of(r[1]));
	hs_build_tar_extension(&b, 'x', hs_build_span(&text));
	hs_build_tar_entry(&b, &(struct hs_build_tar){
				       .name = "f",
				       .data = map_1_0(&data, "2\n0\n1\n50\n3\n", "abcd"),
			       });
	assert_true(read_entry(&e, &arena, &b));
	assert_span(e.header.name, "real");
	assert_span(e.data, "abcd");
	assert_int_equal(e.stored, 4);
	assert_int_equal(hs_go_sparse_stored(&e), 4);
	assert_string_equal(extents_text(got, &e), "0+1 50+3");
	hs_build_release(&b);
	hs_build_release(&text);
	hs_build_release(&data);
}

static void
maps_of_pax_1_that_do_not_fit_are_refused(void **state)
{
	static const char *const maps[] = {
		"",
		"1\n0\n",
		"x\n",
		"-1\n",
		"1\n0\n200\n",
		"2\n5\n5\n0\n1\n",
		"4611686018427387904\n",
		"9223372036854775807\n",
		"1 \n0\n0\n",
	};
	const char *const *const records = RECORDS("GNU.sparse.major", "1", "GNU.sparse.minor", "0",
	                                           "GNU.sparse.realsize", "100");

	(void)state;
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		struct hs_build data = { 0 };

		check_pax(records, map_1_0(&data, maps[i], ""), NULL, 0);
		hs_build_release(&data);
	}
	check_pax(records, HS_SPAN("1\n0\n3\nabc"), NULL, 0);
}

static void
unknown_versions_are_no_sparse_files(void **state)
{
	static const char *const rows[][2] = {
		{ "2", "0" }, { "1", "1" }, { "0", "2" }, { "1", "" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_build b = { 0 }, text = { 0 };
		struct hs_go_entry e;

		hs_build_pax_record(&text, "GNU.sparse.major", hs_span_of(rows[i][0]));
		hs_build_pax_record(&text, "GNU.sparse.minor", hs_span_of(rows[i][1]));
		hs_build_pax_record(&text, "GNU.sparse.map", HS_SPAN("x"));
		hs_build_tar_extension(&b, 'x', hs_build_span(&text));
		hs_build_tar_file(&b, "f", "data");
		assert_true(read_entry(&e, &arena, &b));
		assert_false(e.sparse);
		hs_build_release(&b);
		hs_build_release(&text);
	}
}

/* An old GNU header with the first pairs of its map, `more` behind it. */
static void
build_gnu(struct hs_build *b, const char *pairs, const char *size, bool more)
{
	hs_build_tar_header(b,
	                    &(struct hs_build_tar){
				    .name = "f", .magic = HS_BUILD_GNU, .type = 'S', .size = 3 });
	hs_build_tar_patch(b, 0, 386, hs_span_of(pairs));
	hs_build_tar_patch(b, 0, 483, hs_span_of(size));
	hs_build_tar_patch(b, 0, 482, more ? HS_SPAN("\1") : HS_SPAN("\0"));
}

static void
old_gnu_maps_go_on_in_blocks(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_entry e;
	char got[200];

	(void)state;
	build_gnu(&b, "000000000000000000000001", "00000000144", true);
	hs_build_text(&b, "000000000012000000000002");
	hs_build_align(&b, 512);
	hs_build_text(&b, "abc");
	hs_build_align(&b, 512);
	assert_true(read_entry(&e, &arena, &b));
	assert_string_equal(extents_text(got, &e), "0+1 10+2");
	assert_span(e.data, "abc");
	assert_int_equal(e.header.size, 100);
	assert_int_equal(e.head.len, 1024);
	b.len = 900;
	assert_false(read_entry(&e, &arena, &b));
	hs_build_release(&b);
}

static void
old_gnu_maps_that_do_not_fit_are_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "00000000000x000000000001", "00000000144" },
		{ "000000000000000000000145", "00000000144" },
		{ "000000000005000000000001000000000001000000000001", "00000000144" },
		{ "000000000000000000000001", "x" },
	};
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_entry e;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		build_gnu(&b, rows[i][0], rows[i][1], false);
		hs_build_fill(&b, 'd', 512);
		assert_false(read_entry(&e, &arena, &b));
		hs_build_release(&b);
	}
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .type = 'S' });
	assert_false(read_entry(&e, &arena, &b));
	hs_build_release(&b);
}

/* Each block says that another follows: Go gives up before 1 MiB of them. */
static void
an_old_gnu_map_without_end_is_refused(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_entry e;

	(void)state;
	build_gnu(&b, "", "00000000144", true);
	hs_build_fill(&b, 1, 3 << 20);
	for (size_t at = 512; at < b.len; at += 512)
		b.at[at] = 0;
	assert_false(read_entry(&e, &arena, &b));
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_of_pax_0_are_read),
		cmocka_unit_test(maps_of_pax_0_that_do_not_fit_are_refused),
		cmocka_unit_test(maps_of_pax_1_are_taken_off_the_data),
		cmocka_unit_test(maps_of_pax_1_that_do_not_fit_are_refused),
		cmocka_unit_test(unknown_versions_are_no_sparse_files),
		cmocka_unit_test(old_gnu_maps_go_on_in_blocks),
		cmocka_unit_test(old_gnu_maps_that_do_not_fit_are_refused),
		cmocka_unit_test(an_old_gnu_map_without_end_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
