/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_SESSION_H
#define HS_CLI_SESSION_H

#include "cli/parse.h"
#include "cli/progress.h"
#include "cli/transport.h"
#include "engine/compare.h"

/* What every verb that reads operands needs: a run, its progress and the operands, opened. */
struct hs_session {
	struct hs_run run;
	struct hs_progress progress;
	struct hs_operand operands[2];
	struct hs_transport fetched[2]; /* where they are no files of this machine */
	int n_operands;
};

/*
 * Opens the first `n` operands of the command line. Release the session in
 * any case; the error names the operand.
 */
int hs_session_open(struct hs_session *s, const struct hs_cli *cli, const struct hs_env *env, int n,
                    struct hs_err *err);

void hs_session_release(struct hs_session *s);

#endif
