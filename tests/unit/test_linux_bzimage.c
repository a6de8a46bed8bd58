/* SPDX-License-Identifier: Apache-2.0 */
#include "build_kernel.h"
#include "check_archive.h"
#include "check_bytes.h"
#include "listed.h"
#include "unit.h"

static const struct build_kernel plain = { .release = "6.1.0" };

static struct hs_span
minimal(struct hs_arena *a, enum build_packing packing)
{
	return build_bzimage(a, &plain, build_packed(a, packing, build_vmlinux(a, &plain)));
}

static void
bzimage_wins_its_bid(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	check_archive_wins(&hs_comparator_linux_bzimage, minimal(&arena, BUILD_GZIP));
}

static void
bzimage_opens_each_compression_of_its_payload(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span vmlinux = build_vmlinux(&arena, &plain);

	(void)state;
	for (unsigned i = 0; i < N_BUILD_PACKINGS; i++) {
		const struct hs_span file = minimal(&arena, (enum build_packing)i);
		const char *name = build_packing_name((enum build_packing)i);
		struct expanded o;
		const struct hs_entry *e;
		int rc;

		expanded_init(&o, &hs_comparator_linux_bzimage, file, NULL);
		assert_int_equal(o.rc, 0);
		e = expanded_entry(&o, "vmlinux");
		assert_string_equal(expanded_fact(&o, e, "compression"),
		                    i == BUILD_PLAIN ? "" : name);
		if (i == BUILD_LZO) {
			assert_string_equal(e->note,
			                    "lzo is not decoded: its stored bytes are compared");
		} else {
			assert_true(hs_span_equal(expanded_content(&o, e, &rc), vmlinux));
			assert_int_equal(rc, 0);
		}
		expanded_release(&o);
	}
}

static void
bzimage_says_its_header_and_who_built_it(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_bzimage, minimal(&arena, BUILD_LZ4), NULL);
	assert_string_equal(
		expanded_text(&o),
		hs_arena_printf(
			&arena,
			"kernel release: 6.1.0\nbuilt by: root@build\nbuild number: 1\n"
			"build flags: SMP PREEMPT\nbuilt at: Thu Jan  1 00:00:00 UTC 1970\n"
			"setup sectors: 1\nroot flags: 0x1\nsyssize: %u\nram size: 0x0\n"
			"video mode: 0x0\nroot device: 0x0\nboot flag: 0xaa55\njump: 0x6aeb\n"
			"header magic: 0x53726448\nboot protocol: 2.15\nreal-mode switch: 0x0\n"
			"start segment: 0x0\nbanner offset: 0x80\nloader type: 0x0\n"
			"load flags: 0x1, loaded high\nsetup move size: 0x0\n"
			"code32 start: 0x100000\nramdisk address: 0x0\nramdisk size: 0\n"
			"boot sector kludge: 0x0\nheap end: 0x0\nextended loader version: 0x0\n"
			"extended loader type: 0x0\ncommand line address: 0x0\n"
			"highest ramdisk address: 0x0\nkernel alignment: 0x200000\n"
			"relocatable: 1\nleast alignment, as a power of 2: 0\n"
			"extended load flags: 0x2b, 64-bit entry, above 4 GiB, 64-bit EFI "
			"handover, 5-level paging\nlongest command line: 2047\nhardware: 0x0\n"
			"hardware data: 0x0\npayload offset: 16\npayload length: %u\n"
			"setup data: 0x0\npreferred address: 0x1000000\ninit size: 53964800\n"
			"EFI handover offset: 0x0\nkernel info offset: 0x0\ncrc-32: right\n"
			"efi stub: no\n",
			(unsigned)(o.file.len - 1024) / 16,
			(unsigned)build_packed(&arena, BUILD_LZ4, build_vmlinux(&arena, &plain))
				.len));
	assert_string_equal(expanded_keys(&o), "boot sector\nsetup\nsetup\ndecompressor\n"
	                                       "vmlinux\ndecompressor\n");
	expanded_release(&o);
}

static void
bzimage_says_what_an_old_protocol_has(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_kernel k = plain;
	struct expanded o;

	(void)state;
	k.protocol = 0x203;
	expanded_init(&o, &hs_comparator_linux_bzimage,
	              build_bzimage(&arena, &k, HS_SPAN("not known where")), NULL);
	assert_int_equal(o.rc, 0);
	assert_non_null(strstr(expanded_text(&o), "boot protocol: 2.03\n"));
	assert_null(strstr(expanded_text(&o), "payload"));
	assert_null(strstr(expanded_text(&o), "crc"));
	assert_string_equal(expanded_keys(&o), "boot sector\nsetup\nsetup\ndecompressor\n");
	expanded_release(&o);
}

static void
bzimage_tells_its_signature_and_a_crc_that_is_not_right(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_kernel k = plain;
	struct expanded o;

	(void)state;
	k.efi = true;
	k.signature = HS_SPAN("PKCS #7");
	expanded_init(&o, &hs_comparator_linux_bzimage,
	              build_bzimage(&arena, &k, HS_SPAN("payload")), NULL);
	assert_int_equal(o.rc, 0);
	assert_non_null(strstr(expanded_text(&o), "which is not that of the image\n"
	                                          "efi stub: x86-64\n"));
	assert_int_equal(expanded_entry(&o, "(signature)")->size, 15);
	expanded_release(&o);
	k = plain;
	k.unsealed = true;
	expanded_init(&o, &hs_comparator_linux_bzimage,
	              build_bzimage(&arena, &k, HS_SPAN("payload")), NULL);
	assert_non_null(strstr(expanded_text(&o), "crc-32: none\n"));
	expanded_release(&o);
}

