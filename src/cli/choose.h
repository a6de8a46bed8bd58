/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_CHOOSE_H
#define HS_CLI_CHOOSE_H

#include "cli/parse.h"

/*
 * Before the options are read: the verb that words of the line name, whatever
 * stands between them. Good enough to tell which of two options of one name is meant.
 */
const struct hs_verb *hs_cli_guess_verb(int argc, char **argv);

/*
 * The second half of parsing: finds the verb among the operands, then checks
 * that the verb takes the options that were given (indexed by enum
 * hs_option_id). Only the first operand can name the verb, and only
 * when it is one of the first `n_plain`: what follows "--" is a file.
 */
int hs_cli_choose(struct hs_cli *cli, const bool *given, int n_plain, struct hs_err *err);
/* Whether the operands that are left are as many as the verb takes. */
int hs_cli_check_operands(const struct hs_cli *cli, struct hs_err *err);

/* Once -o is read: one text report without any, and one output at most to standard output. */
int hs_cli_settle_outputs(struct hs_cli *cli, struct hs_err *err);

#endif
