/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_product.h"

#include "cli/publish.h"

int
hs_eif_product_begin(struct hs_eif_product *p, const struct hs_cli *cli, struct hs_run *run,
                     struct hs_err *err)
{
	const char *file = cli->out_file;
	int rc;

	*p = (struct hs_eif_product){ .cli = cli, .run = run };
	rc = hs_eif_signing_open(&p->signing, cli, run, err);
	if (rc == 0)
		rc = hs_refuse_option(file, "--metadata", cli->eif.metadata, err);
	if (rc == 0)
		rc = hs_refuse_option(file, "--docker-info", cli->eif.docker_info, err);
	if (rc < 0 || !file)
		return rc;
	if (!hs_output_is_standard(file) && hs_refuse_operand(cli, file, err) < 0)
		return err->code;
	return hs_output_open(&p->output, file, err);
}

int
hs_eif_product_refuse(const struct hs_eif_product *p, const struct stat *file, struct hs_err *err)
{
	const char *name = p->cli->out_file;
	struct stat st;

	if (!name || hs_output_is_standard(name) || stat(name, &st) != 0)
		return 0;
	if (!S_ISREG(st.st_mode) || st.st_dev != file->st_dev || st.st_ino != file->st_ino)
		return 0;
	return hs_fail(err, HS_EUSAGE, "-o would write over what it is made of");
}

int
hs_eif_product_add(struct hs_eif_product *p, enum hs_eif_type type, struct hs_span bytes,
                   struct hs_err *err)
{
	struct hs_pieces data = { .arena = &p->arena };

	hs_pieces_add(&data, bytes);
	return hs_eif_plan_add(&p->plan, type, &data, err);
}

/* A signature is over PCR0 as enclaves have it, whatever hash was asked for. */
static int
sign(struct hs_eif_product *p, struct hs_err *err)
{
	struct hs_pcrs pcrs = p->pcrs;
	struct hs_span section;
	int rc = 0;

	if (p->algo != HS_PCR_SHA384)
		rc = hs_pcrs_of_plan(&pcrs, p->run, &p->plan, HS_PCR_SHA384, err);
	if (rc == 0)
		rc = hs_signature_make(&section, &p->arena, &p->signing.by, &pcrs.pcr[0], err);
	if (rc == 0)
		rc = hs_eif_product_add(p, HS_EIF_SIGNATURE, section, err);
	p->pcr8 = hs_pcr_of_bytes(p->signing.certificate.der, p->algo);
	return rc;
}

static int
write_file(struct hs_eif_product *p, struct hs_err *err)
{
	const char *name = p->cli->out_file;
	struct hs_pieces file = { .arena = &p->arena };

	if (!name)
		return 0;
	atomic_store(&p->run->stage, "writing");
	hs_eif_plan_make(&file, &p->plan);
	if (hs_pieces_write(&file, p->output.out, err) < 0)
		return hs_fail_in_span(err, hs_span_of(name));
	return hs_output_commit(&p->output, name, err);
}

int
hs_eif_product_finish(struct hs_eif_product *p, struct hs_err *err)
{
	int rc;

	atomic_store(&p->run->stage, "measuring");
	rc = hs_pcrs_of_plan(&p->pcrs, p->run, &p->plan, p->algo, err);
	if (rc == 0 && p->signing.wanted)
		rc = sign(p, err);
	return rc == 0 ? write_file(p, err) : rc;
}

void
hs_eif_product_release(struct hs_eif_product *p)
{
	hs_output_drop(&p->output);
	hs_eif_signing_release(&p->signing);
	hs_arena_release(&p->arena);
}
