/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PARSE_EIF_H
#define HS_CLI_PARSE_EIF_H

#include "cli/parse.h"

/* Takes an option of the groups for enclave images and signatures. HS_EUSAGE for a bad argument. */
int hs_cli_take_eif(struct hs_cli_eif *eif, const struct hs_option *o, const char *arg,
                    struct hs_err *err);

/* Whether the verb can write what -o asks for. */
int hs_cli_check_format(const struct hs_cli *cli, struct hs_err *err);

#endif
