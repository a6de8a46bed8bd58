/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_facts.h"

#include "build_rpm.h"
#include "core/arena.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
check_facts(struct hs_build_rpm *h, bool is_signature, int rc, const char *want)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_rpm_header header;
	struct hs_err err = { .text = "" };

	hs_build_rpm_header(&b, h);
	assert_int_equal(hs_rpm_header_parse(&header, hs_build_span(&b), "header", &err), 0);
	assert_int_equal(hs_rpm_say_header(&facts, &header, is_signature, &err), rc);
	assert_string_equal(rc < 0 ? err.text : hs_facts_text(&facts), want);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
rpm_facts_have_every_type(void **state)
{
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_value(&h, 1, 0, 0, HS_SPAN(""));
	hs_build_rpm_value(&h, 2, 1, 1, HS_SPAN("A"));
	hs_build_rpm_value(&h, 3, 2, 2, HS_SPAN("\1\xff"));
	hs_build_rpm_value(&h, 4, 3, 1, HS_SPAN("\1\0"));
	hs_build_rpm_value(&h, 5, 5, 1, HS_SPAN("\0\0\0\1\0\0\0\0"));
	hs_build_rpm_value(&h, 6, 9, 2, HS_SPAN("one\0eins\0"));
	hs_build_rpm_value(&h, 7, 7, 2, HS_SPAN("\xab\xcd"));
	check_facts(&h, false, 0,
	            "tag 1: \ntag 2: 65\ntag 3: 1\ntag 3: 255\ntag 4: 256\ntag 5: 4294967296\n"
	            "tag 6: one\ntag 6: eins\ntag 7: abcd\n");
}

static void
rpm_facts_say_regions_and_what_no_entry_has(void **state)
{
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_entry(&h, (const uint32_t[4]){ 62, 7, 7, 16 });
	hs_build_rpm_string(&h, 1000, "ab");
	hs_build_put(&h.store, HS_SPAN("hide"));
	hs_build_put(&h.store, HS_SPAN("\0\0\0\x3e\0\0\0\7\xff\xff\xff\xe0\0\0\0\x10"));
	check_facts(&h, true, 0,
	            "signature HEADERSIGNATURES: 2 of 2 entries\nsignature SIZE: ab\n"
	            "signature unused bytes: 68696465\n");

	hs_build_rpm_entry(&h, (const uint32_t[4]){ 63, 7, 0, 16 });
	hs_build_put(&h.store, HS_SPAN("\0\0\0\x3f\0\0\0\7\xff\xff\xff\x00\0\0\0\x10"));
	check_facts(&h, false, HS_EFORMAT, "the region of tag 63 is damaged");
}

/* Ten entries that share a value would say it ten times: the way to make much of little. */
static void
rpm_facts_refuse_values_that_overlap(void **state)
{
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_string(&h, 1000, "shared");
	hs_build_rpm_entry(&h, (const uint32_t[4]){ 1001, 6, 0, 1 });
	check_facts(&h, false, HS_EFORMAT, "the values of tag 1001 overlap those of others");
}

static void
rpm_facts_survive_files_without_folders(void **state)
{
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_value(&h, 1028, 4, 1, HS_SPAN("\0\0\0\5"));
	hs_build_rpm_value(&h, 1116, 4, 1, HS_SPAN("\0\0\0\7"));
	hs_build_rpm_value(&h, 1117, 8, 1, HS_SPAN("f\0"));
	check_facts(&h, false, 0, "FILESIZES: f: 5\nDIRINDEXES: 7\nBASENAMES: f\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpm_facts_have_every_type),
		cmocka_unit_test(rpm_facts_say_regions_and_what_no_entry_has),
		cmocka_unit_test(rpm_facts_refuse_values_that_overlap),
		cmocka_unit_test(rpm_facts_survive_files_without_folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
