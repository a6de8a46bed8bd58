/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PARSE_IMAGE_H
#define HS_CLI_PARSE_IMAGE_H

#include "cli/parse.h"

/* Takes an option of the groups for images and for what is ignored. HS_EUSAGE for a bad argument.
 */
int hs_cli_take_image(struct hs_cli *cli, const struct hs_option *o, const char *arg,
                      struct hs_err *err);

/* Seconds since 1970, in decimal, maybe negative: --time and SOURCE_DATE_EPOCH. */
bool hs_epoch_parse(int64_t *out, const char *text);

#endif
