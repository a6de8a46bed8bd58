/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker create and docker export of an image, without Docker:
 *
 *	unpack  layers are applied; a time before 1970 or past 2262 becomes
 *	        1970, a symbolic link has all permissions
 *	create  the init layer: what stands in the way of its paths is removed
 *	        where it is no directory, what is missing is made
 *	export  filepath.WalkDir(): names sorted as bytes within a folder, its
 *	        members right behind it; sockets left out; whole seconds; of the
 *	        names of one file the first is the file, others are hard links
 *
 * What varies between machines: the times of directories that no layer lists,
 * which are those of the unpacking. The init layer's are so too, but linuxkit
 * gives all of them its own.
 */
#include "enclave/ramdisk.h"

#include "core/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHECK_EACH = 1024, MODE_OF_LINKS = 0777, MODE_OF_OWN = 0755, SET_GROUP_ID = 02000 };

/* The last second that fits 63 bits of nanoseconds. */
#define MAX_TIME INT64_C(9223372036)

/* The init layer's; parents stand before what is in them. */
static const struct own {
	const char *path;
	enum hs_kind kind;
	const char *link;
} owns[] = {
	{ ".dockerenv", HS_KIND_FILE, "" },
	{ "dev", HS_KIND_DIR, "" },
	{ "dev/console", HS_KIND_FILE, "" },
	{ "dev/pts", HS_KIND_DIR, "" },
	{ "dev/shm", HS_KIND_DIR, "" },
	{ "etc", HS_KIND_DIR, "" },
	{ "etc/hostname", HS_KIND_FILE, "" },
	{ "etc/hosts", HS_KIND_FILE, "" },
	{ "etc/mtab", HS_KIND_SYMLINK, "/proc/mounts" },
	{ "etc/resolv.conf", HS_KIND_FILE, "" },
	{ "proc", HS_KIND_DIR, "" },
	{ "sys", HS_KIND_DIR, "" },
};

enum { N_OWN = sizeof(owns) / sizeof(owns[0]) };

/* A path of the walk: of the tree, or of the init layer. */
struct item {
	struct hs_span path;
	const struct hs_entry *entry;
	const struct own *own; /* in place of the entry */
};

/* Which files have several names: by the key of their first, the entry that is first in the walk,
 * from 1. Open addressing. */
struct group {
	struct hs_span name;
	size_t first;
};

struct walking {
	struct hs_export *out;
	const struct hs_export_source *source;
	struct item *items;
	size_t n_items;
	struct group *groups; /* NULL where no file has several */
	size_t mask;
	size_t top; /* the entry that was met last of those in the root */
};

/* As the walk meets them: '/' ends a name, and so stands before all bytes of names. */
static int
walk_order(struct hs_span a, struct hs_span b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	size_t i = 0;

	while (i < n && a.at[i] == b.at[i])
		i++;
	if (i == n)
		return (a.len > b.len) - (a.len < b.len);
	if (a.at[i] == '/' || b.at[i] == '/')
		return a.at[i] == '/' ? -1 : 1;
	return a.at[i] < b.at[i] ? -1 : 1;
}

static int
by_path(const void *x, const void *y)
{
	const struct item *a = x, *b = y;

	return walk_order(a->path, b->path);
}

/* ---- What there is ---- */

static bool
is_leaving(struct hs_span path)
{
	while (path.len) {
		const uint8_t *slash = memchr(path.at, '/', path.len);
		const size_t n = slash ? (size_t)(slash - path.at) : path.len;

		if (hs_span_is(hs_span_head(path, n), ".."))
			return true;
		path = hs_span_from(path, slash ? n + 1 : n);
	}
	return false;
}

static int
take(struct walking *w, const struct hs_entry *e, struct hs_err *err)
{
	/* In the ramdisk Linux would write it outside of rootfs. */
	if (is_leaving(e->key)) {
		hs_fail(err, HS_EFORMAT, "has \"..\" in its path, which no file system has");
		return hs_fail_in_span(err, e->key);
	}
	switch (e->kind) {
	case HS_KIND_SOCKET:
		hs_ramdisk_remark_path(&w->out->remarks, HS_RAMDISK_SOCKET, e->key,
		                       "is a socket, which docker export leaves out");
		return 0;
	case HS_KIND_HARDLINK:
		hs_fail(err, HS_EFORMAT, "is a hard link to nothing, which Docker refuses");
		return hs_fail_in_span(err, e->key);
	case HS_KIND_GAP:
	case HS_KIND_OTHER:
		hs_fail(err, HS_EFORMAT, "is of a type that no file system has");
		return hs_fail_in_span(err, e->key);
	default:
		w->items[w->n_items++] = (struct item){ .path = e->key, .entry = e };
		return 0;
	}
}

