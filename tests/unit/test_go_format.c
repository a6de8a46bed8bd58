/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_format.h"

#include <stdio.h>

#define SPAN(text)                                                                                 \
	{                                                                                          \
		(const uint8_t *)("" text), sizeof(text) - 1                                       \
	}

static const struct hs_go_record comment[] = { { SPAN("comment"), SPAN("c") } };
static const struct hs_go_record bad_key[] = { { SPAN("a=b"), SPAN("c") } };

#define LONG_OWNER SPAN("123456789012345678901234567890123")

static void
a_header_that_cannot_be_is_refused_with_gos_reason(void **state)
{
	static const struct {
		struct hs_go_header h;
		const char *want;
	} rows[] = {
		{ { .typeflag = '0', .name = SPAN("d/") }, "filename may not have trailing slash" },
		{ { .typeflag = '0', .size = -1 }, "negative size on header-only type" },
		{ { .typeflag = 'x' },
		  "cannot manually encode TypeXHeader, TypeGNULongName, or TypeGNULongLink "
		  "headers" },
		{ { .typeflag = 'g', .mode = 1 },
		  "only PAXRecords should be set for TypeXGlobalHeader" },
		{ { .typeflag = '0', .records = bad_key, .n_records = 1 },
		  "invalid PAX record: a=b" },
		{ { .typeflag = '0', .name = SPAN("\xff\n"), .format = HS_GO_USTAR },
		  "Format specifies USTAR; and USTAR cannot encode Name=\"\\xff\\n\"" },
		{ { .typeflag = '0', .uname = LONG_OWNER, .format = HS_GO_GNU },
		  "Format specifies GNU; and GNU cannot encode "
		  "Uname=\"123456789012345678901234567890123\"" },
		{ { .typeflag = '0', .mode = 1 << 21, .format = HS_GO_PAX },
		  "Format specifies PAX; and PAX cannot encode Mode=2097152" },
		{ { .typeflag = '0', .records = comment, .n_records = 1, .format = HS_GO_GNU },
		  "Format specifies GNU; and only PAX supports PAXRecords" },
		{ { .typeflag = '0', .dev_major = -1, .uname = LONG_OWNER },
		  "USTAR cannot encode Devmajor=-1; and PAX cannot encode Devmajor=-1; and GNU "
		  "cannot encode Uname=\"123456789012345678901234567890123\"" },
		{ { .typeflag = '0',
		    .atime = { .at = { .sec = 5 }, .set = true },
		    .format = HS_GO_USTAR },
		  "Format specifies USTAR; and USTAR cannot encode AccessTime=5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_go_plan plan;
		char want[sizeof(((struct hs_err *)0)->text)];
		struct hs_err err;

		assert_int_equal(hs_go_plan(&plan, &rows[i].h, &err), HS_EUSAGE);
		snprintf(want, sizeof(want), "cannot encode header: %s", rows[i].want);
		assert_string_equal(err.text, want);
	}
}

static unsigned
formats_of(const struct hs_go_header *h)
{
	struct hs_go_plan plan;
	struct hs_err err;

	assert_int_equal(hs_go_plan(&plan, h, &err), 0);
	return plan.formats;
}

static void
what_a_header_holds_excludes_formats(void **state)
{
	const struct hs_go_tar_time half = { .at = { .nsec = 500000000 }, .set = true };
	struct hs_go_header h = { .typeflag = '0', .name = HS_SPAN("f") };

	(void)state;
	assert_int_equal(formats_of(&h), HS_GO_USTAR | HS_GO_PAX | HS_GO_GNU);
	h.format = HS_GO_PAX;
	assert_int_equal(formats_of(&h), HS_GO_USTAR | HS_GO_PAX);
	h.mtime = half;
	assert_int_equal(formats_of(&h), HS_GO_PAX);
	h.format = HS_GO_USTAR | HS_GO_GNU;
	assert_int_equal(formats_of(&h), HS_GO_USTAR | HS_GO_GNU);
	h.name = HS_SPAN("\xc3\xa4");
	assert_int_equal(formats_of(&h), HS_GO_GNU);
	h.format = HS_GO_UNKNOWN;
	h.records = comment;
	h.n_records = 1;
	assert_int_equal(formats_of(&h), HS_GO_PAX);
}

static void
records_are_those_that_the_fields_need_and_own_ones(void **state)
{
	static const struct hs_go_record own[] = {
		{ SPAN("GNU.sparse.major"), SPAN("1") },
		{ SPAN("SCHILY.xattr.user.a"), SPAN("v") },
		{ SPAN("gid"), SPAN("05") },
		{ SPAN("linkpath"), SPAN("") },
		{ SPAN("mtime"), SPAN("7") },
		{ SPAN("path"), SPAN("other") },
		{ SPAN("z"), SPAN("last") },
	};
	static const char *const want[][2] = {
		{ "SCHILY.xattr.user.a", "v" },
		{ "linkpath", "" },
		{ "mtime", "7" },
		{ "path", "\xff" },
		{ "z", "last" },
	};
	const struct hs_go_header h = {
		.typeflag = '0',
		.name = HS_SPAN("\xff"),
		.gid = 5,
		.mtime = { .at = { .sec = 7 }, .set = true },
		.records = own,
		.n_records = sizeof(own) / sizeof(own[0]),
	};
	struct hs_go_plan plan;
	struct hs_go_plan_walk w = { .plan = &plan, .header = &h };
	struct hs_go_record r;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_go_plan(&plan, &h, &err), 0);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_true(hs_go_plan_next(&r, &w));
		assert_span(r.key, want[i][0]);
		assert_span(r.value, want[i][1]);
	}
	assert_false(hs_go_plan_next(&r, &w));
}

static void
a_global_header_passes_all_records_on(void **state)
{
	static const struct hs_go_record own[] = {
		{ SPAN("GNU.sparse.major"), SPAN("1") },
		{ SPAN("gid"), SPAN("05") },
	};
	const struct hs_go_header h = { .typeflag = 'g', .records = own, .n_records = 2 };
	struct hs_go_plan plan;
	struct hs_go_plan_walk w = { .plan = &plan, .header = &h };
	struct hs_go_record r;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_go_plan(&plan, &h, &err), 0);
	assert_int_equal(plan.formats, HS_GO_PAX);
	assert_true(hs_go_plan_next(&r, &w));
	assert_span(r.key, "GNU.sparse.major");
	assert_true(hs_go_plan_next(&r, &w));
	assert_span(r.value, "05");
	assert_false(hs_go_plan_next(&r, &w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_that_cannot_be_is_refused_with_gos_reason),
		cmocka_unit_test(what_a_header_holds_excludes_formats),
		cmocka_unit_test(records_are_those_that_the_fields_need_and_own_ones),
		cmocka_unit_test(a_global_header_passes_all_records_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
