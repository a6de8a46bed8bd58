/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.history (image-spec, config.md): a line for each step of the build,
 * from the bottom; those with empty_layer made no layer, the others one each.
 */
#include "image/history.h"

#include "image/image_json.h"

static struct hs_span
line_of(struct hs_arena *a, const json_t *entry)
{
	const struct hs_span text = hs_image_json_span(json_object_get(entry, "created_by"));
	size_t n = HS_HISTORY_LINE;

	if (text.len <= n)
		return hs_arena_copy(a, text);
	/* Not inside a character of UTF-8. */
	while (n && (text.at[n] & 0xc0) == 0x80)
		n--;
	return hs_arena_join(a, hs_span_head(text, n), HS_SPAN("..."));
}

static const struct hs_span *
read_lines(struct hs_arena *a, const json_t *history, size_t n_layers)
{
	struct hs_span *out;
	const json_t *entry;
	size_t i, n = 0;

	json_array_foreach(history, i, entry)
		n += !json_is_true(json_object_get(entry, "empty_layer"));
	if (n != n_layers)
		return NULL;
	out = hs_arena_array(a, n, sizeof(*out));
	n = 0;
	json_array_foreach(history, i, entry)
		if (!json_is_true(json_object_get(entry, "empty_layer")))
			out[n++] = line_of(a, entry);
	return out;
}

const struct hs_span *
hs_image_history(struct hs_arena *a, const struct hs_tree *t, const struct hs_image_info *image)
{
	const struct hs_span *out = NULL;
	struct hs_content content;
	json_t *json = NULL;
	struct hs_err err;

	if (!image->config)
		return NULL;
	if (hs_part_open(&content, t, image->config, &err) == 0 &&
	    hs_image_json_load(&json, content.bytes, &err) == 0)
		out = read_lines(a, json_object_get(json, "history"), image->n_layers);
	json_decref(json);
	hs_content_release(&content);
	return out;
}
