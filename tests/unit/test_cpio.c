/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cpio.h"

#include "build_cpio.h"
#include "expanded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define DIALECTS HS_CPIO_NEWC, HS_CPIO_CRC, HS_CPIO_ODC, HS_CPIO_BIN_LE, HS_CPIO_BIN_BE

static const enum hs_cpio_dialect dialects[] = { DIALECTS };

enum { N_DIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

static const struct build_cpio_member file_a = {
	.name = "etc/motd",
	.ino = 12,
	.mode = 0100644,
	.uid = 1000,
	.gid = 100,
	.nlink = 1,
	.mtime = 1492533000,
	.dev_major = 3,
	.dev_minor = 1,
	.check = 'h' + 'e' + 'l' + 'l' + 'o',
	.data = { (const uint8_t *)"hello", 5 },
};

/* A directory, a file, a link, a device: what an initramfs begins with. */
static struct hs_span
small_archive(struct hs_arena *a, enum hs_cpio_dialect dialect)
{
	struct build_cpio b = { .out.arena = a, .dialect = dialect };

	build_cpio_add(&b, &(struct build_cpio_member){
				   .name = "etc", .ino = 11, .mode = 040755, .nlink = 2 });
	build_cpio_add(&b, &file_a);
	build_cpio_add(&b, &(struct build_cpio_member){ .name = "etc/link",
	                                                .ino = 13,
	                                                .mode = 0120777,
	                                                .nlink = 1,
	                                                .data = HS_SPAN("../motd") });
	build_cpio_add(&b, &(struct build_cpio_member){ .name = "dev/console",
	                                                .ino = 14,
	                                                .mode = 020600,
	                                                .nlink = 1,
	                                                .rdev_major = 5,
	                                                .rdev_minor = 1 });
	build_cpio_end(&b);
	return b.out.bytes;
}

static void
a_header_of_each_dialect_says_the_same(void **state)
{
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < N_DIALECTS; i++) {
		struct build_cpio b = { .out.arena = &arena, .dialect = dialects[i] };
		struct hs_cpio_member m;
		struct hs_err err;

		build_cpio_add(&b, &file_a);
		assert_int_equal(hs_cpio_read(&m, b.out.bytes, &err), 0);
		assert_int_equal(m.dialect, dialects[i]);
		assert_int_equal(m.ino, 12);
		assert_int_equal(m.mode, 0100644);
		assert_int_equal(m.uid, 1000);
		assert_int_equal(m.gid, 100);
		assert_int_equal(m.nlink, 1);
		assert_int_equal(m.mtime, 1492533000);
		assert_int_equal(m.dev_major, 3);
		assert_int_equal(m.dev_minor, 1);
		assert_int_equal(m.size, 5);
		assert_true(hs_span_is(m.name, "etc/motd"));
		assert_true(hs_span_is(m.data, "hello"));
		assert_true(hs_span_is_zero(m.name_rest));
		assert_false(m.malformed || m.unusual);
		assert_int_equal(hs_cpio_length(&m), b.out.bytes.len);
	}
	hs_arena_release(&arena);
}

static void
fields_that_are_no_numbers_are_told(void **state)
{
	static const struct {
		size_t at; /* in a newc header */
		const char *field;
		bool malformed, unusual;
		int rc;
	} rows[] = {
		{ 46, "-0000005", false, true, 0 }, /* mtime of linuxkit before 1970 */
		{ 22, "     3e8", false, true, 0 }, /* uid with blanks */
		{ 22, "        ", true, true, 0 },
		{ 6, "0000000g", true, true, 0 },
		{ 54, "0000000x", true, false, HS_EFORMAT }, /* filesize */
		{ 94, "       -", true, true, HS_EFORMAT },  /* namesize */
		{ 94, "00000009", false, false, 0 },
		{ 94, "ffffffff", false, false, HS_EFORMAT },
		{ 54, "ffffffff", false, false, HS_EFORMAT },
		{ 94, "00000000", true, false, 0 }, /* no room for the NUL */
	};
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
		struct hs_cpio_member m;
		struct hs_err err;
		int rc;

		build_cpio_add(&b, &file_a);
		memcpy((uint8_t *)(uintptr_t)b.out.bytes.at + rows[i].at, rows[i].field, 8);
		rc = hs_cpio_read(&m, b.out.bytes, &err);
		assert_int_equal(rc, rows[i].rc);
		if (rc < 0)
			continue;
		assert_int_equal(m.malformed, rows[i].malformed);
		assert_int_equal(m.unusual, rows[i].unusual);
		if (rows[i].at == 46)
			assert_int_equal(m.mtime, -5);
		if (rows[i].at == 22 && !m.malformed)
			assert_int_equal(m.uid, 1000);
	}
	hs_arena_release(&arena);
}

