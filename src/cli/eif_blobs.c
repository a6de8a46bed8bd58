/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_blobs.h"

#include "cli/file.h"
#include "cli/say.h"
#include "core/escape.h"

#include <sys/stat.h>

#define PACKAGE_FOLDER "/usr/share/nitro_enclaves/blobs"

/* A blob: its file on each architecture, and the option that takes its place. */
struct row {
	const char *names[2]; /* x86_64, aarch64 */
	const char *option;
};

static const struct row rows[HS_N_EIF_BLOBS] = {
	[HS_EIF_BLOB_KERNEL] = { { "bzImage", "Image" }, "--kernel" },
	[HS_EIF_BLOB_CONFIG] = { { "bzImage.config", "Image.config" }, "--kernel-config" },
	[HS_EIF_BLOB_CMDLINE] = { { "cmdline", "cmdline" }, "--cmdline" },
	[HS_EIF_BLOB_INIT] = { { "init", "init" }, "--init" },
	[HS_EIF_BLOB_NSM] = { { "nsm.ko", "nsm.ko" }, "--nsm" },
};

/* What the option of a blob says: a file, but for the command line; or NULL. */
static const char *
option_of(const struct hs_cli_eif *eif, enum hs_eif_blob blob)
{
	switch (blob) {
	case HS_EIF_BLOB_KERNEL:
		return eif->kernel;
	case HS_EIF_BLOB_CONFIG:
		return eif->kernel_config;
	case HS_EIF_BLOB_CMDLINE:
		return eif->cmdline;
	case HS_EIF_BLOB_INIT:
		return eif->init;
	default:
		return eif->nsm;
	}
}

/* The folder, and who says so. */
static const char *
folder_of(const struct hs_eif_blobs_order *order, const char **who)
{
	if (order->eif->blobs) {
		*who = "--blobs";
		return order->eif->blobs;
	}
	if (order->env->blobs) {
		*who = "$NITRO_CLI_BLOBS";
		return order->env->blobs;
	}
	*who = "nitro-cli's package";
	return PACKAGE_FOLDER;
}

bool
hs_eif_blobs_are_named(const struct hs_eif_blobs_order *order)
{
	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS; i++)
		if (option_of(order->eif, i))
			return true;
	return order->eif->blobs || order->env->blobs;
}

/* Whether options name all that is measured. */
static bool
needs_no_folder(const struct hs_cli_eif *eif)
{
	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS; i++)
		if (i != HS_EIF_BLOB_CONFIG && !option_of(eif, i))
			return false;
	return true;
}

int
hs_eif_blobs_check_folder(const struct hs_eif_blobs_order *order, struct hs_err *err)
{
	const char *who, *folder = folder_of(order, &who);
	struct stat st;

	if (needs_no_folder(order->eif) || (stat(folder, &st) == 0 && S_ISDIR(st.st_mode)))
		return 0;
	return hs_fail(err, HS_EUSAGE,
	               "nitro-cli's blobs are needed, and there is no folder %s (%s): --blobs or "
	               "$NITRO_CLI_BLOBS names it, or --kernel, --cmdline, --init and --nsm each "
	               "of them",
	               hs_shown(folder).text, who);
}

static bool
exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* Where the blobs stand: in the folder, or where none does in that of the architecture. */
static const char *
find_set(struct hs_arena *a, const char *folder, bool arm64)
{
	const char *sub = hs_arena_printf(a, "%s/%s", folder, arm64 ? "aarch64" : "x86_64");
	struct stat st;

	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS; i++)
		if (exists(hs_arena_printf(a, "%s/%s", folder, rows[i].names[arm64])))
			return folder;
	return stat(sub, &st) == 0 && S_ISDIR(st.st_mode) ? sub : folder;
}

/* One set of blobs while it is opened. */
struct opening {
	struct hs_eif_blobs *out;
	const struct hs_eif_blobs_order *order;
	struct hs_run *run;
	const char *set;
};

