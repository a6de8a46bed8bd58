/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_directory.h"

#include "build_zip.h"
#include "unit.h"

#include <stdlib.h>

static const struct build_zip_member a_member = {
	.name = "a",
	.content = { (const uint8_t *)"content", 7 },
	.made_by = 0x031e,
	.needed = 45,
	.flags = 0x0800,
	.time = 1,
	.date = 33,
	.internal = 1,
	.external = 0100644u << 16,
	.comment = { (const uint8_t *)"of a", 4 },
};

static void
both_headers_are_taken_apart(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_zip_header h, l;
	struct hs_cursor c;

	(void)state;
	for (int zip64 = 0; zip64 < 2; zip64++) {
		struct build_zip b = { .out.arena = &arena };
		struct build_zip_member m = a_member;

		m.zip64 = zip64;
		build_zip_add(&b, &(struct build_zip_member){ .name = "first" });
		build_zip_add(&b, &m);
		c = (struct hs_cursor){ .rest = b.records.bytes };
		assert_true(hs_zip_take_central(&h, &c));
		assert_true(hs_zip_take_central(&h, &c));
		assert_int_equal(c.rest.len, 0);
		c = (struct hs_cursor){ .rest = hs_span_from(b.out.bytes, h.offset) };
		assert_true(hs_zip_take_local(&l, &c));
		assert_span(hs_span_head(c.rest, h.packed), "content");
		assert_int_equal(h.zip64, zip64);
		assert_int_equal(h.zip64_offset.len, zip64 ? 8 : 0);
		assert_int_equal(h.made_by, 0x031e);
		assert_int_equal(h.flags, 0x0800);
		assert_int_equal(h.internal, 1);
		assert_int_equal(h.external, 0100644u << 16);
		assert_int_equal(h.size, 7);
		assert_int_equal(h.offset, 35);
		assert_span(h.comment, "of a");
		assert_span(h.name, "a");
		assert_int_equal(l.crc, h.crc);
		assert_int_equal(l.size, 7);
		assert_int_equal(l.needed, 45);
		assert_int_equal(l.time, 1);
		assert_int_equal(l.date, 33);
		assert_int_equal(l.raw.len, 31 + l.extra.len);
	}
}

static void
headers_that_are_cut_are_refused(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };

	(void)state;
	build_zip_add(&b, &a_member);
	for (size_t len = 0; len < b.records.bytes.len; len++) {
		const struct hs_span exact = exact_copy(b.records.bytes, len);
		struct hs_cursor c = { .rest = exact };
		struct hs_zip_header h;

		assert_false(hs_zip_take_central(&h, &c));
		free((void *)(uintptr_t)exact.at);
	}
	for (size_t len = 0; len < 31; len++) {
		const struct hs_span exact = exact_copy(b.out.bytes, len);
		struct hs_cursor c = { .rest = exact };
		struct hs_zip_header h;

		assert_false(hs_zip_take_local(&h, &c));
		free((void *)(uintptr_t)exact.at);
	}
}

/* A field of zip64 that is too short for what the header leaves to it gives nothing. */
static void
short_fields_of_zip64_are_not_read_past(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t len = 0; len <= 24; len++) {
		struct build_zip b = { .out.arena = &arena };
		struct build_zip_member m = a_member;
		struct hs_zip_header h;
		struct hs_cursor c;

		m.zip64 = true;
		build_zip_add(&b, &m);
		grow_patch(&b.records, 46 + 1 + 2, 2, len);
		grow_patch(&b.records, 30, 2, 4 + len);
		c = (struct hs_cursor){ .rest = b.records.bytes };
		assert_true(hs_zip_take_central(&h, &c));
		assert_int_equal(h.size, len >= 8 ? 7 : UINT32_MAX);
		assert_int_equal(h.packed, len >= 16 ? 7 : UINT32_MAX);
		assert_int_equal(h.offset, len >= 24 ? 0 : UINT32_MAX);
	}
}

