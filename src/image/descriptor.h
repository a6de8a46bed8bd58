/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_DESCRIPTOR_H
#define HS_IMAGE_DESCRIPTOR_H

#include "core/arena.h"
#include "core/err.h"
#include "core/meta.h"
#include "image/remarks.h"

#include <jansson.h>

enum hs_digest_alg {
	HS_DIGEST_OTHER, /* well formed, but nothing that we can check (blake3) */
	HS_DIGEST_SHA256,
	HS_DIGEST_SHA512,
};

/* A digest as image documents write it, "sha256:1b2c...". All empty: none. */
struct hs_digest {
	struct hs_span text;      /* all of it */
	struct hs_span algorithm; /* before the colon */
	struct hs_span encoded;   /* behind it */
	enum hs_digest_alg alg;
};

/*
 * Checks `text` against the grammar of the specification, and SHA-256 and
 * SHA-512 for their 64 and 128 lower-case hex digits; 512 characters is the
 * longest that any may have. What passes holds no
 * slash and no dot-dot, and only what passes is ever looked up as a name.
 * The parts are parts of `text`.
 */
int hs_digest_parse(struct hs_digest *out, struct hs_span text, struct hs_err *err);

/* Whether the digest is that of `bytes`; true as well for an algorithm that cannot be checked. */
bool hs_digest_fits(const struct hs_digest *digest, struct hs_span bytes);

/* What one document says of a blob. Empty spans: not said. */
struct hs_descriptor {
	struct hs_digest digest;
	uint64_t size;
	struct hs_span media_type, artifact_type;
	struct hs_span platform; /* "linux/arm64/v8" */
	struct hs_span names[2]; /* annotations that name the image, the fuller one first */
	size_t n_names;
	struct hs_span kind;      /* annotation vnd.docker.reference.type */
	struct hs_span reference; /* annotation vnd.docker.reference.digest */
	struct hs_span data;      /* the blob itself, decoded, where has_data */
	const struct hs_attr *annotations;
	size_t n_annotations;
	bool has_data;
	bool foreign; /* stands elsewhere by intent: nondistributable, or with URLs */
	bool valid;   /* digest and size are good */
};

/*
 * Reads a descriptor. On HS_EFORMAT *out holds what could be read, and may
 * still be valid. Everything is copied into the arena.
 */
int hs_descriptor_parse(struct hs_descriptor *out, struct hs_arena *a, const json_t *json,
                        struct hs_err *err);

/* What the error of hs_descriptor_parse() is remarked as. */
enum hs_remark_kind hs_descriptor_fault(const struct hs_descriptor *d, const json_t *json);

/* "os/architecture[/variant]" of an object; empty where it lacks one of the first two. */
struct hs_span hs_platform_text(struct hs_arena *a, const json_t *object);

#endif
