/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_OPTIONS_H
#define HS_CLI_OPTIONS_H

#include "cli/verbs.h"

#include <stdbool.h>

/*
 * The one table of options. getopt_long(), --help, the manual pages and the
 * completions are all made from it and from the table of verbs (verbs.h), so
 * they cannot disagree: a new option is one row here and its meaning in parse.c.
 * Two rows may share a name where no verb takes both.
 */
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
	HS_OPT_FORMAT,
	HS_OPT_LENIENT,
	HS_OPT_INPUT,
	HS_OPT_CERTIFICATE,
	HS_OPT_PRIVATE_KEY,
	HS_OPT_SIGNER,
	HS_OPT_DETERMINISTIC,
	HS_OPT_ROLE_ARN,
	HS_OPT_INSTANCE_ID,
	HS_OPT_INIT,
	HS_OPT_NSM,
	HS_OPT_EXPORT,
	HS_OPT_CMD,
	HS_OPT_ENV,
	HS_OPT_BLOBS,
	HS_OPT_KERNEL,
	HS_OPT_KERNEL_CONFIG,
	HS_OPT_CMDLINE,
	HS_OPT_RAMDISK,
	HS_OPT_FROM,
	HS_OPT_ARCH,
	HS_OPT_NAME,
	HS_OPT_IMAGE_VERSION,
	HS_OPT_METADATA,
	HS_OPT_DOCKER_INFO,
	HS_OPT_BUILD_TIME,
	HS_OPT_BUILD_TOOL,
	HS_OPT_BUILD_TOOL_VERSION,
	HS_OPT_IMG_OS,
	HS_OPT_IMG_KERNEL,
	HS_OPT_ALGO,
	HS_OPT_EXPECT,
	HS_OPT_AT,
	HS_OPT_ROOTFS_TAR,
	HS_OPT_ATTEST_FORMAT,
	HS_OPT_ROOT,
	HS_OPT_PARTITION,
	HS_OPT_ATTEST_AT,
	HS_OPT_MAX_AGE,
	HS_OPT_NONCE,
	HS_OPT_USER_DATA,
	HS_OPT_PUBLIC_KEY,
	HS_OPT_ATTEST_EXPECT,
	HS_OPT_NO_MEASUREMENTS,
	HS_OPT_ALLOW_DEBUG,
	HS_OPT_POLICY_FROM,
	HS_OPT_POLICY_FORMAT,
	HS_OPT_NSM_DEVICE,
	HS_N_OPTIONS,
};

enum hs_option_group {
	HS_GROUP_OUTPUT,
	HS_GROUP_COMPARE,
	HS_GROUP_IGNORE,
	HS_GROUP_IMAGE,
	HS_GROUP_ENCLAVE,
	HS_GROUP_SIGNING,
	HS_GROUP_ATTEST,
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
	uint64_t verbs; /* HS_VERB_BIT() of each verb that takes it */
	const char *
		words; /* what its argument completes to, separated by spaces; NULL where nothing */
	const char *help; /* what follows "-x, --name": no full stop, no default */
	bool repeatable;  /* given more than once it adds up */
	bool hidden;      /* for the build, not for people: only getopt_long() knows it */
};

extern const struct hs_option hs_options[HS_N_OPTIONS];

/* "Output", "Limits", ...: the heading of a group. */
const char *hs_group_name(enum hs_option_group group);

bool hs_option_fits(const struct hs_option *o, enum hs_verb_id verb);

/*
 * What holds without the option, as --help shows it ("32", "256G", "auto"),
 * into a buffer; false where there is no default to speak of.
 */
bool hs_option_default(char *out, size_t size, enum hs_option_id id);

enum { HS_DEFAULT_CONTEXT = 3, HS_DEFAULT_MAX_LINES = 200 };

#endif
