/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpm.h"
#include "unit.h"

#include "comparators/package/rpm_depends.h"

/* What is said of all entries of a header; those that are not told are "tag N". */
static const char *
said(struct hs_arena *arena, struct hs_build_rpm *h)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_build b = { 0 };
	struct hs_rpm_header header;
	struct hs_err err;
	const char *text;

	hs_build_rpm_header(&b, h);
	assert_int_equal(hs_rpm_header_parse(&header, hs_build_span(&b), "header", &err), 0);
	for (uint32_t i = 0; i < header.n; i++) {
		struct hs_rpm_entry e;

		assert_int_equal(hs_rpm_entry_at(&e, &header, i, &err), 0);
		if (!hs_rpm_say_depends(&facts, "x ", &header, &e))
			hs_say_u64(&facts, "tag", e.tag);
	}
	text = hs_facts_text(&facts);
	hs_build_release(&b);
	return text;
}

static void
depends_are_what_people_write(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_value(&h, 1048, 4, 4, HS_SPAN("\0\0\0\x0c\0\0\0\0\0\0\4\x0a\x40\0\x40\0"));
	hs_build_rpm_value(&h, 1049, 8, 4, HS_SPAN("bash\0sed\0/bin/sh\0odd\0"));
	hs_build_rpm_value(&h, 1050, 8, 4,
	                   HS_SPAN("5\0\0"
	                           "1:2\0\0"));
	assert_string_equal(said(&arena, &h), "x Requires: bash >= 5\nx Requires: sed\n"
	                                      "x Requires: /bin/sh <= 1:2 (post)\n"
	                                      "x Requires: odd (auto,0x40000000)\n");
}

static void
depends_of_unequal_lists_stay_what_they_are(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_value(&h, 1112, 4, 1, HS_SPAN("\0\0\0\0"));
	hs_build_rpm_value(&h, 1047, 8, 2, HS_SPAN("a\0b\0"));
	hs_build_rpm_value(&h, 1113, 8, 2,
	                   HS_SPAN("1\0"
	                           "2\0"));
	hs_build_rpm_string(&h, 1000, "name");
	assert_string_equal(said(&arena, &h), "tag: 1112\ntag: 1047\ntag: 1113\ntag: 1000\n");
}

static void
depends_told_twice_stay_what_they_are(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build_rpm h = { 0 };

	(void)state;
	hs_build_rpm_value(&h, 1112, 4, 1, HS_SPAN("\0\0\0\0"));
	hs_build_rpm_value(&h, 1047, 8, 1, HS_SPAN("a\0"));
	hs_build_rpm_value(&h, 1113, 8, 1, HS_SPAN("\0"));
	hs_build_rpm_value(&h, 1047, 8, 1, HS_SPAN("b\0"));
	assert_string_equal(said(&arena, &h), "x Provides: a\ntag: 1047\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depends_are_what_people_write),
		cmocka_unit_test(depends_of_unequal_lists_stay_what_they_are),
		cmocka_unit_test(depends_told_twice_stay_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
