/* SPDX-License-Identifier: Apache-2.0 */
#include "build_archive.h"
#include "build_stream.h"
#include "check_archive.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

/* What libarchive's writer leaves behind the heap: as much as a checksum. */
enum { LEFT_OVER = 20 };

static struct hs_span
usual(struct hs_arena *a)
{
	return build_archive(a, "xar", NULL, build_usual, BUILD_N_USUAL);
}

static void
xar_wins_its_bid_and_lists_its_members(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(&hs_comparator_xar, usual(&arena));
	expanded_init(&o, &hs_comparator_xar, usual(&arena), NULL);
	assert_int_equal(o.tree.n_entries, BUILD_N_USUAL + 1);
	assert_span(expanded_content(&o, expanded_entry(&o, "etc/motd"), &rc), "hello\n");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc/motd"), "uid"), "1000");
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "etc/motd"), "mtime"),
	                    "2023-11-14T22:13:21Z");
	expanded_release(&o);
}

/* The header, and the table of contents around `xml`. */
static struct hs_span
with_table(struct hs_arena *a, struct hs_span xml, struct hs_span heap)
{
	const struct hs_span packed = build_stream(a, HS_CODEC_ZLIB, xml);
	uint8_t header[28] = "xar!\0\x1c\0\1";

	header[14] = (uint8_t)(packed.len >> 8);
	header[15] = (uint8_t)packed.len;
	header[22] = (uint8_t)(xml.len >> 8);
	header[23] = (uint8_t)xml.len;
	header[27] = 1;
	return build_joined(a, build_joined(a, (struct hs_span){ header, sizeof(header) }, packed),
	                    heap);
}

static void
xar_says_what_stands_at_the_front_of_its_table(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_filter_says(&hs_comparator_xar,
	                  with_table(&arena,
	                             HS_SPAN("<xar><toc><creation-time>2020-02-02T02:02:02"
	                                     "</creation-time><checksum style=\"sha256\">"
	                                     "<signature style=\"RSA\"></toc></xar>"),
	                             HS_SPAN("")),
	                  0,
	                  "version: 1\nchecksum: 1 (SHA-1)\ncreation time: 2020-02-02T02:02:02\n"
	                  "checksum style: sha256\nsignature style: RSA\n");
	check_filter_says(&hs_comparator_xar, with_table(&arena, HS_SPAN(""), HS_SPAN("")), 0,
	                  "version: 1\nchecksum: 1 (SHA-1)\n");
	check_filter_says(&hs_comparator_xar,
	                  with_table(&arena, HS_SPAN("<creation-time>"), HS_SPAN("")), 0,
	                  "version: 1\nchecksum: 1 (SHA-1)\n");
}

static void
xar_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = usual(&arena);

	(void)state;
	check_archive_truncations(&hs_comparator_xar, file, 1, file.len - LEFT_OVER);
	check_filter_says(&hs_comparator_xar, HS_SPAN("xar!\0\x1c\0\1"), HS_EFORMAT, "");
	check_filter_says(&hs_comparator_xar,
	                  HS_SPAN("xar!\0\x1c\0\1\xff\xff\xff\xff\xff\xff\xff\xff"
	                          "\0\0\0\0\0\0\0\1\0\0\0\1"),
	                  HS_EFORMAT, "");
}

static void
xar_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_xar, usual(&arena), 7);
}

static void
xar_shows_bytes_after_the_end_of_its_heap(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	struct hs_span gap;
	int rc;

	(void)state;
	gap = build_joined(&arena, usual(&arena), HS_SPAN("more"));
	expanded_init(&o, &hs_comparator_xar, gap, NULL);
	assert_int_equal(o.rc, 0);
	gap = expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc);
	assert_int_equal(gap.len, LEFT_OVER + 4);
	assert_true(hs_span_ends(gap, HS_SPAN("more")));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xar_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(xar_says_what_stands_at_the_front_of_its_table),
		cmocka_unit_test(xar_refuses_every_truncation),
		cmocka_unit_test(xar_survives_any_byte),
		cmocka_unit_test(xar_shows_bytes_after_the_end_of_its_heap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
