/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What AWS's eif_build does. Its names of options differ (--kernel_config,
 * --signing-certificate, --output), it says "now" for the time of the build,
 * and some of what it is given has no effect: the version is the name in all
 * of its releases up to 0.3.1, and a kernel's .config takes the place of all
 * that options say of the build.
 */
#include "cli/commands.h"
#include "cli/eif_from.h"
#include "cli/eif_metadata.h"
#include "cli/eif_product.h"
#include "cli/file.h"
#include "cli/session.h"
#include "enclave/nitro_json.h"

#include <string.h>

/* An image that is made of its sections. */
struct assembling {
	const struct hs_cli *cli;
	const struct hs_env *env;
	struct hs_session session;
	struct hs_eif_product product;
	struct hs_operand inputs[HS_EIF_MAX_SECTIONS + 1]; /* the .config is no section */
	size_t n_inputs;
};

static enum hs_pcr_algo
algo_of(const struct hs_cli_eif *eif)
{
	if (eif->algo && strcmp(eif->algo, "sha256") == 0)
		return HS_PCR_SHA256;
	if (eif->algo && strcmp(eif->algo, "sha512") == 0)
		return HS_PCR_SHA512;
	return HS_PCR_SHA384;
}

static int
open_input(struct hs_span *out, struct assembling *a, const char *option, const char *file,
           struct hs_err *err)
{
	struct hs_operand *o = &a->inputs[a->n_inputs];

	if (hs_file_open(o, file, &a->session.run, err) < 0)
		return hs_fail_in(err, "--%s", option);
	a->n_inputs++;
	*out = o->blob->bytes;
	return hs_eif_product_refuse(&a->product, &o->st, err);
}

static int
add_file(struct assembling *a, enum hs_eif_type type, const char *file, struct hs_err *err)
{
	struct hs_span bytes;

	if (open_input(&bytes, a, hs_eif_type_name(type), file, err) < 0)
		return err->code;
	return hs_eif_product_add(&a->product, type, bytes, err);
}

/* The last part of a path. */
static struct hs_span
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return hs_span_of(slash ? slash + 1 : path);
}

static int
add_metadata(struct assembling *a, struct hs_err *err)
{
	const struct hs_cli_eif *eif = &a->cli->eif;
	struct hs_eif_metadata_order order = {
		.eif = eif,
		.env = a->env,
		.run = &a->session.run,
		.image_name = file_name(eif->kernel),
		.image_version = HS_SPAN("1.0"),
		.operating_system = HS_SPAN("OS"),
		.kernel_version = HS_SPAN("kernel"),
		.has_kernel_config = eif->kernel_config != NULL,
	};
	struct hs_span section;

	if (eif->kernel_config &&
	    open_input(&order.kernel_config, a, "kernel-config", eif->kernel_config, err) < 0)
		return err->code;
	if (hs_eif_metadata_make(&section, &a->product.arena, &order, err) < 0)
		return err->code;
	return hs_eif_product_add(&a->product, HS_EIF_METADATA, section, err);
}

static int
check_options(const struct hs_cli_eif *eif, struct hs_err *err)
{
	const size_t others = eif->certificate ? 4 : 3; /* kernel, cmdline, metadata, signature */

	if (!eif->kernel || !eif->cmdline || !eif->n_ramdisks)
		return hs_fail(err, HS_EUSAGE,
		               "it takes --kernel FILE, --cmdline TEXT and --ramdisk FILE, or "
		               "--from DIR");
	if (eif->n_ramdisks > HS_EIF_MAX_SECTIONS - others)
		return hs_fail(err, HS_EUSAGE, "of %zu ramdisks an enclave image has room for %zu",
		               eif->n_ramdisks, HS_EIF_MAX_SECTIONS - others);
	return 0;
}

