/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_archive.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

/* One folder of stored data with two files, as gcab(1) writes them; checksums of zero are none. */
static const char bytes[] =
	"MSCF\0\0\0\0\x73\0\0\0\0\0\0\0\x2c\0\0\0\0\0\0\0\3\1\1\0\2\0\0\0\x34\x12\0\0"
	"\x60\0\0\0\1\0\0\0"
	"\6\0\0\0\0\0\0\0\0\0\x65\x58\xe4\x30\x20\0hello.txt\0"
	"\5\0\0\0\6\0\0\0\0\0\x21\0\0\0\x21\0sub\\b.txt\0"
	"\0\0\0\0\x0b\0\x0b\0hello\nworld";
static const struct hs_span small = { (const uint8_t *)bytes, sizeof(bytes) - 1 };

static void
cab_wins_its_bid_and_lists_its_members(void **state)
{
	struct expanded o;
	int rc;

	(void)state;
	assert_int_equal(small.len, 0x73);
	check_archive_wins(&hs_comparator_cab, small);
	expanded_init(&o, &hs_comparator_cab, small, NULL);
	assert_string_equal(expanded_keys(&o), "hello.txt\nsub/b.txt\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "hello.txt"), &rc), "hello\n");
	assert_span(expanded_content(&o, expanded_entry(&o, "sub/b.txt"), &rc), "world");
	expanded_release(&o);
}

/* Dates are local time of the packer: the time zone of this machine must not move them. */
static void
cab_says_dates_and_attributes_and_nothing_made_up(void **state)
{
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_cab, small, NULL);
	assert_string_equal(expanded_entry_text(&o, expanded_entry(&o, "hello.txt")),
	                    "type: file\nsize: 6\nmtime: 2024-03-05T06:07:08Z\n"
	                    "attributes: 0x20\n");
	expanded_release(&o);
}

static void
cab_says_its_header(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_cab, small, 0,
	                  "version: 1.3\nflags: 0x0\nset id: 4660\nnumber in set: 0\nfolders: 1\n"
	                  "folder compression: stored (0x0000)\n");
	check_filter_says(
		&hs_comparator_cab,
		HS_SPAN("MSCF\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\1\1\0\0\0\7\0\1\0\2\0"
	                "\3\0\2\0abcprev\0disk 1\0next\0disk 3\0"
	                "\0\0\0\0\1\0\3\x15xy"),
		0,
		"version: 1.3\nflags: 0x7\nset id: 1\nnumber in set: 2\n"
		"previous cabinet: prev\nprevious disk: disk 1\nnext cabinet: next\n"
		"next disk: disk 3\n"
		"reserve: sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61"
		"f20015ad, 3 bytes\nfolders: 1\nfolder compression: LZX (0x1503)\n");
}

static void
cab_refuses_every_truncation(void **state)
{
	(void)state;
	check_archive_truncations(&hs_comparator_cab, small, 1, small.len);
	check_filter_says(&hs_comparator_cab, hs_span_head(small, 35), HS_EFORMAT, "");
	check_filter_says(&hs_comparator_cab, hs_span_head(small, 40), HS_EFORMAT,
	                  "version: 1.3\nflags: 0x0\nset id: 4660\nnumber in set: 0\nfolders: 1\n");
}

static void
cab_survives_any_byte(void **state)
{
	(void)state;
	check_archive_survives(&hs_comparator_cab, small, 1);
}

static void
cab_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, &hs_comparator_cab, build_joined(&arena, small, HS_SPAN("more")), NULL);
	assert_int_equal(o.rc, 0);
	assert_span(expanded_content(&o, expanded_entry(&o, "(after the end)"), &rc), "more");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cab_wins_its_bid_and_lists_its_members),
		cmocka_unit_test(cab_says_dates_and_attributes_and_nothing_made_up),
		cmocka_unit_test(cab_says_its_header),
		cmocka_unit_test(cab_refuses_every_truncation),
		cmocka_unit_test(cab_survives_any_byte),
		cmocka_unit_test(cab_shows_bytes_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
