/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents of an image (OCI image-spec: image-index.md, manifest.md,
 * config.md; Docker's "Image Manifest Version 2, Schema 2" has the same
 * fields under other media types):
 *
 *	index      manifests: descriptors, each with a platform
 *	manifest   config: descriptor; layers: descriptors, from the bottom
 *	           subject: descriptor; artifactType
 *	config     os, architecture, variant; rootfs.diff_ids: the digests of
 *	           the layers when uncompressed; config, history
 */
#include "image/document.h"

#include "core/limits.h"
#include "image/image_json.h"

#include <stdio.h>

static void
read_descriptor(struct hs_descriptor *out, struct hs_document *doc, struct hs_arena *a,
                const json_t *json, const char *what)
{
	struct hs_err err;

	if (hs_descriptor_parse(out, a, json, &err) < 0)
		hs_remarks_add(&doc->remarks, a, true, "%s: %s", what, err.text);
}

/* The length of a list, as far as it is read. */
static size_t
counted(struct hs_remarks *r, struct hs_arena *a, const json_t *list, const char *what)
{
	const size_t n = json_array_size(list);

	if (n <= HS_MAX_IMAGE_PARTS)
		return n;
	hs_remarks_add(r, a, true, "it has %zu of %s, %d are read (HS_MAX_IMAGE_PARTS)", n, what,
	               HS_MAX_IMAGE_PARTS);
	return HS_MAX_IMAGE_PARTS;
}

static void
read_list(struct hs_document *doc, struct hs_arena *a, const json_t *list, const char *what)
{
	char name[64];

	if (list && !json_is_array(list)) {
		hs_remarks_add(&doc->remarks, a, true, "%ss is not a list", what);
		return;
	}
	doc->n_list = counted(&doc->remarks, a, list, what);
	doc->list = hs_arena_array(a, doc->n_list, sizeof(*doc->list));
	for (size_t i = 0; i < doc->n_list; i++) {
		snprintf(name, sizeof(name), "%s[%zu]", what, i);
		read_descriptor(&doc->list[i], doc, a, json_array_get(list, i), name);
	}
}

static bool
is_index_type(struct hs_span media_type)
{
	return hs_span_is(media_type, "application/vnd.oci.image.index.v1+json") ||
	       hs_span_is(media_type, "application/vnd.docker.distribution.manifest.list.v2+json");
}

/* By the fields that are there, and by the media type only where they leave it open. */
static enum hs_document_kind
kind_of(const json_t *json, struct hs_span media_type)
{
	if (hs_image_json_field(json, "manifests"))
		return HS_DOCUMENT_INDEX;
	if (hs_image_json_field(json, "layers") || hs_image_json_field(json, "config"))
		return HS_DOCUMENT_MANIFEST;
	if (is_index_type(media_type) || json_object_get(json, "manifests"))
		return HS_DOCUMENT_INDEX;
	return HS_DOCUMENT_OTHER;
}

static void
read_object(struct hs_document *doc, struct hs_arena *a, const json_t *json)
{
	const json_t *manifests = hs_image_json_field(json, "manifests");
	const json_t *layers = hs_image_json_field(json, "layers");
	const json_t *config = hs_image_json_field(json, "config");
	const json_t *subject = hs_image_json_field(json, "subject");

	doc->media_type = hs_image_json_text(a, json, "mediaType");
	doc->artifact_type = hs_image_json_text(a, json, "artifactType");
	if (manifests && (layers || config)) {
		hs_remarks_add(
			&doc->remarks, a, true,
			"it has the fields of an index and of a manifest: it is read as neither");
		return;
	}
	doc->kind = kind_of(json, doc->media_type);
	if (doc->kind == HS_DOCUMENT_MANIFEST && is_index_type(doc->media_type))
		hs_remarks_add(&doc->remarks, a, true,
		               "it calls itself an index and is a manifest");
	doc->has_subject = subject != NULL;
	if (subject)
		read_descriptor(&doc->subject, doc, a, subject, "subject");
	if (doc->kind == HS_DOCUMENT_INDEX)
		read_list(doc, a, manifests, "manifest");
	if (doc->kind != HS_DOCUMENT_MANIFEST)
		return;
	read_list(doc, a, layers, "layer");
	doc->has_config = config != NULL;
	if (config)
		read_descriptor(&doc->config, doc, a, config, "config");
}

void
hs_document_read(struct hs_document *out, struct hs_arena *a, struct hs_span bytes)
{
	struct hs_err err;
	json_t *json;

	*out = (struct hs_document){ 0 };
	if (hs_image_json_load(&json, bytes, &err) < 0) {
		hs_remarks_add(&out->remarks, a, true, "%s", err.text);
		return;
	}
	out->is_json = true;
	read_object(out, a, json);
	json_decref(json);
}

static void
read_diff_ids(struct hs_config *config, struct hs_arena *a, const json_t *list)
{
	const size_t n = counted(&config->remarks, a, list, "diff_ids");
	struct hs_digest *ids = hs_arena_array(a, n, sizeof(*ids));

	for (size_t i = 0; i < n; i++) {
		const struct hs_span text = hs_image_json_span(json_array_get(list, i));
		struct hs_err err;

		if (hs_digest_parse(&ids[i], hs_arena_copy(a, text), &err) < 0)
			hs_remarks_add(&config->remarks, a, true, "diff_ids[%zu]: %s", i, err.text);
	}
	config->diff_ids = ids;
	config->n_diff_ids = n;
}

void
hs_config_read(struct hs_config *out, struct hs_arena *a, struct hs_span bytes)
{
	const json_t *rootfs;
	struct hs_err err;
	json_t *json;

	*out = (struct hs_config){ 0 };
	if (hs_image_json_load(&json, bytes, &err) < 0) {
		hs_remarks_add(&out->remarks, a, true, "%s", err.text);
		return;
	}
	rootfs = hs_image_json_field(json, "rootfs");
	out->platform = hs_platform_text(a, json);
	read_diff_ids(out, a, json_object_get(rootfs, "diff_ids"));
	if (rootfs && !hs_span_is(hs_image_json_span(json_object_get(rootfs, "type")), "layers"))
		hs_remarks_add(&out->remarks, a, false, "its rootfs is not of the type \"layers\"");
	json_decref(json);
}
