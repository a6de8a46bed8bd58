/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_list.h"

#include "core/hash.h"

#include <inttypes.h>
#include <stdlib.h>

/* Which item has a path, and which entry an inode: open addressing, number + 1, 0 for none. */
struct table {
	size_t *slots;
	size_t mask, n;
};

/* A list in the making. */
struct making {
	const struct hs_tree *tree;
	struct hs_pack_list *list;
	struct table paths;
	struct table inodes; /* of entries */
	uint64_t n_gaps;
};

void
hs_pack_remark(struct hs_pack_list *list, struct hs_span name, const char *text)
{
	struct hs_pack_remark *r = hs_arena_alloc(list->arena, sizeof(*r));

	/* They are said when the tree that they speak of is gone. */
	*r = (struct hs_pack_remark){
		.name = hs_arena_copy(list->arena, name),
		.text = hs_arena_printf(list->arena, "%s", text),
	};
	if (list->last)
		list->last->next = r;
	else
		list->remarks = r;
	list->last = r;
}

void
hs_pack_list_release(struct hs_pack_list *list)
{
	free(list->items);
	list->items = NULL;
	list->n = list->room = 0;
}

/* The slot of the path: of its item, or free. */
static size_t *
path_slot(const struct making *m, struct hs_span path)
{
	const struct table *t = &m->paths;
	size_t at = (size_t)hs_xxh64(path) & t->mask;

	while (t->slots[at] && !hs_span_equal(m->list->items[t->slots[at] - 1].path, path))
		at = (at + 1) & t->mask;
	return &t->slots[at];
}

static struct hs_pack_item *
find(const struct making *m, struct hs_span path)
{
	const size_t i = *path_slot(m, path);

	return i ? &m->list->items[i - 1] : NULL;
}

static void
grow_paths(struct making *m)
{
	struct table *t = &m->paths;

	if (2 * (t->n + 1) <= t->mask)
		return;
	free(t->slots);
	t->mask = t->mask ? 2 * t->mask + 1 : 1023;
	t->slots = hs_alloc((t->mask + 1) * sizeof(*t->slots));
	for (size_t i = 0; i < m->list->n; i++)
		*path_slot(m, m->list->items[i].path) = i + 1;
}

/* A name for the entry, in place of what had that name. */
static int
name_entry(struct making *m, struct hs_span path, const struct hs_entry *e, struct hs_err *err)
{
	struct hs_pack_list *list = m->list;
	const uint64_t most = m->tree->run->limits.max_members;
	const size_t known = *path_slot(m, path);

	if (known) {
		list->items[known - 1].entry = e;
		return 0;
	}
	if (list->n >= most)
		return hs_fail(err, HS_ELIMIT, "more than %" PRIu64 " members (--max-members)",
		               most);
	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 256;
		list->items = hs_realloc(list->items, list->room, sizeof(*list->items));
	}
	list->items[list->n] = (struct hs_pack_item){ .path = path, .entry = e };
	m->paths.n++;
	*path_slot(m, path) = ++list->n;
	grow_paths(m);
	return 0;
}

/* The first component off the front, with the slashes behind it. */
static struct hs_span
take_component(struct hs_span *rest)
{
	const uint8_t *slash = memchr(rest->at, '/', rest->len);
	const struct hs_span out = { rest->at, slash ? (size_t)(slash - rest->at) : rest->len };

	*rest = hs_span_from(*rest, out.len + (slash != NULL));
	return out;
}

/* A path without "." and empty components; a part of `name` where that has none in its middle. */
static int
clean_path(struct hs_span *out, struct hs_arena *a, struct hs_span name, struct hs_err *err)
{
	const struct hs_span key = hs_key_of_name(a, name);
	struct hs_span rest = key;
	uint8_t *to = NULL;
	size_t n = 0;

	*out = key;
	while (rest.len) {
		const struct hs_span part = take_component(&rest);

		if (hs_span_is(part, ".."))
			return hs_fail(err, HS_EFORMAT, "a path with \"..\" in it");
		if (hs_span_starts(part, HS_SPAN(".wh.")))
			return hs_fail(err, HS_EUSAGE,
			               "in a layer a name that begins with .wh. hides a file");
		if (!to && (part.len == 0 || hs_span_is(part, "."))) {
			to = hs_arena_alloc(a, key.len);
			n = (size_t)(part.at - key.at);
			memcpy(to, key.at, n);
		}
		if (!to || part.len == 0 || hs_span_is(part, "."))
			continue;
		if (n && to[n - 1] != '/')
			to[n++] = '/';
		memcpy(to + n, part.at, part.len);
		n += part.len;
	}
	if (to && n && to[n - 1] == '/')
		n--;
	if (to)
		*out = (struct hs_span){ to, n };
	return 0;
}

/* The parent's path; "" is the root. */
static struct hs_span
parent_of(struct hs_span path)
{
	const uint8_t *slash = path.len ? memrchr(path.at, '/', path.len) : NULL;

	return hs_span_head(path, slash ? (size_t)(slash - path.at) : 0);
}

/* What a hard link stands for: what its target is by now. */
static int
link_target(const struct hs_entry **out, const struct making *m, const struct hs_entry *e,
            struct hs_err *err)
{
	const struct hs_pack_item *target;
	struct hs_span path;

