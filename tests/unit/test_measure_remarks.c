/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "check_text.h"
#include "engine/compare.h"
#include "measured.h"

static void
what_nitro_cli_refuses_is_remarked(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct build_eif x = { .out.arena = &a }, y = { .out.arena = &a };
	const char *text;

	(void)state;
	build_eif_add(&x, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&x, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	build_eif_add(&y, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_gap(&y, HS_SPAN("a gap of some bytes"));
	build_eif_add(&y, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	text = measure_both(&a, build_eif_end(&x), build_eif_end(&y));
	hs_check_has(text, "All PCRs are the same: ");
	hs_check_has(text, "remark nitro-cli refuses b: 19 bytes of no section at offset ");
}

static void
unknown_flags_are_remarked(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = { .flags = 0 }, y = { .flags = 0x240 };
	const char *text = measure_both(&a, measured_eif(&a, &x), measured_eif(&a, &y));

	(void)state;
	hs_check_has(text, "remark the flags are 0x0000 in a and 0x0240 in b: ");
	hs_check_has(text, "aside flags: 0x0000 in a and 0x0240 in b\n");
}

/* What is said of that image beside one for x86_64, which has other content. */
static const char *
beside_rebuilt(struct hs_arena *a, const char *arch)
{
	const struct hs_measure_rebuilt rebuilt = {
		.side = 'b',
		.arch = arch,
		.image = "IMAGE",
		.eif = "EIF",
	};
	const struct hs_compare_options options = { .rebuilt = &rebuilt };
	struct measured_eif x = { .ramdisks = { measured_ramdisk(a, "i", 721, 1),
		                                measured_ramdisk(a, "x", 721, 1) } };
	struct measured_eif y = { .ramdisks = { x.ramdisks[0], measured_ramdisk(a, "y", 721, 1) } };
	struct compared c;
	const char *text;

	compared_init(&c, measured_eif(a, &x), measured_eif(a, &y), &options, NULL);
	text = measured_text(a, c.report.measurements);
	compared_release(&c);
	return text;
}

static void
an_image_for_the_other_machine_is_remarked(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	hs_check_has(beside_rebuilt(&a, "aarch64"),
	             "remark IMAGE is for aarch64, and the flags of EIF say x86_64\n");
	assert_null(strstr(beside_rebuilt(&a, "x86_64"), "remark"));
	assert_null(strstr(beside_rebuilt(&a, NULL), "remark"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nitro_cli_refuses_is_remarked),
		cmocka_unit_test(unknown_flags_are_remarked),
		cmocka_unit_test(an_image_for_the_other_machine_is_remarked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
