/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_GENERATE_H
#define HS_CLI_GENERATE_H

#include "cli/verbs.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * What is made from the tables of options.h and checked in: the manual pages
 * (docs/hashoscope.1.in and one for each family of verbs, around the lists of
 * commands and options) and the completions.
 * `cmake --build . --target generated` writes them anew.
 */
void hs_man_print(FILE *out, const struct hs_family *family);

/* `shell` is bash, zsh or fish; false, and nothing printed, for another. */
bool hs_completion_print(FILE *out, const char *shell);

void hs_completion_print_bash(FILE *out);
void hs_completion_print_zsh(FILE *out);
void hs_completion_print_fish(FILE *out);

#endif
