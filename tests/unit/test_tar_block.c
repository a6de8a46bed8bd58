/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/tar_block.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
tar_keeps_what_stands_where_zeros_should(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "f", "abc");
	hs_build_tar_patch(&b, 0, 50, HS_SPAN("old"));
	hs_build_tar_patch(&b, 0, 500, HS_SPAN("odd"));
	hs_build_tar_patch(&b, 0, 100, HS_SPAN("000644 \0"));
	hs_build_tar_patch(&b, 0, 108, HS_SPAN("    17 \0"));
	hs_build_tar_patch(&b, 0, 116, HS_SPAN("     7 \0"));
	hs_build_tar_patch(&b, 0, 329, HS_SPAN("0000000"));
	hs_build_tar_patch(&b, 0, 337, HS_SPAN("0000000"));
	b.at[1000] = 'p';
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file f 3\ngap (padding of f) 509\n");
	assert_non_null(strstr(listed_facts(&o, "f"), "dialect: ustar\n"
	                                              "number form: mode in 6 digits, then "
	                                              " \\x00; uid, gid in 6 columns, then "
	                                              " \\x00\n"
	                                              "device fields: 0:0\nbytes behind name: "));
	assert_non_null(strstr(listed_facts(&o, "f"), "unused bytes: odd"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_keeps_what_stands_where_zeros_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
