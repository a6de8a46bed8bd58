/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_sparse.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
tar_gives_a_hard_link_to_a_sparse_file_its_content(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "s",
	                                               .type = 'S',
	                                               .magic = HS_BUILD_GNU,
	                                               .data = HS_SPAN("ab") });
	hs_build_tar_patch(&b, 0, 386,
	                   HS_SPAN("00000000001\0"
	                           "00000000002\0"));
	hs_build_tar_patch(&b, 0, 483, HS_SPAN("00000000004\0"));
	hs_build_tar_entry(&b,
	                   &(struct hs_build_tar){
				   .name = "h", .type = '1', .link = "s", .magic = HS_BUILD_GNU });
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file s 4\nhardlink h 4 -> s\n");
	assert_string_equal(listed_content(&o, "s"), "\\x00ab\\x00");
	assert_string_equal(listed_content(&o, "h"), "\\x00ab\\x00");
	assert_non_null(strstr(listed_facts(&o, "s"),
	                       "sparse format: GNU header\nstored size: 2\nsparse extent: 1+2\n"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_gives_a_hard_link_to_a_sparse_file_its_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
