/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/eif_signing.h"
#include "cli/output.h"
#include "cli/session.h"
#include "enclave/eif_writer.h"
#include "enclave/nitro_json.h"

/* What is open while one image is signed. */
struct eif_sign {
	const struct hs_cli *cli;
	struct hs_session session;
	struct hs_eif_signing signing;
	struct hs_output output;
	struct hs_arena arena; /* of what follows */
	struct hs_eif eif;
	struct hs_pcrs pcrs;
	struct hs_span section; /* the new signature */
	struct hs_pieces file;
};

static int
check_options(const struct hs_cli *cli, struct hs_err *err)
{
	if (!cli->eif.certificate || (!cli->eif.private_key && !cli->eif.signer))
		return hs_fail(err, HS_EUSAGE,
		               "--certificate PEM and --private-key PEM or --signer COMMAND are "
		               "needed");
	if (!cli->out_file)
		return hs_fail(err, HS_EUSAGE, "-o FILE is needed; it may be the image itself");
	return 0;
}

/* What cannot be signed so that it stays what it is. */
static int
check_signable(const struct eif_sign *s, struct hs_err *err)
{
	const struct hs_eif *const eif = &s->eif;

	if (hs_eif_find(eif, HS_EIF_SIGNATURE, 2))
		return hs_fail(err, HS_EUSAGE,
		               "it has more than one signature, of which none can "
		               "be replaced alone");
	if (eif->n_sections == 0)
		return hs_fail(err, HS_EUSAGE, "it has no sections");
	if (eif->n_sections + (hs_eif_find(eif, HS_EIF_SIGNATURE, 1) ? 0 : 1) > HS_EIF_MAX_SECTIONS)
		return hs_fail(err, HS_EUSAGE, "it has %zu sections, and no room for a signature",
		               eif->n_sections);
	if (eif->version < 3 && !s->cli->eif.lenient)
		return hs_fail(err, HS_EUSAGE,
		               "its version is %u, and an image has a signature from version 3 on",
		               eif->version);
	return 0;
}

/* hs_eif_check(), but that what is wrong with the place of the old signature will be put right. */
static int
check_image(const struct eif_sign *s, struct hs_err *err)
{
	const struct hs_eif_section *const old = hs_eif_find(&s->eif, HS_EIF_SIGNATURE, 1);
	const bool lenient = s->cli->eif.lenient;

	for (size_t i = 0; i < s->eif.n_problems; i++) {
		const struct hs_eif_problem *const p = &s->eif.problems[i];
		const bool replaced = old && p->section == (size_t)(old - s->eif.sections) &&
		                      strcmp(p->code, "eif-size-table") == 0;

		if (!replaced && (!lenient || p->aws_refuses))
			return hs_fail(err, HS_EUSAGE, "%s", p->text);
	}
	if (!lenient && hs_eif_crc_problem(err, &s->eif, s->pcrs.crc))
		return err->code = HS_EUSAGE;
	return 0;
}

static int
read_image(struct eif_sign *s, struct hs_err *err)
{
	const struct hs_operand *const o = &s->session.operands[0];
	struct hs_run *const run = &s->session.run;
	int rc = o->blob ? hs_eif_expect(o->blob->bytes, s->cli->eif.lenient, err)
	                 : hs_fail(err, HS_EUSAGE, "it is a directory");

	if (rc == 0)
		rc = hs_eif_read(&s->eif, &s->arena, o->blob->bytes, err);
	if (rc == 0)
		rc = check_signable(s, err);
	if (rc == 0)
		rc = hs_pcrs_of_eif(&s->pcrs, run, hs_pool_main(run->pool), &s->eif, err);
	if (rc == 0)
		rc = check_image(s, err);
	/* Nothing is read in part here: it is signed or it is not. */
	return rc == HS_EFORMAT ? (err->code = HS_EUSAGE) : rc;
}

/* Where the new section stands in the file, and how much of it it replaces. */
struct place {
	uint64_t offset, replaced;
	size_t index; /* among the sections */
};

static struct place
place_of(const struct hs_eif *eif)
{
	const struct hs_eif_section *const old = hs_eif_find(eif, HS_EIF_SIGNATURE, 1);
	const struct hs_eif_section *const last = &eif->sections[eif->n_sections - 1];

	if (old)
		return (struct place){ old->offset, HS_EIF_SECTION_HEADER + old->size,
			               (size_t)(old - eif->sections) };
	return (struct place){ last->offset + HS_EIF_SECTION_HEADER + last->size, 0,
		               eif->n_sections };
}

