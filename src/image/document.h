/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_DOCUMENT_H
#define HS_IMAGE_DOCUMENT_H

#include "image/descriptor.h"
#include "image/remarks.h"

enum hs_document_kind {
	HS_DOCUMENT_OTHER, /* neither, or not to be trusted as either */
	HS_DOCUMENT_INDEX, /* or Docker's manifest list */
	HS_DOCUMENT_MANIFEST,
};

/* An index or a manifest, read. */
struct hs_document {
	enum hs_document_kind kind;
	struct hs_span media_type, artifact_type;
	struct hs_descriptor *list; /* manifests of an index, layers of a manifest */
	size_t n_list;
	struct hs_descriptor config, subject;
	bool has_config, has_subject;
	bool is_json;
	struct hs_remarks remarks; /* what is wrong with it */
};

/*
 * Reads an index or a manifest; what is wrong becomes a remark, and what can
 * be read beside it is there. A document that has both `manifests` and
 * `layers` is neither: two readers would see two images (CVE-2021-41190).
 * Reads `limit` descriptors at most, which is what is left of
 * HS_MAX_IMAGE_PARTS.
 * Everything is copied into the arena.
 */
void hs_document_read(struct hs_document *out, struct hs_arena *a, struct hs_span bytes,
                      size_t limit);

/* What the container checks and names by of an image's configuration. */
struct hs_config {
	struct hs_span platform;
	const struct hs_digest
		*diff_ids; /* of the layers, from the bottom; empty where one is bad */
	size_t n_diff_ids;
	struct hs_remarks remarks;
};

/* Reads `limit` diff_ids at most. */
void hs_config_read(struct hs_config *out, struct hs_arena *a, struct hs_span bytes, size_t limit);

#endif
