/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PARSE_ARGUMENT_H
#define HS_CLI_PARSE_ARGUMENT_H

#include "cli/parse.h"

/* What the arguments of options mean; HS_EUSAGE, naming the option, for one that means nothing. */
int hs_cli_set_number(uint64_t *out, const struct hs_option *o, const char *arg,
                      struct hs_err *err);

/* A small number, of which 0 means what the option says. */
int hs_cli_set_unsigned(unsigned *out, const struct hs_option *o, const char *arg,
                        struct hs_err *err);

/* The place of `arg` among the option's words. */
int hs_cli_set_word(unsigned *out, const struct hs_option *o, const char *arg, struct hs_err *err);

/* Takes an option of the group for limits. */
int hs_cli_take_limit(struct hs_limits *l, const struct hs_option *o, const char *arg,
                      struct hs_err *err);

#endif