/* The tables, made of the sections: what they said before does not count. */
static void
fill_tables(struct hs_eif *header, const struct hs_eif *eif, struct place p, uint64_t size)
{
	const size_t n = eif->n_sections + (p.replaced == 0 ? 1 : 0);
	const uint64_t more = HS_EIF_SECTION_HEADER + size - p.replaced;

	memset(header->offsets, 0, sizeof(header->offsets));
	memset(header->sizes, 0, sizeof(header->sizes));
	header->n_claimed = (uint16_t)n;
	for (size_t i = 0; i < n; i++) {
		const struct hs_eif_section *const s = i == p.index ? NULL : &eif->sections[i];

		header->offsets[i] = s ? s->offset + (i > p.index ? more : 0) : p.offset;
		header->sizes[i] = s ? s->size : size;
	}
}

/* The image with the section in it: all other bytes but tables, count and CRC are as they were. */
static void
compose(struct eif_sign *s)
{
	uint8_t *const header = hs_arena_alloc(&s->arena, HS_EIF_HEADER);
	uint8_t *const head = hs_arena_alloc(&s->arena, HS_EIF_SECTION_HEADER);
	const struct place p = place_of(&s->eif);
	const struct hs_span all = s->eif.file;
	struct hs_eif changed = s->eif;

	fill_tables(&changed, &s->eif, p, s->section.len);
	hs_eif_put_section_header(head, HS_EIF_SIGNATURE, 0, s->section.len);
	s->file.arena = &s->arena;
	hs_pieces_add(&s->file, (struct hs_span){ header, HS_EIF_HEADER });
	hs_pieces_add(&s->file, hs_span_from(hs_span_head(all, p.offset), HS_EIF_HEADER));
	hs_pieces_add(&s->file, (struct hs_span){ head, HS_EIF_SECTION_HEADER });
	hs_pieces_add(&s->file, s->section);
	hs_pieces_add(&s->file, hs_span_from(all, p.offset + p.replaced));
	hs_eif_put_header(header, &changed);
	changed.crc = hs_eif_crc_of_pieces(&s->file);
	hs_eif_put_header(header, &changed);
}

static int
write_image(struct eif_sign *s, struct hs_err *err)
{
	const char *const file = s->cli->out_file;

	if (hs_output_open(&s->output, file, err) < 0)
		return err->code;
	if (hs_pieces_write(&s->file, s->output.out, err) < 0)
		return hs_fail_in_span(err, hs_span_of(file));
	return hs_output_commit(&s->output, file, err);
}

static int
sign(struct eif_sign *s, struct hs_err *err)
{
	int rc = read_image(s, err);

	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(s->cli->operands[0]));
	rc = hs_signature_make(&s->section, &s->arena, &s->signing.by, &s->pcrs.pcr[0], err);
	if (rc < 0)
		return rc;
	compose(s);
	return write_image(s, err);
}

static void
print_measurements(const struct eif_sign *s)
{
	const struct hs_pcr pcr8 = hs_pcr_of_bytes(s->signing.certificate.der, HS_PCR_SHA384);
	const struct hs_nitro_measurements m = { HS_PCR_SHA384, &s->pcrs, &pcr8 };

	hs_nitro_print_measurements(hs_output_beside(s->cli->out_file), &m);
}

enum hs_exit
hs_cmd_eif_sign(const struct hs_cli *cli, const struct hs_env *env)
{
	struct eif_sign s = { .cli = cli };
	struct hs_err err;
	int rc;

	if (check_options(cli, &err) < 0)
		return hs_say_err(&err);
	rc = hs_session_open(&s.session, cli, env, 1, &err);
	if (rc == 0)
		rc = hs_eif_signing_open(&s.signing, cli, &s.session.run, &err);
	if (rc == 0)
		rc = sign(&s, &err);
	hs_progress_stop(&s.session.progress);
	if (rc == 0)
		print_measurements(&s);
	hs_output_drop(&s.output);
	hs_eif_signing_release(&s.signing);
	hs_session_release(&s.session);
	hs_arena_release(&s.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
