/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_SIGNER_H
#define HS_CLI_EIF_SIGNER_H

#include "core/arena.h"
#include "core/run.h"

/*
 * Has a program of the user's sign: sh runs the command, which gets the digest
 * on standard input, writes a signature to standard output and ends with
 * status 0. *der is what it wrote, in the arena, unchecked. HS_EIO where it
 * fails, HS_ESTOP when the time is up.
 */
struct hs_eif_signer {
	const char *command;
	struct hs_run *run;
};
int hs_eif_signer_run(const struct hs_eif_signer *s, struct hs_span *der, struct hs_arena *a,
                      struct hs_span digest, struct hs_err *err);

#endif
