/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canon/rewrite_form.h"

static const struct hs_canon canonical = { .like = HS_LIKE_GGCR };
static const struct hs_canon at_time = { HS_LIKE_GGCR, true, 100 };
static const struct hs_canon buildkit = { HS_LIKE_BUILDKIT, true, 100 };
static const struct hs_canon buildah = { HS_LIKE_BUILDAH, true, 100 };
static const struct hs_canon stabilize = { .like = HS_LIKE_STABILIZE };

static struct hs_go_tar_time
second(int64_t sec)
{
	return (struct hs_go_tar_time){ .at = { .sec = sec }, .set = true };
}

static void
ggcr_sets_all_times_only_where_the_format_is_known(void **state)
{
	static const unsigned formats[] = { HS_GO_UNKNOWN, HS_GO_USTAR, HS_GO_PAX, HS_GO_GNU };

	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct hs_go_header h = { .format = formats[i],
			                  .mtime = second(5),
			                  .atime = second(6) };
		const bool all = formats[i] == HS_GO_PAX || formats[i] == HS_GO_GNU;

		hs_form_header(&h, &at_time);
		assert_int_equal(h.mtime.at.sec, 100);
		assert_int_equal(h.atime.at.sec, all ? 100 : 6);
		assert_int_equal(h.ctime.set, all);
		hs_form_header(&h, &canonical);
		assert_false(h.mtime.set);
		assert_int_equal(h.atime.set, !all);
		assert_false(h.ctime.set);
	}
}

static void
buildkit_lowers_later_times(void **state)
{
	struct hs_go_header h = { .mtime = second(100), .atime = second(99), .ctime = second(101) };

	(void)state;
	h.mtime.at.nsec = 1;
	hs_form_header(&h, &buildkit);
	assert_int_equal(h.mtime.at.sec, 100);
	assert_int_equal(h.mtime.at.nsec, 0);
	assert_int_equal(h.atime.at.sec, 99);
	assert_int_equal(h.ctime.at.sec, 100);
	h.ctime.set = false;
	hs_form_header(&h, &buildkit);
	assert_false(h.ctime.set);
}

static void
buildah_sets_times_that_are_there(void **state)
{
	struct hs_go_header h = { .mtime = second(5), .atime = second(INT64_C(-62135596800)) };

	(void)state;
	hs_form_header(&h, &buildah);
	assert_int_equal(h.mtime.at.sec, 100);
	assert_int_equal(h.atime.at.sec, INT64_C(-62135596800));
	assert_false(h.ctime.set);
}

static void
stabilize_leaves_name_link_type_and_size(void **state)
{
	const struct hs_go_record record = { HS_SPAN("a"), HS_SPAN("b") };
	struct hs_go_header h = {
		.typeflag = '3',
		.name = HS_SPAN("n"),
		.link = HS_SPAN("l"),
		.uname = HS_SPAN("u"),
		.gname = HS_SPAN("g"),
		.size = 1,
		.mode = 2,
		.uid = 3,
		.gid = 4,
		.dev_major = 5,
		.dev_minor = 6,
		.ctime = second(7),
		.records = &record,
		.n_records = 1,
		.format = HS_GO_GNU,
	};

	(void)state;
	hs_form_header(&h, &stabilize);
	assert_int_equal(h.typeflag, '3');
	assert_span(h.name, "n");
	assert_span(h.link, "l");
	assert_int_equal(h.size, 1);
	assert_int_equal(h.mode, 0777);
	assert_int_equal(h.uid + h.gid + h.dev_major + h.dev_minor, 0);
	assert_int_equal(h.uname.len + h.gname.len + h.n_records, 0);
	assert_true(h.mtime.set && h.atime.set && !h.ctime.set);
	assert_int_equal(h.format, HS_GO_PAX);
}

/* Copied, refused, or neither. */
enum { NO = 0, YES = 1 };

