/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_CANONICAL_H
#define HS_CANON_CANONICAL_H

#include "canon/canon.h"
#include "image/images.h"

/*
 * A whole image in a canonical form (canon/canon.h): its layers rewritten, its
 * configuration and manifest written anew as the tool writes them, byte for
 * byte, so that the image ID is the tool's own.
 */
struct hs_canonical {
	struct hs_span config;     /* the new configuration */
	struct hs_sha256 image_id; /* of it */
	const struct hs_sha256 *diff_ids;
	const uint64_t *sizes; /* of the rewritten layers */
	size_t n_layers;
	const size_t
		*layers; /* which layer of the image each of them was: the tool may drop some */
	const char *const *losses; /* what the form loses or changes unasked, as sentences */
	size_t n_losses;
	struct hs_span manifest; /* as the image has it; empty in a docker-archive */
	bool docker;             /* the image has Docker's media types, or none */
};

struct hs_canonical_order {
	const struct hs_tree *tree;
	const struct hs_image_info *image;
	const struct hs_canon *how;
	/* Of the calling thread: layers are rewritten side by side. NULL: one after the other. */
	struct hs_worker *worker;
	/* NULL, or room for image->n_layers, all NULL: gets the rewritten layers, which are the
	 * caller's to unref, after an error too. */
	struct hs_blob **blobs;
};

/* Everything is in the arena. HS_EUSAGE with the reason where the tool would refuse or panic. */
int hs_canonical_make(struct hs_canonical *out, struct hs_arena *a,
                      const struct hs_canonical_order *order, struct hs_err *err);

/* How far two images are the same once both are in the form. */
enum hs_canonical_rung {
	HS_CANONICAL_SAME,    /* the same image ID */
	HS_CANONICAL_CONFIG,  /* the same diffIDs, another configuration */
	HS_CANONICAL_LAYERS,  /* other layers */
	HS_CANONICAL_REFUSED, /* the tool would refuse one of them */
};

struct hs_canonical_meeting {
	const struct hs_canon *how;
	const struct hs_tree *tree[2]; /* a and b */
	const struct hs_image_info *image[2];
	struct hs_worker *worker; /* of the calling thread, or NULL: the sides in turn */

	/* Out. */
	enum hs_canonical_rung rung;
	size_t layer;             /* HS_CANONICAL_LAYERS: the first that differs */
	struct hs_canonical form; /* HS_CANONICAL_SAME: what both become */
	struct hs_err reason;     /* HS_CANONICAL_REFUSED */
	char side;                /* of the reason */
};

/*
 * Whether both become one. Layers that are the same already are not read, and
 * others only as far as their first difference; only a yes costs a hash of
 * one side's layers. Fails for HS_ESTOP alone.
 */
int hs_canonical_meet(struct hs_canonical_meeting *m, struct hs_arena *a, struct hs_err *err);

#endif
