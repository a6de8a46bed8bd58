/* SPDX-License-Identifier: Apache-2.0 */
/* zip archives that libarchive wrote, read here and by libarchive. */
#include "comparators/comparator.h"

#include "peer.h"
#include "unit.h"

static void
what_libarchive_writes_is_read_as_it_reads_it(void **state)
{
	static const char *const options[] = {
		"zip:compression=store",
		"zip:compression=deflate",
		"zip:compression=deflate,zip:compression-level=1",
		"zip:compression=deflate,zip:zip64=1",
		"zip:compression=deflate,zip:experimental=1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded x;

		expanded_init(&x, &hs_comparator_zip, peer_archive(&arena, "zip", options[i]),
		              NULL);
		assert_int_equal(x.rc, 0);
		for (size_t k = 0; k < x.tree.n_entries; k++)
			assert_null(x.tree.entries[k].note);
		/* It writes no devices and no pipes. */
		if (x.tree.n_entries != 5)
			fail_msg("%s: %s", options[i], expanded_keys(&x));
		peer_agrees(&x);
		expanded_release(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_libarchive_writes_is_read_as_it_reads_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
