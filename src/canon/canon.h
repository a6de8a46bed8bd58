/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_CANON_H
#define HS_CANON_CANON_H

#include "core/span.h"

/* Whose canonical form: what that tool would make of a layer or an image, byte for byte. */
enum hs_like {
	HS_LIKE_GGCR,     /* go-containerregistry: mutate.Canonical without a time, mutate.Time with
	                     one; kaniko --reproducible is the former */
	HS_LIKE_BUILDKIT, /* rewrite-timestamp=true: times later than the epoch are clamped to it */
	HS_LIKE_BUILDAH,  /* --timestamp: times that are set are set to the epoch */
	HS_LIKE_STABILIZE, /* oss-rebuild stabilize: entries sorted, metadata emptied */
	HS_N_LIKE,
};

struct hs_canon {
	enum hs_like like;
	bool has_time;
	int64_t time; /* seconds since 1970 */
};

/* "ggcr", "buildkit", "buildah", "stabilize". */
const char *hs_like_name(enum hs_like like);
/* False where the name is none of those. */
bool hs_like_find(enum hs_like *out, const char *name);

/* Whether the form means anything without a time: BuildKit's and buildah's do not. */
bool hs_like_needs_time(enum hs_like like);

#endif
