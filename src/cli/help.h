/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_HELP_H
#define HS_CLI_HELP_H

#include "cli/options.h"

#include <stdio.h>

/* --help: of one verb, or of the program where `verb` is NULL. 80 columns at most, no escapes. */
void hs_help_print(FILE *out, const struct hs_verb *verb);

/* The verbs of one family. */
void hs_help_print_family(FILE *out, const struct hs_family *family);

/* -h: 24 lines at most, examples first. */
void hs_help_print_short(FILE *out);

/* Words of `text` from column `column` on; lines after the first begin at `indent`. Ends the line.
 */
void hs_help_print_wrapped(FILE *out, size_t column, size_t indent, const char *text);

#endif
