/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_CANONICAL_FORM_H
#define HS_CANON_CANONICAL_FORM_H

#include "canon/canonical.h"
#include "core/hash.h"
#include "golang/go_struct.h"

/* A configuration on its way into a canonical form: what the writers below share. */
struct hs_canonical_form {
	struct hs_arena *arena;
	const struct hs_canon *how;
	struct hs_span config;   /* as the image has it */
	struct hs_span manifest; /* the same; empty in a docker-archive */
	const struct hs_sha256 *diff_ids;
	size_t n_layers;
	bool docker; /* Docker's media types, not OCI's */

	/* Out. */
	size_t n_kept; /* layers from the bottom that the tool does not drop */
	const char **losses;
	size_t n_losses, room;
};

/* Adds a sentence; what comes from the input is to be escaped first. */
void hs_canonical_lose(struct hs_canonical_form *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "what loses a, b" for the members of an object that these fields do not take. */
void hs_canonical_lose_members(struct hs_canonical_form *f, const char *what,
                               const struct hs_go_value *object, const struct hs_go_field *kept);

/* "sha256:..." of each layer that is kept, as a list. */
void hs_canonical_put_diff_ids(struct hs_canonical_form *f, struct hs_go_cell *list);

/* The configuration as one tool writes it. HS_EUSAGE with the reason where it would not. */
typedef int hs_canonical_writer(struct hs_go_text *out, struct hs_canonical_form *f,
                                struct hs_err *err);

hs_canonical_writer hs_canonical_ggcr, hs_canonical_buildkit, hs_canonical_buildah,
	hs_canonical_stabilize;

/* github.com/opencontainers/image-spec 1.1: Image, and a history entry. */
extern const struct hs_go_field hs_canonical_oci_image[], hs_canonical_oci_history[];

/* The entries of a list of history that have a layer. */
size_t hs_canonical_with_layer(const struct hs_go_cell *history);

#endif
