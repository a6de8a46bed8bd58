/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_FOUND_H
#define HS_IMAGE_FOUND_H

#include "image/image.h"

enum hs_found_role {
	HS_FOUND_IMAGE,
	HS_FOUND_ATTESTATION, /* BuildKit's: says how an image was built */
	HS_FOUND_ARTIFACT,    /* a signature, an SBOM, a chart ... */
};

/* A manifest that an index led to. */
struct hs_found {
	const struct hs_descriptor *descriptor;
	size_t entry;
	const struct hs_descriptor *named; /* the nearest above, itself included, with a name;
	                                      or NULL */
	enum hs_found_role role;           /* this and all below: set by the functions */
	struct hs_span platform;
	bool held;    /* the archive has at least one of its blobs */
	size_t owner; /* the image it speaks of, as an index of the list; or HS_NOWHERE */
	struct hs_span prefix;
	size_t info; /* of the image's infos: its own, or its owner's; or HS_NOWHERE */
	size_t n_attestations, n_artifacts; /* that it owns */
};

struct hs_found_list {
	struct hs_found *list;
	size_t n, room;
	size_t n_attestations, n_artifacts; /* that nobody owns */
};

/* HS_ELIMIT past HS_MAX_IMAGE_PARTS. */
int hs_found_add(struct hs_found_list *l, struct hs_image *image, struct hs_found f,
                 struct hs_err *err);

/* Ties the attestations and artefacts from `first` on to the images they speak of. */
void hs_found_owners(struct hs_found_list *l, struct hs_image *image, hs_blob_finder *find,
                     size_t first);

/*
 * Gives each its prefix and puts its parts into place. One image has none;
 * several are told apart by name where their names differ, by platform where
 * that does: "busybox:1.36/linux/arm64/".
 */
int hs_found_place(struct hs_found_list *l, struct hs_image *image, hs_blob_finder *find,
                   struct hs_err *err);

/* "manifest[2] for linux/arm64": how a note calls what a descriptor of an index names. */
void hs_found_name(char *out, size_t size, const struct hs_descriptor *d, size_t i);

/*
 * A label for an image and what makes it one of a kind: at most 2 KiB,
 * escaped, with a slash behind it. In the arena.
 */
struct hs_label {
	struct hs_span name, platform; /* which of them is to be said may be empty */
	size_t i;                      /* which image */
	struct hs_span text;           /* out */
};

void hs_labels_make(struct hs_label *labels, size_t n, struct hs_arena *a);

#endif