static void
each_tool_copies_and_refuses_other_content(void **state)
{
	static const struct {
		uint8_t type;
		int64_t size;
		uint64_t stored;
		int ggcr, buildkit, buildah, stabilize;
	} rows[] = {
		{ '0', 3, 3, YES, YES, YES, YES },
		{ '0', 0, 0, YES, YES, YES, YES },
		{ '5', 0, 0, NO, NO, NO, NO },
		{ '5', 9, 0, NO, NO, HS_EUSAGE, NO },
		{ '1', 9, 0, NO, NO, HS_EUSAGE, NO },
		{ '7', 3, 3, HS_EUSAGE, YES, YES, YES },
		{ 'Z', 3, 3, HS_EUSAGE, YES, YES, YES },
		{ '7', 0, 0, NO, YES, YES, YES },
		{ 'g', 0, 0, NO, NO, NO, NO },
		{ 'S', 3, 3, HS_EUSAGE, HS_EUSAGE, HS_EUSAGE, HS_EUSAGE },
		{ 'S', 0, 0, NO, HS_EUSAGE, HS_EUSAGE, HS_EUSAGE },
		{ '0', 4, 4, HS_EFORMAT, HS_EFORMAT, HS_EFORMAT, HS_EFORMAT }, /* cut */
	};
	static const struct hs_canon *const forms[] = { &at_time, &buildkit, &buildah, &stabilize };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int want[] = { rows[i].ggcr, rows[i].buildkit, rows[i].buildah,
			             rows[i].stabilize };
		struct hs_go_entry e = { .stored = rows[i].stored };

		e.header.typeflag = rows[i].type;
		e.header.size = rows[i].size;
		e.data = hs_span_head(HS_SPAN("abc"), e.stored);
		for (size_t k = 0; k < 4; k++) {
			struct hs_err err = { .text = "" };
			bool copies;
			const int got = hs_form_content(&copies, &e, forms[k], &err);

			if ((got < 0 ? got : copies) != want[k])
				fail_msg("row %zu, form %zu: %d %s", i, k, got, err.text);
		}
	}
}

/* Nothing is read of an empty file, and so nothing is missed, by those that look at its size. */
static void
sparse_data_must_fit_their_map_where_they_are_read(void **state)
{
	const struct hs_tar_extent extent = { 0, 2 };
	struct hs_go_entry e = { .stored = 3, .sparse = true, .data = HS_SPAN("abc") };
	struct hs_err err;
	bool copies;

	(void)state;
	e.header.typeflag = '0';
	assert_int_equal(hs_form_content(&copies, &e, &at_time, &err), 0);
	assert_int_equal(hs_form_content(&copies, &e, &buildah, &err), 0);
	assert_int_equal(hs_form_content(&copies, &e, &buildkit, &err), HS_EFORMAT);
	assert_int_equal(hs_form_content(&copies, &e, &stabilize, &err), HS_EFORMAT);
	e.extents = &extent;
	e.n_extents = 1;
	e.header.size = 2;
	assert_int_equal(hs_form_content(&copies, &e, &at_time, &err), HS_EFORMAT);
	assert_non_null(strstr(err.text, "unreferenced data"));
	e.stored = 1;
	assert_int_equal(hs_form_content(&copies, &e, &at_time, &err), HS_EFORMAT);
	assert_non_null(strstr(err.text, "non-existent data"));
}

static void
times_are_lost_without_a_format(void **state)
{
	struct hs_go_header h = { .mtime = second(5) };

	(void)state;
	assert_false(hs_form_loses_times(&h, &buildkit));
	h.mtime.at.nsec = 5;
	assert_true(hs_form_loses_times(&h, &buildkit));
	assert_true(hs_form_loses_times(&h, &buildah));
	assert_false(hs_form_loses_times(&h, &at_time));
	h.format = HS_GO_PAX;
	assert_false(hs_form_loses_times(&h, &buildkit));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ggcr_sets_all_times_only_where_the_format_is_known),
		cmocka_unit_test(buildkit_lowers_later_times),
		cmocka_unit_test(buildah_sets_times_that_are_there),
		cmocka_unit_test(stabilize_leaves_name_link_type_and_size),
		cmocka_unit_test(each_tool_copies_and_refuses_other_content),
		cmocka_unit_test(sparse_data_must_fit_their_map_where_they_are_read),
		cmocka_unit_test(times_are_lost_without_a_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
