/* SPDX-License-Identifier: Apache-2.0 */
#include "build_kernel.h"
#include "check_archive.h"
#include "check_bytes.h"
#include "listed.h"
#include "unit.h"

static const struct build_kernel with_stub = {
	.release = "6.1.0",
	.config = "CONFIG_ARM64=y\n",
	.build_id = "0123456789abcdefghij",
	.key = true,
	.efi = true,
	.signature = { (const uint8_t *)"PKCS #7", 7 },
};
static const struct build_kernel bare = { .release = "4.14.256" };

static void
arm64_wins_its_bid(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_wins(&hs_comparator_linux_arm64, build_arm64(&arena, &bare));
	check_archive_wins(&hs_comparator_linux_arm64, build_arm64(&arena, &with_stub));
}

static void
arm64_says_its_header_and_who_built_it(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span file = build_arm64(&arena, &bare);
	struct expanded o;

	(void)state;
	file = build_patched(&arena, file, 40, 8, 7);
	expanded_init(&o, &hs_comparator_linux_arm64, file, NULL);
	assert_string_equal(
		expanded_text(&o),
		"kernel release: 4.14.256\nbuilt by: root@build\n"
		"compiler: gcc (Debian 12.2.0) 12.2.0\nlinker: GNU ld (GNU Binutils) 2.40\n"
		"build number: 1\nbuild flags: SMP PREEMPT\n"
		"built at: Thu Jan  1 00:00:00 UTC 1970\ncode0: 0xd503201f\ncode1: 0x14400000\n"
		"text offset: 0x0\nimage size: 65536\nflags: 0xa\nendianness: little\n"
		"page size: 4 KiB\nplacement: anywhere\nreserved: 0x7 at offset 40\n"
		"pe header offset: 0x0\nefi stub: no\n");
	assert_string_equal(expanded_keys(&o), "image\nproc banner\nimage\nutsname\nimage\n");
	expanded_release(&o);
}

static void
arm64_lists_its_sections_and_parts(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_arm64, build_arm64(&arena, &with_stub), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o),
	                    "(headers)\n.text\nproc banner\nconfig\n.text\n.data\n"
	                    "utsname\nmodule signing certificate\n.data\n(signature)\n");
	assert_string_equal(listed_content(&o, "config"), "CONFIG_ARM64=y\\n");
	assert_non_null(strstr(expanded_text(&o), "efi stub: arm64\n"));
	assert_non_null(strstr(expanded_text(&o), "build id: 30313233"));
	expanded_release(&o);
}

static void
arm64_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_arm64(&arena, &with_stub);

	(void)state;
	/* Without its PE header, nothing says where it ends. */
	check_archive_truncations(&hs_comparator_linux_arm64, file, 1, 64);
	for (size_t len = 512; len < file.len; len++) {
		struct expanded o;

		expanded_init(&o, &hs_comparator_linux_arm64, hs_span_head(file, len), NULL);
		assert_int_equal(o.rc, HS_EFORMAT);
		expanded_release(&o);
	}
}

static void
arm64_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_linux_arm64, build_arm64(&arena, &with_stub), 1);
}

static void
arm64_leaves_no_byte_out(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_every_byte_counts(&hs_comparator_linux_arm64, build_arm64(&arena, &with_stub));
	check_every_byte_counts(&hs_comparator_linux_arm64, build_arm64(&arena, &bare));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arm64_wins_its_bid),
		cmocka_unit_test(arm64_says_its_header_and_who_built_it),
		cmocka_unit_test(arm64_lists_its_sections_and_parts),
		cmocka_unit_test(arm64_refuses_every_truncation),
		cmocka_unit_test(arm64_survives_any_byte),
		cmocka_unit_test(arm64_leaves_no_byte_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
