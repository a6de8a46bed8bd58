/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tree.h"

#include "core/hash.h"

#include <inttypes.h>
#include <stdlib.h>

bool
hs_entry_note_at(struct hs_entry_note *out, const struct hs_entry *e, size_t i)
{
	if (e->note && i == 0) {
		*out = (struct hs_entry_note){ e->damaged ? "damaged" : "remark", e->note,
			                       e->damaged };
		return true;
	}
	i -= e->note != NULL;
	if (i >= e->n_notes)
		return false;
	*out = e->notes[i];
	return true;
}

bool
hs_notes_hold(const struct hs_entry_note *notes, size_t n, const struct hs_entry_note *note)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(notes[i].code, note->code) == 0 &&
		    strcmp(notes[i].text, note->text) == 0)
			return true;
	return false;
}

const char *
hs_entry_damage(const struct hs_entry *e)
{
	struct hs_entry_note note;

	for (size_t i = 0; hs_entry_note_at(&note, e, i); i++)
		if (note.damage)
			return note.text;
	return NULL;
}

void
hs_tree_init(struct hs_tree *t, struct hs_run *run, struct hs_worker *w, struct hs_blob *blob)
{
	*t = (struct hs_tree){ .run = run, .worker = w, .blob = hs_blob_ref(blob) };
}

void
hs_tree_release(struct hs_tree *t)
{
	for (size_t i = 0; i < t->n_entries; i++)
		hs_blob_unref(t->entries[i].blob);
	if (t->release)
		t->release(t->state);
	free(t->entries);
	hs_blob_unref(t->blob);
	hs_arena_release(&t->arena);
	*t = (struct hs_tree){ 0 };
}

/* Whether a name is its own key: no "." or empty part at the front, no empty part inside, no slash
 * at the end. */
static bool
is_key(struct hs_span name)
{
	if (name.len == 0 || name.at[0] == '/' || hs_span_starts(name, HS_SPAN("./")) ||
	    hs_span_is(name, ".") || name.at[name.len - 1] == '/')
		return name.len == 0;
	return memmem(name.at, name.len, "//", 2) == NULL;
}

struct hs_span
hs_key_of_name(struct hs_arena *a, struct hs_span name)
{
	uint8_t *out;
	size_t n = 0;

	if (is_key(name))
		return name;
	while (name.len && (name.at[0] == '/' || hs_span_starts(name, HS_SPAN("./"))))
		name = hs_span_from(name, name.at[0] == '/' ? 1 : 2);
	while (name.len && name.at[name.len - 1] == '/')
		name.len--;
	if (name.len == 0 || hs_span_is(name, "."))
		return HS_SPAN(".");
	if (!memmem(name.at, name.len, "//", 2))
		return name;
	out = hs_arena_alloc(a, name.len);
	for (size_t i = 0; i < name.len; i++)
		if (i == 0 || name.at[i] != '/' || name.at[i - 1] != '/')
			out[n++] = name.at[i];
	return (struct hs_span){ out, n };
}

int
hs_tree_add(struct hs_entry **out, struct hs_tree *t, struct hs_span name, struct hs_err *err)
{
	struct hs_entry *e;

	if (t->n_entries >= t->run->limits.max_members)
		return hs_fail(err, HS_ELIMIT, "more than %" PRIu64 " members (--max-members)",
		               t->run->limits.max_members);
	if (name.len > HS_MAX_NAME)
		return hs_fail(err, HS_ELIMIT,
		               "member %zu has a name of %zu bytes, %" PRIu64 " are read",
		               t->n_entries + 1, name.len, HS_MAX_NAME);
	if (t->n_entries == t->room) {
		t->room = t->room ? 2 * t->room : 16;
		t->entries = hs_realloc(t->entries, t->room, sizeof(*t->entries));
	}
	e = &t->entries[t->n_entries++];
	*e = (struct hs_entry){ .name = name, .key = hs_key_of_name(&t->arena, name) };
	*out = e;
	return 0;
}

int
hs_tree_add_gap(struct hs_tree *t, const char *label, struct hs_span bytes, struct hs_err *err)
{
	const struct hs_span name = hs_arena_span(&t->arena, "(%s)", label);
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, t, name, err);

	if (rc < 0)
		return rc;
	e->kind = HS_KIND_GAP;
	e->bytes = bytes;
	e->size = bytes.len;
	return 0;
}

/* Open addressing: entry + 1 of the last entry seen with that key, or 0. */
struct index {
	size_t *slots;
	size_t mask;
};

static size_t *
slot_of(const struct index *ix, const struct hs_tree *t, struct hs_span key)
{
	size_t at = (size_t)hs_xxh64(key) & ix->mask;

	while (ix->slots[at] && !hs_span_equal(t->entries[ix->slots[at] - 1].key, key))
		at = (at + 1) & ix->mask;
	return &ix->slots[at];
}

static void
share_content(struct hs_entry *link, const struct hs_entry *target)
{
	link->bytes = target->bytes;
	link->codec = target->codec;
	link->size = target->size;
	link->more = target->more;
	hs_blob_unref(link->blob);
	link->blob = hs_blob_ref(target->blob);
}

