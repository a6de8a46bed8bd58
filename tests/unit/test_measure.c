/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "check_text.h"
#include "engine/measure.h"
#include "measured.h"

/* core/measure.c and engine/measure.c */

static struct hs_span
ramdisk(struct hs_arena *a, const char *words)
{
	return measured_ramdisk(a, words, 721, 1);
}

static void
each_pcr_is_told_with_the_sections_that_feed_it(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *text = measure_ramdisks(&a, ramdisk(&a, "etc/ etc/motd=hello"),
	                                    ramdisk(&a, "etc/ etc/motd=world"));

	(void)state;
	assert_string_equal(
		text,
		"PCR0 and PCR2 differ because etc/motd in the customer ramdisk has other content; "
		"PCR1 (kernel, command line, bootstrap ramdisk) is the same\n"
		"PCR0 ~ kernel, cmdline, ramdisk[1], ramdisk[2]*: PCR0 differs because etc/motd in "
		"the customer ramdisk has other content\n"
		"PCR1 = kernel, cmdline, ramdisk[1]: PCR1 (kernel, command line, bootstrap "
		"ramdisk) is the same\n"
		"PCR2 ~ ramdisk[2]*: PCR2 differs because etc/motd in the customer ramdisk has "
		"other content\n"
		"PCR8 = : PCR8 is the same: neither is signed\n"
		"content PCR0,PCR2 1 ramdisk[2]!etc/motd: etc/motd in the customer ramdisk has "
		"other content\n");
}

static void
values_are_those_of_the_image_format(void **state)
{
	/* Computed with AWS's own code: kernel "kern", cmdline "cmd", ramdisks "rd1" and "rd2". */
	static const char *const want[] = {
		"0bf882026f87bc68d0b68316e378fdfff5106bbd0e1f163208550f7709decf5f"
		"5929b9e6bac8246e0a9d2656dc855915",
		"4dbea89de106cd1305711998e172eb78be9263bc650fafdd90fce2a1e2b34b27"
		"7a906e8646b1470e88a6f9cb083fe88d",
		"527132b945ad54d9d9e38fbb946695807519d45d711a9c6e66c578896999a6c6"
		"32e7875d54f96368451f2bfbd8d56eec",
	};
	struct measured_eif e = {
		.kernel = "kern",
		.cmdline = "cmd",
		.ramdisks = { HS_SPAN("rd1"), HS_SPAN("rd2") },
	};
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = measured_eif(&a, &e);
	struct compared c;

	(void)state;
	e.metadata = build_eif_metadata;
	compared_init(&c, x, measured_eif(&a, &e), NULL, NULL);
	assert_non_null(c.report.measurements);
	for (size_t i = 0; i < 3; i++) {
		assert_span(c.report.measurements->pcrs[i].a, want[i]);
		assert_span(c.report.measurements->pcrs[i].b, want[i]);
	}
	assert_true(c.report.measurements->same);
	compared_release(&c);
}

static void
bytes_that_cross_a_boundary_change_no_pcr(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct measured_eif x = { .kernel = "kernelab", .cmdline = "c" };
	const struct measured_eif y = { .kernel = "kernel", .cmdline = "abc" };
	const char *text = measure_both(&a, measured_eif(&a, &x), measured_eif(&a, &y));

	(void)state;
	hs_check_has(text, "All PCRs are the same: bytes only stand on the other side of a "
	                   "boundary between sections\n");
	hs_check_has(text, "PCR0 = kernel*, cmdline*: ");
	hs_check_has(text, "remark PCR0 and PCR1 are the same though not all sections are: ");
	hs_check_lacks(text, "cmdline PCR0");
}

