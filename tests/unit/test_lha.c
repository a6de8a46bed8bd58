/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_archive.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

/* CRC-16 of "hello\n", as LHA has it (polynomial 0xa001). */
static unsigned
crc16(struct hs_span s)
{
	unsigned crc = 0;

	for (size_t i = 0; i < s.len; i++) {
		crc ^= s.at[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xa001 : 0);
	}
	return crc;
}

static const struct hs_span hello = { (const uint8_t *)"hello\n", 6 };

static void
put(uint8_t *at, size_t width, uint64_t value)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* A stored member up to the name: fields that all levels share. */
static void
put_fields(uint8_t *at, unsigned level, uint64_t packed, uint64_t moment)
{
	memcpy(at + 2, "-lh0-", 5);
	put(at + 7, 4, packed);
	put(at + 11, 4, hello.len);
	put(at + 15, 4, moment);
	at[19] = 0x20;
	at[20] = (uint8_t)level;
}

/* Level 0 or 1; `more` stands behind the CRC: the system, then what the level has. */
static struct hs_span
old_member(struct hs_arena *a, unsigned level, const char *name, struct hs_span more,
           struct hs_span further)
{
	const size_t name_len = strlen(name), len = 22 + name_len + 2 + more.len;
	uint8_t *at = hs_arena_alloc(a, len);
	unsigned sum = 0;

	/* 2024-03-05 06:07:08 */
	put_fields(at, level, hello.len + further.len, UINT32_C(0x586530e4));
	at[21] = (uint8_t)name_len;
	memcpy(at + 22, name, name_len);
	put(at + 22 + name_len, 2, crc16(hello));
	memcpy(at + len - more.len, more.at, more.len);
	at[0] = (uint8_t)(len - 2);
	for (size_t i = 2; i < len; i++)
		sum += at[i];
	at[1] = (uint8_t)sum;
	return build_joined(a, build_joined(a, (struct hs_span){ at, len }, further), hello);
}

/* Level 2: a further header with the CRC of the whole, then `further` with the zero that ends them.
 */
static struct hs_span
new_member(struct hs_arena *a, struct hs_span further)
{
	const size_t len = 29 + further.len;
	uint8_t *at = hs_arena_alloc(a, len);

	put_fields(at, 2, hello.len, 1700000000);
	put(at, 2, len);
	put(at + 21, 2, crc16(hello));
	at[23] = 'U';
	put(at + 24, 2, 5);
	memcpy(at + 29, further.at, further.len);
	put(at + 27, 2, crc16((struct hs_span){ at, len }));
	return build_joined(a, (struct hs_span){ at, len }, hello);
}

static struct hs_span
archive(struct hs_arena *a, struct hs_span member)
{
	return build_joined(a, member, (struct hs_span){ (const uint8_t *)"", 1 });
}

static struct hs_span
small(struct hs_arena *a)
{
	return archive(a, old_member(a, 0, "a.txt", HS_SPAN("M"), HS_SPAN("")));
}

static void
lha_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(&hs_comparator_lha, small(&arena));
	check_filter_says(&hs_comparator_lha, small(&arena), 0, "header level: 0\nsystem: 0x4d\n");
	expanded_init(&o, &hs_comparator_lha, small(&arena), NULL);
	assert_int_equal(o.tree.n_entries, 1);
	assert_span(expanded_content(&o, expanded_entry(&o, "a.txt"), &rc), "hello\n");
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "a.txt")),
	                    "type: file\nsize: 6\nmtime: 2024-03-05T06:07:08Z\nmethod: -lh0-\n"
	                    "header: level 0, system 0x4d, attribute 0x20\n");
	expanded_release(&o);
}

static void
lha_takes_the_unix_time_where_there_is_one(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_lha,
	              archive(&arena,
	                      old_member(&arena, 0, "dir\\b",
	                                 HS_SPAN("U\0\1\0\0\0\xa4\x81\xe8\3\x64\0"), HS_SPAN(""))),
	              NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "dir/b")),
	                    "type: file\nmode: 0644\nuid: 1000\ngid: 100\nsize: 6\n"
	                    "mtime: 1970-01-01T00:00:01Z\nmethod: -lh0-\n"
	                    "header: level 0, system 0x55, attribute 0x20\n");
	expanded_release(&o);
}

static void
lha_reads_further_headers(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	/* A folder, in level 1 behind the header and in level 2 within it, whose name is also
	 * there. */
	const struct hs_span behind = HS_SPAN("\2sub\xff\5\0\x50\xa4\x81\0\0");
	const struct hs_span within = HS_SPAN("\7\0\2sub\xff\6\0\1\xe9\x2e"
	                                      "c\0\0");
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_lha,
	              archive(&arena, old_member(&arena, 1, "b", HS_SPAN("U\7\0"), behind)), NULL);
	assert_int_equal(o.rc, 0);
	assert_span(expanded_content(&o, expanded_entry(&o, "sub/b"), &rc), "hello\n");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "sub/b"), "mode"), "0644");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "sub/b"), "uid"), "");
	expanded_release(&o);
	/* The name is no UTF-8: its bytes are kept. */
	expanded_init(&o, &hs_comparator_lha, archive(&arena, new_member(&arena, within)), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "sub/\xe9.c"), "mtime"),
	                    "2023-11-14T22:13:20Z");
	expanded_release(&o);
}

/* Without its end mark an archive is whole: some packers write none. */
static void
lha_refuses_every_truncation_of_a_member(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = small(&arena);

	(void)state;
	check_archive_truncations(&hs_comparator_lha, file, 1, file.len - 1);
	check_filter_says(&hs_comparator_lha, hs_span_head(file, 20), HS_EFORMAT, "");
}

static void
lha_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_lha, small(&arena), 1);
	check_archive_survives(
		&hs_comparator_lha,
		archive(&arena, old_member(&arena, 1, "b", HS_SPAN("U\7\0"),
	                                   HS_SPAN("\2sub\xff\5\0\x50\xa4\x81\0\0"))),
		1);
	check_archive_survives(
		&hs_comparator_lha,
		archive(&arena, new_member(&arena, HS_SPAN("\7\0\2sub\xff\6\0\1\xe9\x2e"
	                                                   "c\0\0"))),
		1);
}

static void
lha_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_lha, build_joined(&arena, small(&arena), HS_SPAN("more")),
	              NULL);
	assert_int_equal(o.rc, 0);
	assert_span(expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc), "more");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lha_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(lha_takes_the_unix_time_where_there_is_one),
		cmocka_unit_test(lha_reads_further_headers),
		cmocka_unit_test(lha_refuses_every_truncation_of_a_member),
		cmocka_unit_test(lha_survives_any_byte),
		cmocka_unit_test(lha_shows_bytes_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
