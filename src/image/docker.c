/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker-archive: what docker save writes, and skopeo, kaniko, crane, nix,
 * bazel and jib with other file names (moby: image/spec/spec.md, v1.2):
 *
 *	manifest.json        [{"Config": NAME, "RepoTags": [...], "Layers": [NAME...]}]
 *	HEX.json             the configuration; kaniko calls it "sha256:HEX"
 *	HEX.tar, ID/layer.tar, HEX.tar.gz   the layers, packed or not
 *	ID/VERSION, ID/json, repositories   for Docker before 1.10
 *
 * A layer that repeats is a symbolic link to the first one, inside the
 * archive. Names bind nobody here: the configuration's diff_ids do.
 *
 * What varies: file names made from digests and from v1 ids, modification
 * times, the tags.
 */
#include "image/view.h"

#include "core/escape.h"
#include "image/found.h"
#include "image/image_json.h"
#include "image/legacy.h"

#include <stdio.h>

enum { SHOWN = 400 };

/* An image of the list, and where its parts stand. */
struct item {
	const json_t *json; /* as long as manifest.json is read */
	size_t config;
	const size_t *layers;
	size_t n_layers;
	const struct hs_span *names; /* its tags */
	size_t n_names;
	struct hs_span platform, prefix;
};

struct archive {
	struct hs_image *image;
	struct hs_legacy *legacy;
	struct hs_part *list; /* manifest.json */
	struct item *items;
	size_t n_items;
};

static size_t
find_named(struct archive *ar, const json_t *name, const char *what)
{
	const struct hs_span text = hs_image_json_span(name);
	const size_t found = hs_image_find(ar->image, text);
	char shown[SHOWN];

	hs_escape_short(shown, sizeof(shown), text);
	if (found != HS_NOWHERE && found == ar->list->entry) {
		hs_remarks_add(&ar->list->remarks, &ar->image->tree->arena, HS_REMARK_LOOP,
		               "names itself as %s: \"%s\"", what, shown);
		return HS_NOWHERE;
	}
	if (found != HS_NOWHERE)
		return found;
	hs_remarks_add(&ar->list->remarks, &ar->image->tree->arena, HS_REMARK_MISSING,
	               "names %s \"%s\", which the archive does not hold", what, shown);
	return HS_NOWHERE;
}

static void
read_tags(struct item *item, struct hs_arena *a, const json_t *tags)
{
	const size_t n = json_array_size(tags);
	struct hs_span *names = hs_arena_array(a, n, sizeof(*names));

	for (size_t i = 0; i < n; i++) {
		const struct hs_span tag = hs_image_json_span(json_array_get(tags, i));

		if (tag.len)
			names[item->n_names++] = hs_arena_copy(a, tag);
	}
	item->names = names;
}

static void
read_item(struct archive *ar, const json_t *json, struct hs_label *label)
{
	struct hs_arena *a = &ar->image->tree->arena;
	const json_t *layers = json_object_get(json, "Layers");
	struct item *item = &ar->items[ar->n_items];
	size_t *found;
	char what[64];

	item->json = json;
	item->n_layers = json_array_size(layers);
	item->layers = found = hs_arena_array(a, item->n_layers, sizeof(*found));
	snprintf(what, sizeof(what), "image[%zu]/config", ar->n_items);
	item->config = find_named(ar, json_object_get(json, "Config"), what);
	for (size_t i = 0; i < item->n_layers; i++) {
		snprintf(what, sizeof(what), "image[%zu]/layer[%zu]", ar->n_items, i);
		found[i] = find_named(ar, json_array_get(layers, i), what);
	}
	label->i = ar->n_items++;
	read_tags(item, a, json_object_get(json, "RepoTags"));
	if (item->n_names)
		label->name = item->names[0];
	if (item->config != HS_NOWHERE)
		label->platform = hs_image_config(ar->image, item->config)->platform;
	item->platform = label->platform;
}

