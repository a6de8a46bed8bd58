/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dir: transport of skopeo and podman (containers/image, directory):
 *
 *	version            "Directory Transport Version: 1.1\n"
 *	manifest.json      the manifest as the registry has it, or the index
 *	HEX                a blob, named by its digest without the algorithm
 *	HEX.manifest.json  a manifest of the index
 */
#include "image/view.h"

#include "image/found.h"
#include "image/image_json.h"

static size_t
find_hex(struct hs_image *image, const struct hs_digest *digest)
{
	struct hs_arena *a = &image->tree->worker->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(a);
	const int len = digest->encoded.len <= HS_MAX_NAME ? (int)digest->encoded.len : 0;
	size_t found = HS_NOWHERE;

	if (len)
		found = hs_names_find(&image->names, digest->encoded);
	if (len && found == HS_NOWHERE)
		found = hs_names_find(&image->names,
		                      hs_arena_span(a, "%.*s.manifest.json", len,
		                                    (const char *)digest->encoded.at));
	hs_arena_rewind(a, mark);
	return found;
}

static int
arrange_index(struct hs_image *image, size_t entry, struct hs_err *err)
{
	const struct hs_document *doc = hs_image_document(image, entry);
	struct hs_found_list found = { 0 };
	struct hs_part *part;
	int rc = hs_image_part(&part, image, HS_SPAN("manifest.json"), entry, err);

	for (size_t i = 0; i < doc->n_list && rc == 0; i++) {
		const struct hs_descriptor *d = &doc->list[i];
		const size_t at = find_hex(image, &d->digest);
		char what[160];

		if (at != HS_NOWHERE) {
			rc = hs_found_add(&found, image,
			                  (struct hs_found){ .descriptor = d, .entry = at }, err);
		} else if (d->digest.text.len) {
			hs_found_name(what, sizeof(what), d, i);
			hs_image_missing(image, part, d->platform.len == 0, what, d);
		}
	}
	hs_found_owners(&found, image, find_hex, 0);
	return rc == 0 ? hs_found_place(&found, image, find_hex, err) : rc;
}

static int
dir_arrange(struct hs_tree *t, struct hs_err *err)
{
	struct hs_image *image = hs_image_begin(t);
	const size_t entry = hs_image_find(image, HS_SPAN("manifest.json"));
	struct hs_err late;
	int rc = 0, end;

	if (entry != HS_NOWHERE && hs_image_document(image, entry)->kind == HS_DOCUMENT_INDEX)
		rc = arrange_index(image, entry, err);
	else if (entry != HS_NOWHERE)
		rc = hs_manifest_place(
			&(struct hs_placing){
				.image = image, .find = find_hex, .entry = entry, .runs = true },
			err);
	end = hs_image_finish(image, rc == 0 ? err : &late);
	return rc < 0 ? rc : end;
}

static bool
dir_is(const struct hs_tree *t)
{
	const struct hs_entry *version = hs_tree_find(t, HS_SPAN("version"), 0);
	struct hs_content content;
	struct hs_err err;
	bool is;

	if (!version || !hs_tree_find(t, HS_SPAN("manifest.json"), 0))
		return false;
	is = hs_tree_open(&content, t, version, &err) == 0 &&
	     hs_span_starts(content.bytes, HS_SPAN("Directory Transport Version:"));
	hs_content_release(&content);
	return is;
}

const struct hs_view hs_view_dir = {
	.name = "image-dir",
	.about = "image that skopeo copied to dir:, blobs named by bare digests",
	.known_by = "members manifest.json and version, \"Directory Transport Version:\"",
	.is = dir_is,
	.arrange = dir_arrange,
};
