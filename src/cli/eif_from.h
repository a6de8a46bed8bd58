/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_FROM_H
#define HS_CLI_EIF_FROM_H

#include "cli/parse.h"
#include "enclave/pcr.h"
#include "engine/operand.h"

/* A file of the folder, open. */
struct hs_eif_from_file {
	struct hs_operand operand;
	struct hs_eif_from_file *next;
};

/* The image that eif extract took apart into the folder of --from. */
struct hs_eif_from {
	const struct hs_cli *cli;
	struct hs_run *run;
	struct hs_arena arena;
	struct hs_eif_from_file *files;
	struct hs_pieces image;  /* all of it, as it was */
	struct hs_eif_plan plan; /* what the PCRs cover */
	bool measured;           /* false: of more sections than the plan has room for */
	bool has_pcr8;           /* it has a signature whose certificate can be read */
	struct hs_pcr pcr8;
};

/* HS_EUSAGE for an option that has no place beside --from, and where -o is a file of the folder.
 * Says on standard error what is not measured. Release in any case. */
int hs_eif_from_open(struct hs_eif_from *f, const struct hs_cli *cli, struct hs_run *run,
                     enum hs_pcr_algo algo, struct hs_err *err);
void hs_eif_from_release(struct hs_eif_from *f);

#endif