static void
cpio_wins_the_bid_for_each_dialect(void **state)
{
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < N_DIALECTS; i++) {
		const struct hs_span file = small_archive(&arena, dialects[i]);

		assert_ptr_equal(hs_comparator_for(file, 0), &hs_comparator_cpio);
	}
	assert_int_equal(hs_comparator_cpio.bid(HS_SPAN("070701 is a magic number, says the text")),
	                 0);
	assert_int_equal(hs_comparator_cpio.bid(HS_SPAN("\xc7\x71 as random bytes may begin, ok?")),
	                 0);
	assert_int_equal(hs_comparator_cpio.bid(HS_SPAN("")), 0);
	hs_arena_release(&arena);
}

static void
members_are_listed_and_described(void **state)
{
	struct hs_arena arena = { 0 };
	struct expanded x;

	(void)state;
	for (size_t i = 0; i < N_DIALECTS; i++) {
		int rc;

		expanded_init(&x, &hs_comparator_cpio, small_archive(&arena, dialects[i]), NULL);
		assert_int_equal(x.rc, 0);
		assert_string_equal(expanded_keys(&x), "etc\netc/motd\netc/link\ndev/console\n");
		assert_true(hs_span_is(expanded_content(&x, expanded_entry(&x, "etc/motd"), &rc),
		                       "hello"));
		assert_int_equal(rc, 0);
		assert_string_equal(
			expanded_fact(&x, expanded_entry(&x, "etc/link"), "link target"),
			"../motd");
		assert_string_equal(expanded_fact(&x, expanded_entry(&x, "dev/console"), "device"),
		                    "5:1");
		assert_string_equal(expanded_fact(&x, expanded_entry(&x, "dev/console"), "type"),
		                    "character device");
		for (size_t k = 0; k < x.tree.n_entries; k++)
			assert_null(x.tree.entries[k].note);
		expanded_release(&x);
	}
	hs_arena_release(&arena);
}

static void
facts_are_those_that_all_formats_share_and_those_of_cpio(void **state)
{
	struct hs_arena arena = { 0 };
	struct expanded x;

	(void)state;
	expanded_init(&x, &hs_comparator_cpio, small_archive(&arena, HS_CPIO_CRC), NULL);
	assert_string_equal(expanded_entry_text(&x, expanded_entry(&x, "etc/motd")),
	                    "type: file\nmode: 0644\nuid: 1000\ngid: 100\nsize: 5\n"
	                    "mtime: 2017-04-18T16:30:00Z\ndialect: crc\ninode: 12\nnlink: 1\n"
	                    "on device: 3:1\ncheck: 0x00000214\n");
	assert_string_equal(expanded_text(&x),
	                    "trailer: crc, nlink 1\n"
	                    "hex digits: upper case\nzero bytes behind the trailer: 0\n");
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
a_wrong_sum_is_noted_and_the_content_kept(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_CRC };
	struct build_cpio_member m = file_a;
	const struct hs_entry *e;
	struct expanded x;
	int rc;

	(void)state;
	m.check++;
	build_cpio_add(&b, &m);
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	e = expanded_entry(&x, "etc/motd");
	assert_true(e->damaged);
	assert_string_equal(e->note, "its bytes add up to 0x00000214, its header says 0x00000215");
	assert_true(hs_span_is(expanded_content(&x, e, &rc), "hello"));
	expanded_release(&x);
	hs_arena_release(&arena);
}

/* What stands in names is kept as it is, and paired as other formats would have it. */
static void
odd_names_keep_their_bytes(void **state)
{
	static const struct {
		const char *name, *key, *stored;
	} rows[] = {
		{ "./a/b", "a/b", "./a/b" },
		{ "/abs", "abs", "/abs" },
		{ "../up", "../up", "" },
		{ ".", ".", "" },
		{ "a\nb\x1b[1m", "a\\nb\\x1b[1m", "" },
		{ "dir//x/", "dir/x", "dir//x/" },
		{ "\xe2\x80\xae.txt", "\\xe2\\x80\\xae.txt", "" },
	};
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_ODC };
		struct build_cpio_member m = file_a;
		struct expanded x;

		m.name = rows[i].name;
		build_cpio_add(&b, &m);
		build_cpio_end(&b);
		expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
		assert_string_equal(expanded_keys(&x),
		                    hs_arena_printf(&arena, "%s\n", rows[i].key));
		assert_string_equal(expanded_fact(&x, &x.tree.entries[0], "stored name"),
		                    rows[i].stored);
		expanded_release(&x);
	}
	hs_arena_release(&arena);
}

