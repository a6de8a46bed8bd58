/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_OPTIONS_H
#define HS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The one table of verbs and the one table of options. getopt_long(), --help,
 * the man page and the completions are all made from these, so they cannot
 * disagree: a new option is one row here and its meaning in parse.c.
 */
enum hs_verb_id {
	HS_VERB_DIFF,
	HS_VERB_INSPECT,
	HS_VERB_LS,
	HS_VERB_CAT,
	HS_VERB_CANONICALIZE,
	HS_VERB_PACK,
	HS_VERB_SCHEMA,
	HS_VERB_COMPLETION,
	HS_VERB_HELP,
	HS_N_VERBS,
};

struct hs_verb {
	enum hs_verb_id id;
	const char *name;     /* letters only, so that it is never taken for a path */
	const char *operands; /* "A B", as the usage line shows them */
	int least, most;      /* how many operands it takes */
	const char *about;    /* a short sentence without its full stop, for lists */
	const char *more;     /* a paragraph for its own help, or NULL */
	const char *words; /* what its operands complete to, separated by spaces; NULL for files */
};

enum hs_option_id {
	HS_OPT_OUTPUT,
	HS_OPT_OUT_FILE,
	HS_OPT_JSON,
	HS_OPT_QUIET,
	HS_OPT_VERBOSE,
	HS_OPT_CONTEXT,
	HS_OPT_MAX_LINES,
	HS_OPT_EXCLUDE,
	HS_OPT_ROOTFS,
	HS_OPT_TIME,
	HS_OPT_PROFILE,
	HS_OPT_IGNORE_TIMESTAMPS,
	HS_OPT_IGNORE_HISTORY,
	HS_OPT_IGNORE_ORDER,
	HS_OPT_IGNORE_TAR_FORMAT,
	HS_OPT_IGNORE_IMAGE_NAME,
	HS_OPT_IGNORE_COMPRESSION,
	HS_OPT_IGNORE_OWNER_NAMES,
	HS_OPT_IGNORE_PATH,
	HS_OPT_LIKE,
	HS_OPT_PRINT,
	HS_OPT_CONFIG,
	HS_OPT_TRUST_DIGESTS,
	HS_OPT_MAX_DEPTH,
	HS_OPT_MAX_SIZE,
	HS_OPT_MAX_MEMBERS,
	HS_OPT_MAX_RATIO,
	HS_OPT_TIMEOUT,
	HS_OPT_JOBS,
	HS_OPT_LONG,
	HS_OPT_NULL,
	HS_OPT_COLOR,
	HS_OPT_PROGRESS,
	HS_OPT_LIST_FORMATS,
	HS_OPT_MAN,
	HS_OPT_HELP,
	HS_OPT_VERSION,
	HS_N_OPTIONS,
};

enum hs_option_group {
	HS_GROUP_OUTPUT,
	HS_GROUP_COMPARE,
	HS_GROUP_IGNORE,
	HS_GROUP_IMAGE,
	HS_GROUP_LIMITS,
	HS_GROUP_LISTING,
	HS_GROUP_DISPLAY,
	HS_GROUP_OTHER,
	HS_N_GROUPS,
};

struct hs_option {
	enum hs_option_id id;
	const char *name; /* the long one, without the dashes */
	char letter;      /* the short one, or 0 */
	const char *arg;  /* "FMT[=FILE]", or NULL for an option without one */
	enum hs_option_group group;
	unsigned verbs; /* of the verbs that take it, 1 << id each */
	const char *
		words; /* what its argument completes to, separated by spaces; NULL where nothing */
	const char *help; /* what follows "-x, --name": no full stop, no default */
	bool repeatable;  /* given more than once it adds up */
	bool hidden;      /* for the build, not for people: only getopt_long() knows it */
};

extern const struct hs_verb hs_verbs[HS_N_VERBS];
extern const struct hs_option hs_options[HS_N_OPTIONS];

/* "Output", "Limits", ...: the heading of a group. */
const char *hs_group_name(enum hs_option_group group);

/* The verb of that name, or NULL. */
const struct hs_verb *hs_verb_find(const char *name);

bool hs_option_fits(const struct hs_option *o, enum hs_verb_id verb);

/*
 * What holds without the option, as --help shows it ("32", "256G", "auto"),
 * into a buffer; false where there is no default to speak of.
 */
bool hs_option_default(char *out, size_t size, enum hs_option_id id);

enum { HS_DEFAULT_CONTEXT = 3, HS_DEFAULT_MAX_LINES = 200 };

#endif
