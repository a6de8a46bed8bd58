/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_header.h"

#include "build_rpm.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
rpm_header_gives_its_entries(void **state)
{
	struct hs_build_rpm h = { 0 };
	struct hs_build b = { 0 };
	struct hs_rpm_header out;
	struct hs_rpm_entry e;
	struct hs_err err;

	(void)state;
	hs_build_rpm_string(&h, 1000, "name");
	hs_build_rpm_value(&h, 1117, 8, 3, HS_SPAN("a\0\0bc\0"));
	hs_build_rpm_header(&b, &h);
	assert_int_equal(hs_rpm_header_parse(&out, hs_build_span(&b), "header", &err), 0);
	assert_int_equal(out.n, 2);
	assert_int_equal(out.whole.len, b.len);
	assert_true(hs_rpm_find(&e, &out, 1117));
	assert_int_equal(e.count, 3);
	assert_true(hs_span_is(hs_rpm_take(&e.value, e.type), "a"));
	assert_true(hs_span_is(hs_rpm_take(&e.value, e.type), ""));
	assert_true(hs_span_is(hs_rpm_take(&e.value, e.type), "bc"));
	assert_int_equal(e.value.len, 0);
	assert_false(hs_rpm_find(&e, &out, 1));
	hs_build_release(&b);
}

static void
rpm_header_refuses_what_lies_outside(void **state)
{
	static const struct {
		uint32_t fields[4];
		const char *text;
	} rows[] = {
		{ { 1, 10, 0, 1 }, "tag 1 has the unknown type 10" },
		{ { 1, 4, 0, 2 }, "tag 1 claims 2 values at offset 0 of a store of 4 bytes" },
		{ { 1, 4, 1, 1 }, "tag 1 claims 1 values at offset 1 of a store of 4 bytes" },
		{ { 1, 4, 0, 0x40000001 },
		  "tag 1 claims 1073741825 values at offset 0 of a store of 4 bytes" },
		{ { 1, 5, 0xffffffff, 1 },
		  "tag 1 claims 1 values at offset 4294967295 of a store of 4 bytes" },
		{ { 1, 6, 0, 1 }, "tag 1 claims 1 values at offset 0 of a store of 4 bytes" },
		{ { 1, 8, 4, 1 }, "tag 1 claims 1 values at offset 4 of a store of 4 bytes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build_rpm h = { 0 };
		struct hs_build b = { 0 };
		struct hs_rpm_header out;
		struct hs_rpm_entry e;
		struct hs_err err;

		hs_build_rpm_entry(&h, rows[i].fields);
		hs_build_text(&h.store, "abcd");
		hs_build_rpm_header(&b, &h);
		assert_int_equal(hs_rpm_header_parse(&out, hs_build_span(&b), "header", &err), 0);
		assert_int_equal(hs_rpm_entry_at(&e, &out, 0, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].text);
		hs_build_release(&b);
	}
}

static void
rpm_header_refuses_counts_that_do_not_fit(void **state)
{
	static const struct {
		struct hs_span bytes;
		const char *text;
	} rows[] = {
		{ { (const uint8_t *)"\x8e\xad\xe8\1", 4 }, "the header is cut short" },
		{ { (const uint8_t *)"\x8e\xad\xe8\2\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
		  "the header has no magic" },
		{ { (const uint8_t *)"\x8e\xad\xe8\1\0\0\0\0\xff\xff\xff\xff\0\0\0\1", 16 },
		  "the header claims 4294967295 entries and 1 bytes, 0 bytes are left" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_rpm_header out;
		struct hs_err err;

		assert_int_equal(hs_rpm_header_parse(&out, rows[i].bytes, "header", &err),
		                 HS_EFORMAT);
		assert_string_equal(err.text, rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpm_header_gives_its_entries),
		cmocka_unit_test(rpm_header_refuses_what_lies_outside),
		cmocka_unit_test(rpm_header_refuses_counts_that_do_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