static void
a_name_too_long_to_keep_does_not_end_the_reading(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct build_cpio_member m = file_a;
	char *name = hs_arena_alloc(&arena, HS_MAX_NAME + 2);
	struct expanded x;

	(void)state;
	memset(name, 'x', HS_MAX_NAME + 1);
	m.name = name;
	build_cpio_add(&b, &m);
	build_cpio_add(&b, &file_a);
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_int_equal(x.tree.n_entries, 2);
	assert_true(x.tree.entries[0].damaged);
	assert_string_equal(x.tree.entries[0].note, "its name has 65537 bytes, 65536 are read");
	assert_true(hs_span_is(x.tree.entries[0].bytes, "hello"));
	expanded_exercise(&x);
	expanded_release(&x);
	hs_arena_release(&arena);
}

/* Bytes that no field announces must not be lost: each of these makes the heads or members differ.
 */
static void
bytes_hidden_in_paddings_show(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	uint8_t *bytes;
	struct expanded x;

	(void)state;
	build_cpio_add(
		&b, &(struct build_cpio_member){
			    .name = "ab", .mode = 0100644, .nlink = 1, .data = HS_SPAN("12345") });
	build_cpio_end(&b);
	bytes = (uint8_t *)(uintptr_t)b.out.bytes.at;
	bytes[110 + 3 + 2] = 'N';     /* behind the name's NUL */
	bytes[110 + 6 + 5 + 1] = 'D'; /* behind the data */
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "ab"), "behind the name"),
	                    "\\x00\\x00\\x00N");
	assert_int_equal(expanded_entry(&x, "(padding behind ab)")->bytes.len, 3);
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
content_of_what_has_none_is_metadata(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	build_cpio_add(
		&b, &(struct build_cpio_member){
			    .name = "d", .mode = 040755, .nlink = 2, .data = HS_SPAN("hidden") });
	build_cpio_add(
		&b, &(struct build_cpio_member){
			    .name = "o", .mode = 0644, .nlink = 1, .data = HS_SPAN("typeless") });
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "d"), "content"), "hidden");
	assert_true(hs_span_ends(expanded_entry(&x, "d")->head, HS_SPAN("hidden")));
	assert_true(hs_span_is(expanded_entry(&x, "o")->bytes, "typeless"));
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "o"), "mode field"), "000644");
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
every_truncation_is_told(void **state)
{
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < N_DIALECTS; i++) {
		const struct hs_span whole = small_archive(&arena, dialects[i]);
		const size_t magic =
			dialects[i] == HS_CPIO_BIN_LE || dialects[i] == HS_CPIO_BIN_BE ? 2 : 6;
		size_t end = whole.len;

		/* The padding behind the last name may be missing. */
		while (whole.at[end - 2] == 0)
			end--;
		for (size_t len = 0; len <= whole.len; len++) {
			struct expanded x;

			expanded_init(&x, &hs_comparator_cpio, hs_span_head(whole, len), NULL);
			assert_int_equal(x.rc, len < end ? HS_EFORMAT : 0);
			expanded_exercise(&x);
			/* Nothing that is there is lost. */
			if (len > 0 && len < magic)
				assert_string_equal(expanded_keys(&x), "(after the damage)\n");
			expanded_release(&x);
		}
	}
	hs_arena_release(&arena);
}

static void
a_limit_on_members_is_told(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct hs_arena arena = { 0 };
	struct expanded x;

	(void)state;
	limits.max_members = 2;
	expanded_init(&x, &hs_comparator_cpio, small_archive(&arena, HS_CPIO_NEWC), &limits);
	assert_int_equal(x.rc, HS_ELIMIT);
	assert_int_equal(x.tree.n_entries, 2);
	expanded_release(&x);
	hs_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_of_each_dialect_says_the_same),
		cmocka_unit_test(fields_that_are_no_numbers_are_told),
		cmocka_unit_test(cpio_wins_the_bid_for_each_dialect),
		cmocka_unit_test(members_are_listed_and_described),
		cmocka_unit_test(facts_are_those_that_all_formats_share_and_those_of_cpio),
		cmocka_unit_test(a_wrong_sum_is_noted_and_the_content_kept),
		cmocka_unit_test(odd_names_keep_their_bytes),
		cmocka_unit_test(a_name_too_long_to_keep_does_not_end_the_reading),
		cmocka_unit_test(bytes_hidden_in_paddings_show),
		cmocka_unit_test(content_of_what_has_none_is_metadata),
		cmocka_unit_test(every_truncation_is_told),
		cmocka_unit_test(a_limit_on_members_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
