/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "cli/eif_product.h"
#include "engine/operand.h"
#include "scratch.h"

static int
make(struct hs_eif_product *p, const struct hs_cli *cli, struct hs_err *err)
{
	int rc = hs_eif_product_begin(p, cli, &scratch_run, err);

	hs_eif_plan_init(&p->plan, false);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_KERNEL, HS_SPAN("kern"), err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_CMDLINE, HS_SPAN("cmd"), err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_RAMDISK, HS_SPAN("rd1"), err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_RAMDISK, HS_SPAN("rd2"), err);
	return rc == 0 ? hs_eif_product_finish(p, err) : rc;
}

/* The values of AWS's builder for these sections. */
static void
what_is_made_is_measured_and_written(void **state)
{
	struct hs_cli cli = { .verb = &hs_verbs[HS_VERB_EIF_ASSEMBLE] };
	struct hs_eif_product p;
	struct hs_arena arena = { 0 };
	struct hs_operand o;
	struct hs_eif eif;
	struct hs_err err;
	char hex[HS_PCR_HEX];

	(void)state;
	assert_int_equal(make(&p, &cli, &err), 0);
	assert_string_equal(hs_pcr_hex(hex, &p.pcrs.pcr[2]),
	                    "527132b945ad54d9d9e38fbb946695807519d45d711a9c6e66c578896999a6c6"
	                    "32e7875d54f96368451f2bfbd8d56eec");
	hs_eif_product_release(&p);
	cli.out_file = scratch_path("x.eif");
	assert_int_equal(make(&p, &cli, &err), 0);
	hs_eif_product_release(&p);
	assert_int_equal(hs_operand_open(&o, scratch_path("x.eif"), &scratch_run, &err), 0);
	assert_int_equal(hs_eif_read(&eif, &arena, o.blob->bytes, &err), 0);
	assert_int_equal(eif.n_sections, 4);
	assert_span(eif.sections[3].data, "rd2");
	assert_int_equal(hs_eif_crc(o.blob->bytes), eif.crc);
	assert_int_equal(hs_eif_product_begin(&p, &cli, &scratch_run, &err), 0);
	assert_int_equal(hs_eif_product_refuse(&p, &o.st, &err), HS_EUSAGE);
	assert_string_equal(err.text, "-o would write over what it is made of");
	hs_eif_product_release(&p);
	hs_operand_release(&o);
	hs_arena_release(&arena);
}

static void
what_cannot_be_signed_is_refused_before_anything_is_made(void **state)
{
	struct hs_cli cli = {
		.verb = &hs_verbs[HS_VERB_EIF_ASSEMBLE],
		.out_file = scratch_path("never.eif"),
		.eif.certificate = "/nonexistent/certificate.pem",
		.eif.private_key = "/nonexistent/key.pem",
	};
	struct hs_eif_product p;
	struct hs_err err;

	(void)state;
	assert_true(hs_eif_product_begin(&p, &cli, &scratch_run, &err) < 0);
	assert_non_null(strstr(err.text, "/nonexistent/"));
	hs_eif_product_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_made_is_measured_and_written),
		cmocka_unit_test(what_cannot_be_signed_is_refused_before_anything_is_made),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
