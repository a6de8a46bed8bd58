/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A layer's entries as a change to what is below (image-spec, layer.md):
 *
 *	d/.wh.NAME         d/NAME of the layers below is gone
 *	d/.wh..wh..opq     all that the layers below have in d is gone
 *	.wh..wh.plnk, ...  left over from AUFS: no part of the file system, but
 *	                   hard links may lead there
 *	any other          is there from now on; a directory on a directory keeps
 *	                   what is in it
 *
 * What varies between runtimes: a storage driver that unpacks each layer into
 * a folder of its own does not see that the parent of an entry is a symbolic
 * link below, and makes a directory of it. Each such place is remarked.
 */
#include "image/overlay.h"

#include "core/limits.h"
#include "core/run.h"
#include "image/overlay_list.h"

enum { CHECK_EACH = 4096, TAR_BLOCK = 512 };

struct making {
	struct hs_overlay *out;
	struct hs_arena *arena;
	struct hs_path_tree t;
	struct hs_overlay_remark *remarks;
	size_t room;
	const struct hs_tree *layer;
	/* The place found last: entries of one directory stand together. */
	struct hs_span dir;
	struct hs_path_place place;
	uint64_t version;
	bool has_place;
};

static void
remark(struct making *m, const struct hs_entry *e, const char *text)
{
	struct hs_overlay *out = m->out;

	if (out->n_remarks == HS_MAX_ROOTFS_REMARKS) {
		out->n_remarks_left_out++;
		return;
	}
	if (out->n_remarks == m->room) {
		struct hs_overlay_remark *grown =
			hs_arena_array(m->arena, 2 * m->room + 8, sizeof(*grown));

		if (m->room)
			memcpy(grown, m->remarks, m->room * sizeof(*grown));
		m->remarks = grown;
		m->room = 2 * m->room + 8;
		out->remarks = grown;
	}
	m->remarks[out->n_remarks++] = (struct hs_overlay_remark){ m->t.layer, e->key, text };
}

/* Without "." as a part; in the arena where that changes it. */
static struct hs_span
clean(struct making *m, struct hs_span key)
{
	struct hs_span rest = key;
	uint8_t *out;
	size_t n = 0;

	if (!memmem(key.at, key.len, "/.", 2))
		return key;
	out = hs_arena_alloc(m->arena, key.len + 1);
	while (rest.len) {
		const uint8_t *slash = memchr(rest.at, '/', rest.len);
		const struct hs_span name =
			hs_span_head(rest, slash ? (uint64_t)(slash - rest.at) : rest.len);

		rest = hs_span_from(rest, name.len + 1);
		if (name.len == 0 || hs_span_is(name, "."))
			continue;
		if (n)
			out[n++] = '/';
		memcpy(out + n, name.at, name.len);
		n += name.len;
	}
	return n ? (struct hs_span){ out, n } : HS_SPAN(".");
}

static bool
has_dot_dot(struct hs_span key)
{
	while (key.len) {
		const uint8_t *slash = memchr(key.at, '/', key.len);
		const struct hs_span name =
			hs_span_head(key, slash ? (uint64_t)(slash - key.at) : key.len);

		if (hs_span_is(name, ".."))
			return true;
		key = hs_span_from(key, name.len + 1);
	}
	return false;
}

/* The directory part of a key and its last name. */
static struct hs_span
split(struct hs_span key, struct hs_span *name)
{
	const uint8_t *slash = key.len ? memrchr(key.at, '/', key.len) : NULL;
	const size_t n = slash ? (size_t)(slash - key.at) : 0;

	*name = slash ? hs_span_from(key, n + 1) : key;
	return hs_span_head(key, n);
}

/* The directory that an entry is put into. */
static int
find_place(struct making *m, const struct hs_entry *e, struct hs_span dir, struct hs_err *err)
{
	int rc;

	if (m->has_place && m->version == m->t.version && hs_span_equal(m->dir, dir))
		return 0;
	rc = hs_path_walk(&m->place, &m->t, dir, true, err);
	m->has_place = rc == 0;
	m->dir = dir;
	m->version = m->t.version;
	if (m->place.followed)
		remark(m, e,
		       "stands below a symbolic link, which was followed: some runtimes make a "
		       "directory of it");
	if (m->place.loop)
		remark(m, e, "stands below a symbolic link that leads nowhere");
	if (m->place.below_file)
		remark(m, e, "stands below what is no directory: a runtime may refuse it");
	return rc;
}

/* ---- Whiteouts ---- */

