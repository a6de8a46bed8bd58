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
 *
 * PATH@SELECTOR is one image of the archive at PATH (image/select.h): where
 * nothing is called all that, the path ends before the last "@" that has
 * something of that name before it. oci:PATH, oci-archive:PATH,
 * docker-archive:PATH and dir:PATH are PATH, and a selector may then stand
 * behind ":" as well: what skopeo takes is taken.
 */
struct hs_operand {
	const char *name;        /* borrowed: the argument */
	struct hs_span selector; /* of `name`; empty for all there is */
	struct hs_blob *blob;    /* NULL for a directory */
	int dir;                 /* open directory, or -1 */
	bool fetched;     /* a directory made to hold just one image: what the file system says of
	                     it is no one's */
	const char *note; /* what is to be said of it, or NULL */
	struct stat st;
};

int hs_operand_open(struct hs_operand *out, const char *arg, struct hs_run *run,
                    struct hs_err *err);
void hs_operand_release(struct hs_operand *o);

/* The last part of its path; empty for standard input. */
struct hs_span hs_operand_base(const struct hs_operand *o);

/* The bytes of an operand that is no directory, under that name. A reference of the caller's. */
struct hs_content hs_operand_content(const struct hs_operand *o);

/* What an argument names; the parts are parts of it. */
struct hs_operand_name {
	struct hs_span path, selector; /* no selector: empty */
};

struct hs_operand_name hs_operand_split(const char *arg);

#endif