static void
sections_in_another_order_are_a_cause(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span first = build_eif_bootstrap(&a);
	struct build_eif x = { .out.arena = &a }, y = { .out.arena = &a };
	const char *text;

	(void)state;
	build_eif_add(&x, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&x, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	build_eif_add(&x, HS_EIF_RAMDISK, first);
	build_eif_add(&y, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&y, HS_EIF_RAMDISK, first);
	build_eif_add(&y, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	text = measure_both(&a, build_eif_end(&x), build_eif_end(&y));
	hs_check_has(text, "section-order PCR0,PCR1 1 : the sections stand in another order: "
	                   "kernel, cmdline, ramdisk[1] in a; kernel, ramdisk[1], cmdline in b\n");
	hs_check_has(text, "; PCR2 (the other ramdisks) is the same\n");
}

/* As many as nobody would read, and as would take their square in memory. */
static void
an_order_is_told_of_no_more_sections_than_images_have(void **state)
{
	enum { MORE = 8 };
	RELEASED struct hs_arena a = { 0 };
	struct build_eif x = { .out.arena = &a }, y = { .out.arena = &a };
	const char *text;

	(void)state;
	build_eif_add(&x, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&x, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	build_eif_add(&y, HS_EIF_CMDLINE, HS_SPAN("cmdline"));
	build_eif_add(&y, HS_EIF_KERNEL, HS_SPAN("kernel"));
	for (int i = 0; i < HS_EIF_MAX_SECTIONS - 2 + MORE; i++) {
		build_eif_add(&x, HS_EIF_RAMDISK, HS_SPAN("r"));
		build_eif_add(&y, HS_EIF_RAMDISK, HS_SPAN("r"));
	}
	text = measure_both(&a, build_eif_end(&x), build_eif_end(&y));
	hs_check_has(text, ", ramdisk[30] and 8 more in a; cmdline, kernel, ramdisk[1], ");
}

static void
what_is_cut_is_not_measured_and_says_so(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = build_eif_usual(&a, "x");
	struct compared c;
	const struct hs_note *n;

	(void)state;
	compared_init(&c, whole, hs_span_head(whole, whole.len - 4), NULL, NULL);
	assert_null(c.report.measurements);
	for (n = c.report.root->notes; n && strcmp(n->code, "not-measured") != 0; n = n->next)
		;
	assert_non_null(n);
	assert_int_equal(n->side, 'b');
	hs_check_has(n->text, "PCRs cannot be computed: section 4 at offset ");
	compared_release(&c);
}

/* Every truncation either is measured or says why not; the comparison ends in any case. */
static void
every_truncation_is_answered(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = measured_eif(
		&a, &(struct measured_eif){ .ramdisks = { HS_SPAN("rd1"), HS_SPAN("rd2") } });

	(void)state;
	for (size_t n = 4; n < whole.len; n++) {
		struct compared c;
		bool told = false;

		compared_init(&c, whole, hs_span_head(whole, n), NULL, NULL);
		for (const struct hs_note *p = c.report.root->notes; p; p = p->next)
			told = told || strcmp(p->code, "not-measured") == 0;
		assert_true(told || c.report.measurements);
		compared_release(&c);
	}
}

static void
one_image_is_measured_beside_itself(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_eif_usual(&a, "x");
	struct compared c;
	const char *text;

	(void)state;
	compared_init(&c, file, file, NULL, NULL);
	assert_null(c.report.measurements);
	text = measured_text(&a, hs_measure_same(&c.run, &c.a, NULL));
	hs_check_has(text, "All PCRs are the same: the files are the same, byte for byte\n");
	hs_check_has(text, "PCR0 = kernel, cmdline, ramdisk[1], ramdisk[2]: ");
	compared_release(&c);
}

static void
other_files_have_no_measurements(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(measure_both(&a, build_eif_usual(&a, "x"), HS_SPAN("text\n")), "none");
	assert_string_equal(measure_both(&a, cpio_of(&a, "a=1"), cpio_of(&a, "a=2")), "none");
}

static void
a_node_is_measured_where_its_section_is(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_node *n;
	struct compared c;

	(void)state;
	compared_init(&c, build_eif_usual(&a, "x"), build_eif_usual(&a, "y"), NULL, NULL);
	assert_int_equal(hs_measured_in(c.report.measurements, c.report.root), 0);
	for (n = c.report.root; !hs_span_is(n->name, "rootfs/etc/hosts"); n = hs_node_next(n))
		;
	assert_int_equal(hs_measured_in(c.report.measurements, n), HS_PCR_BIT(0) | HS_PCR_BIT(2));
	assert_string_equal(hs_measured_section(c.report.measurements, n)->name, "ramdisk[2]");
	assert_int_equal(hs_measured_in(NULL, n), 0);
	compared_release(&c);
}

static void
trailers_are_the_same_but_for_the_number(void **state)
{
	(void)state;
	assert_true(hs_same_trailer(HS_SPAN("newc, inode 7, nlink 1"),
	                            HS_SPAN("newc, inode 12, nlink 1")));
	assert_false(hs_same_trailer(HS_SPAN("newc, inode 7, nlink 1"),
	                             HS_SPAN("newc, inode 12, nlink 2")));
	assert_false(hs_same_trailer(HS_SPAN("newc, inode 7, nlink 1"), HS_SPAN("newc, nlink 1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_pcr_is_told_with_the_sections_that_feed_it),
		cmocka_unit_test(values_are_those_of_the_image_format),
		cmocka_unit_test(bytes_that_cross_a_boundary_change_no_pcr),
		cmocka_unit_test(sections_in_another_order_are_a_cause),
		cmocka_unit_test(an_order_is_told_of_no_more_sections_than_images_have),
		cmocka_unit_test(what_is_cut_is_not_measured_and_says_so),
		cmocka_unit_test(every_truncation_is_answered),
		cmocka_unit_test(one_image_is_measured_beside_itself),
		cmocka_unit_test(other_files_have_no_measurements),
		cmocka_unit_test(a_node_is_measured_where_its_section_is),
		cmocka_unit_test(trailers_are_the_same_but_for_the_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
