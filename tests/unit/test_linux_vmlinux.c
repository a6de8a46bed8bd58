/* SPDX-License-Identifier: Apache-2.0 */
#include "build_cpio.h"
#include "build_kernel.h"
#include "check_archive.h"
#include "check_bytes.h"
#include "listed.h"
#include "unit.h"

static struct hs_span
initramfs(struct hs_arena *a)
{
	struct build_cpio b = { .out.arena = a, .dialect = HS_CPIO_NEWC };

	build_cpio_add(&b, &(struct build_cpio_member){ .name = "dev", .mode = 040755 });
	build_cpio_end(&b);
	build_cpio_fill(&b, 512);
	return b.out.bytes;
}

static struct build_kernel
full(struct hs_arena *a)
{
	return (struct build_kernel){
		.release = "6.1.0",
		.config = "CONFIG_64BIT=y\n",
		.initramfs = initramfs(a),
		.early = "Linux version 6.1.0 (root@build) (gcc) # SMP PREEMPT\n",
		.build_id = "0123456789abcdefghij",
		.key = true,
	};
}

static void
vmlinux_wins_its_bid(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);

	(void)state;
	check_archive_wins(&hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k));
}

static void
vmlinux_is_no_other_elf_file(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = { .release = "6" };
	const struct hs_span file = build_vmlinux(&arena, &k);
	struct expanded o;

	(void)state;
	/* Loaded where programs are. */
	assert_int_equal(
		hs_comparator_linux_vmlinux.bid(build_patched(&arena, file, 64 + 16, 8, 0x400000)),
		0);
	/* Where kernels are, without the banner. */
	expanded_init(&o, &hs_comparator_linux_vmlinux, hs_span_head(file, 64 + 56), NULL);
	assert_int_equal(o.rc, HS_ENOTMINE);
	expanded_release(&o);
}

static void
vmlinux_says_who_built_it_and_where_it_is_loaded(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k), NULL);
	assert_non_null(strstr(
		expanded_text(&o),
		"kernel release: 6.1.0\nbuilt by: root@build\ncompiler: gcc (Debian 12.2.0) "
		"12.2.0\n"
		"linker: GNU ld (GNU Binutils) 2.40\nbuild number: 1\nbuild flags: SMP PREEMPT\n"
		"built at: Thu Jan  1 00:00:00 UTC 1970\n"
		"build id: 303132333435363738396162636465666768696a\nmachine: x86-64\n"
		"entry: 0x1000000\nsegment: r-x at 0xffffffff81000000: "));
	expanded_release(&o);
}

static void
vmlinux_lists_its_parts_and_opens_them(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o),
	                    "(ELF header)\n(program headers)\n.text\n.rodata\nearly banner\nproc "
	                    "banner\nconfig\n"
	                    ".rodata\n.rodata\n.init.data\nutsname\nmodule signing certificate\n"
	                    ".init.data\ninitramfs\n.init.data\n.shstrtab\n(section headers)\n"
	                    "relocations\n");
	assert_string_equal(listed_content(&o, "config"), "CONFIG_64BIT=y\\n");
	assert_string_equal(listed_content(&o, "relocations"), "relocations.");
	assert_true(hs_span_equal(expanded_entry(&o, "initramfs")->bytes, k.initramfs));
	assert_string_equal(listed_facts(&o, "config"),
	                    "type: file\nstored size: 35\ncompression: gzip\n");
	assert_true(expanded_entry(&o, ".text")->plain);
	assert_false(expanded_entry(&o, "config")->plain);
	expanded_release(&o);
}

static void
vmlinux_finds_a_compressed_initramfs(void **state)
{
	static const enum build_packing packings[] = { BUILD_GZIP, BUILD_BZIP2, BUILD_XZ,
		                                       BUILD_LZMA, BUILD_LZ4,   BUILD_ZSTD };

	(void)state;
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_kernel k = { .release = "6" };
		struct expanded o;
		const struct hs_entry *e;
		int rc;

		/* The initramfs has no size behind its stream. */
		k.initramfs = build_packed(&arena, packings[i], initramfs(&arena));
		if (packings[i] != BUILD_GZIP)
			k.initramfs.len -= 4;
		expanded_init(&o, &hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k), NULL);
		e = expanded_entry(&o, "initramfs");
		assert_string_equal(expanded_fact(&o, e, "compression"),
		                    build_packing_name(packings[i]));
		assert_true(hs_span_equal(expanded_content(&o, e, &rc), initramfs(&arena)));
		assert_int_equal(rc, 0);
		expanded_release(&o);
	}
}

static void
vmlinux_without_sections_is_told_by_its_segments(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = { .release = "6" };
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_linux_vmlinux,
	              build_patched(&arena, build_vmlinux(&arena, &k), 60, 2, 0), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o),
	                    "(ELF header)\n(program headers)\nsegment[0]\nproc banner\n"
	                    "segment[0]\nutsname\nsegment[0]\nrelocations\n");
	expanded_release(&o);
}

static void
vmlinux_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);
	const struct hs_span file = build_vmlinux(&arena, &k);

	(void)state;
	/* How many relocations there are is known to nobody. */
	check_archive_truncations(&hs_comparator_linux_vmlinux, file, 1,
	                          file.len - strlen("relocations."));
}

static void
vmlinux_survives_any_byte(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);

	(void)state;
	check_archive_survives(&hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k), 1);
}

static void
vmlinux_refuses_what_its_headers_cannot_mean(void **state)
{
	static const struct {
		size_t at, width;
		uint64_t value;
		int rc;
	} rows[] = {
		{ 32, 8, UINT64_MAX, 0 },          /* program headers nowhere */
		{ 40, 8, UINT64_MAX, HS_EFORMAT }, /* section headers */
		{ 56, 2, 0xffff, 0 },              /* how many there are */
		{ 60, 2, 0xffff, 0 },
		{ 62, 2, 0xffff, 0 },         /* which of them has the names */
		{ 64 + 8, 8, UINT64_MAX, 0 }, /* where a segment lies: sections count */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct build_kernel k = full(&arena);
		struct expanded o;

		expanded_init(&o, &hs_comparator_linux_vmlinux,
		              build_patched(&arena, build_vmlinux(&arena, &k), rows[i].at,
		                            rows[i].width, rows[i].value),
		              NULL);
		expanded_exercise(&o);
		if (o.rc != rows[i].rc)
			fail_msg("row %zu gives %d", i, o.rc);
		expanded_release(&o);
	}
}

static void
vmlinux_leaves_no_byte_out(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_kernel k = full(&arena);

	(void)state;
	check_every_byte_counts(&hs_comparator_linux_vmlinux, build_vmlinux(&arena, &k));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vmlinux_wins_its_bid),
		cmocka_unit_test(vmlinux_is_no_other_elf_file),
		cmocka_unit_test(vmlinux_says_who_built_it_and_where_it_is_loaded),
		cmocka_unit_test(vmlinux_lists_its_parts_and_opens_them),
		cmocka_unit_test(vmlinux_finds_a_compressed_initramfs),
		cmocka_unit_test(vmlinux_without_sections_is_told_by_its_segments),
		cmocka_unit_test(vmlinux_refuses_every_truncation),
		cmocka_unit_test(vmlinux_survives_any_byte),
		cmocka_unit_test(vmlinux_refuses_what_its_headers_cannot_mean),
		cmocka_unit_test(vmlinux_leaves_no_byte_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
