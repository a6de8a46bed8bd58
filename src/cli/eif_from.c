/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_from.h"

#include "cli/eif_layout.h"
#include "cli/file.h"
#include "cli/output.h"
#include "cli/say.h"
#include "enclave/signature.h"

/* Options that say what the folder says already. */
static int
check_options(const struct hs_cli_eif *eif, struct hs_err *err)
{
	const struct {
		const char *name;
		bool given;
	} others[] = {
		{ "kernel", eif->kernel != NULL },
		{ "kernel-config", eif->kernel_config != NULL },
		{ "cmdline", eif->cmdline != NULL },
		{ "ramdisk", eif->n_ramdisks > 0 },
		{ "arch", eif->arch != NULL },
		{ "name", eif->name != NULL },
		{ "version", eif->version != NULL },
		{ "metadata", eif->metadata != NULL },
		{ "docker-info", eif->docker_info != NULL },
		{ "build-time", eif->build_time != NULL },
		{ "build-tool", eif->build_tool != NULL },
		{ "build-tool-version", eif->build_tool_version != NULL },
		{ "img-os", eif->img_os != NULL },
		{ "img-kernel", eif->img_kernel != NULL },
		{ "certificate", eif->certificate != NULL },
		{ "private-key", eif->private_key != NULL },
		{ "signer", eif->signer != NULL },
		{ "deterministic", eif->deterministic },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].given)
			return hs_fail(err, HS_EUSAGE,
			               "--from takes all from the folder, and --%s has no place "
			               "beside it",
			               others[i].name);
	return 0;
}

/* Writing a part of an image over with all of it would make it one of another. */
static int
refuse_output(const struct hs_eif_from *f, const struct stat *file, struct hs_err *err)
{
	const char *out = f->cli->out_file;
	struct stat st;

	if (!out || hs_output_is_standard(out) || stat(out, &st) != 0)
		return 0;
	if (!S_ISREG(st.st_mode) || st.st_dev != file->st_dev || st.st_ino != file->st_ino)
		return 0;
	return hs_fail(err, HS_EUSAGE, "-o would write over what it is made of");
}

static int
open_in_folder(struct hs_span *out, struct hs_eif_from *f, const char *name, struct hs_err *err)
{
	struct hs_eif_from_file *file = hs_arena_alloc(&f->arena, sizeof(*file));

	if (hs_file_open(&file->operand,
	                 hs_arena_printf(&f->arena, "%s/%s", f->cli->eif.from, name), f->run,
	                 err) < 0)
		return hs_fail_in(err, "--from");
	file->next = f->files;
	f->files = file;
	*out = file->operand.blob->bytes;
	return refuse_output(f, &file->operand.st, err);
}

static int
open_layout(struct hs_eif_layout *layout, struct hs_eif_from *f, struct hs_err *err)
{
	struct hs_span text;

	if (open_in_folder(&text, f, "layout.json", err) < 0)
		return err->code;
	if (hs_eif_layout_read(layout, &f->arena, text, err) < 0)
		return hs_fail_in(err, "--from: layout.json");
	for (size_t i = 0; i < layout->n_parts; i++)
		if (open_in_folder(&layout->parts[i].data, f, layout->parts[i].file, err) < 0)
			return err->code;
	return 0;
}

/* What the PCRs cover, in its order. False for more than a plan has room for. */
static bool
plan_measured(struct hs_eif_from *f, const struct hs_eif *eif)
{
	struct hs_err full;

	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];
		struct hs_pieces data = { .arena = &f->arena };

		if (s->raw_type != HS_EIF_KERNEL && s->raw_type != HS_EIF_CMDLINE &&
		    s->raw_type != HS_EIF_RAMDISK)
			continue;
		hs_pieces_add(&data, s->data);
		if (hs_eif_plan_add(&f->plan, (enum hs_eif_type)s->raw_type, &data, &full) < 0)
			return false;
	}
	return true;
}

/* PCR8 of the signature that is there; one that cannot be read has none. */
static void
measure_certificate(struct hs_eif_from *f, const struct hs_eif *eif, enum hs_pcr_algo algo)
{
	const struct hs_eif_section *section = NULL;
	struct hs_signature signature;
	struct hs_err why;

	for (size_t i = 0; i < eif->n_sections && !section; i++)
		if (eif->sections[i].raw_type == HS_EIF_SIGNATURE)
			section = &eif->sections[i];
	if (!section)
		return;
	f->has_pcr8 = hs_signature_read(&signature, &f->arena, section->data, &why) == 0;
	if (f->has_pcr8)
		f->pcr8 = hs_pcr_of_bytes(signature.certificate.der, algo);
	else
		hs_say_trouble("there is no PCR8: %s", why.text);
	hs_signature_release(&signature);
}

int
hs_eif_from_open(struct hs_eif_from *f, const struct hs_cli *cli, struct hs_run *run,
                 enum hs_pcr_algo algo, struct hs_err *err)
{
	struct hs_eif_layout layout;

	*f = (struct hs_eif_from){ .cli = cli, .run = run };
	f->image.arena = &f->arena;
	if (check_options(&cli->eif, err) < 0 || open_layout(&layout, f, err) < 0)
		return err->code;
	hs_eif_layout_make(&f->image, &layout);
	f->measured = plan_measured(f, &layout.eif);
	if (f->measured)
		measure_certificate(f, &layout.eif, algo);
	else
		hs_say_trouble("more sections are measured than the %d that an enclave image has "
		               "room for: no measurements are printed",
		               HS_EIF_MAX_SECTIONS);
	return 0;
}

void
hs_eif_from_release(struct hs_eif_from *f)
{
	for (struct hs_eif_from_file *file = f->files; file; file = file->next)
		hs_operand_release(&file->operand);
	hs_arena_release(&f->arena);
}
