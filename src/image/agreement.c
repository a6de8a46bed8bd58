/* SPDX-License-Identifier: Apache-2.0 */
#include "image/agreement.h"

#include "image/image_json.h"

/* An image of the OCI documents, of which manifest.json speaks in its item `i`. */
struct twin {
	struct hs_image *image;
	struct hs_remarks *remarks;
	const json_t *layers;
	const struct hs_image_info *info;
	size_t i;
};

static const struct hs_image_info *
find_info(const struct hs_image *image, size_t config)
{
	for (size_t i = 0; i < image->n_infos; i++)
		if (image->infos[i].config && image->infos[i].config->entry == config)
			return &image->infos[i];
	return NULL;
}

/* Layers that the archive lacks are remarked elsewhere. */
static void
check_layers(const struct twin *t)
{
	const size_t n = json_array_size(t->layers);

	if (n != t->info->n_layers) {
		hs_remarks_add(t->remarks, &t->image->tree->arena, HS_REMARK_TWO_IMAGES,
		               "image[%zu] has %zu layers, %zu in the manifest of the index", t->i,
		               n, t->info->n_layers);
		return;
	}
	for (size_t k = 0; k < n; k++) {
		const struct hs_part *layer = t->info->layers[k];
		const size_t entry =
			hs_image_find(t->image, hs_image_json_span(json_array_get(t->layers, k)));

		if (entry == HS_NOWHERE || !layer || layer->entry == entry)
			continue;
		hs_remarks_add(t->remarks, &t->image->tree->arena, HS_REMARK_TWO_IMAGES,
		               "image[%zu]/layer[%zu] is another than in the manifest of the index",
		               t->i, k);
		return;
	}
}

static void
check_items(struct hs_image *image, struct hs_remarks *remarks, const json_t *list)
{
	const size_t n = json_array_size(list);

	for (size_t i = 0; i < n && i < HS_MAX_IMAGE_PARTS; i++) {
		const json_t *item = json_array_get(list, i);
		const size_t config =
			hs_image_find(image, hs_image_json_span(json_object_get(item, "Config")));
		const struct twin t = {
			.image = image,
			.remarks = remarks,
			.layers = json_object_get(item, "Layers"),
			.info = config == HS_NOWHERE ? NULL : find_info(image, config),
			.i = i,
		};

		if (t.info)
			check_layers(&t);
		else
			hs_remarks_add(remarks, &image->tree->arena, HS_REMARK_TWO_IMAGES,
			               "image[%zu] is none that the index names", i);
	}
}

void
hs_image_check_agreement(struct hs_image *image)
{
	const size_t entry = hs_image_find(image, HS_SPAN("manifest.json"));
	struct hs_remarks *remarks;
	struct hs_content content;
	struct hs_err err;
	json_t *json = NULL;

	if (entry == HS_NOWHERE)
		return;
	remarks = &hs_image_member(image, entry)->remarks;
	if (hs_image_open(&content, image, entry, &err) < 0)
		hs_remarks_add(remarks, &image->tree->arena, hs_remark_of(&err), "%s", err.text);
	else if (hs_image_json_read(&json, remarks, &image->tree->arena, content.bytes) == 0)
		check_items(image, remarks, json);
	json_decref(json);
	hs_content_release(&content);
}
