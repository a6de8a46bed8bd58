/* SPDX-License-Identifier: Apache-2.0 */
#include "core/node.h"

static const char *const status_name[] = {
	[HS_STATUS_SAME] = "same",         [HS_STATUS_CONTENT] = "content",
	[HS_STATUS_METADATA] = "metadata", [HS_STATUS_ONLY_A] = "only-a",
	[HS_STATUS_ONLY_B] = "only-b",     [HS_STATUS_MOVED] = "moved",
};

const char *
hs_status_name(enum hs_status s)
{
	return status_name[s];
}

const char *
hs_ignore_name(enum hs_ignore bit)
{
	static const char *const names[HS_N_IGNORE] = {
		"timestamps",  "history",     "order",   "tar-format", "image-name",
		"compression", "owner-names", "packing", "path",       "derived",
	};
	size_t i = 0;

	while (i + 1 < HS_N_IGNORE && !((unsigned)bit >> i & 1))
		i++;
	return names[i];
}

/* Whether nothing with a name stands between the root and the node, itself included. */
static bool
is_leading(const struct hs_node *n)
{
	while (n->parent && n->name.len == 0)
		n = n->parent;
	return !n->parent;
}

/*
 * What stands before the node's name: "!" before a member of a member. What a
 * filter wraps is named by the "!" alone, after which its own members go on;
 * on the way to a named member, the operand's own filters are seen through.
 */
static bool
joins(const struct hs_node *n, const struct hs_node *last)
{
	if (n->name.len == 0)
		return !is_leading(n) || is_leading(last);
	return n->parent->name.len > 0;
}

/* The node's own part of the path to `last` into `out`; only counted where that is NULL. */
static size_t
put_part(uint8_t *out, const struct hs_node *n, const struct hs_node *last)
{
	uint8_t number[16];
	size_t digits = 0, len = 0;

	if (joins(n, last)) {
		if (out)
			out[len] = '!';
		len++;
	}
	if (out && n->name.len)
		memcpy(out + len, n->name.at, n->name.len);
	len += n->name.len;
	if (n->occurrence == 0)
		return len;
	for (uint32_t v = n->occurrence + 1; v; v /= 10)
		number[digits++] = (uint8_t)('0' + v % 10);
	number[digits++] = '#';
	for (size_t i = 0; out && i < digits; i++)
		out[len + i] = number[digits - 1 - i];
	return len + digits;
}

struct hs_span
hs_node_path(struct hs_arena *a, const struct hs_node *node)
{
	size_t len = 0, total;
	uint8_t *out;

	for (const struct hs_node *n = node; n->parent; n = n->parent)
		len += put_part(NULL, n, node);
	total = len;
	out = hs_arena_alloc(a, len + 1);
	for (const struct hs_node *n = node; n->parent; n = n->parent) {
		len -= put_part(NULL, n, node);
		put_part(out + len, n, node);
	}
	return (struct hs_span){ out, total };
}

struct hs_node *
hs_node_next(const struct hs_node *node)
{
	if (node->first_child)
		return node->first_child;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

void
hs_node_note(struct hs_node *node, struct hs_arena *a, struct hs_note note)
{
	struct hs_note *n = hs_arena_alloc(a, sizeof(*n)), **at = &node->notes;

	*n = note;
	n->next = NULL;
	while (*at)
		at = &(*at)->next;
	*at = n;
}
