/* SPDX-License-Identifier: Apache-2.0 */
#include "image/names.h"

#include "core/hash.h"

static size_t *
slot_of(const struct hs_names *names, struct hs_span key)
{
	size_t at = (size_t)hs_xxh64(key) & names->mask;

	while (names->slots[at] &&
	       !hs_span_equal(names->tree->entries[names->slots[at] - 1].key, key))
		at = (at + 1) & names->mask;
	return &names->slots[at];
}

void
hs_names_init(struct hs_names *out, struct hs_arena *a, struct hs_arena *scratch,
              const struct hs_tree *tree)
{
	size_t room = 16;

	while (room < 2 * tree->n_entries)
		room *= 2;
	*out = (struct hs_names){
		.tree = tree,
		.scratch = scratch,
		.slots = hs_arena_array(a, room, sizeof(*out->slots)),
		.mask = room - 1,
		.targets = hs_arena_array(a, tree->n_entries + 1, sizeof(*out->targets)),
	};
	for (size_t i = 0; i < tree->n_entries; i++)
		if (tree->entries[i].kind != HS_KIND_GAP)
			*slot_of(out, tree->entries[i].key) = i + 1;
}

/* Takes "/", "." and ".." out of a path; going up from the top stays there. In place. */
static struct hs_span
clean_path(uint8_t *path, size_t len)
{
	size_t n = 0;

	for (size_t at = 0; at < len;) {
		const uint8_t *slash = memchr(path + at, '/', len - at);
		const size_t end = slash ? (size_t)(slash - path) : len;
		const struct hs_span part = { path + at, end - at };

		if (hs_span_is(part, "..")) {
			while (n > 0 && path[--n] != '/')
				;
		} else if (part.len && !hs_span_is(part, ".")) {
			if (n)
				path[n++] = '/';
			memmove(path + n, part.at, part.len);
			n += part.len;
		}
		at = end + 1;
	}
	return (struct hs_span){ path, n };
}

/* The key that the target of a symbolic link has; in the scratch arena. */
static struct hs_span
target_key(const struct hs_names *names, const struct hs_entry *e)
{
	const bool absolute = hs_span_starts(e->link, HS_SPAN("/"));
	const uint8_t *slash = e->key.len ? memrchr(e->key.at, '/', e->key.len) : NULL;
	const size_t dir = absolute || !slash ? 0 : (size_t)(slash - e->key.at) + 1;
	uint8_t *path = hs_arena_alloc(names->scratch, dir + e->link.len + 1);

	if (dir)
		memcpy(path, e->key.at, dir);
	if (e->link.len)
		memcpy(path + dir, e->link.at, e->link.len);
	return clean_path(path, dir + e->link.len);
}

static size_t
follow(const struct hs_names *names, size_t entry)
{
	const struct hs_arena_mark mark = hs_arena_mark(names->scratch);
	size_t at = entry;

	for (unsigned i = 0; i < HS_MAX_LINKS; i++) {
		const struct hs_entry *e = &names->tree->entries[at];

		if (e->kind != HS_KIND_SYMLINK)
			break;
		at = *slot_of(names, target_key(names, e));
		if (at-- == 0)
			break;
	}
	hs_arena_rewind(names->scratch, mark);
	if (at >= names->tree->n_entries || names->tree->entries[at].kind == HS_KIND_SYMLINK)
		return HS_NOWHERE;
	return at;
}

static bool
has_content(enum hs_kind kind)
{
	return kind == HS_KIND_FILE || kind == HS_KIND_HARDLINK || kind == HS_KIND_OTHER;
}

size_t
hs_names_entry(const struct hs_names *names, struct hs_span key)
{
	const size_t found = *slot_of(names, key);

	return found ? found - 1 : HS_NOWHERE;
}

size_t
hs_names_find(struct hs_names *names, struct hs_span key)
{
	const size_t found = *slot_of(names, key);
	size_t at;

	if (!found)
		return HS_NOWHERE;
	at = found - 1;
	if (names->tree->entries[at].kind == HS_KIND_SYMLINK) {
		if (!names->targets[at])
			names->targets[at] = follow(names, at) + 1;
		at = names->targets[at] - 1;
	}
	if (at == HS_NOWHERE || !has_content(names->tree->entries[at].kind))
		return HS_NOWHERE;
	return at;
}
