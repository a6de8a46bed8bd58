/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_REBUILD_H
#define HS_ENGINE_REBUILD_H

#include "enclave/pieces.h"
#include "engine/operand.h"

/*
 * An enclave image made anew of a container image, to be held against the one
 * that is said to be made of it: the customer ramdisk is that of the image;
 * kernel, command line and bootstrap ramdisk are those that are given or else
 * those of the other enclave image, which then tell nothing.
 */
struct hs_rebuild {
	const struct hs_operand *image;
	struct hs_span eif;                               /* the bytes of the other */
	const struct hs_pieces *kernel, *cmdline, *first; /* all of them or none: NULL */
	bool arm64;                                       /* with them */
	int64_t implied_time;                             /* of directories that no layer lists */
};

struct hs_rebuilt {
	struct hs_blob *file; /* in the spool; the caller's to unref */
	const char *format;   /* what the image is: "oci-archive"; in the arena */
	const char *arch;     /* that it states: "x86_64", "aarch64", or NULL for neither */
};
int hs_rebuild(struct hs_rebuilt *out, struct hs_run *run, const struct hs_rebuild *r,
               struct hs_err *err);

#endif
