/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "build_stream.h"
#include "check_text.h"
#include "measured.h"

static struct hs_span
ramdisk(struct hs_arena *a, const char *words)
{
	return measured_ramdisk(a, words, 721, 1);
}

static void
what_matters_most_comes_first(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = {
		.cmdline = "panic=30",
		.ramdisks = { ramdisk(&a, "init@1"), ramdisk(&a, "b@1 c=1 d") },
	};
	const struct measured_eif y = {
		.cmdline = "panic=31",
		.ramdisks = { ramdisk(&a, "init@2"), ramdisk(&a, "b@2 c=2 e") },
	};
	const char *text = measure_both(&a, measured_eif(&a, &x), measured_eif(&a, &y));

	(void)state;
	hs_check_has(text, "\ncmdline PCR0,PCR1 1 cmdline: the kernel command line has panic=30 "
	                   "only in a and panic=31 only in b\n"
	                   "content PCR0,PCR2 1 ramdisk[2]!c: c in the customer ramdisk has other "
	                   "content\n"
	                   "only-a PCR0,PCR2 1 ramdisk[2]!d: d in the customer ramdisk is only in "
	                   "a\n"
	                   "only-b PCR0,PCR2 1 ramdisk[2]!e: e in the customer ramdisk is only in "
	                   "b\n"
	                   "times PCR0,PCR1 1 ramdisk[1]!init: mtime of init in the bootstrap "
	                   "ramdisk is 1970-01-01T00:00:01Z in a and 1970-01-01T00:00:02Z in b\n"
	                   "times PCR0,PCR2 1 ramdisk[2]!b: mtime of b in the customer ramdisk is "
	                   "1970-01-01T00:00:01Z in a and 1970-01-01T00:00:02Z in b\n");
}

static void
a_section_of_one_side_is_a_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = { .ramdisks = { ramdisk(&a, "init"), ramdisk(&a, "a") } };
	const struct measured_eif y = { .ramdisks = { ramdisk(&a, "init") } };
	const char *text = measure_both(&a, measured_eif(&a, &x), measured_eif(&a, &y));

	(void)state;
	hs_check_has(text, "only-a PCR0,PCR2 1 ramdisk[2]: ramdisk[2] is only in a\n");
	hs_check_has(text, "PCR2 ~ ramdisk[2]<: ");
}

static void
a_ramdisk_that_is_no_archive_has_other_bytes(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	hs_check_has(measure_ramdisks(&a, HS_SPAN("rd2"), HS_SPAN("rd3")),
	             "content PCR0,PCR2 1 ramdisk[2]: the customer ramdisk has other bytes\n");
	hs_check_has(measure_ramdisks(&a, HS_SPAN("rd2"), ramdisk(&a, "b")),
	             ": the customer ramdisk is text in a and cpio in b\n");
}

static void
the_way_goes_through_compression(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = ramdisk(&a, "a=1 b"), y = ramdisk(&a, "a=2 b");
	const struct hs_span packed = build_stream(&a, HS_CODEC_GZIP, x);
	const struct hs_span other = build_stream(&a, HS_CODEC_ZSTD, x);
	const char *text = measure_ramdisks(&a, packed, build_stream(&a, HS_CODEC_GZIP, y));

	(void)state;
	hs_check_has(text, "content PCR0,PCR2 1 ramdisk[2]!a: a in the customer ramdisk has other "
	                   "content\n");
	text = measure_ramdisks(&a, packed, x);
	hs_check_has(text, "compression PCR0,PCR2 1 ramdisk[2]: the customer ramdisk is compressed "
	                   "with gzip in a and not in b\n");
	text = measure_ramdisks(&a, packed, other);
	hs_check_has(text, "PCR0,PCR2 1 ramdisk[2]");
}

static void
a_kernel_has_words_of_its_own(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = { .kernel = "one" }, y = { .kernel = "two" };

	(void)state;
	hs_check_has(measure_both(&a, measured_eif(&a, &x), measured_eif(&a, &y)),
	             "kernel PCR0,PCR1 1 kernel: the kernel has other content\n");
}

static void
more_causes_than_are_told_are_counted(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *x = "z", *y = "z", *text;

	(void)state;
	for (int i = 0; i < HS_MAX_MEASURE_CAUSES + 5; i++) {
		x = hs_arena_printf(&a, "%s f%d=1", x, i);
		y = hs_arena_printf(&a, "%s f%d=2", y, i);
	}
	text = measure_ramdisks(&a, ramdisk(&a, x), ramdisk(&a, y));
	hs_check_has(text, "\nand 5 more\n");
	hs_check_has(text, "PCR0 and PCR2 differ because f0 in the customer ramdisk has other "
	                   "content, and for 204 more reasons; ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_matters_most_comes_first),
		cmocka_unit_test(a_section_of_one_side_is_a_cause),
		cmocka_unit_test(a_ramdisk_that_is_no_archive_has_other_bytes),
		cmocka_unit_test(the_way_goes_through_compression),
		cmocka_unit_test(a_kernel_has_words_of_its_own),
		cmocka_unit_test(more_causes_than_are_told_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
