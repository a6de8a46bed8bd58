/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "cli/file.h"
#include "scratch.h"

static void
a_file_is_taken_whole_and_nothing_else_is(void **state)
{
	struct hs_operand o;
	struct hs_err err;

	(void)state;
	assert_int_equal(
		hs_file_open(&o, scratch_file("f@x", HS_SPAN("bytes")), &scratch_run, &err), 0);
	assert_span(o.blob->bytes, "bytes");
	hs_operand_release(&o);
	assert_int_equal(hs_file_open(&o, scratch_folder("d"), &scratch_run, &err), HS_EUSAGE);
	assert_non_null(strstr(err.text, "d: it is a directory"));
	scratch_file("a", HS_SPAN("archive"));
	assert_int_equal(hs_file_open(&o, scratch_path("a@image"), &scratch_run, &err), HS_EUSAGE);
	assert_non_null(strstr(err.text, "a@image: there is no such file"));
	assert_int_equal(hs_file_open(&o, scratch_path("none"), &scratch_run, &err), HS_EIO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_taken_whole_and_nothing_else_is),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