static void
extra_fields_end_where_they_no_longer_fit(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("\1\0\2\0xy\2\0\0\0\3\0\5\0abc") };
	struct hs_zip_extra x;

	(void)state;
	assert_true(hs_zip_take_extra(&x, &c));
	assert_int_equal(x.id, 1);
	assert_span(x.data, "xy");
	assert_true(hs_zip_take_extra(&x, &c));
	assert_int_equal(x.id, 2);
	assert_int_equal(x.data.len, 0);
	assert_false(hs_zip_take_extra(&x, &c));
	assert_int_equal(c.rest.len, 7);
}

static void
data_descriptors_are_known_by_what_they_repeat(void **state)
{
	const struct {
		enum build_zip_descriptor kind;
	} rows[] = { { BUILD_ZIP_SIGNED },
		     { BUILD_ZIP_BARE },
		     { BUILD_ZIP_SIGNED_64 },
		     { BUILD_ZIP_BARE_64 } };
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build_zip b = { .out.arena = &arena };
		struct build_zip_member m = a_member;
		struct hs_zip_header h;
		struct hs_cursor c;
		struct hs_span rest;

		m.descriptor = rows[i].kind;
		build_zip_add(&b, &m);
		c = (struct hs_cursor){ .rest = b.records.bytes };
		assert_true(hs_zip_take_central(&h, &c));
		rest = hs_span_from(b.out.bytes, 31 + 7);
		assert_int_equal(hs_zip_descriptor(&h, rest, false), rows[i].kind);
		assert_int_equal(hs_zip_descriptor(&h, hs_span_head(rest, rest.len - 1), false), 0);
		h.crc ^= 1;
		assert_int_equal(hs_zip_descriptor(&h, rest, false), 0);
	}
}

/* bsdtar streams an empty file as 64-bit numbers, of which half are zero. */
static void
the_width_of_a_descriptor_may_be_told_by_the_header_only(void **state)
{
	const struct hs_span rest = HS_SPAN("PK\7\10\0\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	const struct hs_zip_header h = { .packed = 2 };

	(void)state;
	assert_int_equal(hs_zip_descriptor(&h, rest, false), 16);
	assert_int_equal(hs_zip_descriptor(&h, rest, true), 24);
}

/* Comments may hold what looks like an end record; so may members that were stored. */
static void
the_end_record_is_the_one_whose_directory_is_there(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip inner = { .out.arena = &arena }, b = { .out.arena = &arena };
	struct hs_zip_end end;

	(void)state;
	build_zip_add(&inner, &a_member);
	build_zip_end(&inner, HS_SPAN(""));
	build_zip_add(&b, &(struct build_zip_member){ .name = "z", .content = inner.out.bytes });
	build_zip_end(&b, HS_SPAN("PK\5\6 a comment with the magic, longer than a record is"));
	assert_true(hs_zip_find_end(&end, b.out.bytes));
	assert_int_equal(end.at, b.end);
	assert_int_equal(end.directory, b.directory);
	assert_int_equal(end.base, 0);
	assert_int_equal(end.after, b.out.bytes.len);

	/* A whole archive as the comment is an archive too; the outer one ends at the same byte. */
	b = (struct build_zip){ .out.arena = &arena };
	build_zip_add(&b, &a_member);
	build_zip_end(&b, inner.out.bytes);
	assert_true(hs_zip_find_end(&end, b.out.bytes));
	assert_int_equal(end.after, b.out.bytes.len);
}

static void
the_largest_comment_is_found(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct hs_zip_end end;

	(void)state;
	build_zip_add(&b, &a_member);
	build_zip_end(&b, (struct hs_span){ hs_arena_alloc(&arena, 65535), 65535 });
	assert_true(hs_zip_find_end(&end, b.out.bytes));
	assert_int_equal(end.comment.len, 65535);
	grow_zeros(&b.out, 1);
	assert_false(hs_zip_find_end(&end, b.out.bytes));
}

static void
offsets_behind_a_stub_count_from_its_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span stub = { hs_arena_alloc(&arena, 1000), 1000 };
	struct hs_zip_end end;
	uint64_t at;

	(void)state;
	for (int moved = 0; moved < 2; moved++)
		for (int zip64 = 0; zip64 < 2; zip64++) {
			struct build_zip b = { .out.arena = &arena, .zip64 = zip64 };

			grow_add(&b.out, stub);
			b.base = moved ? stub.len : 0;
			build_zip_add(&b, &a_member);
			build_zip_end(&b, HS_SPAN("end"));
			assert_true(hs_zip_find_end(&end, b.out.bytes));
			assert_int_equal(end.base, moved ? stub.len : 0);
			assert_int_equal(end.directory, b.directory);
			assert_int_equal(end.zip64.len, zip64 ? 56 : 0);
			assert_int_equal(end.limit, zip64 ? b.end - 20 - 56 : b.end);
			assert_true(hs_zip_place(&at, &end, b.out.bytes, moved ? 0 : stub.len));
			assert_int_equal(at, stub.len);
			assert_false(hs_zip_place(&at, &end, b.out.bytes, UINT64_MAX));
			assert_false(hs_zip_place(&at, &end, b.out.bytes, INT64_MAX));
		}
}

