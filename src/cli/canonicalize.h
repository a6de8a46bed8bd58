/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_CANONICALIZE_H
#define HS_CLI_CANONICALIZE_H

#include "canon/canonical.h"
#include "cli/output.h"
#include "cli/session.h"

/* One run of the verb canonicalize: what it was asked for, and what it will say. */
struct hs_canonicalize {
	const struct hs_cli *cli;
	struct hs_canon how;
	struct hs_session session;
	struct hs_output output; /* of -o; else all zero */
	struct hs_arena arena;   /* of what follows */

	const char *json; /* the digests, as a line */
	const char *const *losses;
	size_t n_losses;
	const char *note; /* one more sentence for people, or NULL */
};

/* Makes the image, and writes it as an OCI archive where there is an output. */
int hs_canonicalize_image(struct hs_canonicalize *c, const struct hs_tree *t,
                          const struct hs_image_info *image, struct hs_err *err);

/* Rewrites a bare layer, into the output where there is one. */
int hs_canonicalize_layer(struct hs_canonicalize *c, struct hs_span layer, struct hs_err *err);

#endif
