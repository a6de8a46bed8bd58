/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "golang/go_tar.h"

#include <stdio.h>
#include <stdlib.h>

/* The names of all entries with their types and formats, and what ends them. */
static const char *
read_names(struct hs_arena *a, struct hs_span file, struct hs_go_reader *r)
{
	struct hs_build out = { 0 };
	struct hs_span text;

	*r = (struct hs_go_reader){ .file = file };
	for (;;) {
		struct hs_go_entry e;
		struct hs_err err;
		const int found = hs_go_next(&e, a, r, &err);
		char line[300];

		if (found <= 0) {
			hs_build_text(&out, found == 0 ? "end" : err.text);
			break;
		}
		snprintf(line, sizeof(line), "%c %.*s %u, ", e.header.typeflag,
		         (int)e.header.name.len, (const char *)e.header.name.at, e.header.format);
		hs_build_text(&out, line);
	}
	text = hs_arena_copy(a, hs_build_span(&out));
	hs_build_release(&out);
	return (const char *)text.at;
}

static void
check_names(struct hs_build *b, const char *want)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_reader r;

	assert_string_equal(read_names(&arena, hs_build_span(b), &r), want);
	hs_build_release(b);
}

static void
the_last_of_two_pax_headers_counts(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'x', "path", "first");
	hs_build_tar_record(&b, 'x', "uname", "u");
	hs_build_tar_file(&b, "f", "data");
	hs_build_tar_end(&b);
	check_names(&b, "0 f 2, end");
}

static void
a_global_header_is_an_entry_and_changes_no_other(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'g', "path", "everywhere");
	hs_build_tar_file(&b, "f", "");
	hs_build_tar_end(&b);
	check_names(&b, "g everywhere 2, 0 f 1, end");
}

static void
a_global_header_with_a_bad_number_has_no_records(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, records = { 0 };
	struct hs_go_reader r;
	struct hs_go_entry e;
	struct hs_err err;

	(void)state;
	hs_build_tar_record(&b, 'g', "uid", "x");
	r = (struct hs_go_reader){ .file = hs_build_span(&b) };
	assert_int_equal(hs_go_next(&e, &arena, &r, &err), 1);
	assert_int_equal(e.header.n_records, 0);
	hs_build_release(&b);
	hs_build_pax_record(&records, "uid", HS_SPAN("x"));
	hs_build_pax_record(&records, "path", HS_SPAN("p"));
	hs_build_tar_extension(&b, 'g', hs_build_span(&records));
	hs_build_release(&records);
	check_names(&b, "go refuses the header at offset 0: one of its records is no number");
}

static void
long_names_win_over_pax_and_take_its_format(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'x', "path", "pax");
	hs_build_tar_extension(&b, 'L', HS_SPAN("long\0rest"));
	hs_build_tar_file(&b, "f", "");
	hs_build_tar_extension(&b, 'L', HS_SPAN("\0"));
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .magic = HS_BUILD_GNU });
	hs_build_tar_end(&b);
	check_names(&b, "0 long 0, 0 f 4, end");
}

static void
an_old_type_is_a_file_or_a_folder(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .type_nul = true });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "d/", .type_nul = true, .size = 9 });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "l", .type = '2', .size = 700 });
	hs_build_tar_end(&b);
	check_names(&b, "0 f 1, 5 d/ 1, 2 l 1, end");
}

static void
an_archive_ends_at_two_zero_blocks_or_the_end_of_the_file(void **state)
{
	static const struct {
		size_t zeros;
		bool more;
		const char *want;
	} rows[] = {
		{ 0, false, "0 f 1, end" },
		{ 512, false, "0 f 1, end" },
		{ 1024, false, "0 f 1, end" },
		{ 1024, true, "0 f 1, end" },
		{ 100, false,
		  "0 f 1, go refuses the header at offset 512: the file ends inside of it" },
		{ 600, false,
		  "0 f 1, go refuses the header at offset 512: the file ends inside the "
		  "end marker" },
		{ 512, true,
		  "0 f 1, go refuses the header at offset 512: a zero block, and then "
		  "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };

		hs_build_tar_file(&b, "f", "");
		hs_build_fill(&b, 0, rows[i].zeros);
		if (rows[i].more)
			hs_build_tar_file(&b, "g", "");
		check_names(&b, rows[i].want);
	}
}

static void
headers_that_belong_to_no_entry_are_counted(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_reader r;

	(void)state;
	hs_build_tar_extension(&b, 'L', HS_SPAN("one"));
	hs_build_tar_extension(&b, 'L', HS_SPAN("two"));
	hs_build_tar_record(&b, 'x', "a", "b");
	hs_build_tar_record(&b, 'g', "a", "b");
	hs_build_tar_extension(&b, 'K', HS_SPAN("link"));
	hs_build_tar_end(&b);
	assert_string_equal(read_names(&arena, hs_build_span(&b), &r), "g PaxHeaders/x 0, end");
	assert_int_equal(r.n_dropped, 4);
	assert_int_equal(r.at, b.len);
	hs_build_release(&b);
}

static void
data_and_head_are_spans_of_the_file(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_go_reader r;
	struct hs_go_entry e;
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "first", "x");
	hs_build_tar_record(&b, 'x', "size", "4");
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .data = HS_SPAN("data") });
	r = (struct hs_go_reader){ .file = hs_build_span(&b) };
	assert_int_equal(hs_go_next(&e, &arena, &r, &err), 1);
	assert_int_equal(hs_go_next(&e, &arena, &r, &err), 1);
	assert_span(e.data, "data");
	assert_int_equal(e.stored, 4);
	assert_ptr_equal(e.head.at, b.at + 1024);
	assert_int_equal(e.head.len, 1536);
	assert_false(r.cut);
	hs_build_release(&b);
}