static int
take_all(struct walking *w, struct hs_err *err)
{
	const struct hs_tree *t = w->source->tree;

	w->items = hs_realloc(NULL, t->n_entries + N_OWN, sizeof(*w->items));
	for (size_t i = 0; i < t->n_entries; i++)
		if (!hs_span_is(t->entries[i].key, ".") && take(w, &t->entries[i], err) < 0)
			return err->code;
	qsort(w->items, w->n_items, sizeof(*w->items), by_path);
	return 0;
}

/* ---- The init layer ---- */

static bool
is_lost(const struct item *old, const struct own *own)
{
	if (own->kind == HS_KIND_DIR)
		return true;
	if (own->kind == HS_KIND_SYMLINK)
		return old->entry->kind != HS_KIND_SYMLINK ||
		       !hs_span_is(old->entry->link, own->link);
	return old->entry->kind != HS_KIND_FILE || old->entry->size > 0;
}

/* The image's own is in the way. */
static void
remove_old(struct walking *w, struct item *old, const struct own *own)
{
	if (is_lost(old, own))
		hs_ramdisk_remark_path(&w->out->remarks, HS_RAMDISK_REPLACED, old->path,
		                       own->kind == HS_KIND_DIR
		                               ? "is no directory, and Docker makes one of it"
		                               : "is replaced by what Docker puts there");
	old->own = own;
	old->entry = NULL;
}

static void
add_init_layer(struct walking *w)
{
	const size_t n = w->n_items;

	for (size_t i = 0; i < N_OWN; i++) {
		const struct item key = { .path = hs_span_of(owns[i].path), .own = &owns[i] };
		struct item *old = bsearch(&key, w->items, n, sizeof(*w->items), by_path);

		if (!old)
			w->items[w->n_items++] = key;
		else if (old->entry->kind != HS_KIND_DIR)
			remove_old(w, old, &owns[i]);
	}
	qsort(w->items, w->n_items, sizeof(*w->items), by_path);
}

/* ---- Names of one file ---- */

static struct group *
slot_of(const struct walking *w, struct hs_span name)
{
	size_t at = (size_t)hs_xxh64(name) & w->mask;

	while (w->groups[at].name.len && !hs_span_equal(w->groups[at].name, name))
		at = (at + 1) & w->mask;
	return &w->groups[at];
}

static void
find_groups(struct walking *w)
{
	const struct hs_export_source *s = w->source;
	size_t n = 0;

	for (size_t i = 0; i < s->tree->n_entries; i++)
		n += s->first_name(s->tree, &s->tree->entries[i]).len > 0;
	if (n == 0)
		return;
	for (w->mask = 15; w->mask < 2 * n;)
		w->mask = 2 * w->mask + 1;
	w->groups = hs_alloc((w->mask + 1) * sizeof(*w->groups));
	for (size_t i = 0; i < s->tree->n_entries; i++) {
		const struct hs_span name = s->first_name(s->tree, &s->tree->entries[i]);

		if (name.len)
			slot_of(w, name)->name = name;
	}
}

/* Whether the file has a name that the walk met earlier: the entry is a link to it then. */
static bool
take_link(struct walking *w, struct hs_export_entry *x, const struct hs_entry *e)
{
	const struct hs_span first = w->source->first_name(w->source->tree, e);
	struct group *g;

	if (!w->groups)
		return false;
	g = slot_of(w, first.len ? first : e->key);
	if (g->name.len == 0)
		return false;
	if (g->first == 0) {
		g->first = w->out->n;
		return false;
	}
	x->kind = HS_KIND_HARDLINK;
	x->link = w->out->entries[g->first - 1].name;
	return true;
}

/* ---- The walk ---- */

static int64_t
time_of(struct walking *w, const struct hs_entry *e, const struct hs_meta *m)
{
	char text[160];

	if (!(m->has & HS_HAS_MTIME))
		return 0;
	if (m->mtime.sec >= 0 && m->mtime.sec <= MAX_TIME)
		return m->mtime.sec;
	snprintf(text, sizeof(text),
	         "has the time %" PRId64
	         ", before 1970 or past 2262: Docker makes it 0, though not every release does "
	         "so for symbolic links",
	         m->mtime.sec);
	hs_ramdisk_remark_path(&w->out->remarks, HS_RAMDISK_TIME, e->key, text);
	return 0;
}

static void
remark_implied(struct walking *w, const struct hs_entry *e)
{
	char text[160];

	if (hs_ramdisk_is_dated_anew(e->key))
		return;
	snprintf(text, sizeof(text),
	         "is a directory that no layer has an entry for: Docker gives it the time at which "
	         "it unpacks the image; %" PRId64 " is taken",
	         w->source->implied_time);
	hs_ramdisk_remark_path(&w->out->remarks, HS_RAMDISK_IMPLIED_DIRECTORY, e->key, text);
}

