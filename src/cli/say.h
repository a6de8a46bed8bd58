/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_SAY_H
#define HS_CLI_SAY_H

#include "core/err.h"

/* The exit statuses of every verb; see EXIT STATUS in the manual page. */
enum hs_exit {
	HS_EXIT_SAME = 0,
	HS_EXIT_DIFFERS = 1,
	HS_EXIT_TROUBLE = 2,
	HS_EXIT_INCOMPLETE = 3,
};

/*
 * Prints "hashoscope: " and the sentence to standard error. Arguments that it
 * names go through hs_shown() first.
 */
void hs_say_trouble(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same for an error, which says how the program ends: 2, or 3 where only a part was not read.
 */
enum hs_exit hs_say_err(const struct hs_err *err);

/* An argument for the middle of a sentence: escaped, its middle cut where it is long. */
struct hs_shown {
	char text[240];
};
struct hs_shown hs_shown(const char *arg);

#endif
