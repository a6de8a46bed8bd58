/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_FILE_H
#define HS_CLI_FILE_H

#include "engine/operand.h"

/*
 * A file that an option names, or standard input (-): whole, and neither a
 * directory nor one image of an archive. The error names it. Release it as an
 * operand, unless this fails.
 */
int hs_file_open(struct hs_operand *out, const char *file, struct hs_run *run, struct hs_err *err);

#endif
