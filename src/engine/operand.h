/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_OPERAND_H
#define HS_ENGINE_OPERAND_H

#include "core/blob.h"
#include "core/run.h"

#include <sys/stat.h>

/*
 * An operand of the command line, opened: a file that is mapped, a pipe or
 * standard input ("-") that was read to its end into the spool, or a
 * directory. A named FIFO, a socket and a device are refused: HS_EIO or
 * HS_EUSAGE with a sentence that names the operand.
 */
struct hs_operand {
	const char *name;     /* borrowed: the argument */
	struct hs_blob *blob; /* NULL for a directory */
	int dir;              /* open directory, or -1 */
	struct stat st;
};

int hs_operand_open(struct hs_operand *out, const char *arg, struct hs_run *run,
                    struct hs_err *err);
void hs_operand_release(struct hs_operand *o);

#endif
