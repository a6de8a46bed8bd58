/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "enclave/ramdisk.h"
#include "newc_text.h"

static void
customer_of_the_shared_streams_is_what_linuxkit_wrote(void **state)
{
	static const char *const names[] = { "full", "nodev" };
	struct hs_run run;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_export e = { .arena = &arena };
		struct hs_pieces out = { .arena = &arena };
		const struct hs_ramdisk_customer c = { .rootfs = &e,
			                               .cmd = shared_file(&arena, "eif/cmd"),
			                               .env = shared_file(&arena, "eif/env") };
		const char *tar = hs_arena_printf(&arena, "eif/%s.tar", names[i]);
		const char *want = hs_arena_printf(&arena, "eif/out-%s-initrd.img", names[i]);
		struct hs_err err;

		start_run(&run, 1);
		assert_int_equal(
			hs_export_of_tar(&e, &run,
		                         (struct hs_content){ .bytes = shared_file(&arena, tar) },
		                         &err),
			0);
		assert_int_equal(hs_ramdisk_customer(&out, &c, &err), 0);
		assert_true(hs_span_equal(newc_joined(&arena, &out), shared_file(&arena, want)));
		hs_export_release(&e);
		hs_run_release(&run);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(customer_of_the_shared_streams_is_what_linuxkit_wrote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
