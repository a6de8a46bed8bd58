/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/kernel_find.h"

#include "build_bytes.h"
#include "build_kernel.h"
#include "unit.h"

#include <stdlib.h>

static const struct build_kernel full = {
	.release = "6.1.0",
	.config = "CONFIG_64BIT=y\n",
	.early = "Linux version 6.1.0 (root@build) (gcc) # SMP PREEMPT\n",
	.build_id = "0123456789abcdefghij",
	.initramfs = { (const uint8_t *)"\x1f\x8b\x08\0 more of gzip", 18 },
	.key = true,
};

static void
kernel_find_finds_each_part(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_kernel_found found;

	(void)state;
	hs_kernel_find(&found, build_arm64(&arena, &full));
	assert_span(found.banner,
	            "Linux version 6.1.0 (root@build) (gcc (Debian 12.2.0) 12.2.0, GNU "
	            "ld (GNU Binutils) 2.40) #1 SMP PREEMPT Thu Jan  1 00:00:00 UTC "
	            "1970\n");
	assert_span(found.early_banner, full.early);
	assert_span(found.proc_banner,
	            "%s version %s (root@build) (gcc (Debian 12.2.0) 12.2.0, GNU "
	            "ld (GNU Binutils) 2.40) %s\n");
	assert_int_equal(found.n_utsnames, 1);
	assert_int_equal(found.utsnames[0].len, 390);
	assert_int_equal(found.n_ids, 1);
	assert_span(found.ids[0], full.build_id);
	assert_true(hs_span_equal(found.initramfs, full.initramfs));
	assert_int_equal(found.key.at[0], 0x30);
	assert_true(hs_span_ends(found.key, HS_SPAN("keysig")));
	assert_true(hs_span_starts(found.config, HS_SPAN("\x1f\x8b\x08")));
	assert_null(found.trouble);
}

/* With only an early banner, that is the one. */
static void
kernel_find_takes_a_banner_without_a_number_where_there_is_no_other(void **state)
{
	struct hs_kernel_found found;

	(void)state;
	hs_kernel_find(&found, HS_SPAN("..Linux version 6.1.0 (a@b) (c) # SMP\n\0"));
	assert_span(found.banner, "Linux version 6.1.0 (a@b) (c) # SMP\n");
	assert_int_equal(found.early_banner.len, 0);
	hs_kernel_find(&found, HS_SPAN("Linux version %s (a@b) #1\n\0"));
	assert_int_equal(found.banner.len, 0);
}

static void
kernel_find_tells_a_configuration_that_does_not_end(void **state)
{
	struct hs_kernel_found found;

	(void)state;
	hs_kernel_find(&found, HS_SPAN("IKCFG_ST, IKCFG_ST\x1f\x8b\x08 and no more"));
	assert_int_equal(found.config.len, 0);
	assert_string_equal(found.trouble,
	                    "the configuration begins (IKCFG_ST) and does not end (IKCFG_ED)");
}

/* A number and some bytes before it that look like one; but not where it would have to begin. */
static void
kernel_find_takes_no_chance_for_an_initramfs(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {
		{ "xxxx\x1f\x8b\x08\xff more of gzip xxx\x12\0\0\0\0\0\0\0", 32 }, /* flags */
		{ "xxxx\x1f\x8b\x08\0 more of gzipxx\x12\0\0\0\0\0\0\0", 32 },     /* padding */
		{ "xxxx\x1f\x8b\x08\0 more of gzip\0\0\x19\0\0\0\0\0\0\0", 32 },   /* size */
		{ "x070701xxxxxxxxxxxxxxx\0\0\x15\0\0\0\0\0\0\0", 32 },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff", 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span file = { (const uint8_t *)rows[i].bytes, rows[i].len };
		struct hs_kernel_found found;

		hs_kernel_find(&found, file);
		assert_int_equal(found.initramfs.len, 0);
	}
}

static void
kernel_find_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = build_arm64(&arena, &full);

	(void)state;
	for (size_t len = 0; len < file.len; len++) {
		struct hs_span part = exact_copy(file, len);
		struct hs_kernel_parts p = { .file = part };
		struct hs_kernel_found found;

		hs_kernel_find(&found, part);
		hs_kernel_found_parts(&p, &found);
		free((uint8_t *)(uintptr_t)part.at);
	}
}

/* Marks everywhere, each of which is looked behind: time stays linear in the bytes. */
static void
kernel_find_is_done_soon_with_marks_alone(void **state)
{
	static const struct hs_span marks[] = {
		{ (const uint8_t *)"Linux version 6", 15 },
		{ (const uint8_t *)"IKCFG_ST\x1f\x8b\x08", 11 },
		{ (const uint8_t *)"\4\0\0\0\0\0\0\0\3\0\0\0GNU\0", 16 },
		{ (const uint8_t *)"\x10\0\0\0\0\0\0\0", 8 },
		{ (const uint8_t *)"07070100", 8 },
		{ (const uint8_t *)"\x30\x82\0\0", 4 },
		{ (const uint8_t *)"%s version %s (", 15 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_kernel_found found;

		while (b.len < 1 << 20)
			hs_build_put(&b, marks[i]);
		hs_kernel_find(&found, hs_build_span(&b));
		assert_int_equal(found.banner.len + found.config.len + found.initramfs.len, 0);
		hs_build_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_find_finds_each_part),
		cmocka_unit_test(
			kernel_find_takes_a_banner_without_a_number_where_there_is_no_other),
		cmocka_unit_test(kernel_find_tells_a_configuration_that_does_not_end),
		cmocka_unit_test(kernel_find_takes_no_chance_for_an_initramfs),
		cmocka_unit_test(kernel_find_survives_every_truncation),
		cmocka_unit_test(kernel_find_is_done_soon_with_marks_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