static int
open_file(struct opening *o, enum hs_eif_blob blob, const char *path, struct hs_err *err)
{
	struct hs_operand *file = &o->out->files[o->out->n_files];

	if (hs_file_open(file, path, o->run, err) < 0)
		return err->code;
	o->out->n_files++;
	o->out->bytes[blob] = file->blob->bytes;
	o->out->has[blob] = true;
	return 0;
}

/* Where a blob is that no option names: a kernel's configuration beside the kernel. */
static const char *
path_of(const struct opening *o, enum hs_eif_blob blob)
{
	const char *kernel = o->order->eif->kernel;

	if (blob == HS_EIF_BLOB_CONFIG && kernel)
		return hs_arena_printf(&o->out->arena, "%s.config", kernel);
	return hs_arena_printf(&o->out->arena, "%s/%s", o->set, rows[blob].names[o->order->arm64]);
}

/* What one looks for is there for the other architecture. */
static const char *
hint_of(const struct opening *o, enum hs_eif_blob blob)
{
	const bool arm64 = o->order->arm64;

	if (blob != HS_EIF_BLOB_KERNEL ||
	    !exists(hs_arena_printf(&o->out->arena, "%s/%s", o->set, rows[blob].names[!arm64])))
		return "";
	return arm64 ? " (bzImage is there, which is for x86_64)"
	             : " (Image is there, which is for aarch64)";
}

static int
open_one(struct opening *o, enum hs_eif_blob blob, struct hs_err *err)
{
	const char *option = option_of(o->order->eif, blob);
	const char *path = option ? option : path_of(o, blob);

	if (option && blob == HS_EIF_BLOB_CMDLINE) {
		o->out->bytes[blob] = hs_span_of(option);
		o->out->has[blob] = true;
		return 0;
	}
	if (option || exists(path))
		return open_file(o, blob, path, err);
	if (blob == HS_EIF_BLOB_CONFIG)
		return 0;
	return hs_fail(err, HS_EUSAGE, "there is no %s in %s%s: %s %s",
	               rows[blob].names[o->order->arm64], hs_shown(o->set).text, hint_of(o, blob),
	               rows[blob].option,
	               blob == HS_EIF_BLOB_CMDLINE ? "gives its text" : "names one");
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* As nitro-cli takes it: UTF-8, of the file without the blanks around it. */
static int
take_cmdline(struct hs_span *text, bool trim, struct hs_err *err)
{
	while (trim && text->len && is_blank(text->at[0]))
		*text = hs_span_from(*text, 1);
	while (trim && text->len && is_blank(text->at[text->len - 1]))
		text->len--;
	if (text->len && memchr(text->at, 0, text->len))
		return hs_fail(err, HS_EUSAGE, "the kernel's command line has a NUL in it");
	if (!hs_is_utf8(*text))
		return hs_fail(err, HS_EUSAGE, "the kernel's command line is no UTF-8");
	return 0;
}

int
hs_eif_blobs_open(struct hs_eif_blobs *out, const struct hs_eif_blobs_order *order,
                  struct hs_run *run, struct hs_err *err)
{
	struct opening o = { out, order, run, NULL };
	const char *who;
	int rc;

	*out = (struct hs_eif_blobs){ 0 };
	rc = hs_eif_blobs_check_folder(order, err);
	if (rc < 0)
		return rc;
	o.set = find_set(&out->arena, folder_of(order, &who), order->arm64);
	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS && rc == 0; i++)
		rc = open_one(&o, i, err);
	if (rc == 0)
		rc = take_cmdline(&out->bytes[HS_EIF_BLOB_CMDLINE], !order->eif->cmdline, err);
	return rc;
}

void
hs_eif_blobs_release(struct hs_eif_blobs *b)
{
	for (size_t i = 0; i < b->n_files; i++)
		hs_operand_release(&b->files[i]);
	hs_arena_release(&b->arena);
	*b = (struct hs_eif_blobs){ 0 };
}
