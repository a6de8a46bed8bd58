/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_member.h"

#include "build_stream.h"
#include "build_zip.h"
#include "expanded.h"
#include "unit.h"

#include "comparators/comparator.h"

#define TEXT "some text, some text, some text, some more text"

/* What method 14 stores: version and size of the properties, the properties, the stream. */
static struct hs_span
zip_lzma(struct hs_arena *a, struct hs_span plain)
{
	const struct hs_span alone = build_stream(a, HS_CODEC_LZMA, plain);
	struct grow g = { .arena = a };

	grow_add(&g, HS_SPAN("\x09\x14\x05\0"));
	grow_add(&g, hs_span_head(alone, 5));
	grow_add(&g, hs_span_from(alone, 13));
	return g.bytes;
}

static void
each_method_with_a_codec_is_decoded(void **state)
{
	const struct {
		uint16_t method;
		enum hs_codec codec;
	} rows[] = {
		{ HS_ZIP_STORED, HS_CODEC_NONE }, { HS_ZIP_DEFLATE, HS_CODEC_NONE },
		{ HS_ZIP_BZIP2, HS_CODEC_BZIP2 }, { HS_ZIP_XZ, HS_CODEC_XZ },
		{ HS_ZIP_ZSTD, HS_CODEC_ZSTD },   { HS_ZIP_LZMA, HS_CODEC_LZMA },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip b = { .out.arena = &arena };
		struct build_zip_member m = { .name = "a",
			                      .content = HS_SPAN(TEXT),
			                      .method = rows[i].method };
		struct expanded x;
		int rc;

		if (rows[i].codec == HS_CODEC_LZMA) {
			m.stored = zip_lzma(&arena, m.content);
			m.flags = HS_ZIP_LZMA_EOS;
		} else if (rows[i].codec != HS_CODEC_NONE) {
			m.stored = build_stream(&arena, rows[i].codec, m.content);
		}
		build_zip_add(&b, &m);
		build_zip_end(&b, HS_SPAN(""));
		expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
		assert_int_equal(x.rc, 0);
		assert_null(x.tree.entries[0].note);
		assert_true(x.tree.entries[0].codec > 0);
		assert_span(expanded_content(&x, &x.tree.entries[0], &rc), TEXT);
		if (rc < 0)
			fail_msg("method %u: %s", rows[i].method, x.err.text);
		expanded_release(&x);
	}
}

