/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PARSE_H
#define HS_CLI_PARSE_H

#include "cli/options.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/ignore.h"
#include "core/limits.h"
#include "core/listing.h"

enum hs_when {
	HS_WHEN_UNSET, /* no option: the environment may say */
	HS_WHEN_AUTO,
	HS_WHEN_ALWAYS,
	HS_WHEN_NEVER,
};

enum hs_progress_how {
	HS_PROGRESS_AUTO,
	HS_PROGRESS_BAR,
	HS_PROGRESS_PLAIN,
	HS_PROGRESS_JSON,
	HS_PROGRESS_NONE,
};

/* One -o. */
struct hs_output_choice {
	const char *format;
	const char *file; /* NULL: standard output */
};

enum { HS_MAX_OUTPUTS = 16 };

/* What the verbs of enclave images are asked for; NULL or 0 is what was not given. */
struct hs_cli_eif {
	const char *format; /* -o: "text", "json" or "nitro"; NULL: text */
	bool lenient, deterministic, rootfs;
	const char *input, *role_arn, *instance_id;
	const char *certificate, *private_key, *signer;
	const char *init, *nsm, *export, *cmd, *env;
	const char *blobs, *kernel, *kernel_config, *cmdline, *from, *arch;
	const char *const *ramdisks;
	size_t n_ramdisks;
	const char *name, *version, *metadata, *docker_info;
	const char *build_time, *build_tool, *build_tool_version, *img_os, *img_kernel;
	const char *algo, *at;
	const char *const *expect;
	size_t n_expect;
};

/* What the verbs of attestation documents are asked for; likewise. */
struct hs_cli_attest {
	const char *format; /* -o: "text", "json" or "ndjson"; NULL: text */
	const char *const *roots;
	size_t n_roots;
	const char *partition, *at, *max_age;
	const char *nonce, *user_data, *public_key;
	const char *const *expect;
	size_t n_expect;
	bool no_measurements, allow_debug;
	const char *from, *policy_format, *nsm_device;
};

/* What the command line asks for. Strings belong to argv or to the arena. */
struct hs_cli {
	const struct hs_verb *verb;     /* NULL where --help or its like makes it needless */
	const struct hs_family *family; /* with --help: of verbs, of which none is named */
	const char *const *operands;
	int n_operands;

	struct hs_output_choice outputs[HS_MAX_OUTPUTS];
	size_t n_outputs; /* 0 only with quiet */
	bool quiet;
	unsigned verbose;
	struct hs_listing_options listing;

	const char *const *exclude;
	size_t n_exclude;
	unsigned ignore; /* HS_IGNORE_...: what the options name, and what the profile adds */
	const char *const *ignore_paths;
	size_t n_ignore_paths;
	bool rootfs, trust_digests;
	const char *out_file; /* -o of a verb that writes a file; NULL: none */
	const char *like, *config;
	bool print;
	bool has_time; /* --time; SOURCE_DATE_EPOCH is in the environment's part */
	int64_t time;
	struct hs_cli_eif eif;
	struct hs_cli_attest attest;
	struct hs_limits limits;
	unsigned jobs; /* 0: one a processor */

	bool long_form, null_ended;
	enum hs_when color;
	enum hs_progress_how progress;

	bool help, short_help, version, list_formats, man;
};

/*
 * Reads the words of `defaults` (HASHOSCOPE_OPTS: options only, quoted as for
 * a shell; NULL for none) and then argv. HS_EUSAGE for whatever makes no
 * sense; nothing has been opened by then. With help, version, list_formats or
 * man set, operands are not counted.
 */
int hs_cli_parse(struct hs_cli *out, struct hs_arena *arena, char **argv, const char *defaults,
                 struct hs_err *err);

#endif
