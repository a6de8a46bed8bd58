/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_CANONICAL_MANIFEST_H
#define HS_CANON_CANONICAL_MANIFEST_H

#include "canon/canonical.h"
#include "core/codec.h"

/* A layer as it is stored. */
struct hs_canonical_blob {
	struct hs_sha256 sha256;
	uint64_t size;
	enum hs_codec codec; /* none, gzip or zstd */
};

/* Whether the manifest of the form has a word for a layer that is so compressed. */
bool hs_canonical_can_store(const struct hs_canonical *form, const struct hs_canon *how,
                            enum hs_codec codec);

/*
 * The manifest as the tool spells it, for layers that are stored so:
 * go-containerregistry's has Docker's media types, BuildKit's is indented,
 * buildah's keeps the annotations and dates itself. stabilize has none of its
 * own and gets buildah's, undated. In the arena.
 */
struct hs_span hs_canonical_manifest(struct hs_arena *a, const struct hs_canonical *form,
                                     const struct hs_canon *how,
                                     const struct hs_canonical_blob *layers);

/* An index.json with that manifest, under the name `ref` where it is not empty. In the arena. */
struct hs_span hs_canonical_index(struct hs_arena *a, const struct hs_canonical *form,
                                  const struct hs_canon *how, struct hs_span manifest,
                                  struct hs_span ref);

#endif
