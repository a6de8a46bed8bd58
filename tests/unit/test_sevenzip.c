/* SPDX-License-Identifier: Apache-2.0 */
#include "build_archive.h"
#include "build_stream.h"
#include "check_archive.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

static void
sevenzip_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_archive(&arena, "7zip", NULL, build_usual, 4);
	struct expanded o;

	(void)state;
	check_archive_wins(&hs_comparator_sevenzip, file);
	expanded_init(&o, &hs_comparator_sevenzip, file, NULL);
	assert_int_equal(o.tree.n_entries, 4);
	expanded_entry(&o, "etc/motd");
	expanded_release(&o);
}

static void
sevenzip_says_its_version_and_how_the_list_is_stored(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_filter_says(&hs_comparator_sevenzip,
	                  build_archive(&arena, "7zip", "compression=store", build_usual, 4), 0,
	                  "version: 0.3\nlist of members: plain\n");
	check_filter_says(&hs_comparator_sevenzip,
	                  HS_SPAN("7z\xbc\xaf\x27\x1c\0\4crc.\0\0\0\0\0\0\0\0"
	                          "\1\0\0\0\0\0\0\0crc.\x17"),
	                  0,
	                  "version: 0.4\nheader crc: 0x2e637263 (does not fit)\n"
	                  "list of members: packed\n");
}

static void
sevenzip_refuses_hostile_headers(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_sevenzip, HS_SPAN("7z\xbc\xaf\x27\x1c\0\4"), HS_EFORMAT,
	                  "");
	check_filter_says(&hs_comparator_sevenzip,
	                  HS_SPAN("7z\xbc\xaf\x27\x1c\0\4crc.\xff\xff\xff\xff\xff\xff\xff\xff"
	                          "\1\0\0\0\0\0\0\0crc.\x17"),
	                  HS_EFORMAT, "version: 0.4\nheader crc: 0x2e637263 (does not fit)\n");
}

static void
sevenzip_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_archive(&arena, "7zip", NULL, build_usual, 4);

	(void)state;
	check_archive_truncations(&hs_comparator_sevenzip, file, 1, file.len);
}

static void
sevenzip_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_sevenzip,
	                       build_archive(&arena, "7zip", NULL, build_usual, 4), 1);
}

static void
sevenzip_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_joined(
		&arena, build_archive(&arena, "7zip", NULL, build_usual, 4), HS_SPAN("more"));
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_sevenzip, file, NULL);
	assert_int_equal(o.rc, 0);
	assert_span(expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc), "more");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sevenzip_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(sevenzip_says_its_version_and_how_the_list_is_stored),
		cmocka_unit_test(sevenzip_refuses_hostile_headers),
		cmocka_unit_test(sevenzip_refuses_every_truncation),
		cmocka_unit_test(sevenzip_survives_any_byte),
		cmocka_unit_test(sevenzip_shows_bytes_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