	if (clean_path(&path, m->list->arena, e->link, err) < 0)
		return err->code;
	target = find(m, path);
	if (!target)
		return hs_fail(err, HS_EFORMAT, "a hard link to what does not stand before it");
	if (target->entry->kind == HS_KIND_DIR)
		return hs_fail(err, HS_EFORMAT, "a hard link to a directory");
	*out = target->entry;
	return 0;
}

/* The first entry that is the same file on disk. */
static const struct hs_entry *
same_inode(struct making *m, const struct hs_entry *e)
{
	const struct hs_tree *t = m->tree;
	const struct hs_arena_mark mark = hs_arena_mark(m->list->arena);
	struct table *x = &m->inodes;
	struct hs_meta meta, other;
	size_t at;

	if (!t->ops->meta(&meta, m->list->arena, t, e) || !(meta.has & HS_HAS_INODE)) {
		hs_arena_rewind(m->list->arena, mark);
		return e;
	}
	if (!x->slots) {
		for (x->mask = 15; x->mask < 2 * t->n_entries;)
			x->mask = 2 * x->mask + 1;
		x->slots = hs_alloc((x->mask + 1) * sizeof(*x->slots));
	}
	at = (size_t)hs_xxh64((struct hs_span){ (const uint8_t *)meta.inode, sizeof(meta.inode) });
	for (at &= x->mask; x->slots[at]; at = (at + 1) & x->mask) {
		const struct hs_entry *first = &t->entries[x->slots[at] - 1];

		if (t->ops->meta(&other, m->list->arena, t, first) &&
		    memcmp(meta.inode, other.inode, sizeof(meta.inode)) == 0) {
			hs_arena_rewind(m->list->arena, mark);
			return first;
		}
	}
	x->slots[at] = (size_t)(e - t->entries) + 1;
	hs_arena_rewind(m->list->arena, mark);
	return e;
}

static int
add_name(struct making *m, const struct hs_entry *e, struct hs_err *err)
{
	const struct hs_entry *file = e;
	struct hs_span path;

	if (clean_path(&path, m->list->arena, e->name, err) < 0)
		return err->code;
	if (path.len == 0 && e->kind != HS_KIND_DIR)
		return hs_fail(err, HS_EFORMAT, "the root is no directory");
	if (e->kind == HS_KIND_HARDLINK) {
		if (link_target(&file, m, e, err) < 0)
			return err->code;
	} else if (e->kind != HS_KIND_DIR) {
		file = same_inode(m, e);
	}
	return name_entry(m, path, file, err);
}

static int
add_entry(struct making *m, const struct hs_entry *e, struct hs_err *err)
{
	int rc = 0;

	if (e->damaged) {
		rc = hs_fail(err, HS_EFORMAT, "%s", e->note);
	} else if (e->kind == HS_KIND_GAP) {
		m->n_gaps++;
	} else if (e->kind == HS_KIND_SOCKET) {
		hs_pack_remark(m->list, e->name, "a socket is left out");
	} else if (e->kind == HS_KIND_OTHER) {
		/* A pax global header is no file; what it says counts for those that follow. */
		if (!hs_span_is(e->key, "(pax global header)"))
			hs_pack_remark(m->list, e->name, "what is no file is left out");
	} else {
		rc = add_name(m, e, err);
	}
	return rc < 0 ? hs_fail_in_span(err, e->name) : 0;
}

/* Sees to it that the item of that number stands below directories. */
static int
add_parents(struct making *m, size_t i, struct hs_err *err)
{
	const struct hs_span path = m->list->items[i].path;

	for (struct hs_span up = parent_of(path); up.len; up = parent_of(up)) {
		const struct hs_pack_item *item = find(m, up);

		if (!item) {
			if (name_entry(m, up, NULL, err) < 0)
				return err->code;
			continue;
		}
		if (item->entry && item->entry->kind != HS_KIND_DIR) {
			hs_fail(err, HS_EFORMAT, "what it stands below is no directory");
			return hs_fail_in_span(err, path);
		}
		break;
	}
	return 0;
}

static int
by_path(const void *x, const void *y)
{
	const struct hs_pack_item *a = x, *b = y;

	return hs_span_order(a->path, b->path);
}

/* Sorts, and says of each item which is the first name of its file. */
static void
order(struct making *m)
{
	struct hs_pack_list *list = m->list;
	size_t *first = hs_alloc(m->tree->n_entries * sizeof(*first));

	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), by_path);
	for (size_t i = 0; i < list->n; i++) {
		size_t *place;

		list->items[i].first = i;
		if (!list->items[i].entry)
			continue;
		place = &first[list->items[i].entry - m->tree->entries];
		if (*place)
			list->items[i].first = *place - 1;
		else
			*place = i + 1;
	}
	free(first);
}

static int
make(struct making *m, struct hs_err *err)
{
	const struct hs_tree *t = m->tree;
	size_t n;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < t->n_entries; i++)
		rc = add_entry(m, &t->entries[i], err);
	n = m->list->n;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_parents(m, i, err);
	if (rc < 0)
		return rc;
	order(m);
	if (t->note)
		hs_pack_remark(m->list, (struct hs_span){ 0 }, t->note);
	if (m->n_gaps)
		hs_pack_remark(m->list, (struct hs_span){ 0 },
		               "bytes of the archive that belong to no entry are left out");
	return 0;
}

int
hs_pack_list_make(struct hs_pack_list *list, const struct hs_tree *t, struct hs_err *err)
{
	struct making m = { .tree = t, .list = list };
	int rc;

	grow_paths(&m);
	rc = make(&m, err);
	free(m.paths.slots);
	free(m.inodes.slots);
	return rc;
}