static void
remark_attributes(struct walking *w, const struct hs_entry *e, const struct hs_meta *m)
{
	bool xattr = false, capability = false;

	for (size_t i = 0; i < m->n_xattrs; i++) {
		if (hs_span_is(m->xattrs[i].name, "security.capability"))
			capability = true;
		else
			xattr = true;
	}
	hs_export_remark_lost(w->out, e->key, xattr, capability);
}

static void
take_meta(struct hs_export_entry *x, const struct hs_meta *m)
{
	x->mode = (uint32_t)m->mode & 07777;
	x->uid = m->uid;
	x->gid = m->gid;
	if (m->has & HS_HAS_DEVICE) {
		x->dev_major = m->dev_major;
		x->dev_minor = m->dev_minor;
	}
}

static int
take_content(struct walking *w, struct hs_export_entry *x, const struct hs_entry *e,
             struct hs_err *err)
{
	struct hs_content content = { 0 };
	const int rc = hs_tree_open(&content, w->source->tree, e, err);

	x->bytes = hs_export_hold(w->out, content);
	return rc < 0 ? hs_fail_in_span(err, e->key) : 0;
}

static int
add_entry(struct walking *w, struct hs_export_entry *x, const struct hs_entry *e,
          struct hs_err *err)
{
	const struct hs_tree *t = w->source->tree;
	struct hs_arena scratch = { 0 };
	struct hs_meta m;

	if (!t->ops->meta(&m, &scratch, t, e)) {
		hs_arena_release(&scratch);
		hs_fail(err, HS_EFORMAT, "its header cannot be read");
		return hs_fail_in_span(err, e->key);
	}
	take_meta(x, &m);
	x->mtime = time_of(w, e, &m);
	x->kind = e->kind;
	remark_attributes(w, e, &m);
	hs_arena_release(&scratch);
	if (w->source->is_implied(t, e)) {
		x->mtime = w->source->implied_time;
		remark_implied(w, e);
	}
	if (e->kind == HS_KIND_DIR) {
		x->name = hs_arena_join(w->out->arena, e->key, HS_SPAN("/"));
		return 0;
	}
	if (e->kind == HS_KIND_SYMLINK) {
		x->mode = MODE_OF_LINKS;
		x->link = e->link;
	}
	if (!take_link(w, x, e) && e->kind == HS_KIND_FILE)
		return take_content(w, x, e, err);
	return 0;
}

/* In a directory with the set-group-ID bit what is made has its group, and a directory its bit.
 * Docker sets owners right thereafter, but not a symbolic link's. */
static void
inherit(struct hs_export_entry *x, const struct hs_export_entry *folder)
{
	if (!(folder->mode & SET_GROUP_ID))
		return;
	if (x->kind == HS_KIND_DIR)
		x->mode |= SET_GROUP_ID;
	else if (x->kind == HS_KIND_SYMLINK)
		x->gid = folder->gid;
}

static void
add_own(struct walking *w, struct hs_export_entry *x, const struct own *own)
{
	x->kind = own->kind;
	x->mode = own->kind == HS_KIND_SYMLINK ? MODE_OF_LINKS : MODE_OF_OWN;
	x->link = hs_span_of(own->link);
	if (strchr(own->path, '/'))
		inherit(x, &w->out->entries[w->top]);
	if (own->kind == HS_KIND_DIR)
		x->name = hs_arena_join(w->out->arena, x->name, HS_SPAN("/"));
}

static int
walk(struct walking *w, struct hs_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < w->n_items; i++) {
		const struct item *item = &w->items[i];
		struct hs_export_entry *x = hs_export_add(w->out);

		x->name = item->path;
		if (!memchr(item->path.at, '/', item->path.len))
			w->top = w->out->n - 1;
		if (item->own)
			add_own(w, x, item->own);
		else
			rc = add_entry(w, x, item->entry, err);
		if (rc == 0 && i % CHECK_EACH == 0)
			rc = hs_run_check(w->source->tree->run, err);
	}
	return rc;
}

int
hs_export_of_tree(struct hs_export *out, const struct hs_export_source *source, struct hs_err *err)
{
	struct walking w = { .out = out, .source = source };
	int rc;

	out->remarks.arena = out->arena;
	rc = take_all(&w, err);
	if (rc == 0) {
		add_init_layer(&w);
		find_groups(&w);
		rc = walk(&w, err);
	}
	free(w.items);
	free(w.groups);
	return rc;
}