static int
apply_opaque(struct making *m, const struct hs_entry *e, struct hs_span dir, struct hs_err *err)
{
	struct hs_path_place at;
	const int rc = hs_path_walk(&at, &m->t, dir, false, err);

	if (rc < 0)
		return rc;
	if (!at.found) {
		remark(m, e, "empties a directory that no layer below has");
		return 0;
	}
	hs_path_cut(&m->t, &m->t.nodes[at.dir], m->t.layer_start);
	m->out->n_opaque++;
	return 0;
}

static int
apply_whiteout(struct making *m, const struct hs_entry *e, struct hs_span dir, struct hs_span name,
               struct hs_err *err)
{
	struct hs_path_place at;
	const int rc = hs_path_walk(&at, &m->t, dir, false, err);
	const uint32_t id = rc == 0 && at.found ? hs_path_find(&m->t, at.dir, name) : HS_PATH_NONE;
	struct hs_path_node *n = id != HS_PATH_NONE ? &m->t.nodes[id] : NULL;

	if (rc < 0)
		return rc;
	m->out->n_whiteouts++;
	if (!n || !hs_path_is_there(n, at.cut)) {
		remark(m, e, "removes what no layer below has");
		return 0;
	}
	/* What the layer itself has put there stays, on top of nothing. */
	if (n->since < m->t.layer_start)
		n->present = false;
	hs_path_cut(&m->t, n, m->t.layer_start);
	return 0;
}

/* ---- What is there ---- */

/* What a hard link leads to, and in which layer; false where that is nothing to link to. */
static int
resolve(const struct hs_entry **content, uint32_t *layer, struct making *m,
        const struct hs_entry *e, struct hs_err *err)
{
	struct hs_span name;
	const struct hs_span dir = split(clean(m, hs_key_of_name(m->arena, e->link)), &name);
	struct hs_path_place at;
	const int rc = hs_path_walk(&at, &m->t, dir, false, err);
	const uint32_t id = rc == 0 && at.found ? hs_path_find(&m->t, at.dir, name) : HS_PATH_NONE;
	struct hs_path_node *n = id != HS_PATH_NONE ? &m->t.nodes[id] : NULL;
	const bool there = n && hs_path_is_there(n, at.cut);

	if (rc < 0)
		return rc;
	if (!n || !n->content || n->content->kind == HS_KIND_DIR ||
	    (!there && n->cut != m->t.layer_start)) {
		remark(m, e, there ? "is a hard link to a directory" : "is a hard link to nothing");
		return 0;
	}
	if (!there)
		remark(m, e, "is a hard link to what its own layer removes");
	n->linked = true;
	*content = n->content;
	*layer = n->content_layer;
	return 0;
}

/* overlayfs keeps whiteouts as devices and opaque directories by an attribute; in a layer they mean
 * nothing. */
static void
remark_on_leaks(struct making *m, const struct hs_entry *e)
{
	struct hs_arena arena = { 0 };
	struct hs_meta meta;

	if (e->kind == HS_KIND_DIR && e->head.len > TAR_BLOCK &&
	    (memmem(e->head.at, e->head.len, ".overlay.opaque=", 16) ||
	     memmem(e->head.at, e->head.len, ".fuseoverlayfs.opaque=", 22)))
		remark(m, e,
		       "has the mark of overlayfs for an opaque directory, which hides nothing in "
		       "a layer");
	if (e->kind != HS_KIND_CHARDEV || !m->layer->ops || !m->layer->ops->meta)
		return;
	if (m->layer->ops->meta(&meta, &arena, m->layer, e) && meta.has & HS_HAS_DEVICE &&
	    meta.dev_major == 0 && meta.dev_minor == 0)
		remark(m, e,
		       "is a device 0:0, the mark of overlayfs for what is removed, which removes "
		       "nothing in a layer");
	hs_arena_release(&arena);
}

/* The entry takes its place; `known` says whether the node was there before it, in any state. */
static void
put(struct making *m, struct hs_path_node *n, const struct hs_entry *e, uint32_t cut, bool known)
{
	const bool there = hs_path_is_there(n, cut);
	const enum hs_kind before = there ? hs_path_kind(n) : HS_KIND_OTHER;

	if (there && n->since >= m->t.layer_start && n->entry)
		remark(m, e, "stands in its layer more than once: the last counts");
	if (known &&
	    (there ? (before == HS_KIND_DIR ? e->kind != HS_KIND_DIR : before == HS_KIND_SYMLINK)
	           : e->kind != HS_KIND_DIR))
		hs_path_cut(&m->t, n, m->t.now);
	n->replaced |= n->entry && n->layer < m->t.layer;
	n->entry = e;
	n->layer = m->t.layer;
	n->since = m->t.now;
	n->present = true;
}

