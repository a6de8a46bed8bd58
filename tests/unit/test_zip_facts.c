/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_facts.h"

#include "build_zip.h"
#include "expanded.h"
#include "unit.h"

#include "comparators/comparator.h"

static const struct build_zip_member plain = {
	.name = "a",
	.content = { (const uint8_t *)"content", 7 },
	.made_by = 0x031e,
	.needed = 20,
	.time = 0x6e3a,
	.date = 0x5a6f,
	.internal = 1,
	.external = 0100640u << 16,
};

static const char *
text_of(struct hs_arena *arena, const struct build_zip_member *m)
{
	struct build_zip b = { .out.arena = arena };
	struct expanded x;
	const char *text;

	build_zip_add(&b, m);
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	text = hs_arena_printf(arena, "%s", expanded_entry_text(&x, &x.tree.entries[0]));
	expanded_release(&x);
	return text;
}

static void
a_member_says_what_its_record_holds(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(text_of(&arena, &plain),
	                    "type: file\nmode: 0640\nsize: 7\nmethod: stored\n"
	                    "dos time: 2025-03-15 13:49:52\ncrc32: 0xfec530a9\n"
	                    "compressed size: 7\nmade by: Unix, 3.0\nversion needed: 2.0\n"
	                    "flags: 0x0000\ninternal attributes: 0x0001\n"
	                    "external attributes: 0x81a00000\n");
}

/* Each oddity adds a line, or changes one. */
static void
each_optional_part_is_said(void **state)
{
	const struct {
		struct build_zip_member more;
		const char *line;
	} rows[] = {
		{ { .comment = HS_SPAN("of a") }, "comment: of a\n" },
		{ { .extra = HS_SPAN("\x55\x54\5\0\1\1\0\0\0") }, "mtime: 1970-01-01T00:00:01Z\n" },
		{ { .extra = HS_SPAN("\x55\x54\5\0\1\1\0\0\0") },
		  "extra 0x5455 extended timestamp: modified\n" },
		{ { .local_extra = HS_SPAN("\x22\x11\1\0x") }, "local extra 0x1122: 78\n" },
		{ { .local_name = "b" }, "local name: b\n" },
		{ { .local_crc_xor = 1 }, "local crc32: 0xfec530a8\n" },
		{ { .descriptor = BUILD_ZIP_SIGNED },
		  "data descriptor: 32-bit sizes, with signature\n" },
		{ { .descriptor = BUILD_ZIP_BARE },
		  "data descriptor: 32-bit sizes, without signature\n" },
		{ { .descriptor = BUILD_ZIP_SIGNED_64 },
		  "data descriptor: 64-bit sizes, with signature\n" },
		{ { .descriptor = BUILD_ZIP_BARE_64 },
		  "data descriptor: 64-bit sizes, without signature\n" },
		{ { .zip64 = true }, "extra 0x0001 zip64: 24 bytes\n" },
		{ { .zip64 = true }, "local extra 0x0001 zip64: 16 bytes\n" },
		{ { .made_by = 0xfe14 }, "made by: host 254, 2.0\n" },
		{ { .name = "./a" }, "stored name: ./a\n" },
		{ { .method = HS_ZIP_DEFLATE, .flags = 2 }, "level hint: maximum\n" },
		{ { .method = HS_ZIP_DEFLATE, .flags = 4 }, "level hint: fast\n" },
		{ { .method = HS_ZIP_DEFLATE, .flags = 6 }, "level hint: super fast\n" },
		{ { .flags = HS_ZIP_ENCRYPTED }, "encryption: traditional (PKWARE)\n" },
		{ { .flags = HS_ZIP_ENCRYPTED | HS_ZIP_STRONG }, "encryption: strong (PKWARE)\n" },
		{ { .flags = HS_ZIP_ENCRYPTED,
		    .method = HS_ZIP_AES,
		    .extra = HS_SPAN("\x01\x99\7\0\2\0AE\3\x08\0") },
		  "encryption: AES-256, AE-2, of deflate\n" },
		{ { .flags = HS_ZIP_ENCRYPTED, .method = HS_ZIP_AES },
		  "encryption: AES, without the field that tells how\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip_member m = rows[i].more;
		const char *text;

		m.name = m.name ? m.name : plain.name;
		m.content = plain.content;
		m.made_by = m.made_by ? m.made_by : plain.made_by;
		text = text_of(&arena, &m);
		if (!strstr(text, rows[i].line))
			fail_msg("no \"%s\" in\n%s", rows[i].line, text);
	}
}

/* A streaming writer leaves its local header open: that is no disagreement. */
static void
an_open_local_header_is_no_disagreement(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip_member m = plain;

	(void)state;
	m.descriptor = BUILD_ZIP_SIGNED;
	assert_null(strstr(text_of(&arena, &m), "local"));
}

static void
the_archive_says_what_its_members_do_not(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena, .zip64 = true };
	struct expanded x;

	(void)state;
	build_zip_add(&b, &plain);
	build_zip_end(&b, HS_SPAN("note\n"));
	grow_patch(&b.out, b.end + 10, 2, 7);
	grow_patch(&b.out, b.end + 4, 2, 1);
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_string_equal(expanded_text(&x), "disks: ends on 1, directory on 0\n"
	                                       "entries on this disk: 1\n"
	                                       "zip64: contradicts the end record\n"
	                                       "zip64 made by: Unix, 4.5\n"
	                                       "zip64 version needed: 4.5\ncomment: note\\n\n"
	                                       "entries: 1, the end record says 7\n"
	                                       "content in all: 7\ncompressed in all: 7\n");
	expanded_release(&x);
}

/* Records in another order than the data: the tree has the directory's, a fact the other. */
static void
another_order_of_the_data_is_said(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	struct hs_span first;
	struct expanded x;

	(void)state;
	build_zip_add(&b, &plain);
	first = b.records.bytes;
	b.records = (struct grow){ .arena = &arena };
	build_zip_add(&b, &(struct build_zip_member){ .name = "b" });
	grow_add(&b.records, first);
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "b\na\n");
	assert_non_null(strstr(expanded_text(&x), "order of the data: not that of the directory"));
	expanded_release(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_says_what_its_record_holds),
		cmocka_unit_test(each_optional_part_is_said),
		cmocka_unit_test(an_open_local_header_is_no_disagreement),
		cmocka_unit_test(the_archive_says_what_its_members_do_not),
		cmocka_unit_test(another_order_of_the_data_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
