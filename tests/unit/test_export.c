/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "enclave/export.h"
#include "newc_text.h"

#include <stdlib.h>

static void
export_keeps_entries_and_contents_until_its_release(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_export e = { .arena = &arena };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct hs_blob *blob = hs_blob_of_heap(calloc(1, 3), 3);

		hs_export_add(&e)->uid = i;
		e.entries[i].bytes = hs_export_hold(
			&e, (struct hs_content){ .blob = blob, .bytes = blob->bytes });
	}
	assert_int_equal(hs_export_hold(&e, (struct hs_content){ .bytes = HS_SPAN("static") }).len,
	                 6);
	assert_int_equal(e.n, 1000);
	assert_int_equal(e.n_held, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(e.entries[i].uid, i);
		assert_int_equal(e.entries[i].bytes.at[2], 0);
	}
	hs_export_release(&e);
	assert_int_equal(e.n, 0);
	hs_export_release(&e);
}

static void
export_tells_lost_attributes_apart(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_export e = { .arena = &arena, .remarks.arena = &arena };

	(void)state;
	hs_export_remark_lost(&e, HS_SPAN("a"), false, false);
	hs_export_remark_lost(&e, HS_SPAN("b"), true, true);
	assert_string_equal(remarks_text(&arena, &e.remarks),
	                    "lost-capability: b loses its file capabilities, which no cpio holds\n"
	                    "lost-xattr: b loses extended attributes, which no cpio holds\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(export_keeps_entries_and_contents_until_its_release),
		cmocka_unit_test(export_tells_lost_attributes_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
