/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "build_image.h"
#include "build_oci_archive.h"
#include "check_text.h"
#include "engine/compare.h"
#include "engine/rebuild.h"
#include "measured.h"
#include "scratch.h"

enum { NO_TIME = 5 };

/* An image of one layer with these words, rebuilt beside an enclave image. */
struct rebuilt {
	struct hs_arena arena;
	struct hs_operand image;
	struct hs_rebuilt made;
	struct hs_err err;
	int rc;
};

static void
begin(struct rebuilt *r, const char *words, struct hs_rebuild *order)
{
	struct hs_span layer;
	const struct archive_image image = {
		.layers = &layer,
		.n_layers = 1,
		.config = ",\"config\":{\"Cmd\":[\"/app\"]}",
	};

	*r = (struct rebuilt){ .arena = { 0 } };
	layer = build_layer(&r->arena, words);
	assert_int_equal(hs_operand_open(&r->image,
	                                 scratch_file("image", archive_of_image(&r->arena, &image)),
	                                 &scratch_run, &r->err),
	                 0);
	order->image = &r->image;
	order->implied_time = NO_TIME;
	r->rc = hs_rebuild(&r->made, &scratch_run, order, &r->err);
}

static void
end(struct rebuilt *r)
{
	hs_blob_unref(r->made.file);
	hs_operand_release(&r->image);
	hs_arena_release(&r->arena);
}

/* What a comparison of the image (a) with that enclave image (b) comes to. */
static const char *
text_of(struct rebuilt *r, struct hs_span eif, bool whole)
{
	const struct hs_measure_rebuilt rebuilt = {
		.side = 'a',
		.whole = whole,
		.implied_time = NO_TIME,
		.image = "IMAGE",
		.eif = "EIF",
	};
	const struct hs_compare_options options = { .rebuilt = &rebuilt };
	struct compared c;
	const char *text;

	assert_int_equal(r->rc, 0);
	compared_init(&c, r->made.file->bytes, eif, &options, NULL);
	text = measured_text(&r->arena, c.report.measurements);
	compared_release(&c);
	return text;
}

static struct hs_span
eif_of(struct hs_arena *a, struct hs_span ramdisk)
{
	struct build_eif b = { .out.arena = a };

	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("reboot=k"));
	build_eif_add(&b, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&b, HS_EIF_RAMDISK, build_eif_bootstrap(a));
	build_eif_add(&b, HS_EIF_RAMDISK, ramdisk);
	return build_eif_end(&b);
}

/* The customer ramdisk that is in a rebuilt file. */
static struct hs_span
ramdisk_in(struct rebuilt *r)
{
	struct hs_eif eif;

	assert_int_equal(hs_eif_read(&eif, &r->arena, r->made.file->bytes, &r->err), 0);
	assert_int_equal(eif.n_problems, 1); /* there is no metadata */
	return hs_eif_find(&eif, HS_EIF_RAMDISK, 2)->data;
}

static void
an_image_is_what_an_enclave_runs(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_rebuild order = { .eif = eif_of(&a, HS_SPAN("none")) };
	struct rebuilt r;

	(void)state;
	begin(&r, "app%755@7=run etc/@9", &order);
	assert_int_equal(r.rc, 0);
	assert_string_equal(r.made.format, "oci-archive");
	assert_string_equal(text_of(&r, eif_of(&a, ramdisk_in(&r)), false),
	                    "EIF runs what IMAGE holds: PCR2 is the same\n"
	                    "PCR2 = ramdisk[2]: PCR2 (customer ramdisk) is the same\n");
	end(&r);
}

static void
only_pcr2_is_told_where_the_rest_was_borrowed(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_rebuild order = { .eif = eif_of(&a, HS_SPAN("none")) };
	struct rebuilt x, y;

	(void)state;
	begin(&x, "app%755@7=run", &order);
	begin(&y, "app%755@7=stop", &order);
	assert_string_equal(text_of(&y, eif_of(&a, ramdisk_in(&x)), false),
	                    "PCR2 differs because rootfs/app in the customer ramdisk has other "
	                    "content\n"
	                    "PCR2 ~ ramdisk[2]*: PCR2 differs because rootfs/app in the customer "
	                    "ramdisk has other content\n"
	                    "content PCR2 1 ramdisk[2]!rootfs/app: rootfs/app in the customer "
	                    "ramdisk has other content\n");
	end(&x);
	end(&y);
}

static void
times_that_no_layer_has_are_told_apart(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_rebuild order = { .eif = eif_of(&a, HS_SPAN("none")) };
	struct rebuilt x, y;
	const char *text;

	(void)state;
	begin(&x, "opt/@9%755 opt/x/@9%755 opt/x/f@7=1", &order);
	begin(&y, "opt/x/f@7=1", &order);
	text = text_of(&y, eif_of(&a, ramdisk_in(&x)), false);
	hs_check_has(text, "PCR2 differs because the times of 2 directories in the customer "
	                   "ramdisk that no layer lists (rootfs/opt and 1 more) are those of an "
	                   "extraction, which cannot be made again; all else in it is the same\n");
	hs_check_has(text, "\nimplied-times PCR2 2 ramdisk[2]!rootfs/opt: ");
	end(&x);
	end(&y);
}

static void
with_all_its_parts_all_pcrs_are_compared(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_pieces kernel = { .arena = &a }, cmdline = { .arena = &a },
			 first = { .arena = &a };
	struct hs_rebuild order = {
		.eif = eif_of(&a, HS_SPAN("none")),
		.kernel = &kernel,
		.cmdline = &cmdline,
		.first = &first,
	};
	struct rebuilt r;

	(void)state;
	hs_pieces_add(&kernel, HS_SPAN("kernel"));
	hs_pieces_add(&cmdline, HS_SPAN("reboot=k"));
	hs_pieces_add(&first, build_eif_bootstrap(&a));
	begin(&r, "app%755@7=run", &order);
	hs_check_has(text_of(&r, eif_of(&a, ramdisk_in(&r)), true),
	             "EIF runs what IMAGE holds: PCR0, PCR1 and PCR2 are the same\n"
	             "PCR0 = kernel, cmdline, ramdisk[1], ramdisk[2]: ");
	end(&r);
	hs_pieces_add(&cmdline, HS_SPAN(" quiet"));
	begin(&r, "app%755@7=run", &order);
	hs_check_has(text_of(&r, eif_of(&a, ramdisk_in(&r)), true),
	             "PCR0 and PCR1 differ because the kernel command line has quiet only in a; "
	             "PCR2 (customer ramdisk) is the same\n");
	end(&r);
}

static void
what_is_no_image_is_refused(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_rebuild order = { .eif = eif_of(&a, HS_SPAN("none")) };
	struct hs_operand text;
	struct hs_rebuilt made = { .file = NULL };
	struct hs_err err;

	(void)state;
	assert_int_equal(
		hs_operand_open(&text, scratch_file("text", HS_SPAN("text\n")), &scratch_run, &err),
		0);
	order.image = &text;
	assert_true(hs_rebuild(&made, &scratch_run, &order, &err) < 0);
	assert_null(made.file);
	hs_operand_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_image_is_what_an_enclave_runs),
		cmocka_unit_test(only_pcr2_is_told_where_the_rest_was_borrowed),
		cmocka_unit_test(times_that_no_layer_has_are_told_apart),
		cmocka_unit_test(with_all_its_parts_all_pcrs_are_compared),
		cmocka_unit_test(what_is_no_image_is_refused),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
