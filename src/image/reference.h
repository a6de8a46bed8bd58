/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_REFERENCE_H
#define HS_IMAGE_REFERENCE_H

#include "core/arena.h"

/*
 * What images are called. One image has many names: "busybox", "busybox:latest"
 * and "docker.io/library/busybox:latest" are one, an OCI layout often keeps
 * the tag alone, and linux/arm64 is linux/arm64/v8.
 */
enum hs_likeness {
	HS_FITS_NOT,
	HS_FITS_PART, /* what is asked for leaves out what the other has: tag or variant */
	HS_FITS_TAG,  /* one of the two is no more than the tag of the other */
	HS_FITS_SAME, /* the same, written otherwise */
	HS_FITS_EXACTLY,
};

/* How well a name of an image fits what is asked for; nothing fits an empty one. */
enum hs_likeness hs_reference_likeness(struct hs_span asked, struct hs_span name);

/* The same for platforms, "os/architecture[/variant]". */
enum hs_likeness hs_platform_likeness(struct hs_span asked, struct hs_span platform);

/* The name without what Docker Hub's names may have in front: as docker save writes it. */
struct hs_span hs_reference_familiar(struct hs_span name);

/* The name with its tag and without a digest behind it, in the one way that all that are
 * HS_FITS_SAME share. Empty for an empty one. */
struct hs_span hs_reference_canonical(struct hs_arena *a, struct hs_span name);

/* What stands as tag in a name, or all of a name that may be a tag alone; "latest" by default. */
struct hs_span hs_reference_tag(struct hs_span name);

/* Whether the name may be a tag alone: it has no "/" and no ":". */
bool hs_reference_is_tag(struct hs_span name);

/* The platform in the one way that all that are HS_FITS_SAME share. Empty for an empty one. */
struct hs_span hs_platform_canonical(struct hs_arena *a, struct hs_span platform);

#endif
