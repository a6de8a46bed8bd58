/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_BLOBS_H
#define HS_CLI_EIF_BLOBS_H

#include "cli/env.h"
#include "engine/operand.h"

/*
 * nitro-cli's blobs, of which it makes all of an enclave image but what comes
 * from the container image. They stand in one folder, which is that of
 * --blobs, else of $NITRO_CLI_BLOBS, else of nitro-cli's package; where none of
 * them stands there, its subfolder for the architecture, as in nitro-cli's
 * source. An option that names one comes before the folder.
 */
enum hs_eif_blob {
	HS_EIF_BLOB_KERNEL,  /* bzImage, on aarch64 Image; --kernel */
	HS_EIF_BLOB_CONFIG,  /* the same with .config; --kernel-config */
	HS_EIF_BLOB_CMDLINE, /* cmdline; --cmdline is the text itself */
	HS_EIF_BLOB_INIT,    /* init; --init */
	HS_EIF_BLOB_NSM,     /* nsm.ko; --nsm */
	HS_N_EIF_BLOBS,
};

struct hs_eif_blobs {
	struct hs_arena arena;
	struct hs_span bytes[HS_N_EIF_BLOBS]; /* the command line without blanks around it */
	bool has[HS_N_EIF_BLOBS];
	struct hs_operand files[HS_N_EIF_BLOBS]; /* that were opened for it */
	size_t n_files;
};

struct hs_eif_blobs_order {
	const struct hs_cli_eif *eif;
	const struct hs_env *env;
	bool arm64;
};

/* Whether the options or the environment name a folder or a blob: to compare with, where that is
 * optional. */
bool hs_eif_blobs_are_named(const struct hs_eif_blobs_order *order);

/*
 * Before anything that takes time: HS_EUSAGE where a blob must come from a
 * folder and there is none.
 */
int hs_eif_blobs_check_folder(const struct hs_eif_blobs_order *order, struct hs_err *err);

/*
 * Opens all. HS_EUSAGE names what is missing, where it was looked for and what
 * to do; the kernel's configuration may be missing, as it is in no measurement,
 * and stands beside the kernel that --kernel names. HS_EUSAGE too for a command
 * line that no builder takes. Release in any case.
 */
int hs_eif_blobs_open(struct hs_eif_blobs *out, const struct hs_eif_blobs_order *order,
                      struct hs_run *run, struct hs_err *err);
void hs_eif_blobs_release(struct hs_eif_blobs *b);

#endif
