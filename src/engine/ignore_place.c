/* SPDX-License-Identifier: Apache-2.0 */
/* Where a change, a note or a member stands, and so what it can be a difference of. */
#include "engine/ignore_rule.h"

#include "image/view.h"

bool
hs_is_image_format(const char *format)
{
	const struct hs_view *v;

	for (size_t i = 0; (v = hs_view_at(i)); i++)
		if (strcmp(format, v->name) == 0 || (v->on_disk && strcmp(format, v->on_disk) == 0))
			return true;
	return false;
}

static bool
are(const struct hs_node *node, const char *format)
{
	return strcmp(node->a.format, format) == 0 && strcmp(node->b.format, format) == 0;
}

static bool
is_image(const struct hs_node *node)
{
	return hs_is_image_format(node->a.format) && hs_is_image_format(node->b.format);
}

unsigned
hs_place_of_head(const struct hs_node *node)
{
	if (!node->parent)
		return 0;
	if (is_image(node->parent))
		return HS_PLACE_HEAD | HS_PLACE_TAR_HEAD | HS_PLACE_PART;
	return are(node->parent, "tar") ? HS_PLACE_HEAD | HS_PLACE_TAR_HEAD : HS_PLACE_HEAD;
}

static bool
is_filter(const struct hs_node *node)
{
	static const char *const formats[] = {
		"gzip", "zstd", "bzip2", "xz", "lzma", "lzip", "lz4"
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (are(node, formats[i]))
			return true;
	return false;
}

/* Whether only filters stand between the operand and the node. */
static bool
is_leading(const struct hs_node *node)
{
	while (node->parent && node->name.len == 0)
		node = node->parent;
	return !node->parent;
}

unsigned
hs_place_of_body(const struct hs_node *node)
{
	if (is_filter(node))
		return is_leading(node) ? HS_PLACE_FILTER | HS_PLACE_OUTER : HS_PLACE_FILTER;
	if (are(node, "tar") || is_image(node))
		return HS_PLACE_TAR;
	if (!node->parent || !is_image(node->parent) || !node->by_field)
		return 0;
	if (hs_span_ends(node->name, HS_SPAN("config")))
		return HS_PLACE_CONFIG;
	return hs_span_is(node->name, "repositories") ? HS_PLACE_NAMES | HS_PLACE_DOCUMENT
	                                              : HS_PLACE_DOCUMENT;
}

unsigned
hs_ignore_note_rule(const struct hs_node *node, const struct hs_note *note)
{
	const bool leaf = node->view != HS_VIEW_NONE;

	if (strcmp(note->code, "order-only") == 0 && leaf)
		return 0;
	if (strcmp(note->code, "order") == 0 || strcmp(note->code, "order-only") == 0)
		return is_image(node) ? HS_IGNORE_ORDER | HS_IGNORE_PACKING | HS_IGNORE_NAMED
		                      : HS_IGNORE_ORDER;
	if (strcmp(note->code, "compression") == 0 || strcmp(note->code, "compression-only") == 0)
		return is_leading(node) || (node->parent && is_image(node->parent))
		               ? HS_IGNORE_COMPRESSION | HS_IGNORE_PACKING
		               : HS_IGNORE_COMPRESSION;
	return 0;
}

unsigned
hs_ignore_presence_rule(const struct hs_node *node)
{
	const struct hs_side *side = node->a.present ? &node->a : &node->b;

	if (side->kind == HS_KIND_GAP && hs_span_starts(node->name, HS_SPAN("(padding of ")))
		return HS_IGNORE_TAR_FORMAT;
	/* An archive need not have the folders that its files are in, and a folder on disk has. */
	if (node->parent && is_image(node->parent) && side->kind == HS_KIND_DIR)
		return HS_IGNORE_PACKING;
	if (node->parent && is_image(node->parent) && hs_span_is(node->name, "repositories"))
		return HS_IGNORE_IMAGE_NAME;
	return 0;
}
