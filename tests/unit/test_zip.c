/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_zip.h"
#include "expanded.h"
#include "unit.h"

enum { MADE_BY_UNIX = 0x031e };

static const struct build_zip_member motd = {
	.name = "etc/motd",
	.content = { (const uint8_t *)"hello hello hello hello", 23 },
	.method = 8,
	.made_by = MADE_BY_UNIX,
	.needed = 20,
	.time = 0x6e3a, /* 13:49:52 */
	.date = 0x5a6f, /* 2025-03-15 */
	.external = 0100644u << 16,
};

/* A directory, a deflated and a stored file, a link. */
static struct hs_span
small_archive(struct hs_arena *a)
{
	struct build_zip b = { .out.arena = a };

	build_zip_add(&b, &(struct build_zip_member){ .name = "etc/",
	                                              .made_by = MADE_BY_UNIX,
	                                              .external = 040755u << 16 | 0x10 });
	build_zip_add(&b, &motd);
	build_zip_add(&b, &(struct build_zip_member){ .name = "plain",
	                                              .content = HS_SPAN("stored bytes"),
	                                              .made_by = MADE_BY_UNIX,
	                                              .descriptor = BUILD_ZIP_SIGNED,
	                                              .external = 0100755u << 16 });
	build_zip_add(&b, &(struct build_zip_member){ .name = "link",
	                                              .content = HS_SPAN("etc/motd"),
	                                              .made_by = MADE_BY_UNIX,
	                                              .external = 0120777u << 16 });
	build_zip_end(&b, HS_SPAN("a comment"));
	return b.out.bytes;
}

static void
zip_wins_the_bid_for_archives_and_what_has_one_behind_a_stub(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct build_zip empty = { .out.arena = &arena };

	(void)state;
	assert_ptr_equal(hs_comparator_for(small_archive(&arena), 0), &hs_comparator_zip);
	build_zip_end(&empty, HS_SPAN(""));
	assert_int_equal(hs_comparator_zip.bid(empty.out.bytes), 32);

	grow_text(&b.out, "#!/usr/bin/env python3\n");
	b.base = b.out.bytes.len;
	build_zip_add(&b, &motd);
	build_zip_end(&b, HS_SPAN(""));
	assert_int_equal(hs_comparator_zip.bid(b.out.bytes), 24);
	/* An archive somewhere inside of a file does not make the file one. */
	grow_zeros(&b.out, 512);
	assert_int_equal(hs_comparator_zip.bid(b.out.bytes), 0);
	assert_int_equal(hs_comparator_zip.bid(HS_SPAN("PK\5")), 0);
	assert_int_equal(hs_comparator_zip.bid(HS_SPAN("")), 0);
	assert_int_equal(
		hs_comparator_zip.bid(HS_SPAN("text with PK\5\6 and more of it inside.....")), 0);
}

static void
members_are_listed_and_opened(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded x;
	int rc;

	(void)state;
	expanded_init(&x, &hs_comparator_zip, small_archive(&arena), NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "etc\netc/motd\nplain\nlink\n");
	for (size_t i = 0; i < x.tree.n_entries; i++)
		assert_null(x.tree.entries[i].note);
	assert_span(expanded_content(&x, expanded_entry(&x, "etc/motd"), &rc),
	            "hello hello hello hello");
	assert_int_equal(rc, 0);
	assert_span(expanded_content(&x, expanded_entry(&x, "plain"), &rc), "stored bytes");
	assert_int_equal(rc, 0);
	assert_span(expanded_entry(&x, "link")->link, "etc/motd");
	assert_int_equal(expanded_entry(&x, "link")->kind, HS_KIND_SYMLINK);
	assert_int_equal(expanded_entry(&x, "etc")->kind, HS_KIND_DIR);
	assert_string_equal(expanded_text(&x), "comment: a comment\n"
	                                       "content in all: 43\n"
	                                       "compressed in all: 30\n");
	expanded_release(&x);
}

static void
bytes_that_nobody_claims_are_gaps(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct expanded x;

	(void)state;
	grow_text(&b.out, "STUB");
	b.base = b.out.bytes.len;
	build_zip_add(&b, &motd);
	grow_text(&b.out, "between");
	build_zip_add(&b, &(struct build_zip_member){ .name = "b", .content = HS_SPAN("B") });
	grow_text(&b.out, "signing block");
	build_zip_end(&b, HS_SPAN(""));
	grow_text(&b.out, "tail");
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x),
	                    "etc/motd\nb\n(before the first member)\n(between members)\n"
	                    "(before the directory)\n(after the end)\n");
	assert_span(expanded_entry(&x, "(before the first member)")->bytes, "STUB");
	assert_span(expanded_entry(&x, "(between members)")->bytes, "between");
	assert_span(expanded_entry(&x, "(before the directory)")->bytes, "signing block");
	assert_span(expanded_entry(&x, "(after the end)")->bytes, "tail");
	assert_string_equal(expanded_text(&x), "offsets count from byte: 4\ncontent in all: 24\n"
	                                       "compressed in all: 11\n");
	expanded_release(&x);
}