/* Sections in the order of AWS's builder. */
static int
make_image(struct assembling *a, struct hs_err *err)
{
	const struct hs_cli_eif *eif = &a->cli->eif;
	struct hs_eif_product *p = &a->product;
	int rc = check_options(eif, err);

	if (rc == 0)
		rc = hs_eif_product_begin(p, a->cli, &a->session.run, err);
	if (rc < 0)
		return rc;
	p->algo = algo_of(eif);
	hs_eif_plan_init(&p->plan, eif->arch && strcmp(eif->arch, "aarch64") == 0);
	rc = add_file(a, HS_EIF_KERNEL, eif->kernel, err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_CMDLINE, hs_span_of(eif->cmdline), err);
	if (rc == 0)
		rc = add_metadata(a, err);
	for (size_t i = 0; rc == 0 && i < eif->n_ramdisks; i++)
		rc = add_file(a, HS_EIF_RAMDISK, eif->ramdisks[i], err);
	return rc == 0 ? hs_eif_product_finish(p, err) : rc;
}

static int
print(const struct hs_cli *cli, const struct hs_nitro_measurements *m, struct hs_err *err)
{
	FILE *out = hs_output_beside(cli->out_file);

	hs_nitro_print_bare(out, m);
	if (fflush(out) != 0)
		return hs_fail(err, HS_EIO, "%s cannot be written",
		               out == stdout ? "standard output" : "standard error");
	return 0;
}

static int
assemble_new(struct assembling *a, struct hs_err *err)
{
	struct hs_eif_product *p = &a->product;
	int rc = make_image(a, err);

	hs_progress_stop(&a->session.progress);
	if (rc == 0)
		rc = print(a->cli,
		           &(struct hs_nitro_measurements){
				   .algo = p->algo,
				   .pcrs = &p->pcrs,
				   .pcr8 = p->signing.wanted ? &p->pcr8 : NULL,
			   },
		           err);
	hs_eif_product_release(p);
	for (size_t i = 0; i < a->n_inputs; i++)
		hs_operand_release(&a->inputs[i]);
	return rc;
}

static int
write_image(const struct hs_cli *cli, const struct hs_pieces *image, struct hs_err *err)
{
	struct hs_output output;
	int rc;

	if (!cli->out_file)
		return 0;
	if (hs_output_open(&output, cli->out_file, err) < 0)
		return err->code;
	rc = hs_pieces_write(image, output.out, err);
	if (rc < 0)
		hs_fail_in_span(err, hs_span_of(cli->out_file));
	else
		rc = hs_output_commit(&output, cli->out_file, err);
	hs_output_drop(&output);
	return rc;
}

static int
assemble_from(struct assembling *a, struct hs_err *err)
{
	const enum hs_pcr_algo algo = algo_of(&a->cli->eif);
	struct hs_run *run = &a->session.run;
	struct hs_eif_from from;
	struct hs_pcrs pcrs;
	int rc = hs_eif_from_open(&from, a->cli, run, algo, err);

	if (rc == 0 && from.measured)
		rc = hs_pcrs_of_plan(&pcrs, run, &from.plan, algo, err);
	if (rc == 0)
		rc = write_image(a->cli, &from.image, err);
	hs_progress_stop(&a->session.progress);
	if (rc == 0 && from.measured)
		rc = print(a->cli,
		           &(struct hs_nitro_measurements){
				   .algo = algo,
				   .pcrs = &pcrs,
				   .pcr8 = from.has_pcr8 ? &from.pcr8 : NULL,
			   },
		           err);
	hs_eif_from_release(&from);
	return rc;
}

enum hs_exit
hs_cmd_eif_assemble(const struct hs_cli *cli, const struct hs_env *env)
{
	struct assembling a = { .cli = cli, .env = env };
	struct hs_err err;
	int rc = hs_session_open(&a.session, cli, env, 0, &err);

	if (rc == 0)
		rc = cli->eif.from ? assemble_from(&a, &err) : assemble_new(&a, &err);
	hs_session_release(&a.session);
	/* Nothing is made of what is damaged. */
	if (rc == HS_EFORMAT)
		err.code = HS_EUSAGE;
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
