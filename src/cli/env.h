/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ENV_H
#define HS_CLI_ENV_H

#include "cli/parse.h"

/*
 * What the environment says, read once at the start: nothing else of the
 * program looks at it. It decides how something is shown, never what is found; the
 * exceptions are SOURCE_DATE_EPOCH, the default of --time and --build-time,
 * and NITRO_CLI_BLOBS, that of --blobs.
 */
struct hs_env {
	const char *opts;   /* HASHOSCOPE_OPTS, or NULL */
	enum hs_when color; /* of HASHOSCOPE_COLOR, NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE */
	const char *tmp;    /* TMPDIR, or NULL */
	const char *blobs;  /* NITRO_CLI_BLOBS, or NULL */
	bool dumb;          /* TERM is unset, empty or "dumb" */
	unsigned columns;   /* COLUMNS, or 0 */
	bool has_epoch;     /* SOURCE_DATE_EPOCH is set, and is a number */
	int64_t epoch;
};

/* HS_EUSAGE for a HASHOSCOPE_COLOR that means nothing. */
int hs_env_read(struct hs_env *out, struct hs_err *err);

/* Whether to colour what goes to `fd`: the option, then the environment, then whether it is a
 * terminal. */
bool hs_env_colors(const struct hs_env *env, enum hs_when option, int fd);

/* Whether `fd` is a terminal that can move its cursor. */
bool hs_env_is_terminal(const struct hs_env *env, int fd);

/* Columns of `fd`: 80 where it is no terminal, else COLUMNS, else what the terminal says. */
unsigned hs_env_width(const struct hs_env *env, int fd);

#endif
