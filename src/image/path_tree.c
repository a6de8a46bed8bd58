/* SPDX-License-Identifier: Apache-2.0 */
#include "image/path_tree.h"

#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

/* What Linux takes as the target of a symbolic link. */
enum { MAX_TARGET = 4095 };

void
hs_path_tree_init(struct hs_path_tree *t, size_t expected)
{
	*t = (struct hs_path_tree){ .n_slots = 64, .now = 1 };
	while (t->n_slots < 2 * expected && t->n_slots < 2 * HS_MAX_ROOTFS_PATHS)
		t->n_slots *= 2;
	t->slots = hs_alloc(t->n_slots * sizeof(*t->slots));
	t->room = 64;
	t->nodes = hs_alloc(t->room * sizeof(*t->nodes));
	t->nodes[0] = (struct hs_path_node){ .parent = HS_PATH_NONE, .present = true };
	t->n = 1;
}

void
hs_path_tree_release(struct hs_path_tree *t)
{
	free(t->nodes);
	free(t->slots);
	*t = (struct hs_path_tree){ 0 };
}

enum hs_kind
hs_path_kind(const struct hs_path_node *n)
{
	return n->content ? n->content->kind : HS_KIND_DIR;
}

void
hs_path_cut(struct hs_path_tree *t, struct hs_path_node *n, uint32_t when)
{
	if (n->cut < when)
		n->cut = when;
	t->version++;
}

static uint32_t
hash_of(uint32_t dir, struct hs_span name)
{
	const uint64_t h = hs_xxh64(name) + dir * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(h ^ h >> 32);
}

static uint32_t *
slot_of(const struct hs_path_tree *t, uint32_t dir, struct hs_span name, uint32_t hash)
{
	size_t at = hash & (t->n_slots - 1);

	while (t->slots[at]) {
		const struct hs_path_node *n = &t->nodes[t->slots[at]];

		if (n->hash == hash && n->parent == dir && n->name_len == name.len &&
		    memcmp(n->at, name.at, name.len) == 0)
			break;
		at = (at + 1) & (t->n_slots - 1);
	}
	return &t->slots[at];
}

uint32_t
hs_path_find(const struct hs_path_tree *t, uint32_t dir, struct hs_span name)
{
	const uint32_t found = *slot_of(t, dir, name, hash_of(dir, name));

	return found ? found : HS_PATH_NONE;
}

static void
grow_slots(struct hs_path_tree *t)
{
	free(t->slots);
	t->n_slots *= 2;
	t->slots = hs_alloc(t->n_slots * sizeof(*t->slots));
	for (uint32_t i = 1; i < t->n; i++) {
		size_t at = t->nodes[i].hash & (t->n_slots - 1);

		while (t->slots[at])
			at = (at + 1) & (t->n_slots - 1);
		t->slots[at] = i;
	}
}

int
hs_path_add(uint32_t *out, struct hs_path_tree *t, uint32_t dir, const struct hs_path_name *path,
            struct hs_err *err)
{
	const struct hs_span name = path->name;
	const uint32_t hash = hash_of(dir, name);
	uint32_t *slot = slot_of(t, dir, name, hash);
	struct hs_path_node *n;

	*out = *slot;
	if (*slot)
		return 0;
	if (t->n >= HS_MAX_ROOTFS_PATHS)
		return hs_fail(err, HS_ELIMIT,
		               "more than %" PRIu64
		               " paths in one root file system (HS_MAX_ROOTFS_PATHS)",
		               HS_MAX_ROOTFS_PATHS);
	if (t->n == t->room) {
		t->room *= 2;
		t->nodes = hs_realloc(t->nodes, t->room, sizeof(*t->nodes));
	}
	if ((size_t)t->n * 3 > t->n_slots * 2) {
		grow_slots(t);
		slot = slot_of(t, dir, name, hash);
	}
	n = &t->nodes[t->n];
	*n = (struct hs_path_node){
		.at = name.at,
		.name_len = (uint32_t)name.len,
		.path_len = (uint32_t)path->path_len,
		.parent = dir,
		.hash = hash,
		.aside = t->nodes[dir].aside || hs_span_starts(name, HS_SPAN(".wh..wh.")),
	};
	*out = *slot = t->n++;
	return 0;
}

/* ---- Walking ---- */

struct walk {
	struct hs_path_tree *t;
	struct hs_path_place *at;
	struct hs_span rest[HS_MAX_LINKS + 1]; /* the path, and what is left of links' targets */
	const uint8_t *start;                  /* of the path; NULL once a link was followed */
	unsigned n_rest, n_links;
	bool make;
};