static void
bzimage_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_kernel k = plain;
	struct hs_span file;

	(void)state;
	k.efi = true;
	k.signature = HS_SPAN("PKCS #7");
	file = build_bzimage(&arena, &k, build_packed(&arena, BUILD_GZIP, HS_SPAN("kernel")));
	check_archive_truncations(&hs_comparator_linux_bzimage, file, 1, file.len);
}

static void
bzimage_refuses_what_its_header_cannot_mean(void **state)
{
	static const struct {
		size_t at, width;
		uint64_t value;
		const char *text;
	} rows[] = {
		{ 0x1f1, 1, 0, "the kernel ends at byte" },   /* four sectors are meant */
		{ 0x1f1, 1, 255, "the kernel ends at byte" }, /* more than the file has */
		{ 0x1f4, 4, 0xffffffff, "the kernel ends at byte 68719477744, the file has" },
		{ 0x1f4, 4, 0, "the payload ends at byte" },
		{ 0x248, 4, 0xffffffff, "the payload ends at byte 4294968" },
		{ 0x24c, 4, 0xffffffff, "the payload ends at byte 4294968" },
		{ 0x20e, 2, 0xffff, NULL }, /* no banner there */
		{ 0x20e, 2, 0, NULL },
		{ 0x260, 4, 0xffffffff, NULL }, /* init size is the loader's to believe */
		{ 0x206, 2, 0xffff, NULL },
		{ 0x206, 2, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded o;

		expanded_init(&o, &hs_comparator_linux_bzimage,
		              build_patched(&arena, minimal(&arena, BUILD_GZIP), rows[i].at,
		                            rows[i].width, rows[i].value),
		              NULL);
		assert_int_equal(o.rc, rows[i].text ? HS_EFORMAT : 0);
		if (rows[i].text && !strstr(o.err.text, rows[i].text))
			fail_msg("row %zu: %s", i, o.err.text);
		expanded_exercise(&o);
		expanded_release(&o);
	}
}

static void
bzimage_tells_a_payload_whose_size_is_not_the_one_behind_it(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_span payload = build_packed(&arena, BUILD_XZ, HS_SPAN("a kernel of 21 bytes!"));
	struct expanded o;

	(void)state;
	payload = build_patched(&arena, payload, payload.len - 4, 4, 20);
	expanded_init(&o, &hs_comparator_linux_bzimage, build_bzimage(&arena, &plain, payload),
	              NULL);
	assert_string_equal(listed_content(&o, "vmlinux"),
	                    "it unpacks to 21 bytes, the number behind its stream says 20");
	expanded_release(&o);
	payload = build_packed(&arena, BUILD_GZIP, HS_SPAN("a kernel"));
	payload = hs_arena_join(&arena, payload, HS_SPAN("more"));
	expanded_init(&o, &hs_comparator_linux_bzimage, build_bzimage(&arena, &plain, payload),
	              NULL);
	assert_string_equal(listed_content(&o, "vmlinux"),
	                    "4 bytes follow the end of its gzip stream");
	expanded_release(&o);
}

static void
bzimage_leaves_no_byte_out(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_kernel k = plain;

	(void)state;
	k.efi = true;
	k.unsealed = true;
	check_every_byte_counts(&hs_comparator_linux_bzimage,
	                        build_bzimage(&arena, &k, HS_SPAN("payload")));
	k.unsealed = false;
	k.signature = HS_SPAN("PKCS #7");
	check_every_byte_counts(&hs_comparator_linux_bzimage,
	                        build_bzimage(&arena, &k,
	                                      build_packed(&arena, BUILD_LZ4,
	                                                   HS_SPAN("a whole kernel "
	                                                           "in one block"))));
}

static void
bzimage_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct build_kernel k = plain;

	(void)state;
	k.efi = true;
	k.signature = HS_SPAN("PKCS #7");
	check_archive_survives(&hs_comparator_linux_bzimage,
	                       build_bzimage(&arena, &k, HS_SPAN("payload")), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bzimage_wins_its_bid),
		cmocka_unit_test(bzimage_opens_each_compression_of_its_payload),
		cmocka_unit_test(bzimage_says_its_header_and_who_built_it),
		cmocka_unit_test(bzimage_says_what_an_old_protocol_has),
		cmocka_unit_test(bzimage_tells_its_signature_and_a_crc_that_is_not_right),
		cmocka_unit_test(bzimage_refuses_every_truncation),
		cmocka_unit_test(bzimage_refuses_what_its_header_cannot_mean),
		cmocka_unit_test(bzimage_tells_a_payload_whose_size_is_not_the_one_behind_it),
		cmocka_unit_test(bzimage_leaves_no_byte_out),
		cmocka_unit_test(bzimage_survives_any_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