static void
read_list(struct archive *ar, const json_t *json)
{
	struct hs_arena *a = &ar->image->tree->arena;
	size_t n = json_array_size(json);
	struct hs_label *labels;

	if (!json_is_array(json))
		hs_remarks_add(&ar->list->remarks, a, HS_REMARK_BAD_JSON,
		               "it is not a list of images");
	if (n > HS_MAX_IMAGE_PARTS) {
		hs_remarks_add(&ar->list->remarks, a, HS_REMARK_LIMIT,
		               "it lists %zu images, %d are read (HS_MAX_IMAGE_PARTS)", n,
		               HS_MAX_IMAGE_PARTS);
		n = HS_MAX_IMAGE_PARTS;
	}
	labels = hs_arena_array(a, n, sizeof(*labels));
	ar->items = hs_arena_array(a, n, sizeof(*ar->items));
	for (size_t i = 0; i < n; i++)
		read_item(ar, json_array_get(json, i), &labels[i]);
	hs_labels_make(labels, n, a);
	for (size_t i = 0; i < n && n > 1; i++)
		ar->items[i].prefix = labels[i].text;
}

/* The digest in "HEX.json" and "sha256:HEX"; none in other names, which say nothing. */
static void
config_name(struct hs_digest *out, struct hs_arena *a, struct hs_span key)
{
	const struct hs_span algorithm = HS_SPAN("sha256:"), suffix = HS_SPAN(".json");
	struct hs_err err;

	if (hs_span_starts(key, algorithm))
		key = hs_span_from(key, algorithm.len);
	if (hs_span_ends(key, suffix))
		key.len -= suffix.len;
	if (key.len == 64 &&
	    hs_digest_parse(out,
	                    hs_arena_span(a, "sha256:%.*s", (int)key.len, (const char *)key.at),
	                    &err) < 0)
		*out = (struct hs_digest){ 0 };
}

static struct hs_span
key_of(const struct archive *ar, const struct item *item, const char *name)
{
	return hs_arena_span(&ar->image->tree->arena, "%.*s%s", (int)item->prefix.len,
	                     (const char *)item->prefix.at, name);
}

/*
 * What docker 25 says of a layer beside its place: a descriptor, by diff_id.
 * Other writers mean by it where the layer came from: then its digest is of
 * other bytes, and it claims nothing of these.
 */
static void
take_source(struct archive *ar, const struct item *item, struct hs_part *layer)
{
	struct hs_arena *a = &ar->image->tree->arena;
	const json_t *sources = json_object_get(item->json, "LayerSources");
	const json_t *source =
		layer->diff_id.text.len
			? json_object_get(sources, (const char *)layer->diff_id.text.at)
			: NULL;
	struct hs_descriptor *d;
	struct hs_err err;

	if (!source)
		return;
	d = hs_arena_alloc(a, sizeof(*d));
	if (hs_descriptor_parse(d, a, source, &err) < 0)
		hs_remarks_add(&ar->list->remarks, a, hs_descriptor_fault(d, source),
		               "LayerSources: %s", err.text);
	else if (hs_span_equal(d->digest.text, layer->diff_id.text))
		layer->descriptor = d;
}

static int
place_item(struct archive *ar, const struct item *item, struct hs_err *err)
{
	struct hs_arena *a = &ar->image->tree->arena;
	const struct hs_digest *diff_ids = NULL;
	const size_t i_info = ar->image->n_infos;
	struct hs_image_info *info = hs_image_add(ar->image, item->n_layers);
	struct hs_part *part;
	char name[32];
	int rc = 0;

	info->names = item->names;
	info->n_names = item->n_names;
	info->ref = item->n_names ? item->names[0] : (struct hs_span){ NULL, 0 };
	info->platform = item->platform;
	info->prefix = item->prefix;
	if (item->config != HS_NOWHERE) {
		rc = hs_image_part(&part, ar->image, key_of(ar, item, "config"), item->config, err);
		if (rc < 0)
			return rc;
		info->config = part;
		part->info = i_info;
		config_name(&part->file_name, a, ar->image->under.entries[item->config].key);
		diff_ids = hs_image_diff_ids(ar->image, part, item->n_layers);
	}
	for (size_t i = 0; i < item->n_layers && rc == 0; i++) {
		if (item->layers[i] == HS_NOWHERE ||
		    !hs_image_take_role(ar->image, item->layers[i]))
			continue;
		snprintf(name, sizeof(name), "layer[%zu]", i);
		rc = hs_image_part(&part, ar->image, key_of(ar, item, name), item->layers[i], err);
		if (rc < 0)
			break;
		part->kind = HS_PART_LAYER;
		part->info = i_info;
		info->layers[i] = part;
		if (!diff_ids)
			continue;
		part->diff_id = diff_ids[i];
		take_source(ar, item, part);
	}
	if (rc == 0)
		hs_legacy_place(ar->legacy, info, item->layers, item->n_layers);
	return rc;
}

