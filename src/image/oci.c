/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OCI image layout (image-spec, image-layout.md), in a tar or a directory:
 *
 *	oci-layout             {"imageLayoutVersion": "1.0.0"}
 *	index.json             the index to start from
 *	blobs/ALG/ENCODED      everything else, named by its digest
 *
 * buildx, skopeo, podman and umoci write it; docker save does since 25, with
 * a manifest.json beside it for older readers. Where both are there, the
 * index counts when it lists a manifest: docker 25 leaves it empty for an
 * image without a tag.
 *
 * What varies: the digests, hence the names of all blobs and their order in
 * the archive; annotations with dates and names; attestations, whose content
 * is of the one build by its nature.
 */
#include "image/view.h"

#include "core/limits.h"
#include "image/agreement.h"
#include "image/found.h"
#include "image/image_json.h"
#include "image/legacy.h"

#include <stdio.h>

/* The walk from index.json down to the manifests. */
struct walk {
	struct hs_image *image;
	struct hs_found_list found;
	size_t n_indexes, n_blobs;
	size_t path[HS_MAX_INDEX_DEPTH + 1]; /* entries of the indexes above */
	size_t depth;
};

static bool
is_document_type(struct hs_span type)
{
	static const char *const types[] = {
		"application/vnd.oci.image.index.v1+json",
		"application/vnd.oci.image.manifest.v1+json",
		"application/vnd.docker.distribution.manifest.list.v2+json",
		"application/vnd.docker.distribution.manifest.v2+json",
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (hs_span_is(type, types[i]))
			return true;
	return false;
}

/* What an index names, and is neither index nor manifest: legal, and not looked into. */
static int
place_other(struct walk *w, const struct hs_descriptor *d, size_t entry, struct hs_err *err)
{
	struct hs_part *part;
	const int rc = hs_image_part(
		&part, w->image, hs_arena_span(&w->image->tree->arena, "blob[%zu]", w->n_blobs++),
		entry, err);

	if (rc < 0)
		return rc;
	part->kind = HS_PART_BLOB;
	part->descriptor = d;
	return 0;
}

/* A descriptor on the way down, and the nearest with a name: itself, one above it, or NULL. */
struct step {
	const struct hs_descriptor *d, *named;
};

static int walk_index(struct walk *w, size_t entry, const struct step *at, struct hs_err *err);

static int
nest(struct walk *w, size_t entry, const struct step *at, struct hs_err *err)
{
	struct hs_remarks *r = &hs_image_member(w->image, entry)->remarks;
	struct hs_arena *a = &w->image->tree->arena;

	for (size_t i = 0; i < w->depth; i++) {
		if (w->path[i] == entry) {
			hs_remarks_add(r, a, HS_REMARK_LOOP, "the index names itself");
			return 0;
		}
	}
	if (w->depth < HS_MAX_INDEX_DEPTH)
		return hs_image_visit(w->image, entry) ? walk_index(w, entry, at, err) : 0;
	hs_remarks_add(r, a, HS_REMARK_LIMIT,
	               "indexes are nested deeper than %d (HS_MAX_INDEX_DEPTH)",
	               HS_MAX_INDEX_DEPTH);
	return 0;
}

static int
walk_one(struct walk *w, const struct hs_descriptor *d, const struct hs_descriptor *above,
         struct hs_err *err)
{
	const struct step at = { d, d->n_names ? d : above };
	const size_t entry = hs_image_find_blob(w->image, &d->digest);
	const struct hs_document *doc;

	if (d->media_type.len && !is_document_type(d->media_type))
		return place_other(w, d, entry, err);
	doc = hs_image_document(w->image, entry);
	if (doc->kind == HS_DOCUMENT_INDEX)
		return nest(w, entry, &at, err);
	if (doc->kind == HS_DOCUMENT_OTHER && doc->is_json && doc->remarks.n == 0)
		return place_other(w, d, entry, err);
	return hs_found_add(&w->found, w->image,
	                    (struct hs_found){ .descriptor = d, .entry = entry, .named = at.named },
	                    err);
}

/* An archive for one platform often keeps the whole index: then the others are absent by intent. */
static void
remark_absent(struct walk *w, struct hs_part *index, const struct hs_document *doc)
{
	size_t held = 0;

	for (size_t i = 0; i < doc->n_list; i++)
		if (hs_image_find_blob(w->image, &doc->list[i].digest) != HS_NOWHERE)
			held++;
	for (size_t i = 0; i < doc->n_list; i++) {
		const struct hs_descriptor *d = &doc->list[i];
		char what[160];

		if (d->digest.text.len == 0 ||
		    hs_image_find_blob(w->image, &d->digest) != HS_NOWHERE)
			continue;
		hs_found_name(what, sizeof(what), d, i);
		hs_image_missing(w->image, index, held == 0 || d->platform.len == 0, what, d);
	}
}

static int
walk_index(struct walk *w, size_t entry, const struct step *at, struct hs_err *err)
{
	struct hs_arena *a = &w->image->tree->arena;
	const struct hs_document *doc = hs_image_document(w->image, entry);
	const size_t first = w->found.n;
	struct hs_part *part;
	int rc;

	rc = hs_image_part(&part, w->image,
	                   w->depth ? hs_arena_span(a, "index[%zu]", w->n_indexes++)
	                            : HS_SPAN("index.json"),
	                   entry, err);
	if (rc < 0)
		return rc;
	part->descriptor = at->d;
	hs_image_check_type(part, a, doc);
	if (doc->kind != HS_DOCUMENT_INDEX) {
		if (!doc->remarks.damaged)
			hs_remarks_add(&part->remarks, a, HS_REMARK_BAD_JSON, "it is not an index");
		return 0;
	}
	remark_absent(w, part, doc);
	w->path[w->depth++] = entry;
	for (size_t i = 0; i < doc->n_list && rc == 0; i++)
		if (hs_image_find_blob(w->image, &doc->list[i].digest) != HS_NOWHERE)
			rc = walk_one(w, &doc->list[i], at->named, err);
	w->depth--;
	hs_found_owners(&w->found, w->image, hs_image_find_blob, first);
	return rc;
}

static int
oci_arrange(struct hs_tree *t, struct hs_err *err)
{
	struct walk w = { .image = hs_image_begin(t) };
	const size_t index = hs_image_find(w.image, HS_SPAN("index.json"));
	struct hs_err late;
	int rc = 0, end;

	if (index != HS_NOWHERE)
		rc = walk_index(&w, index, &(struct step){ NULL, NULL }, err);
	if (rc == 0)
		rc = hs_found_place(&w.found, w.image, hs_image_find_blob, err);
	hs_image_check_agreement(w.image);
	hs_legacy_place_blobs(w.image);
	end = hs_image_finish(w.image, rc == 0 ? err : &late);
	return rc < 0 ? rc : end;
}

static bool
lists_a_manifest(const struct hs_tree *t, const struct hs_entry *index)
{
	struct hs_arena *scratch = &t->worker->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	struct hs_remarks remarks = { 0 };
	struct hs_content content;
	struct hs_err err;
	json_t *json = NULL;
	bool lists = false;

	if (hs_tree_open(&content, t, index, &err) == 0 &&
	    hs_image_json_read(&json, &remarks, scratch, content.bytes) == 0)
		lists = json_array_size(json_object_get(json, "manifests")) > 0;
	json_decref(json);
	hs_content_release(&content);
	hs_arena_rewind(scratch, mark);
	return lists;
}

static bool
oci_is(const struct hs_tree *t)
{
	const struct hs_entry *index = hs_tree_find(t, HS_SPAN("index.json"), 0);
	bool blobs = false;

	if (!index)
		return false;
	for (size_t i = 0; i < t->n_entries && !blobs; i++)
		blobs = hs_span_starts(t->entries[i].key, HS_SPAN("blobs/")) ||
		        hs_span_is(t->entries[i].key, "oci-layout");
	return blobs && (lists_a_manifest(t, index) || !hs_view_docker.is(t));
}

const struct hs_view hs_view_oci = {
	.name = "oci-archive",
	.on_disk = "oci-layout",
	.about = "OCI image layout: index, manifests, configs and layers",
	.known_by = "members index.json and oci-layout or blobs/",
	.is = oci_is,
	.arrange = oci_arrange,
};
