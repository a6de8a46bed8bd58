/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/eif_blobs.h"
#include "cli/eif_metadata.h"
#include "cli/eif_product.h"
#include "cli/eif_ramdisk.h"
#include "cli/session.h"
#include "enclave/nitro_json.h"
#include "engine/customer.h"

/* What is open while one image is built. */
struct building {
	const struct hs_cli *cli;
	const struct hs_env *env;
	struct hs_session session;
	struct hs_customer customer;
	struct hs_eif_blobs blobs;
	struct hs_eif_product product;
	struct hs_pieces bootstrap;
	bool arm64;
};

static int
open_blobs(struct building *b, const char *arch, struct hs_err *err)
{
	const struct hs_eif_blobs_order order = {
		.eif = &b->cli->eif,
		.env = b->env,
		.arm64 = strcmp(arch, "aarch64") == 0,
	};
	int rc;

	b->arm64 = order.arm64;
	rc = hs_eif_blobs_open(&b->blobs, &order, &b->session.run, err);
	for (size_t i = 0; i < b->blobs.n_files && rc == 0; i++)
		rc = hs_eif_product_refuse(&b->product, &b->blobs.files[i].st, err);
	return rc;
}

/* All that needs no look at the image: the work is not begun in vain. */
static int
begin(struct building *b, struct hs_err *err)
{
	const struct hs_eif_blobs_order order = { .eif = &b->cli->eif, .env = b->env };
	int rc = hs_eif_blobs_check_folder(&order, err);

	if (rc == 0)
		rc = hs_eif_product_begin(&b->product, b->cli, &b->session.run, err);
	if (rc == 0 && b->cli->eif.arch)
		rc = open_blobs(b, b->cli->eif.arch, err);
	return rc;
}

/* The image's, which --arch can only state where the image does not. */
static int
settle_arch(const struct building *b, const char **arch, struct hs_err *err)
{
	const char *asked = b->cli->eif.arch, *stated = b->customer.command.arch;

	if (asked && stated && strcmp(asked, stated) != 0)
		return hs_fail(err, HS_EUSAGE, "the image is for %s, and --arch says %s", stated,
		               asked);
	if (!asked && !stated)
		return hs_fail(err, HS_EUSAGE,
		               "the image states no architecture that enclaves have (amd64 or "
		               "arm64): --arch says which");
	*arch = stated ? stated : asked;
	return 0;
}

static int
make_customer(struct building *b, struct hs_err *err)
{
	const struct hs_operand *image = &b->session.operands[0];
	/* As for eif ramdisk customer. That of --build-time is in no measurement; this one is. */
	const int64_t implied_time = b->env->has_epoch ? b->env->epoch : 0;
	const char *arch = NULL;
	int rc = hs_customer_make(&b->customer, &b->session.run, image, implied_time, err);

	if (rc == 0)
		rc = settle_arch(b, &arch, err);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(image->name));
	return b->cli->eif.arch ? 0 : open_blobs(b, arch, err);
}

static int
add_metadata(struct building *b, struct hs_err *err)
{
	const struct hs_eif_metadata_order order = {
		.eif = &b->cli->eif,
		.env = b->env,
		.run = &b->session.run,
		.image_name = b->customer.name,
		.image_version = b->customer.image_id,
		.operating_system = HS_SPAN("Unknown"),
		.kernel_version = HS_SPAN("Unknown"),
		.kernel_config = b->blobs.bytes[HS_EIF_BLOB_CONFIG],
		.has_kernel_config = b->blobs.has[HS_EIF_BLOB_CONFIG],
	};
	struct hs_span section;
	int rc = hs_eif_metadata_make(&section, &b->product.arena, &order, err);

	return rc == 0 ? hs_eif_product_add(&b->product, HS_EIF_METADATA, section, err) : rc;
}

/* The sections in nitro-cli's order. */
static int
assemble(struct building *b, struct hs_err *err)
{
	struct hs_eif_product *p = &b->product;
	const struct hs_span *blobs = b->blobs.bytes;
	int rc;

	b->bootstrap.arena = &p->arena;
	hs_ramdisk_bootstrap(&b->bootstrap, blobs[HS_EIF_BLOB_INIT], blobs[HS_EIF_BLOB_NSM]);
	hs_eif_plan_init(&p->plan, b->arm64);
	rc = hs_eif_product_add(p, HS_EIF_KERNEL, blobs[HS_EIF_BLOB_KERNEL], err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_CMDLINE, blobs[HS_EIF_BLOB_CMDLINE], err);
	if (rc == 0)
		rc = add_metadata(b, err);
	if (rc == 0)
		rc = hs_eif_plan_add(&p->plan, HS_EIF_RAMDISK, &b->bootstrap, err);
	if (rc == 0)
		rc = hs_eif_plan_add(&p->plan, HS_EIF_RAMDISK, &b->customer.ramdisk, err);
	return rc;
}

static void
say_remarks(const struct building *b)
{
	const struct hs_cli_eif *eif = &b->cli->eif;
	const char *image = b->cli->operands[0];

	hs_say_ramdisk_remarks(image, &b->customer.exported.remarks);
	hs_say_ramdisk_remarks(image, &b->customer.command.remarks);
	if (!b->blobs.has[HS_EIF_BLOB_CONFIG] && (!eif->img_os || !eif->img_kernel))
		hs_say_trouble("the kernel has no .config beside it: the metadata cannot say its "
		               "version (--kernel-config)");
}

static int
print_measurements(const struct building *b, struct hs_err *err)
{
	const struct hs_eif_product *p = &b->product;
	const struct hs_nitro_measurements m = {
		.algo = p->algo,
		.pcrs = &p->pcrs,
		.pcr8 = p->signing.wanted ? &p->pcr8 : NULL,
	};
	FILE *out = hs_output_beside(b->cli->out_file);

	hs_nitro_print_measurements(out, &m);
	if (fflush(out) != 0)
		return hs_fail(err, HS_EIO, "%s cannot be written",
		               out == stdout ? "standard output" : "standard error");
	return 0;
}

enum hs_exit
hs_cmd_eif_build(const struct hs_cli *cli, const struct hs_env *env)
{
	struct building b = { .cli = cli, .env = env };
	struct hs_err err;
	int rc = hs_session_open(&b.session, cli, env, 1, &err);

	if (rc == 0)
		rc = begin(&b, &err);
	if (rc == 0)
		rc = make_customer(&b, &err);
	if (rc == 0)
		rc = assemble(&b, &err);
	if (rc == 0)
		rc = hs_eif_product_finish(&b.product, &err);
	hs_progress_stop(&b.session.progress);
	if (rc == 0)
		say_remarks(&b);
	if (rc == 0)
		rc = print_measurements(&b, &err);
	hs_eif_product_release(&b.product);
	hs_customer_release(&b.customer);
	hs_eif_blobs_release(&b.blobs);
	hs_session_release(&b.session);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
