/* SPDX-License-Identifier: Apache-2.0 */
#include "build_archive.h"
#include "build_stream.h"
#include "check_archive.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

enum { SECTOR = 2048, PRIMARY = 16 * SECTOR };

static struct hs_span
usual(struct hs_arena *a, const char *options)
{
	return build_archive(a, "iso9660", options, build_usual, BUILD_N_USUAL);
}

static void
iso9660_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(&hs_comparator_iso9660, usual(&arena, NULL));
	expanded_init(&o, &hs_comparator_iso9660, usual(&arena, NULL), NULL);
	assert_span(expanded_content(&o, expanded_entry(&o, "etc/motd"), &rc), "hello\n");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc/motd"), "mtime"),
	                    "2023-11-14T22:13:21Z");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc/motd"), "uid"), "1000");
	expanded_release(&o);
}

/* libarchive makes up modes and owners where there are none. */
static void
iso9660_says_only_what_is_recorded(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_iso9660, usual(&arena, "!rockridge,!joliet"), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "ETC/OTHER")),
	                    "type: file\nsize: 25\nmtime: 2023-11-14T22:13:22Z\n");
	assert_non_null(strstr(expanded_text(&o), "Rock Ridge: no\n"));
	assert_null(strstr(expanded_text(&o), "Joliet"));
	expanded_release(&o);
}

/* An image of nothing but a primary descriptor and the end. */
static struct hs_span
descriptors(struct hs_arena *a)
{
	uint8_t *at = hs_arena_alloc(a, PRIMARY + 2 * SECTOR);
	uint8_t *d = at + PRIMARY;

	memcpy(d, "\1CD001\1", 7);
	memset(d + 8, ' ', 64);
	memcpy(d + 8, "SYS", 3);
	memcpy(d + 40, "VOLUME", 6);
	memset(d + 190, ' ', 623);
	memcpy(d + 446, "PREPARER", 8);
	d[80] = 18;
	d[128] = 0;
	d[129] = 8;
	memcpy(d + 813, "2020010203040567\x04", 17);
	memcpy(d + 830, "2020010203040567\xf0", 17);
	memcpy(d + 847, "0000000000000000\0", 17);
	memcpy(d + 864, "next Tuesday....\0", 17);
	memcpy(d + SECTOR,
	       "\xff"
	       "CD001\1",
	       7);
	return (struct hs_span){ at, PRIMARY + 2 * SECTOR };
}

static void
iso9660_says_the_primary_descriptor(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_filter_says(&hs_comparator_iso9660, descriptors(&arena), 0,
	                  "system id: SYS\nvolume id: VOLUME\npreparer: PREPARER\n"
	                  "creation time: 2020-01-02T03:04:05.67+01:00\n"
	                  "modification time: 2020-01-02T03:04:05.67-04:00\n"
	                  "expiration time: not set\neffective time: next Tuesday....\\x00\n"
	                  "block size: 2048\nblocks: 18\nRock Ridge: no\n");
}

static void
iso9660_says_boot_and_supplementary_volumes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span file = build_joined(&arena, descriptors(&arena), build_text(&arena, SECTOR));
	uint8_t *end = (uint8_t *)(uintptr_t)file.at + PRIMARY + SECTOR;
	const char *text;
	struct expanded o;

	(void)state;
	memmove(end + SECTOR, end, 7);
	memset(end, 0, 200);
	memcpy(end, "\0CD001\1EL TORITO SPECIFICATION", 30);
	end[71] = 16;
	expanded_init(&o, &hs_comparator_iso9660, file, NULL);
	text = expanded_text(&o);
	assert_non_null(
		strstr(text, "boot system: EL TORITO SPECIFICATION\nboot catalog: sha256:"));
	expanded_release(&o);
	memcpy(end, "\2CD001\1\0", 8);
	memcpy(end + 88, "%/E", 3);
	memcpy(end + 40, "\0V\0\xf6\x20\xac\0 \0 ", 10);
	expanded_init(&o, &hs_comparator_iso9660, file, NULL);
	assert_non_null(strstr(expanded_text(&o),
	                       "supplementary volume: Joliet\n"
	                       "supplementary volume id: V\xc3\xb6\xe2\x82\xac"));
	expanded_release(&o);
}

static void
iso9660_refuses_missing_descriptors(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span file = descriptors(&arena);
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_comparator_iso9660.describe(
				 &facts, hs_span_head(file, PRIMARY + SECTOR + 5), &err),
	                 HS_EFORMAT);
	assert_string_equal(err.text, "volume descriptor 2 is cut short or none");
	((uint8_t *)(uintptr_t)file.at)[PRIMARY] = 3;
	check_filter_says(&hs_comparator_iso9660, file, HS_EFORMAT, "descriptor of type: 3\n");
}

/* An image is mostly padding: each sector, the bytes around its border and some within. */
static void
iso9660_refuses_truncations_of_all_lengths(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = usual(&arena, "!pad");

	(void)state;
	check_archive_truncations(&hs_comparator_iso9660, file, 683, file.len);
	check_archive_truncations(&hs_comparator_iso9660, file, SECTOR, file.len);
}

static void
iso9660_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = usual(&arena, "!pad");

	(void)state;
	check_archive_survives(&hs_comparator_iso9660, file, 331);
}

static void
iso9660_shows_boot_code_and_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_joined(&arena, usual(&arena, NULL), HS_SPAN("more"));
	struct expanded o;
	int rc;

	(void)state;
	memcpy((uint8_t *)(uintptr_t)file.at + 510, "\x55\xaa", 2);
	expanded_init(&o, &hs_comparator_iso9660, file, NULL);
	assert_int_equal(o.rc, 0);
	assert_span(expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc), "more");
	assert_int_equal(expanded_entry(&o, "(system area)")->size, PRIMARY);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iso9660_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(iso9660_says_only_what_is_recorded),
		cmocka_unit_test(iso9660_says_the_primary_descriptor),
		cmocka_unit_test(iso9660_says_boot_and_supplementary_volumes),
		cmocka_unit_test(iso9660_refuses_missing_descriptors),
		cmocka_unit_test(iso9660_refuses_truncations_of_all_lengths),
		cmocka_unit_test(iso9660_survives_any_byte),
		cmocka_unit_test(iso9660_shows_boot_code_and_bytes_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
