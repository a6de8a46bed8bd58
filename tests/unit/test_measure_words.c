/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "measured.h"

static struct hs_span
ramdisk(struct hs_arena *a, const char *words)
{
	return measured_ramdisk(a, words, 721, 1);
}

/* The sentence on both. */
static const char *
sentence(struct hs_arena *a, const struct measured_eif *x, const struct measured_eif *y)
{
	const char *text = measure_both(a, measured_eif(a, x), measured_eif(a, y));

	return hs_arena_printf(a, "%.*s", (int)strcspn(text, "\n"), text);
}

static void
two_causes_are_both_told_and_more_are_counted(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct measured_eif x = { .ramdisks = { ramdisk(&a, "i"), ramdisk(&a, "a=1 b=1 c=1") } };
	struct measured_eif y = { .ramdisks = { ramdisk(&a, "i"), ramdisk(&a, "a=2 b=2 c=1") } };

	(void)state;
	assert_string_equal(sentence(&a, &x, &y),
	                    "PCR0 and PCR2 differ because a in the customer ramdisk has other "
	                    "content, and because b in the customer ramdisk has other content; "
	                    "PCR1 (kernel, command line, bootstrap ramdisk) is the same");
	y.ramdisks[1] = ramdisk(&a, "a=2 b=2 c=2");
	assert_string_equal(sentence(&a, &x, &y),
	                    "PCR0 and PCR2 differ because a in the customer ramdisk has other "
	                    "content, and for 2 more reasons; PCR1 (kernel, command line, "
	                    "bootstrap ramdisk) is the same");
}

static void
both_halves_of_pcr0_have_their_own_reasons(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct measured_eif x = { .cmdline = "q",
		                  .ramdisks = { ramdisk(&a, "i"), ramdisk(&a, "a=1") } };
	struct measured_eif y = { .cmdline = "r",
		                  .ramdisks = { ramdisk(&a, "i"), ramdisk(&a, "a=2") } };

	(void)state;
	assert_string_equal(sentence(&a, &x, &y),
	                    "PCR0, PCR1 and PCR2 differ: PCR1 because the kernel command line has "
	                    "q only in a and r only in b; PCR2 because a in the customer ramdisk "
	                    "has other content");
}

static void
without_a_customer_ramdisk_there_is_a_first_one(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = { .ramdisks = { ramdisk(&a, "i=1") } };
	const struct measured_eif y = { .ramdisks = { ramdisk(&a, "i=2") } };

	(void)state;
	assert_string_equal(sentence(&a, &x, &y),
	                    "PCR0 and PCR1 differ because i in ramdisk[1] has other content; PCR2 "
	                    "(the other ramdisks) is the same");
}

static void
what_no_pcr_covers_is_named(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct measured_eif x = { .ramdisks = { ramdisk(&a, "i") } }, y = x;

	(void)state;
	y.flags = 1;
	assert_string_equal(sentence(&a, &x, &y), "All PCRs are the same: the files differ in the "
	                                          "flags, which no PCR covers");
	y.metadata = build_eif_metadata;
	assert_string_equal(sentence(&a, &x, &y),
	                    "All PCRs are the same: the files differ in the metadata section and "
	                    "flags, which no PCR covers");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_causes_are_both_told_and_more_are_counted),
		cmocka_unit_test(both_halves_of_pcr0_have_their_own_reasons),
		cmocka_unit_test(without_a_customer_ramdisk_there_is_a_first_one),
		cmocka_unit_test(what_no_pcr_covers_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
