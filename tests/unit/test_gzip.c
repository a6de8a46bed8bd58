/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

static void
gzip_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_gzip, build_stream(&arena, HS_CODEC_GZIP, plain),
	                     plain);
	check_filter_content(&hs_comparator_gzip, build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
gzip_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_gzip, build_stream(&arena, HS_CODEC_GZIP, plain),
	                         plain);
}

static void
gzip_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_gzip, build_stream(&arena, HS_CODEC_GZIP, plain),
	                      plain);
}

static void
gzip_describes_what_the_compressor_left_in_the_header(void **state)
{
	static const struct {
		struct hs_span file;
		const char *text;
	} rows[] = {
#define FILE_OF(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }
		{ FILE_OF("\x1f\x8b\x08\0\0\0\0\0\2\xff"),
		  "flags: 0x0\nmtime: not set\nlevel hint: 2 (best)\nos: 255 (unknown)\n" },
		{ FILE_OF("\x1f\x8b\x08\x08\1\2\0\0\4\3a.tar\0"),
		  "flags: 0x8\nmtime: 1970-01-01T00:08:33Z\nlevel hint: 4 (fastest)\n"
		  "os: 3 (Unix)\nname: a.tar\n" },
		{ FILE_OF("\x1f\x8b\x08\x14\0\0\0\0\1\x10\7\0BC\2\0\1\2zb\n\0"),
		  "flags: 0x14\nmtime: not set\nlevel hint: 1 (not assigned)\n"
		  "os: 16 (not assigned)\nextra 4243: \\x01\\x02\nextra: z\ncomment: b\\n\n" },
		{ FILE_OF("\x1f\x8b\x08\2\0\0\0\0\0\3\x11\x22"),
		  "flags: 0x2\nmtime: not set\nlevel hint: 0 (none)\nos: 3 (Unix)\n"
		  "header crc: 0x2211 (does not fit)\n" },
#undef FILE_OF
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_filter_says(&hs_comparator_gzip, rows[i].file, 0, rows[i].text);
}

static void
gzip_refuses_hostile_headers(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_gzip, HS_SPAN("\x1f\x8b\x08"), HS_EFORMAT, "");
	check_filter_says(&hs_comparator_gzip,
	                  HS_SPAN("\x1f\x8b\x08\4\0\0\0\0\0\3\xff\xff"
	                          "a"),
	                  HS_EFORMAT, "");
	check_filter_says(&hs_comparator_gzip, HS_SPAN("\x1f\x8b\x08\x08\0\0\0\0\0\3no end"),
	                  HS_EFORMAT, "");
	assert_int_equal(hs_comparator_gzip.bid(HS_SPAN("\x1f\x8b\x08\xe0\0\0\0\0\0\3")), 0);
	assert_int_equal(hs_comparator_gzip.bid(HS_SPAN("\x1f\x8b\x09\0\0\0\0\0\0\3")), 0);
}

static void
gzip_tells_members_apart(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("one "));
	uint8_t *two = build_exact(one);
	struct expanded o;
	const struct hs_entry *e;
	int rc;

	(void)state;
	two[4] = 1; /* mtime */
	expanded_init(&o, &hs_comparator_gzip,
	              build_joined(&arena, one, (struct hs_span){ two, one.len }), NULL);
	e = expanded_entry(&o, "");
	assert_span(expanded_content(&o, e, &rc), "one one ");
	assert_string_equal(expanded_entry_text(&o, e),
	                    "type: file\nsize: 8\nstreams: 2\n"
	                    "stream: flags 0x0, mtime not set, level hint 0 (none), os 3 (Unix)\n"
	                    "stream: flags 0x0, mtime 1970-01-01T00:00:01Z, level hint 0 (none), "
	                    "os 3 (Unix)\n");
	assert_true(e->head.len > 0);
	expanded_release(&o);
	free(two);
}

static void
gzip_says_the_digest_of_many_headers(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("1"));
	struct hs_span all = HS_SPAN("");
	struct expanded o;

	(void)state;
	for (int i = 0; i < 20; i++)
		all = build_joined(&arena, all, one);
	expanded_init(&o, &hs_comparator_gzip, all, NULL);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, ""), "streams"), "20");
	assert_non_null(
		strstr(expanded_fact(&o, expanded_entry(&o, ""), "stream headers"), "sha256:"));
	expanded_release(&o);
}

static void
gzip_names_a_checksum_that_does_not_fit(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("content"));
	uint8_t *at = build_exact(packed);
	const struct hs_entry *e;
	struct expanded o;
	int rc;

	(void)state;
	at[packed.len - 8] ^= 1;
	expanded_init(&o, &hs_comparator_gzip, (struct hs_span){ at, packed.len }, NULL);
	assert_int_equal(o.rc, 0);
	e = expanded_entry(&o, "");
	assert_true(e->damaged);
	assert_non_null(strstr(e->note, "the CRC is 0x"));
	assert_span(expanded_content(&o, e, &rc), "content");
	expanded_release(&o);
	free(at);
}

static void
gzip_stops_at_a_limit(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct expanded o;

	(void)state;
	limits.max_size = 10;
	expanded_init(&o, &hs_comparator_gzip,
	              build_stream(&arena, HS_CODEC_GZIP, build_text(&arena, 11)), &limits);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_int_equal(o.tree.n_entries, 0);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(gzip_refuses_every_truncation),
		cmocka_unit_test(gzip_shows_bytes_after_the_end),
		cmocka_unit_test(gzip_describes_what_the_compressor_left_in_the_header),
		cmocka_unit_test(gzip_refuses_hostile_headers),
		cmocka_unit_test(gzip_tells_members_apart),
		cmocka_unit_test(gzip_says_the_digest_of_many_headers),
		cmocka_unit_test(gzip_names_a_checksum_that_does_not_fit),
		cmocka_unit_test(gzip_stops_at_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
