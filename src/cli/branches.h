/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_BRANCHES_H
#define HS_CLI_BRANCHES_H

#include "cli/options.h"

#include <stdio.h>

/*
 * The names of the verbs as a tree, for completions: what can follow after
 * words that name no verb yet. The first branch has no words, and all stand
 * once more behind "help", whose operands they are.
 */
struct hs_branch {
	char name[48];                  /* "", "eif", "eif ramdisk", "help", "help eif", ... */
	const char *words[HS_N_VERBS];  /* each is followed by a blank or ends; see length */
	int lengths[HS_N_VERBS];        /* of the words */
	const char *abouts[HS_N_VERBS]; /* what each is; NULL where nothing is known */
	size_t n;
};

enum { HS_MAX_BRANCHES = 16 };

/* How many there are. */
size_t hs_branches_list(struct hs_branch out[HS_MAX_BRANCHES]);

/* "eif | 'eif ramdisk' | help" with the separator " | ": all but the first. */
void hs_branches_print_names(FILE *out, const char *separator);

/* "diff | 'help diff' | 'eif build'": all that names a verb, likewise. */
void hs_verbs_print_names(FILE *out, const char *separator);

/* A name in quotes, which it needs where it is empty or has blanks. */
void hs_print_word(FILE *out, const char *name);

/* What follows an option, or a verb; what follows "help" is a branch. */
enum hs_completes {
	HS_COMPLETES_NOTHING, /* there is nothing to follow, or nobody can know it */
	HS_COMPLETES_WORDS,
	HS_COMPLETES_FILES,
	HS_COMPLETES_FOLDERS,
};
enum hs_completes hs_option_completes(const struct hs_option *o);
enum hs_completes hs_verb_completes(const struct hs_verb *v);

#endif
