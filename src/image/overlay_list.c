/* SPDX-License-Identifier: Apache-2.0 */
/* The end of overlay.c: from the paths that ever were to those that are there, in order. */
#include "image/overlay_list.h"

#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

/*
 * From the root down what is hidden, then from the leaves up what stands in a
 * directory that is hidden itself, which is implied then. A parent has the
 * smaller number. Leaves `present` as whether it is there.
 */
static void
settle(struct hs_path_tree *t)
{
	for (uint32_t i = 1; i < t->n; i++) {
		struct hs_path_node *n = &t->nodes[i];
		const uint32_t cut = t->nodes[n->parent].cut;

		n->present = hs_path_is_there(n, cut) && !n->aside;
		if (n->cut < cut)
			n->cut = cut;
	}
	for (uint32_t i = t->n; i-- > 1;) {
		const struct hs_path_node *n = &t->nodes[i];
		struct hs_path_node *dir = &t->nodes[n->parent];

		if (!n->present || dir->present)
			continue;
		dir->present = true;
		dir->replaced |= dir->entry && dir->layer < n->layer;
		dir->entry = dir->content = NULL;
		dir->layer = dir->content_layer = n->layer;
	}
}

/* Puts the node's path together; its directories take the start of it as theirs. */
static void
join_path(struct hs_path_tree *t, struct hs_arena *a, uint32_t id, size_t len)
{
	uint8_t *path = hs_arena_alloc(a, len);

	for (uint32_t i = id; i; i = t->nodes[i].parent) {
		struct hs_path_node *n = &t->nodes[i];

		memcpy(path + len - n->name_len, n->at, n->name_len);
		if (n->path_len == 0) {
			n->at = path + len - n->name_len;
			n->path_len = (uint32_t)len;
		}
		len -= n->name_len;
		if (len)
			path[--len] = '/';
	}
}

static int
name_all(struct hs_path_tree *t, struct hs_arena *a, struct hs_err *err)
{
	uint64_t total = 0;

	for (uint32_t i = t->n; i-- > 1;) {
		size_t len = 0;

		if (!t->nodes[i].present || t->nodes[i].path_len)
			continue;
		for (uint32_t k = i; k; k = t->nodes[k].parent)
			len += t->nodes[k].name_len + (len ? 1 : 0);
		total += len;
		if (total > HS_MAX_ROOTFS_NAMES)
			return hs_fail(err, HS_ELIMIT,
			               "paths below symbolic links take more than %" PRIu64
			               " bytes (HS_MAX_ROOTFS_NAMES)",
			               HS_MAX_ROOTFS_NAMES);
		join_path(t, a, i, len);
	}
	return 0;
}

static int
by_key(const void *x, const void *y)
{
	const struct hs_overlay_entry *a = x, *b = y;

	return hs_span_order(a->key, b->key);
}

/* A path of a file that has several, or may have. */
struct name {
	const struct hs_entry *content;
	size_t at; /* in the order of keys */
};

static int
by_content(const void *x, const void *y)
{
	const struct name *a = x, *b = y;

	if (a->content != b->content)
		return (uintptr_t)a->content < (uintptr_t)b->content ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Each path of one file but the first names the first. */
static void
link_names(struct hs_overlay *out, struct name *names, size_t n)
{
	size_t first = 0;

	if (n)
		qsort(names, n, sizeof(*names), by_content);
	for (size_t i = 1; i < n; i++) {
		if (names[i].content != names[first].content)
			first = i;
		else
			out->entries[names[i].at].link = out->entries[names[first].at].key;
	}
}

static void
find_links(struct hs_overlay *out, size_t n_linked)
{
	struct name *names = hs_realloc(NULL, n_linked, sizeof(*names));
	size_t n = 0;

	/* Until here `link` was a mark. */
	for (size_t i = 0; i < out->n; i++) {
		if (!out->entries[i].link.len)
			continue;
		out->entries[i].link = (struct hs_span){ NULL, 0 };
		names[n++] = (struct name){ out->entries[i].content, i };
	}
	link_names(out, names, n);
	free(names);
}

int
hs_overlay_list(struct hs_overlay *out, struct hs_arena *a, struct hs_path_tree *t,
                struct hs_err *err)
{
	size_t n = 0, n_linked = 0;
	bool sorted = true;
	int rc;

	settle(t);
	rc = name_all(t, a, err);
	for (uint32_t i = 0; i < t->n; i++)
		n += t->nodes[i].present;
	out->entries = hs_arena_array(a, n, sizeof(*out->entries));
	for (uint32_t i = 0; i < t->n; i++) {
		const struct hs_path_node *node = &t->nodes[i];
		const bool linked = node->linked || node->content != node->entry;
		struct hs_overlay_entry *e = &out->entries[out->n];

		if (!node->present || (i && !node->path_len))
			continue;
		*e = (struct hs_overlay_entry){
			.layer = node->layer,
			.content_layer = node->content_layer,
			.entry = node->entry,
			.content = node->content,
			.key = HS_SPAN("."),
			.in_layer_below = node->replaced,
		};
		if (i)
			e->key = (struct hs_span){ node->at + node->name_len - node->path_len,
				                   node->path_len };
		if (linked)
			e->link = e->key;
		n_linked += linked;
		out->n_replaced += node->replaced;
		sorted = sorted && (out->n == 0 || by_key(e - 1, e) < 0);
		out->n++;
	}
	if (!sorted)
		qsort(out->entries, out->n, sizeof(*out->entries), by_key);
	if (n_linked)
		find_links(out, n_linked);
	return rc;
}