/* Every number of the zip64 records, made as large as it can be. */
static void
lies_of_zip64_are_survived(void **state)
{
	const struct {
		size_t at, width; /* from the start of the zip64 record */
		bool found;
	} rows[] = {
		{ 4, 8, true },                            /* its size */
		{ 16, 4, true },                           /* disks */
		{ 20, 4, true },      { 24, 8, true },     /* entries */
		{ 32, 8, true },      { 40, 8, true },     /* size and offset of the directory */
		{ 48, 8, true },      { 56 + 8, 8, true }, /* the locator's offset */
		{ 56 + 0, 4, false }, /* no locator: the old record has nothing to offer */
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build_zip b = { .out.arena = &arena, .zip64 = true };
		struct hs_zip_end end;

		build_zip_add(&b, &a_member);
		build_zip_end(&b, HS_SPAN(""));
		grow_patch(&b.out, b.end - 76 + rows[i].at, rows[i].width, UINT64_MAX);
		assert_int_equal(hs_zip_find_end(&end, b.out.bytes), rows[i].found);
		if (rows[i].found)
			assert_int_equal(end.directory, b.directory);
	}
}

static void
a_contradiction_between_the_end_records_is_seen(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena, .zip64 = true };
	struct hs_zip_end end;

	(void)state;
	build_zip_add(&b, &a_member);
	build_zip_end(&b, HS_SPAN(""));
	assert_true(hs_zip_find_end(&end, b.out.bytes));
	assert_false(end.zip64_differs);
	grow_patch(&b.out, b.end + 10, 2, 7);
	assert_true(hs_zip_find_end(&end, b.out.bytes));
	assert_true(end.zip64_differs);
	assert_int_equal(end.stated_entries, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_headers_are_taken_apart),
		cmocka_unit_test(headers_that_are_cut_are_refused),
		cmocka_unit_test(short_fields_of_zip64_are_not_read_past),
		cmocka_unit_test(extra_fields_end_where_they_no_longer_fit),
		cmocka_unit_test(data_descriptors_are_known_by_what_they_repeat),
		cmocka_unit_test(the_width_of_a_descriptor_may_be_told_by_the_header_only),
		cmocka_unit_test(the_end_record_is_the_one_whose_directory_is_there),
		cmocka_unit_test(the_largest_comment_is_found),
		cmocka_unit_test(offsets_behind_a_stub_count_from_its_end),
		cmocka_unit_test(lies_of_zip64_are_survived),
		cmocka_unit_test(a_contradiction_between_the_end_records_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
