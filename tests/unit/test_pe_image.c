/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_image.h"

#include "build_pe.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
headers_are_read(void **state)
{
	struct hs_build b = { 0 };
	struct hs_pe pe;

	(void)state;
	build_pe(&b, &(struct build_pe){ .time = 9 });
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	assert_int_equal(pe.machine, 0x8664);
	assert_int_equal(pe.timestamp, 9);
	assert_int_equal(pe.magic, HS_PE32_PLUS);
	assert_int_equal(pe.n_directories, 16);
	assert_int_equal(pe.n_sections, 2);
	assert_true(hs_span_is(pe.sections[1].name, ".rdata"));
	assert_int_equal(pe.sections[1].at, 0x400);
	assert_int_equal(pe.table, 0x1d8);
	assert_int_equal(pe.end, 0x200);
	assert_int_equal(pe.certificate, 0x800);
	assert_int_equal(pe.certificate_len, 16);
	hs_build_release(&b);
}

static void
addresses_lead_into_sections(void **state)
{
	struct hs_build b = { 0 };
	struct hs_pe pe;

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	assert_true(hs_span_is(hs_pe_text(&pe, 0x2060), "K.dll"));
	assert_int_equal(hs_pe_at(&pe, 0x23ff).len, 1);
	assert_int_equal(hs_pe_at(&pe, 0x2400).len, 0);
	assert_int_equal(hs_pe_at(&pe, 0xfff).len, 0);
	assert_int_equal(hs_pe_directory(&pe, HS_PE_DEBUG).len, 56);
	assert_int_equal(hs_pe_directory(&pe, 99).address, 0);
	assert_int_equal(hs_pe_directory_bytes(&pe, HS_PE_DEBUG).len, 56);
	assert_int_equal(hs_pe_directory_bytes(&pe, 2).len, 0);
	hs_build_release(&b);
}

static void
fewer_sections_than_said_are_counted(void **state)
{
	struct hs_build b = { 0 };
	struct hs_pe pe;

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	b.at[0x86] = 0xff;
	b.at[0x87] = 0xff;
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	assert_int_equal(pe.n_said, 0xffff);
	assert_in_range(pe.n_sections, 2, HS_PE_SECTIONS);
	assert_false(hs_pe_read(&pe, hs_span_head(hs_build_span(&b), 0x90)));
	assert_false(hs_pe_read(&pe, HS_SPAN("MZ")));
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_read),
		cmocka_unit_test(addresses_lead_into_sections),
		cmocka_unit_test(fewer_sections_than_said_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
