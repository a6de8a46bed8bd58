/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_VERBS_H
#define HS_CLI_VERBS_H

#include <stddef.h>
#include <stdint.h>

/*
 * The one table of verbs. The name of a verb is one word, or several that
 * begin with the name of its family: "eif ramdisk customer".
 */
enum hs_verb_id {
	HS_VERB_DIFF,
	HS_VERB_INSPECT,
	HS_VERB_LS,
	HS_VERB_CAT,
	HS_VERB_CANONICALIZE,
	HS_VERB_PACK,
	HS_VERB_EXPLAIN,
	HS_VERB_EIF_DESCRIBE,
	HS_VERB_EIF_PCR,
	HS_VERB_EIF_RAMDISK_BOOTSTRAP,
	HS_VERB_EIF_RAMDISK_CUSTOMER,
	HS_VERB_EIF_BUILD,
	HS_VERB_EIF_ASSEMBLE,
	HS_VERB_EIF_SIGN,
	HS_VERB_EIF_VERIFY,
	HS_VERB_EIF_EXTRACT,
	HS_VERB_ATTEST_SHOW,
	HS_VERB_ATTEST_VERIFY,
	HS_VERB_ATTEST_POLICY,
	HS_VERB_ATTEST_REQUEST,
	HS_VERB_ATTEST_NSM_DESCRIBE,
	HS_VERB_ATTEST_NSM_PCR,
	HS_VERB_ATTEST_NSM_EXTEND,
	HS_VERB_ATTEST_NSM_LOCK,
	HS_VERB_ATTEST_NSM_RANDOM,
	HS_VERB_SCHEMA,
	HS_VERB_COMPLETION,
	HS_VERB_HELP,
	HS_N_VERBS,
};

#define HS_VERB_BIT(id) (UINT64_C(1) << (id))

/* What its exit status means, as its help says it. */
enum hs_exits {
	HS_EXITS_COMPARES, /* 0 the same, 1 different, 2 could not, 3 incompletely */
	HS_EXITS_READS,    /* 0 done, 2 could not, 3 incompletely */
	HS_EXITS_VERIFIES, /* 0 all is in order, 1 refused, 2 could not */
	HS_EXITS_PRINTS,   /* 0 printed, 2 could not */
};

struct hs_verb {
	enum hs_verb_id id;
	const char *name;     /* letters and blanks, so that it is never taken for a path */
	const char *operands; /* "A B", as the usage line shows them */
	int least, most;      /* how many operands it takes */
	const char *about;    /* a short sentence without its full stop, for lists */
	const char *more;     /* a paragraph for its own help, or NULL */
	const char *words; /* what its operands complete to, separated by spaces; NULL for files */
	enum hs_exits exits;
};

extern const struct hs_verb hs_verbs[HS_N_VERBS];

/* Verbs whose names begin with one word, which have a manual page of their own. */
struct hs_family {
	const char *name, *about;
};

enum { HS_N_FAMILIES = 2 };
extern const struct hs_family hs_families[HS_N_FAMILIES];

/* The verb of that whole name, or NULL. */
const struct hs_verb *hs_verb_find(const char *name);

/* The verb that the first of these words name, and how many of them that takes; or NULL. */
const struct hs_verb *hs_verb_match(const char *const *words, int n_words, int *used);

const struct hs_family *hs_family_find(const char *name);

/* Its family, or NULL. */
const struct hs_family *hs_verb_family(const struct hs_verb *v);

/* HS_VERB_BIT() of each verb of the family; of each that is in none, where it is NULL. */
uint64_t hs_family_bits(const struct hs_family *family);

/* How many of these words some verb's name begins with. */
int hs_verb_count_known(const char *const *words, int n_words);

#endif