static int
read_manifest(struct archive *ar, size_t entry, struct hs_err *err)
{
	struct hs_arena *a = &ar->image->tree->arena;
	struct hs_content content;
	json_t *json = NULL;
	struct hs_err why;
	int rc = 0;

	if (hs_image_open(&content, ar->image, entry, &why) < 0)
		hs_remarks_add(&ar->list->remarks, a, hs_remark_of(&why), "%s", why.text);
	else if (hs_image_json_read(&json, &ar->list->remarks, a, content.bytes) == 0)
		read_list(ar, json);
	ar->legacy = hs_legacy_new(ar->image);
	for (size_t i = 0; i < ar->n_items && rc == 0; i++)
		rc = place_item(ar, &ar->items[i], err);
	json_decref(json);
	hs_content_release(&content);
	return rc;
}

static int
docker_arrange(struct hs_tree *t, struct hs_err *err)
{
	struct archive ar = { .image = hs_image_begin(t) };
	const size_t entry = hs_image_find(ar.image, HS_SPAN("manifest.json"));
	struct hs_err late;
	int rc = 0, end;

	if (entry != HS_NOWHERE)
		rc = hs_image_part(&ar.list, ar.image, HS_SPAN("manifest.json"), entry, err);
	if (ar.list)
		rc = read_manifest(&ar, entry, err);
	hs_legacy_place_blobs(ar.image);
	end = hs_image_finish(ar.image, rc == 0 ? err : &late);
	return rc < 0 ? rc : end;
}

/* Names that are only found beside the manifest.json of an image. */
static bool
has_layers(const struct hs_tree *t)
{
	for (size_t i = 0; i < t->n_entries; i++)
		if (hs_span_ends(t->entries[i].key, HS_SPAN("/layer.tar")) ||
		    hs_span_is(t->entries[i].key, "repositories") ||
		    hs_span_starts(t->entries[i].key, HS_SPAN("blobs/sha256/")))
			return true;
	return false;
}

/* Browser extensions have a manifest.json too: what counts is what it says. */
static bool
docker_is(const struct hs_tree *t)
{
	const struct hs_entry *e = hs_tree_find(t, HS_SPAN("manifest.json"), 0);
	struct hs_arena *scratch = &t->worker->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	struct hs_remarks remarks = { 0 };
	struct hs_content content;
	json_t *json = NULL, *first;
	struct hs_err err;
	bool is;

	if (!e)
		return false;
	if (hs_tree_open(&content, t, e, &err) < 0 ||
	    hs_image_json_read(&json, &remarks, scratch, content.bytes) < 0)
		is = has_layers(t);
	else {
		first = json_array_get(json, 0);
		is = (json_object_get(first, "Config") && json_object_get(first, "Layers")) ||
		     (remarks.n && has_layers(t));
	}
	json_decref(json);
	hs_content_release(&content);
	hs_arena_rewind(scratch, mark);
	return is;
}

const struct hs_view hs_view_docker = {
	.name = "docker-archive",
	.about = "image of docker save: manifest.json, configs and layers",
	.known_by = "a member manifest.json whose first element names layers",
	.is = docker_is,
	.arrange = docker_arrange,
};