/* What a link points to, among the entries that the table holds. */
static struct hs_entry *
target_of(struct hs_tree *t, const struct index *ix, const struct hs_entry *e)
{
	const struct hs_span key = hs_key_of_name(&t->arena, e->link);
	const size_t found = *slot_of(ix, t, key);

	return found ? &t->entries[found - 1] : NULL;
}

static bool
is_unresolved(const struct hs_entry *e)
{
	return e->kind == HS_KIND_HARDLINK && e->bytes.len == 0 && e->codec == 0;
}

/*
 * Follows a chain of links to the entry that has bytes, and gives them to each
 * link on the way. `seen` keeps a cycle from being followed for ever, and a
 * chain to nowhere from being followed again by each of its links.
 */
static void
resolve_chain(struct hs_tree *t, const struct index *ix, size_t first, uint8_t *seen)
{
	struct hs_entry *end = &t->entries[first], *next;

	while (end && is_unresolved(end) && !seen[end - t->entries]) {
		seen[end - t->entries] = 1;
		end = target_of(t, ix, end);
	}
	if (!end || is_unresolved(end))
		return;
	for (struct hs_entry *e = &t->entries[first]; e != end; e = next) {
		next = target_of(t, ix, e);
		share_content(e, end);
	}
}

/* An empty table with room for all entries of the tree. */
static struct index
index_of(const struct hs_tree *t)
{
	struct index ix = { .mask = 15 };

	while (ix.mask + 1 < 2 * t->n_entries)
		ix.mask = 2 * ix.mask + 1;
	ix.slots = hs_alloc((ix.mask + 1) * sizeof(*ix.slots));
	return ix;
}

void
hs_tree_renumber(struct hs_tree *t)
{
	const struct index ix = index_of(t);

	for (size_t i = 0; i < t->n_entries; i++) {
		struct hs_entry *e = &t->entries[i];
		size_t *slot = slot_of(&ix, t, e->key);

		e->occurrence = *slot ? t->entries[*slot - 1].occurrence + 1 : 0;
		*slot = i + 1;
	}
	free(ix.slots);
}

void
hs_tree_finish(struct hs_tree *t)
{
	const struct index ix = index_of(t);
	uint8_t *seen;
	size_t n_links = 0;

	for (size_t i = 0; i < t->n_entries; i++) {
		struct hs_entry *e = &t->entries[i];
		size_t *slot;

		if (e->kind == HS_KIND_HARDLINK && e->bytes.len == 0) {
			const struct hs_entry *target = target_of(t, &ix, e);

			n_links++;
			if (target)
				share_content(e, target);
		}
		slot = slot_of(&ix, t, e->key);
		if (*slot)
			e->occurrence = t->entries[*slot - 1].occurrence + 1;
		*slot = i + 1;
	}
	/* Links to what stands later: the table now holds the last entry of each key. */
	seen = n_links ? hs_alloc(t->n_entries) : NULL;
	for (size_t i = 0; n_links && i < t->n_entries; i++)
		if (is_unresolved(&t->entries[i]))
			resolve_chain(t, &ix, i, seen);
	free(seen);
	free(ix.slots);
}

const struct hs_entry *
hs_tree_find(const struct hs_tree *t, struct hs_span key, uint32_t occurrence)
{
	for (size_t i = 0; i < t->n_entries; i++)
		if (t->entries[i].occurrence == occurrence && hs_span_equal(t->entries[i].key, key))
			return &t->entries[i];
	return NULL;
}

static bool
has_content(enum hs_kind kind)
{
	return kind == HS_KIND_FILE || kind == HS_KIND_HARDLINK || kind == HS_KIND_GAP ||
	       kind == HS_KIND_OTHER;
}

/* "x.tar" of "x.tar.gz". */
static struct hs_span
without_suffix(struct hs_span name)
{
	for (size_t i = name.len; i > 1 && name.at[i - 1] != '/'; i--)
		if (name.at[i - 1] == '.')
			return hs_span_head(name, i - 1);
	return name;
}

int
hs_tree_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
             struct hs_err *err)
{
	int rc = 0;

	*out = (struct hs_content){ 0 };
	if (!has_content(e->kind))
		return 0;
	if (e->codec && t->ops && t->ops->open)
		rc = t->ops->open(out, t, e, err);
	else
		*out = hs_content_of(e->blob ? e->blob : t->blob, e->bytes);
	out->name = e->name.len ? e->name : without_suffix(t->name);
	out->as = e->as;
	return rc;
}

void
hs_tree_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_meta m = {
		.has = HS_HAS_SIZE | (e->link.len ? HS_HAS_LINK : 0),
		.kind = e->kind,
		.size = e->size,
		.link = e->link,
	};

	if (e->kind != HS_KIND_GAP && t->ops && t->ops->describe)
		t->ops->describe(out, t, e);
	else
		hs_say_meta(out, &m);
}