static int
apply_file(struct making *m, const struct hs_entry *e, struct hs_span key, struct hs_err *err)
{
	const struct hs_entry *content = e;
	uint32_t layer = m->t.layer, id = 0;
	const uint32_t n_before = m->t.n;
	struct hs_span name, dir = split(key, &name);
	int rc = 0;

	if (hs_span_is(key, ".") && e->kind != HS_KIND_DIR) {
		remark(m, e, "is the root and no directory: it is left out");
		return 0;
	}
	if (e->kind == HS_KIND_HARDLINK)
		rc = resolve(&content, &layer, m, e, err);
	if (rc < 0)
		return rc;
	if (hs_span_is(key, ".")) {
		put(m, &m->t.nodes[0], e, 0, true);
	} else {
		struct hs_path_name last = { name, key.len };

		rc = find_place(m, e, dir, err);
		if (m->place.followed)
			last.path_len = 0;
		if (rc == 0)
			rc = hs_path_add(&id, &m->t, m->place.dir, &last, err);
		if (rc < 0)
			return rc;
		put(m, &m->t.nodes[id], e, m->place.cut, id < n_before);
	}
	m->t.nodes[id].content = content;
	m->t.nodes[id].content_layer = layer;
	remark_on_leaks(m, e);
	return 0;
}

/* ---- Layers ---- */

static int
apply(struct making *m, const struct hs_entry *e, struct hs_err *err)
{
	const struct hs_span opaque = HS_SPAN(".wh..wh..opq"), mark = HS_SPAN(".wh.");
	struct hs_span key, name, dir;

	if (e->kind == HS_KIND_GAP || hs_span_is(e->key, "(pax global header)"))
		return 0;
	m->out->n_entries++;
	if (e->kind == HS_KIND_OTHER) {
		remark(m, e, "is of a type that no file system has: it is left out");
		return 0;
	}
	key = clean(m, e->key);
	if (has_dot_dot(key))
		remark(m, e, "has \"..\" in its name, which is not followed");
	dir = split(key, &name);
	if (hs_span_equal(name, opaque))
		return apply_opaque(m, e, dir, err);
	if (hs_span_starts(name, HS_SPAN(".wh..wh."))) {
		remark(m, e, "is left over from AUFS and no part of the file system");
	} else if (hs_span_starts(name, mark)) {
		name = hs_span_from(name, mark.len);
		if (name.len && !hs_span_is(name, ".") && !hs_span_is(name, ".."))
			return apply_whiteout(m, e, dir, name, err);
		remark(m, e, "is a whiteout of nothing: it is left out");
		return 0;
	}
	return apply_file(m, e, key, err);
}

static int
apply_layer(struct making *m, const struct hs_tree *layer, struct hs_err *err)
{
	int rc = 0;

	m->layer = layer;
	m->t.layer_start = m->t.now;
	m->has_place = false;
	for (size_t i = 0; i < layer->n_entries && rc == 0; i++) {
		if (m->t.now == UINT32_MAX)
			return hs_fail(err, HS_ELIMIT, "more than %u entries in all layers",
			               UINT32_MAX);
		if (i % CHECK_EACH == 0)
			rc = hs_run_check(layer->run, err);
		if (rc == 0)
			rc = apply(m, &layer->entries[i], err);
		m->t.now++;
	}
	return rc;
}

int
hs_overlay_make(struct hs_overlay *out, struct hs_arena *a, const struct hs_tree *const *layers,
                size_t n_layers, struct hs_err *err)
{
	struct making m = { .out = out, .arena = a };
	struct hs_err late;
	int rc = 0, end;

	*out = (struct hs_overlay){ 0 };
	hs_path_tree_init(&m.t, n_layers && layers[0] ? layers[0]->n_entries : 0);
	for (size_t i = 0; i < n_layers && rc == 0; i++) {
		m.t.layer = (uint32_t)i;
		if (layers[i])
			rc = apply_layer(&m, layers[i], err);
	}
	end = hs_overlay_list(out, a, &m.t, rc == 0 ? err : &late);
	out->n_implied = m.t.n_implied;
	hs_path_tree_release(&m.t);
	return rc < 0 ? rc : end;
}