/* A file that is cut is never taken for a shorter one, unless what is gone is padding or the end.
 */
static void
every_truncation_is_survived(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_record(&b, 'x', "path", "p");
	hs_build_tar_file(&b, "f", "data");
	hs_build_tar_extension(&b, 'L', HS_SPAN("long"));
	hs_build_tar_file(&b, "g", "more");
	hs_build_tar_end(&b);
	for (size_t len = 0; len < b.len; len++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span part = exact_copy(hs_build_span(&b), len);
		struct hs_go_reader r;
		const char *got = read_names(&arena, part, &r);

		if (len >= 1540 && len <= 2048)
			assert_string_equal(got, "0 p 2, end");
		if (len >= 3588 && len <= 4096)
			assert_string_equal(got, "0 p 2, 0 long 0, end");
		if (len >= 1536 && len < 1540)
			assert_non_null(strstr(got, "0 p 2, go refuses"));
		free((void *)(uintptr_t)part.at);
	}
	hs_build_release(&b);
}

static void
hostile_headers_are_refused(void **state)
{
	static const struct {
		size_t at;
		const char *bytes;
		const char *reason;
	} rows[] = {
		{ 124, "99999999999", "a field is no number" },
		{ 124, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "its size is negative" },
		{ 148, "9", "its checksum does not fit" },
	};
	struct hs_build b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char want[100];

		hs_build_tar_file(&b, "f", "");
		if (rows[i].at == 148)
			b.at[148] = '9';
		else
			hs_build_tar_patch(&b, 0, rows[i].at, hs_span_of(rows[i].bytes));
		snprintf(want, sizeof(want), "go refuses the header at offset 0: %s",
		         rows[i].reason);
		check_names(&b, want);
	}
	hs_build_tar_header(&b, &(struct hs_build_tar){ .type = 'x', .size = (1 << 20) + 1 });
	check_names(&b,
	            "go refuses the header at offset 0: an extension header of more than 1 MiB");
	hs_build_tar_header(&b, &(struct hs_build_tar){ .type = 'L', .size = 5 });
	check_names(&b, "go refuses the header at offset 0: the file ends inside its data");
	hs_build_tar_extension(&b, 'x', HS_SPAN("5 a="));
	check_names(&b, "go refuses the header at offset 0: its records are malformed");
	hs_build_tar_record(&b, 'x', "size", "-1");
	hs_build_tar_file(&b, "f", "");
	check_names(&b, "go refuses the header at offset 1024: its size is negative");
	hs_build_tar_record(&b, 'x', "mtime", "soon");
	hs_build_tar_file(&b, "f", "");
	check_names(&b, "go refuses the header at offset 1024: a record before it is no number");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_of_two_pax_headers_counts),
		cmocka_unit_test(a_global_header_is_an_entry_and_changes_no_other),
		cmocka_unit_test(a_global_header_with_a_bad_number_has_no_records),
		cmocka_unit_test(long_names_win_over_pax_and_take_its_format),
		cmocka_unit_test(an_old_type_is_a_file_or_a_folder),
		cmocka_unit_test(an_archive_ends_at_two_zero_blocks_or_the_end_of_the_file),
		cmocka_unit_test(headers_that_belong_to_no_entry_are_counted),
		cmocka_unit_test(data_and_head_are_spans_of_the_file),
		cmocka_unit_test(every_truncation_is_survived),
		cmocka_unit_test(hostile_headers_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
