/* SPDX-License-Identifier: Apache-2.0 */
#include "build_kernel.h"
#include "check_archive.h"
#include "check_bytes.h"
#include "listed.h"
#include "unit.h"

static struct hs_span
minimal(struct hs_arena *a, enum build_packing packing)
{
	const struct build_kernel k = { .release = "6.6.1" };

	return build_zboot(a, packing, build_packed(a, packing, build_arm64(a, &k)));
}

static void
zboot_wins_its_bid(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_wins(&hs_comparator_linux_zboot, minimal(&arena, BUILD_GZIP));
}

static void
zboot_opens_the_image_inside(void **state)
{
	static const enum build_packing packings[] = { BUILD_GZIP, BUILD_LZMA, BUILD_XZ, BUILD_LZ4,
		                                       BUILD_ZSTD };
	const struct build_kernel k = { .release = "6.6.1" };

	(void)state;
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded o;
		int rc;

		expanded_init(&o, &hs_comparator_linux_zboot, minimal(&arena, packings[i]), NULL);
		assert_int_equal(o.rc, 0);
		assert_true(hs_span_equal(expanded_content(&o, expanded_entry(&o, "image"), &rc),
		                          build_arm64(&arena, &k)));
		assert_int_equal(rc, 0);
		assert_string_equal(expanded_keys(&o), "stub\nstub\nimage\nstub\n");
		expanded_release(&o);
	}
}

static void
zboot_says_where_its_payload_stands(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_zboot,
	              build_zboot(&arena, BUILD_XZ, build_packed(&arena, BUILD_LZO, HS_SPAN("x"))),
	              NULL);
	assert_string_equal(expanded_text(&o), "compression: xzkern\npayload offset: 80\n"
	                                       "payload length: 30\nefi stub: no\n");
	assert_string_equal(
		listed_facts(&o, "image"),
		"type: file\nstored size: 30\ncompression: lzo\nsize behind the stream: 1\n");
	expanded_release(&o);
}

static void
zboot_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = minimal(&arena, BUILD_GZIP);

	(void)state;
	/* Nothing says where the stub behind the payload ends. */
	check_archive_truncations(&hs_comparator_linux_zboot, file, 1, file.len - 12);
}

static void
zboot_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_linux_zboot, minimal(&arena, BUILD_ZSTD), 1);
}

static void
zboot_leaves_no_byte_out(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_every_byte_counts(&hs_comparator_linux_zboot, minimal(&arena, BUILD_LZ4));
	check_every_byte_counts(&hs_comparator_linux_zboot, minimal(&arena, BUILD_GZIP));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zboot_wins_its_bid),
		cmocka_unit_test(zboot_opens_the_image_inside),
		cmocka_unit_test(zboot_says_where_its_payload_stands),
		cmocka_unit_test(zboot_refuses_every_truncation),
		cmocka_unit_test(zboot_survives_any_byte),
		cmocka_unit_test(zboot_leaves_no_byte_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