static void
bytes_behind_the_directory_are_a_gap(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct expanded x;

	(void)state;
	build_zip_add(&b, &motd);
	b.records.arena = &arena;
	grow_text(&b.records, "PK\5\5\4\0sign");
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "etc/motd\n(before the end record)\n");
	expanded_release(&x);
}

static void
members_of_one_name_are_all_there(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct expanded x;
	int rc;

	(void)state;
	build_zip_add(&b, &(struct build_zip_member){ .name = "a", .content = HS_SPAN("first") });
	build_zip_add(&b, &(struct build_zip_member){ .name = "a", .content = HS_SPAN("second") });
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_string_equal(expanded_keys(&x), "a\na\n");
	assert_span(expanded_content(&x, hs_tree_find(&x.tree, HS_SPAN("a"), 0), &rc), "first");
	assert_span(expanded_content(&x, hs_tree_find(&x.tree, HS_SPAN("a"), 1), &rc), "second");
	expanded_release(&x);
}

/* Whatever is cut off the end is told, and so is every byte that is left. */
static void
every_truncation_is_told(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span whole = small_archive(&arena);

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		uint64_t gaps = 0;
		struct expanded x;

		expanded_init(&x, &hs_comparator_zip, hs_span_head(whole, len), NULL);
		assert_int_equal(x.rc, HS_EFORMAT);
		expanded_exercise(&x);
		for (size_t i = 0; i < x.tree.n_entries; i++)
			if (x.tree.entries[i].kind == HS_KIND_GAP)
				gaps += x.tree.entries[i].bytes.len;
		if (len > 0 && len < 30)
			assert_int_equal(gaps, len);
		expanded_release(&x);
	}
}

static void
members_before_a_lost_directory_are_read_by_their_local_headers(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct expanded x;
	int rc;

	(void)state;
	build_zip_add(&b, &motd);
	build_zip_add(&b, &(struct build_zip_member){ .name = "streamed",
	                                              .content = HS_SPAN("x"),
	                                              .descriptor = BUILD_ZIP_SIGNED });
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_int_equal(x.rc, HS_EFORMAT);
	assert_string_equal(expanded_keys(&x), "etc/motd\n(after the damage)\n");
	assert_span(expanded_content(&x, expanded_entry(&x, "etc/motd"), &rc),
	            "hello hello hello hello");
	assert_int_equal(rc, 0);
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "etc/motd"), "method"), "deflate");
	expanded_release(&x);
}

/* One byte of every place of a small archive, changed: no crash, no stray read. */
static void
every_changed_byte_is_survived(void **state)
{
	static const uint8_t masks[] = { 0xff, 0x01, 0x80 };
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span whole = small_archive(&arena);
	uint8_t *bytes = (uint8_t *)(uintptr_t)whole.at;

	(void)state;
	for (size_t at = 0; at < whole.len; at++) {
		for (size_t i = 0; i < sizeof(masks); i++) {
			struct expanded x;

			bytes[at] ^= masks[i];
			expanded_init(&x, &hs_comparator_zip, whole, NULL);
			expanded_exercise(&x);
			expanded_release(&x);
			bytes[at] ^= masks[i];
		}
	}
}

/* What a record of the directory or the end record may lie about. */
static const struct {
	bool of_end; /* else of the record of "b" */
	size_t at, width;
	uint64_t value;
	int rc;
	const char *error, *note;
} lies[] = {
	{ true, 10, 2, 3, HS_EFORMAT, "the end record counts 3 members, the zip directory has 2",
	  "" },
	{ true, 10, 2, 0xffff, HS_EFORMAT,
	  "the end record counts 65535 members, the zip directory has 2", "" },
	{ true, 12, 4, UINT32_MAX, 0, "", "" }, /* size of the directory */
	{ true, 12, 4, 0, 0, "", "" },
	{ true, 16, 4, UINT32_MAX, HS_EFORMAT,
	  "the end record places the zip directory at byte 4294967295, it stands at 64", "" },
	{ true, 20, 2, 10, HS_EFORMAT, "the comment of the zip archive has 0 bytes of 10", "" },
	{ false, 42, 4, UINT32_MAX, 0, "", "no local header at offset 4294967295" },
	{ false, 42, 4, 1, 0, "", "no local header at offset 1" },
	{ false, 42, 4, 0, 0, "", "its bytes overlap with other parts of the archive" },
	{ false, 20, 4, UINT32_MAX, 0, "", "its data are cut short: 4294967295 bytes" },
	{ false, 28, 2, UINT16_MAX, HS_EFORMAT, "record 2 of the zip directory is cut short",
	  NULL },
	{ false, 0, 4, 0, HS_EFORMAT, "the end record counts 2 members, the zip directory has 1",
	  NULL },
};