/* What does not fit its header is told, and what there is of it kept. */
static void
contents_that_do_not_fit_are_told_and_kept(void **state)
{
	const struct {
		struct build_zip_member lie;
		const char *error;
		const char *kept;
	} rows[] = {
		{ { .crc_xor = 1 }, "the crc of its content is 0x", TEXT },
		{ { .size_more = 1 }, "its content has 47 bytes, its header says 48", TEXT },
		{ { .method = 8, .crc_xor = 1 }, "the crc of its content is 0x", TEXT },
		{ { .method = 8, .size_more = -1 },
		  "its content has 47 bytes, its header says 46",
		  TEXT },
		{ { .method = 8, .packed_more = -3 }, "", NULL },
		{ { .method = 8, .stored = HS_SPAN("\x4b\x04\0trailing") },
		  "8 bytes follow the end of its deflate stream",
		  "a" },
		{ { .method = 8, .stored = HS_SPAN("\xff\xff\xff\xff") }, "", "" },
		{ { .method = 14, .stored = HS_SPAN("\x09\x14\x06\0123456789") },
		  "the lzma header is malformed",
		  "" },
		{ { .method = 14, .stored = HS_SPAN("\x09") }, "the lzma header is malformed", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip b = { .out.arena = &arena };
		struct build_zip_member m = rows[i].lie;
		struct hs_span got;
		struct expanded x;
		int rc;

		m.name = "a";
		m.content = HS_SPAN(TEXT);
		build_zip_add(&b, &m);
		build_zip_end(&b, HS_SPAN(""));
		expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
		got = expanded_content(&x, expanded_entry(&x, "a"), &rc);
		assert_int_equal(rc, HS_EFORMAT);
		if (!strstr(x.err.text, rows[i].error))
			fail_msg("row %zu: %s", i, x.err.text);
		if (rows[i].kept)
			assert_span(got, rows[i].kept);
		expanded_release(&x);
	}
}

static void
what_cannot_be_decoded_is_compared_as_stored(void **state)
{
	const struct {
		uint16_t method, flags;
		const char *note;
	} rows[] = {
		{ 0, 1, "encrypted: its stored bytes are compared" },
		{ 99, 1, "encrypted: its stored bytes are compared" },
		{ 98, 0, "ppmd is not decoded: its stored bytes are compared" },
		{ 77, 0, "method 77 is not decoded: its stored bytes are compared" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip b = { .out.arena = &arena };
		struct expanded x;
		int rc;

		build_zip_add(&b, &(struct build_zip_member){ .name = "a",
		                                              .content = HS_SPAN(TEXT),
		                                              .stored = HS_SPAN("secret"),
		                                              .method = rows[i].method,
		                                              .flags = rows[i].flags });
		build_zip_end(&b, HS_SPAN(""));
		expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
		assert_span(expanded_content(&x, &x.tree.entries[0], &rc), "secret");
		assert_int_equal(rc, 0);
		assert_string_equal(x.tree.entries[0].note, rows[i].note);
		assert_false(x.tree.entries[0].damaged);
		expanded_release(&x);
	}
}

static void
kinds_come_from_modes_attributes_and_names(void **state)
{
	const struct {
		const char *name;
		uint16_t made_by;
		uint32_t external;
		enum hs_kind kind;
	} rows[] = {
		{ "d/", 0x031e, 040755u << 16, HS_KIND_DIR },
		{ "d/", 0x0014, 0, HS_KIND_DIR },
		{ "d", 0x0014, 0x10, HS_KIND_DIR },
		{ "f", 0x0014, 0x20, HS_KIND_FILE },
		{ "f", 0x0014, 040755u << 16, HS_KIND_FILE }, /* no mode: DOS made it */
		{ "f", 0x031e, 0600u << 16, HS_KIND_FILE },   /* Python's writestr() */
		{ "f", 0x1314, 0100644u << 16, HS_KIND_FILE },
		{ "l", 0x031e, 0120777u << 16, HS_KIND_SYMLINK },
		{ "c", 0x031e, 020600u << 16, HS_KIND_CHARDEV },
		{ "p", 0x031e, 010600u << 16, HS_KIND_FIFO },
		{ "o", 0x031e, 0170600u << 16, HS_KIND_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_zip b = { .out.arena = &arena };
		struct expanded x;

		build_zip_add(&b, &(struct build_zip_member){ .name = rows[i].name,
		                                              .made_by = rows[i].made_by,
		                                              .external = rows[i].external });
		build_zip_end(&b, HS_SPAN(""));
		expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
		assert_int_equal(x.tree.entries[0].kind, rows[i].kind);
		expanded_release(&x);
	}
}

/* Links may be compressed; what is in a directory's data counts as metadata. */
static void
data_of_members_without_content_are_not_lost(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_zip b = { .out.arena = &arena };
	uint8_t *large = hs_arena_alloc(&arena, HS_MAX_NAME + 1);
	struct expanded x;

	(void)state;
	build_zip_add(&b, &(struct build_zip_member){ .name = "l",
	                                              .content = HS_SPAN("to/to/to/to/to/to/to"),
	                                              .method = 8,
	                                              .made_by = 0x031e,
	                                              .external = 0120777u << 16 });
	build_zip_add(&b, &(struct build_zip_member){ .name = "d/", .method = 8 });
	build_zip_add(&b, &(struct build_zip_member){ .name = "bad",
	                                              .content = HS_SPAN("there"),
	                                              .crc_xor = 1,
	                                              .made_by = 0x031e,
	                                              .external = 0120777u << 16 });
	build_zip_add(&b, &(struct build_zip_member){ .name = "secret",
	                                              .content = HS_SPAN("\xab\xcd"),
	                                              .flags = HS_ZIP_ENCRYPTED,
	                                              .made_by = 0x031e,
	                                              .external = 0120777u << 16 });
	build_zip_add(&b, &(struct build_zip_member){ .name = "long",
	                                              .content = { large, HS_MAX_NAME + 1 },
	                                              .made_by = 0x031e,
	                                              .external = 0120777u << 16 });
	build_zip_end(&b, HS_SPAN(""));
	expanded_init(&x, &hs_comparator_zip, b.out.bytes, NULL);
	assert_span(expanded_entry(&x, "l")->link, "to/to/to/to/to/to/to");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "d"), "content as stored"),
	                    "0300");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "secret"), "content as stored"),
	                    "abcd");
	assert_span(expanded_entry(&x, "bad")->link, "there");
	assert_true(expanded_entry(&x, "bad")->damaged);
	assert_int_equal(expanded_entry(&x, "long")->kind, HS_KIND_FILE);
	assert_string_equal(expanded_entry(&x, "long")->note,
	                    "a symlink with more content than one has");
	expanded_release(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_method_with_a_codec_is_decoded),
		cmocka_unit_test(contents_that_do_not_fit_are_told_and_kept),
		cmocka_unit_test(what_cannot_be_decoded_is_compared_as_stored),
		cmocka_unit_test(kinds_come_from_modes_attributes_and_names),
		cmocka_unit_test(data_of_members_without_content_are_not_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
