/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PARSE_ATTEST_H
#define HS_CLI_PARSE_ATTEST_H

#include "cli/parse.h"

/* Takes an option of the group for attestation documents. HS_EUSAGE for a bad argument. */
int hs_cli_take_attest(struct hs_cli_attest *attest, const struct hs_option *o, const char *arg,
                       struct hs_err *err);

/* Whether the verb can write what -o asks for. */
int hs_cli_check_attest_format(const struct hs_cli *cli, struct hs_err *err);

#endif
