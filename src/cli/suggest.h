/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_SUGGEST_H
#define HS_CLI_SUGGEST_H

#include <stddef.h>

/*
 * The best of several names for one that was mistyped: feed it candidates,
 * then look at `best`, which stays NULL where none is near enough.
 */
struct hs_suggest {
	const char *typed;
	const char *best;
	size_t distance; /* of `best` */
};

void hs_suggest_try(struct hs_suggest *s, const char *name);

/* Insertions, deletions, replacements and swaps of neighbours from one to the other. */
size_t hs_edit_distance(const char *a, const char *b);

#endif
