/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Manifests and indexes of canonical forms (OCI image-spec 1.1: manifest.md,
 * image-index.md; Docker's "Image Manifest Version 2, Schema 2").
 *
 *	ggcr      compact; mediaType, size, digest; Docker's types
 *	buildkit  indented by 2; mediaType, digest, size; each rewritten layer is annotated
 *	buildah   compact; OCI's: mediaType, digest, size; Docker's: mediaType, size, digest
 */
#include "canon/canonical_manifest.h"

#include "core/jsontext.h"
#include "golang/go_struct.h"

#include <inttypes.h>
#include <stdio.h>

#define OCI "application/vnd.oci.image."
#define DOCKER "application/vnd.docker."

/* A descriptor, and whether its size comes before its digest. */
struct descriptor {
	const char *type;
	struct hs_sha256 sha256;
	uint64_t size;
	bool size_first;
	const char *more; /* JSON behind it, or "" */
};

static bool
has_docker_types(const struct hs_canonical *form, const struct hs_canon *how)
{
	return how->like == HS_LIKE_GGCR || (how->like == HS_LIKE_BUILDAH && form->docker);
}

bool
hs_canonical_can_store(const struct hs_canonical *form, const struct hs_canon *how,
                       enum hs_codec codec)
{
	return codec == HS_CODEC_NONE || codec == HS_CODEC_GZIP ||
	       (codec == HS_CODEC_ZSTD && !has_docker_types(form, how));
}

static const char *
layer_type(bool docker, enum hs_codec codec)
{
	if (docker)
		return codec == HS_CODEC_GZIP ? DOCKER "image.rootfs.diff.tar.gzip"
		                              : DOCKER "image.rootfs.diff.tar";
	if (codec == HS_CODEC_ZSTD)
		return OCI "layer.v1.tar+zstd";
	return codec == HS_CODEC_GZIP ? OCI "layer.v1.tar+gzip" : OCI "layer.v1.tar";
}

static void
put_size(struct hs_go_text *t, uint64_t size)
{
	hs_go_puts(t, ",\"size\":");
	hs_go_put_number(t, (int64_t)size);
}

static void
put_descriptor(struct hs_go_text *t, const struct descriptor *d)
{
	char hex[HS_SHA256_HEX];

	hs_go_puts(t, "{\"mediaType\":");
	hs_go_put_string(t, hs_span_of(d->type));
	if (d->size_first)
		put_size(t, d->size);
	hs_go_puts(t, ",\"digest\":\"sha256:");
	hs_go_puts(t, hs_sha256_hex(hex, &d->sha256));
	hs_go_puts(t, "\"");
	if (!d->size_first)
		put_size(t, d->size);
	hs_go_puts(t, d->more);
	hs_go_puts(t, "}");
}

static void
put_layers(struct hs_go_text *t, const struct hs_canonical *form, const struct hs_canon *how,
           const struct hs_canonical_blob *layers)
{
	const bool docker = has_docker_types(form, how);
	char more[96] = "";

	if (how->like == HS_LIKE_BUILDKIT)
		snprintf(more, sizeof(more),
		         ",\"annotations\":{\"buildkit/rewritten-timestamp\":\"%" PRId64 "\"}",
		         how->time);
	for (size_t i = 0; i < form->n_layers; i++) {
		hs_go_puts(t, i ? "," : "");
		put_descriptor(t, &(struct descriptor){ layer_type(docker, layers[i].codec),
		                                        layers[i].sha256, layers[i].size, docker,
		                                        more });
	}
}

/* The annotations that the manifest has, and the one that dates it. */
static void
put_annotations(struct hs_go_text *t, struct hs_arena *a, const struct hs_canonical *form,
                const struct hs_canon *how)
{
	static const struct hs_go_field fields[] = { { "annotations", HS_GO_MAP, true, NULL },
		                                     { 0 } };
	struct hs_go_object *o = hs_go_object_new(a, fields);
	struct hs_go_cell *annotations = hs_go_cell(o, "annotations");
	const struct hs_go_value *v;
	char text[HS_GO_TIME_TEXT];
	struct hs_err err;

	/* What cannot be read has no annotations that a tool would take over. */
	if (form->manifest.len && hs_go_json_read(&v, a, form->manifest, true, &err) == 0)
		hs_go_object_read(o, a, v, &err);
	if (how->like == HS_LIKE_BUILDAH) {
		hs_go_time_write(text, (struct hs_go_time){ .seconds = how->time });
		hs_go_cell_add(annotations, a,
		               (struct hs_go_item){ HS_SPAN("org.opencontainers.image.created"),
		                                    hs_arena_copy(a, hs_span_of(text)) });
	}
	if (!annotations->n)
		return;
	hs_go_puts(t, ",\"annotations\":");
	hs_go_put_map(t, annotations, HS_GO_MAP);
}

static const char *
manifest_type(const struct hs_canonical *form, const struct hs_canon *how)
{
	return has_docker_types(form, how) ? DOCKER "distribution.manifest.v2+json"
	                                   : OCI "manifest.v1+json";
}

/* json.MarshalIndent() of compact JSON. */
static struct hs_span
indent(struct hs_arena *a, struct hs_span compact)
{
	struct hs_go_text out = { 0 };
	struct hs_json_token token;
	char last = 0;
	int depth = 0;

	while (hs_json_take(&token, &compact)) {
		const bool opened = last == '{' || last == '[';
		const bool closes = token.kind == '}' || token.kind == ']';

		depth -= closes;
		if (last == ',' || (opened && !closes) || (closes && !opened)) {
			hs_go_puts(&out, "\n");
			for (int i = 0; i < depth; i++)
				hs_go_puts(&out, "  ");
		}
		hs_go_put(&out, token.text);
		hs_go_puts(&out, token.kind == ':' ? " " : "");
		depth += token.kind == '{' || token.kind == '[';
		last = token.kind ? token.kind : '0';
	}
	return hs_go_text_take(&out, a);
}

struct hs_span
hs_canonical_manifest(struct hs_arena *a, const struct hs_canonical *form,
                      const struct hs_canon *how, const struct hs_canonical_blob *layers)
{
	const bool docker = has_docker_types(form, how);
	/* BuildKit's list of layers is nil until the first is added. */
	const bool null = how->like == HS_LIKE_BUILDKIT && form->n_layers == 0;
	struct hs_go_text t = { 0 };
	struct hs_span out;

	hs_go_puts(&t, "{\"schemaVersion\":2,\"mediaType\":");
	hs_go_put_string(&t, hs_span_of(manifest_type(form, how)));
	hs_go_puts(&t, ",\"config\":");
	put_descriptor(&t, &(struct descriptor){ docker ? DOCKER "container.image.v1+json"
	                                                : OCI "config.v1+json",
	                                         form->image_id, form->config.len, docker, "" });
	hs_go_puts(&t, null ? ",\"layers\":null" : ",\"layers\":[");
	put_layers(&t, form, how, layers);
	hs_go_puts(&t, null ? "" : "]");
	if (!docker && how->like != HS_LIKE_BUILDKIT)
		put_annotations(&t, a, form, how);
	hs_go_puts(&t, "}");
	out = hs_go_text_take(&t, a);
	return how->like == HS_LIKE_BUILDKIT ? indent(a, out) : out;
}

struct hs_span
hs_canonical_index(struct hs_arena *a, const struct hs_canonical *form, const struct hs_canon *how,
                   struct hs_span manifest, struct hs_span ref)
{
	struct hs_go_text t = { 0 }, more = { 0 };

	if (ref.len) {
		hs_go_puts(&more, ",\"annotations\":{\"org.opencontainers.image.ref.name\":");
		hs_go_put_string(&more, ref);
		hs_go_puts(&more, "}");
	}
	hs_go_puts(&t, "{\"schemaVersion\":2,\"mediaType\":\"" OCI "index.v1+json\","
	               "\"manifests\":[");
	put_descriptor(&t, &(struct descriptor){ manifest_type(form, how), hs_sha256(manifest),
	                                         manifest.len, false,
	                                         (const char *)hs_go_text_take(&more, a).at });
	hs_go_puts(&t, "]}");
	return hs_go_text_take(&t, a);
}