static struct hs_span
take_component(struct hs_span *rest)
{
	const uint8_t *slash;
	struct hs_span out;

	while (rest->len && rest->at[0] == '/')
		*rest = hs_span_from(*rest, 1);
	slash = rest->len ? memchr(rest->at, '/', rest->len) : NULL;
	out = hs_span_head(*rest, slash ? (uint64_t)(slash - rest->at) : rest->len);
	*rest = hs_span_from(*rest, out.len);
	return out;
}

/* What is hidden in a directory that was reached from below. */
static uint32_t
cut_of(struct hs_path_tree *t, uint32_t dir)
{
	uint32_t cut = 0;

	for (; dir != HS_PATH_NONE; dir = t->nodes[dir].parent) {
		if (cut < t->nodes[dir].cut)
			cut = t->nodes[dir].cut;
		t->link_steps++;
	}
	return cut;
}

static void
go_to(struct walk *w, uint32_t dir)
{
	w->at->dir = dir;
	w->at->cut = cut_of(w->t, dir);
}

/* True where the link leads on; false where it is one too many. */
static bool
follow(struct walk *w, struct hs_span target)
{
	if (target.len == 0 || target.len > MAX_TARGET || w->n_links == HS_MAX_LINKS)
		return false;
	w->n_links++;
	w->at->followed = true;
	w->start = NULL;
	if (target.at[0] == '/')
		go_to(w, 0);
	w->rest[w->n_rest++] = target;
	return true;
}

static void
imply(struct hs_path_tree *t, struct hs_path_node *n, bool was_there)
{
	if (was_there)
		hs_path_cut(t, n, t->now);
	n->replaced |= n->entry && n->layer < t->layer;
	n->entry = n->content = NULL;
	n->layer = n->content_layer = t->layer;
	n->since = t->now;
	n->present = true;
	t->n_implied++;
}

static int
enter(struct walk *w, struct hs_span name, struct hs_err *err)
{
	struct hs_path_tree *t = w->t;
	const struct hs_path_name path = {
		.name = name,
		.path_len = w->start ? (size_t)(name.at + name.len - w->start) : 0,
	};
	struct hs_path_node *n;
	uint32_t id;
	bool there;

	if (w->make) {
		const int rc = hs_path_add(&id, t, w->at->dir, &path, err);

		if (rc < 0)
			return rc;
	} else {
		id = hs_path_find(t, w->at->dir, name);
		w->at->found = id != HS_PATH_NONE;
		if (!w->at->found)
			return 0;
	}
	n = &t->nodes[id];
	there = hs_path_is_there(n, w->at->cut);
	if (there && hs_path_kind(n) == HS_KIND_SYMLINK) {
		if (follow(w, n->content->link))
			return 0;
		w->at->loop = true;
	}
	if (!there || hs_path_kind(n) != HS_KIND_DIR) {
		w->at->below_file |= there && hs_path_kind(n) != HS_KIND_SYMLINK;
		w->at->found = w->make;
		if (!w->make)
			return 0;
		imply(t, n, there);
	}
	w->at->dir = id;
	w->at->cut = w->at->cut < n->cut ? n->cut : w->at->cut;
	return 0;
}

int
hs_path_walk(struct hs_path_place *out, struct hs_path_tree *t, struct hs_span path, bool make,
             struct hs_err *err)
{
	struct walk w = {
		.t = t, .at = out, .rest = { path }, .start = path.at, .n_rest = 1, .make = make
	};

	*out = (struct hs_path_place){ .cut = t->nodes[0].cut, .found = true };
	while (w.n_rest) {
		const bool of_link = w.n_rest > 1;
		const struct hs_span name = take_component(&w.rest[w.n_rest - 1]);
		int rc = 0;

		t->link_steps += w.n_links > 0;
		if (t->link_steps > HS_MAX_LINK_STEPS)
			return hs_fail(err, HS_ELIMIT,
			               "symbolic links lead over more than %" PRIu64
			               " names (HS_MAX_LINK_STEPS)",
			               HS_MAX_LINK_STEPS);
		if (name.len == 0)
			w.n_rest--;
		else if (of_link && hs_span_is(name, ".."))
			go_to(&w, out->dir ? t->nodes[out->dir].parent : 0);
		else if (!hs_span_is(name, "."))
			rc = enter(&w, name, err);
		if (rc < 0 || !out->found)
			return rc;
	}
	return 0;
}
