/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_WORDS_H
#define HS_CLI_WORDS_H

#include "core/arena.h"
#include "core/err.h"

/*
 * Splits a line into words as a shell does: blanks separate, '...' keeps all,
 * "..." keeps all but \" and \\, a backslash keeps the next character. Nothing
 * is expanded. The list begins with a word that stands for the program's name,
 * as argv does, and ends with NULL. HS_EUSAGE for a quote without an end.
 */
int hs_words_split(char ***out, struct hs_arena *arena, const char *line, struct hs_err *err);

/* Whether `word` is one of the words of `list`, which spaces separate. */
bool hs_words_hold(const char *list, const char *word);

#endif