static void
lies_of_the_directory_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip b = { .out.arena = &arena };
		const struct hs_entry *e;
		struct expanded x;

		build_zip_add(&b,
		              &(struct build_zip_member){ .name = "a", .content = HS_SPAN("A") });
		build_zip_add(&b,
		              &(struct build_zip_member){ .name = "b", .content = HS_SPAN("B") });
		build_zip_end(&b, HS_SPAN(""));
		grow_patch(&b.out, (lies[i].of_end ? b.end : b.end - 47) + lies[i].at,
		           lies[i].width, lies[i].value);
		expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
		if (x.rc != lies[i].rc)
			fail_msg("row %zu gives %d: %s", i, x.rc, x.err.text);
		if (x.rc < 0 && !strstr(x.err.text, lies[i].error))
			fail_msg("row %zu: %s", i, x.err.text);
		e = hs_tree_find(&x.tree, HS_SPAN("b"), 0);
		if (lies[i].note) {
			assert_non_null(e);
			if (!strstr(e->note ? e->note : "", lies[i].note))
				fail_msg("row %zu: %s", i, e->note);
		} else {
			assert_null(e);
			expanded_entry(&x, "a");
		}
		expanded_exercise(&x);
		expanded_release(&x);
	}
}

/* Members that share their bytes, as in a bomb: each is there, memory stays small. */
static void
overlapping_members_are_noted_and_take_no_memory(void **state)
{
	enum { N = 5000 };
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct build_zip_member m = motd;
	uint8_t *extra = hs_arena_alloc(&arena, 60000);
	struct hs_span record;
	struct expanded x;
	size_t heads = 0;

	(void)state;
	m.local_extra = (struct hs_span){ extra, 60000 };
	build_zip_add(&b, &m);
	record = hs_arena_copy(&arena, b.records.bytes);
	for (b.n = 1; b.n < N; b.n++)
		grow_add(&b.records, record);
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_int_equal(x.tree.n_entries, N);
	for (size_t i = 0; i < N; i++)
		heads += x.tree.entries[i].head.len;
	assert_true(heads < 2 * b.out.bytes.len);
	assert_non_null(strstr(x.tree.entries[0].note, "overlap"));
	assert_non_null(strstr(x.tree.entries[N - 1].note, "shares its bytes"));
	assert_true(strlen(x.tree.entries[0].note) < 200);
	expanded_release(&x);
}

static void
limits_on_members_and_names_are_told(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	RELEASED struct hs_arena arena = { 0 };
	struct expanded x;

	(void)state;
	limits.max_members = 2;
	expanded_init(&x, &hs_comparator_zip, small_archive(&arena), &limits);
	assert_int_equal(x.rc, HS_ELIMIT);
	assert_int_equal(x.tree.n_entries, 2);
	expanded_release(&x);
}

/* The offset is where a member stands, not what it is; all else of both headers counts. */
static void
heads_are_equal_when_all_but_the_offset_is(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip_member m = motd;
	struct expanded x[4];

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct build_zip b = { .out.arena = &arena };

		m.zip64 = i > 1;
		if (i % 2)
			build_zip_add(&b, &(struct build_zip_member){ .name = "other" });
		build_zip_add(&b, &m);
		build_zip_end(&b, HS_SPAN(""));
		expanded_init(&x[i], &hs_comparator_zip, b.out.bytes, NULL);
		assert_int_equal(x[i].rc, 0);
	}
	assert_true(hs_span_equal(expanded_entry(&x[0], "etc/motd")->head,
	                          expanded_entry(&x[1], "etc/motd")->head));
	assert_true(hs_span_equal(expanded_entry(&x[2], "etc/motd")->head,
	                          expanded_entry(&x[3], "etc/motd")->head));
	assert_false(hs_span_equal(expanded_entry(&x[0], "etc/motd")->head,
	                           expanded_entry(&x[2], "etc/motd")->head));
	for (int i = 0; i < 4; i++)
		expanded_release(&x[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zip_wins_the_bid_for_archives_and_what_has_one_behind_a_stub),
		cmocka_unit_test(members_are_listed_and_opened),
		cmocka_unit_test(bytes_that_nobody_claims_are_gaps),
		cmocka_unit_test(bytes_behind_the_directory_are_a_gap),
		cmocka_unit_test(members_of_one_name_are_all_there),
		cmocka_unit_test(every_truncation_is_told),
		cmocka_unit_test(members_before_a_lost_directory_are_read_by_their_local_headers),
		cmocka_unit_test(every_changed_byte_is_survived),
		cmocka_unit_test(lies_of_the_directory_are_told),
		cmocka_unit_test(overlapping_members_are_noted_and_take_no_memory),
		cmocka_unit_test(limits_on_members_and_names_are_told),
		cmocka_unit_test(heads_are_equal_when_all_but_the_offset_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
