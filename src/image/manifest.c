/* SPDX-License-Identifier: Apache-2.0 */
#include "image/image.h"

#include "core/escape.h"

#include <stdio.h>

enum { SHOWN = 120 };

bool
hs_manifest_is_held(struct hs_image *image, hs_blob_finder *find, size_t entry)
{
	const struct hs_document *doc = hs_image_document(image, entry);

	if (doc->kind != HS_DOCUMENT_MANIFEST || (!doc->has_config && doc->n_list == 0))
		return true;
	if (doc->has_config && find(image, &doc->config.digest) != HS_NOWHERE)
		return true;
	for (size_t i = 0; i < doc->n_list; i++)
		if (find(image, &doc->list[i].digest) != HS_NOWHERE)
			return true;
	return false;
}

const struct hs_digest *
hs_image_diff_ids(struct hs_image *image, struct hs_part *config, size_t n_layers)
{
	const struct hs_config *c = hs_image_config(image, config->entry);

	if (c->n_diff_ids == n_layers)
		return c->diff_ids;
	if (!c->remarks.damaged)
		hs_remarks_add(&config->remarks, &image->tree->arena, HS_REMARK_LAYER_COUNT,
		               "it has %zu diff_ids for %zu layers", c->n_diff_ids, n_layers);
	return NULL;
}

/* The part of a blob that the manifest names; *out is NULL where the archive lacks it. */
static int
place_blob(struct hs_part **out, const struct hs_placing *p, const struct hs_descriptor *d,
           const char *name, struct hs_err *err)
{
	const size_t entry = p->find(p->image, &d->digest);
	struct hs_span key;
	int rc;

	*out = NULL;
	if (entry == HS_NOWHERE) {
		if (d->digest.text.len)
			hs_image_missing(p->image, p->manifest, !p->elsewhere, name, d);
		return 0;
	}
	if (!hs_image_take_role(p->image, entry))
		return 0;
	key = hs_arena_span(&p->image->tree->arena, "%.*s%s", (int)p->prefix.len,
	                    (const char *)p->prefix.at, name);
	rc = hs_image_part(out, p->image, key, entry, err);
	if (rc == 0) {
		(*out)->descriptor = d;
		(*out)->info = p->info;
	}
	return rc;
}

/* `info` is that of an image whose layers are file systems, else NULL. */
static int
place_layers(const struct hs_placing *p, const struct hs_digest *diff_ids,
             struct hs_image_info *info, struct hs_err *err)
{
	const struct hs_document *doc = hs_image_document(p->image, p->entry);
	struct hs_part *part;
	char name[32];

	for (size_t i = 0; i < doc->n_list; i++) {
		int rc;

		snprintf(name, sizeof(name), "layer[%zu]", i);
		rc = place_blob(&part, p, &doc->list[i], name, err);
		if (rc < 0)
			return rc;
		if (!part)
			continue;
		part->kind = p->runs ? HS_PART_LAYER : HS_PART_BLOB;
		if (diff_ids)
			part->diff_id = diff_ids[i];
		if (info)
			info->layers[i] = part;
	}
	return 0;
}

/* What is known of the image before its blobs are looked for. */
static struct hs_image_info *
add_info(const struct hs_placing *p)
{
	const struct hs_document *doc = hs_image_document(p->image, p->entry);
	struct hs_image_info *info =
		hs_image_add(p->image, doc->kind == HS_DOCUMENT_MANIFEST ? doc->n_list : 0);

	info->names = p->names;
	info->n_names = p->n_names;
	info->ref = p->n_names ? p->names[0] : (struct hs_span){ NULL, 0 };
	info->platform = p->platform;
	info->prefix = p->prefix;
	info->manifest = p->manifest;
	return info;
}

void
hs_image_check_type(struct hs_part *part, struct hs_arena *a, const struct hs_document *doc)
{
	const struct hs_span said =
		part->descriptor ? part->descriptor->media_type : (struct hs_span){ NULL, 0 };
	char is[SHOWN], claimed[SHOWN];

	if (said.len == 0 || doc->media_type.len == 0 || hs_span_equal(said, doc->media_type))
		return;
	hs_escape_short(is, sizeof(is), doc->media_type);
	hs_escape_short(claimed, sizeof(claimed), said);
	hs_remarks_add(&part->remarks, a, HS_REMARK_INDEX,
	               "it calls itself %s, its descriptor calls it %s", is, claimed);
}

/* "os/architecture[/variant]"; one that states no variant is not at odds with one that does. */
static bool
same_platform(struct hs_span x, struct hs_span y)
{
	const struct hs_span shorter = x.len < y.len ? x : y, longer = x.len < y.len ? y : x;
	const uint8_t *slash = memchr(shorter.at, '/', shorter.len);

	if (hs_span_equal(shorter, longer))
		return true;
	return slash && hs_span_starts(longer, shorter) && longer.at[shorter.len] == '/' &&
	       !memchr(slash + 1, '/', shorter.len - (size_t)(slash + 1 - shorter.at));
}

static void
check_platform(const struct hs_placing *p, const struct hs_part *config)
{
	const struct hs_span is = hs_image_config(p->image, config->entry)->platform;
	const struct hs_span said =
		p->descriptor ? p->descriptor->platform : (struct hs_span){ NULL, 0 };
	char shown[SHOWN], claimed[SHOWN];

	if (is.len == 0 || said.len == 0 || same_platform(is, said))
		return;
	hs_escape_short(shown, sizeof(shown), is);
	hs_escape_short(claimed, sizeof(claimed), said);
	hs_remarks_add(&p->manifest->remarks, &p->image->tree->arena, HS_REMARK_INDEX,
	               "its config is for %s, the index says %s", shown, claimed);
}

int
hs_manifest_place(struct hs_placing *p, struct hs_err *err)
{
	const struct hs_document *doc = hs_image_document(p->image, p->entry);
	const struct hs_digest *diff_ids = NULL;
	struct hs_image_info *info = NULL;
	struct hs_part *config = NULL;
	int rc;

	rc = hs_image_part(&p->manifest, p->image,
	                   hs_arena_span(&p->image->tree->arena, "%.*smanifest", (int)p->prefix.len,
	                                 (const char *)p->prefix.at),
	                   p->entry, err);
	if (rc < 0)
		return rc;
	p->manifest->descriptor = p->descriptor;
	if (p->runs) {
		p->info = p->image->n_infos;
		info = add_info(p);
	}
	p->manifest->info = p->info;
	hs_image_check_type(p->manifest, &p->image->tree->arena, doc);
	if (doc->kind != HS_DOCUMENT_MANIFEST)
		return 0;
	if (doc->has_config)
		rc = place_blob(&config, p, &doc->config, "config", err);
	if (rc < 0)
		return rc;
	if (config && p->runs)
		check_platform(p, config);
	if (config && p->runs)
		diff_ids = hs_image_diff_ids(p->image, config, doc->n_list);
	else if (config)
		config->kind = HS_PART_BLOB;
	if (info && config) {
		info->config = config;
		if (info->platform.len == 0)
			info->platform = hs_image_config(p->image, config->entry)->platform;
	}
	return place_layers(p, diff_ids, info, err);
}
