/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_OUTPUT_H
#define HS_CLI_OUTPUT_H

#include "core/err.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * A file that appears under its name only when it is complete: it is written
 * without a name (O_TMPFILE; under another name where the file system has no
 * such thing) in the folder where it will stand, then renamed over what was
 * there. What exists and is no regular file (a pipe, /dev/null) is written in
 * place, and so is standard output, which "-" is.
 */
struct hs_output {
	FILE *out;  /* to write to */
	char *path; /* where it will stand, links resolved; NULL: written in place */
	char *temp; /* its name until then, in the same folder */
	bool named; /* it is already called that */
};

/* Whether the name is that of standard output. */
bool hs_output_is_standard(const char *file);

/* Where digests are printed for who has asked for that file: what is written to standard output
 * is nothing but the image. */
FILE *hs_output_beside(const char *file);

/* HS_EUSAGE where an image would go to a terminal. HS_EIO where it cannot be made, naming the file.
 * Uses what it is given only during the call. */
int hs_output_open(struct hs_output *o, const char *file, struct hs_err *err);

/* Gives it its name; HS_EIO naming the file, and the file is dropped, where something was not
 * written. */
int hs_output_commit(struct hs_output *o, const char *file, struct hs_err *err);

/* Lets it go without a trace. Nothing to do after a commit. */
void hs_output_drop(struct hs_output *o);

#endif
