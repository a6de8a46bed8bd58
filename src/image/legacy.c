/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first image format of Docker (moby: image/spec/v1.md), as tools of
 * today add it to what they save:
 *
 *	ID/             ID is 64 hex digits: random once, a digest of the
 *	                layer's JSON and of its ancestors since
 *	ID/VERSION      "1.0"
 *	ID/json         {"id": ID, "parent": ID, "created": ..., ...}
 *	ID/layer.tar    the layer; or a symbolic link to where it stands
 *
 * docker 25 and later write ID/json alone, to blobs/sha256/, and name it
 * nowhere.
 *
 * What varies: all ids from the first layer on that differs, or whose JSON does.
 */
#include "image/legacy.h"

#include "image/image_json.h"

#include <stdlib.h>

enum { ID_LEN = 64, MAX_V1 = 1024, MAX_V1_JSON = 256 * 1024 };

/* ---- Folders ---- */

struct hs_legacy {
	struct hs_image *image;
	size_t *first; /* for each entry: the first folder whose layer it is, + 1 */
	size_t *next;  /* for each entry of a "layer.tar": the next of the same layer, + 1 */
};

static bool
is_layer_of_folder(struct hs_span key)
{
	const struct hs_span end = HS_SPAN("/layer.tar");

	return hs_span_ends(key, end) && key.len > end.len &&
	       !memchr(key.at, '/', key.len - end.len);
}

struct hs_legacy *
hs_legacy_new(struct hs_image *image)
{
	const size_t n = image->under.n_entries;
	struct hs_arena *a = &image->tree->arena;
	struct hs_legacy *l = hs_arena_alloc(a, sizeof(*l));

	*l = (struct hs_legacy){
		.image = image,
		.first = hs_arena_array(a, n, sizeof(*l->first)),
		.next = hs_arena_array(a, n, sizeof(*l->next)),
	};
	/* From the end, so that each list is in the order of the archive. */
	for (size_t i = n; i-- > 0;) {
		const struct hs_span key = image->under.entries[i].key;
		size_t layer;

		if (!is_layer_of_folder(key))
			continue;
		layer = hs_image_find(image, key);
		if (layer == HS_NOWHERE)
			continue;
		l->next[i] = l->first[layer];
		l->first[layer] = i + 1;
	}
	return l;
}

/* Gives the entry of that name a key below the image's prefix, where it is there and has none yet.
 */
static void
give_key(struct hs_image *image, const struct hs_image_info *info, struct hs_span name,
         const char *key)
{
	const size_t at = hs_names_entry(&image->names, name);
	struct hs_member *m = at != HS_NOWHERE ? hs_image_member(image, at) : NULL;

	if (!m || m->key.len)
		return;
	m->key = hs_arena_join(&image->tree->arena, info->prefix, hs_span_of(key));
	m->info = (size_t)(info - image->infos);
}

static void
place_folder(struct hs_image *image, const struct hs_image_info *info, size_t layer,
             struct hs_span folder)
{
	static const char *const names[] = { "", "/VERSION", "/json", "/layer.tar" };
	struct hs_arena *a = &image->tree->arena;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		give_key(image, info,
		         hs_arena_span(a, "%.*s%s", (int)folder.len, (const char *)folder.at,
		                       names[i]),
		         hs_arena_printf(a, "layer[%zu].v1%s", layer, names[i]));
}

void
hs_legacy_place(struct hs_legacy *l, const struct hs_image_info *info, const size_t *layers,
                size_t n_layers)
{
	for (size_t i = 0; i < n_layers; i++) {
		size_t folder;
		struct hs_span key;

		if (layers[i] == HS_NOWHERE || !l->first[layers[i]])
			continue;
		folder = l->first[layers[i]] - 1;
		l->first[layers[i]] = l->next[folder];
		key = l->image->under.entries[folder].key;
		key.len -= sizeof("/layer.tar") - 1;
		place_folder(l->image, info, i, key);
	}
}

/* ---- Blobs ---- */

struct v1 {
	size_t entry;
	struct hs_span id, parent;
	size_t layer; /* from the bottom; counted once the parents are known */
};

static bool
is_id(struct hs_span s)
{
	return s.len == ID_LEN && hs_span_is_hex(s);
}

/* Whether a blob that nothing names is such a JSON. */
static bool
read_v1(struct v1 *out, struct hs_image *image, size_t entry)
{
	struct hs_arena *a = &image->tree->arena;
	struct hs_content content;
	struct hs_err err;
	json_t *json = NULL;
	bool is = false;

	if (hs_image_open(&content, image, entry, &err) == 0 && content.bytes.len &&
	    content.bytes.at[0] == '{' && hs_image_json_load(&json, content.bytes, &err) == 0) {
		*out = (struct v1){
			.entry = entry,
			.id = hs_image_json_text(a, json, "id"),
			.parent = hs_image_json_text(a, json, "parent"),
		};
		is = is_id(out->id) && json_object_get(json, "created") &&
		     !json_object_get(json, "rootfs");
	}
	json_decref(json);
	hs_content_release(&content);
	return is;
}

static int
by_id(const void *x, const void *y)
{
	return hs_span_order(((const struct v1 *)x)->id, ((const struct v1 *)y)->id);
}

static int
by_layer(const void *x, const void *y)
{
	const struct v1 *a = x, *b = y;

	if (a->layer != b->layer)
		return a->layer < b->layer ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

/* How many ancestors it has; those of a circle never end, and are not followed past all there are.
 */
static size_t
count_parents(const struct v1 *list, size_t n, const struct v1 *v)
{
	size_t depth = 0;

	while (v->parent.len && depth < n) {
		const struct v1 key = { .id = v->parent };

		v = bsearch(&key, list, n, sizeof(*list), by_id);
		if (!v)
			break;
		depth++;
	}
	return depth;
}

void
hs_legacy_place_blobs(struct hs_image *image)
{
	struct hs_arena *a = &image->tree->arena;
	struct v1 *list = hs_arena_array(a, MAX_V1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < image->under.n_entries && n < MAX_V1; i++) {
		const struct hs_entry *e = &image->under.entries[i];

		if (e->kind == HS_KIND_FILE && e->size <= MAX_V1_JSON &&
		    hs_span_starts(e->key, HS_SPAN("blobs/")) &&
		    !(image->members[i] && image->members[i]->has_parts) &&
		    read_v1(&list[n], image, i))
			n++;
	}
	if (n == 0)
		return;
	qsort(list, n, sizeof(*list), by_id);
	for (size_t i = 0; i < n; i++)
		list[i].layer = count_parents(list, n, &list[i]);
	qsort(list, n, sizeof(*list), by_layer);
	image->loose = hs_arena_array(a, n, sizeof(*image->loose));
	image->n_loose = n;
	for (size_t i = 0; i < n; i++) {
		image->loose[i] = list[i].entry;
		hs_image_member(image, list[i].entry)->key =
			hs_arena_span(a, "layer[%zu].v1/json", list[i].layer);
	}
}
