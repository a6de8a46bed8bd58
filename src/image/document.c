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

#include "image/image_json.h"

#include <stdio.h>

static void
read_descriptor(struct hs_descriptor *out, struct hs_document *doc, struct hs_arena *a,
                const json_t *json, const char *what)
{
	struct hs_err err;

	if (hs_descriptor_parse(out, a, json, &err) < 0)
		hs_remarks_add(&doc->remarks, a, hs_descriptor_fault(out, json), "%s: %s", what,
		               err.text);
}

/* A list of a document, and how much of it is read. */
struct list {
	const json_t *json;
	const char *what;
	size_t n;
};

static struct list
take_list(struct hs_remarks *r, struct hs_arena *a, const json_t *json, const char *what,
          size_t limit)
{
	struct list list = { json, what, json_array_size(json) };

	if (json && !json_is_array(json) && !json_is_null(json))
		hs_remarks_add(r, a, HS_REMARK_BAD_JSON, "its %ss are not a list", what);
	if (list.n > limit) {
		hs_remarks_add(r, a, HS_REMARK_LIMIT,
		               "of its %zu %ss %zu are read (HS_MAX_IMAGE_PARTS, which is for all "
		               "documents of the archive)",
		               list.n, what, limit);
		list.n = limit;
	}
	return list;
}

static void
read_list(struct hs_document *doc, struct hs_arena *a, const struct list *list)
{
	char name[64];

	doc->n_list = list->n;
	doc->list = hs_arena_array(a, doc->n_list, sizeof(*doc->list));
	for (size_t i = 0; i < doc->n_list; i++) {
		snprintf(name, sizeof(name), "%s[%zu]", list->what, i);
		read_descriptor(&doc->list[i], doc, a, json_array_get(list->json, i), name);
	}
}

static bool
is_index_type(struct hs_span media_type)
{
	return hs_span_is(media_type, "application/vnd.oci.image.index.v1+json") ||
	       hs_span_is(media_type, "application/vnd.docker.distribution.manifest.list.v2+json");
}

static bool
is_manifest_type(struct hs_span media_type)
{
	return hs_span_is(media_type, "application/vnd.oci.image.manifest.v1+json") ||
	       hs_span_is(media_type, "application/vnd.docker.distribution.manifest.v2+json");
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
read_object(struct hs_document *doc, struct hs_arena *a, const json_t *json, size_t limit)
{
	const json_t *manifests = hs_image_json_field(json, "manifests");
	const json_t *layers = hs_image_json_field(json, "layers");
	const json_t *config = hs_image_json_field(json, "config");
	const json_t *subject = hs_image_json_field(json, "subject");
	struct list list;

	if (!json_is_object(json))
		hs_remarks_add(&doc->remarks, a, HS_REMARK_BAD_JSON, "it is not an object");
	doc->media_type = hs_image_json_text(a, json, "mediaType");
	doc->artifact_type = hs_image_json_text(a, json, "artifactType");
	if (manifests && (layers || config)) {
		hs_remarks_add(
			&doc->remarks, a, HS_REMARK_AMBIGUOUS,
			"it has the fields of an index and of a manifest: it is read as neither");
		return;
	}
	doc->kind = kind_of(json, doc->media_type);
	if (doc->kind == HS_DOCUMENT_MANIFEST && is_index_type(doc->media_type))
		hs_remarks_add(&doc->remarks, a, HS_REMARK_AMBIGUOUS,
		               "it calls itself an index and is a manifest");
	if (doc->kind == HS_DOCUMENT_INDEX && is_manifest_type(doc->media_type))
		hs_remarks_add(&doc->remarks, a, HS_REMARK_AMBIGUOUS,
		               "it calls itself a manifest and is an index");
	doc->has_subject = subject != NULL;
	if (subject)
		read_descriptor(&doc->subject, doc, a, subject, "subject");
	if (doc->kind == HS_DOCUMENT_OTHER)
		return;
	list = doc->kind == HS_DOCUMENT_INDEX
	               ? take_list(&doc->remarks, a, manifests, "manifest", limit)
	               : take_list(&doc->remarks, a, layers, "layer", limit);
	read_list(doc, a, &list);
	if (doc->kind == HS_DOCUMENT_INDEX)
		return;
	doc->has_config = config != NULL;
	if (config)
		read_descriptor(&doc->config, doc, a, config, "config");
}

void
hs_document_read(struct hs_document *out, struct hs_arena *a, struct hs_span bytes, size_t limit)
{
	json_t *json;

	*out = (struct hs_document){ 0 };
	if (hs_image_json_read(&json, &out->remarks, a, bytes) < 0)
		return;
	out->is_json = true;
	read_object(out, a, json, limit);
	json_decref(json);
}

static void
read_diff_ids(struct hs_config *config, struct hs_arena *a, const json_t *json, size_t limit)
{
	const struct list list = take_list(&config->remarks, a, json, "diff_id", limit);
	const size_t n = list.n;
	struct hs_digest *ids = hs_arena_array(a, n, sizeof(*ids));

	for (size_t i = 0; i < n; i++) {
		const struct hs_span text = hs_image_json_span(json_array_get(json, i));
		struct hs_err err;

		if (hs_digest_parse(&ids[i], hs_arena_copy(a, text), &err) < 0)
			hs_remarks_add(&config->remarks, a, HS_REMARK_BAD_DIGEST,
			               "diff_ids[%zu]: %s", i, err.text);
	}
	config->diff_ids = ids;
	config->n_diff_ids = n;
}

/* Lines of the history that made a layer, against the layers there are. */
static void
check_history(struct hs_config *config, struct hs_arena *a, const json_t *history)
{
	const size_t n = json_array_size(history);
	size_t made = 0;

	for (size_t i = 0; i < n; i++)
		if (!json_is_true(json_object_get(json_array_get(history, i), "empty_layer")))
			made++;
	if (n && made != config->n_diff_ids)
		hs_remarks_add(&config->remarks, a, HS_REMARK_HISTORY,
		               "its history tells of %zu layers, it has %zu diff_ids", made,
		               config->n_diff_ids);
}

void
hs_config_read(struct hs_config *out, struct hs_arena *a, struct hs_span bytes, size_t limit)
{
	const json_t *rootfs;
	json_t *json;

	*out = (struct hs_config){ 0 };
	if (hs_image_json_read(&json, &out->remarks, a, bytes) < 0)
		return;
	if (!json_is_object(json))
		hs_remarks_add(&out->remarks, a, HS_REMARK_BAD_JSON, "it is not an object");
	rootfs = hs_image_json_field(json, "rootfs");
	out->platform = hs_platform_text(a, json);
	read_diff_ids(out, a, json_object_get(rootfs, "diff_ids"), limit);
	if (rootfs && !hs_span_is(hs_image_json_span(json_object_get(rootfs, "type")), "layers"))
		hs_remarks_add(&out->remarks, a, HS_REMARK_ROOTFS_TYPE,
		               "its rootfs is not of the type \"layers\"");
	check_history(out, a, json_object_get(json, "history"));
	json_decref(json);
}
