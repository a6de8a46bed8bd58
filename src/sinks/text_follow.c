/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows. One changed file of an image changes the digest of its layer,
 * the layer's the configuration, that one's the manifest, and the manifest's
 * the index; each of them says the new digest and size once more, and is a
 * file with a time of its own. Without -v the page tells where that begins
 * and leaves out the rest, which it counts; nothing is decided by it, and the
 * other reports have all of it.
 *
 * A fact follows where
 *  - its two values name one member of the archive that differs, by digest or
 *    by size,
 *  - it is the time of a member, and the archive says "all the same",
 *  - it is how an archive stores its members, and the archives are of two
 *    formats or only one of them has the member,
 *  - it is the time of a history entry, and the first entry has another too,
 *  - it is empty_layer, and the entry has another layer for it,
 *  - it is where an entry comes from that differs in its metadata alone,
 *  - it is of a configuration that says the same in other words, as a note tells,
 *  - it is a field of a package that only one side's list has,
 *  - it is the checksum of an enclave image, the size of a section of it, or the
 *    number of a ramdisk's entry, where those count the entries.
 */
#include "sinks/text.h"

#include <stdlib.h>

enum { HEX = HS_SHA256_HEX - 1, MAX_LOOK = 4096 };

static int
compare_pairs(const void *x, const void *y)
{
	const struct hs_text_pair *p = x, *q = y;
	const int order = hs_span_order(p->a, q->a);

	return order ? order : hs_span_order(p->b, q->b);
}

/* Where the value has a digest: 64 digits and no more. */
static bool
find_hex(size_t *at, struct hs_span value)
{
	size_t run = 0;

	for (size_t i = 0; i <= value.len; i++) {
		const uint8_t c = i < value.len ? value.at[i] : 0;

		if (hs_is_hex(c)) {
			run++;
			continue;
		}
		*at = i - run;
		if (run == HEX)
			return true;
		run = 0;
	}
	return false;
}

static struct hs_span
cut(struct hs_span value, size_t at, size_t len)
{
	return (struct hs_span){ value.at + at, len };
}

static void
add(struct hs_text_follow *f, struct hs_span a, struct hs_span b)
{
	if (a.len && b.len && !hs_span_equal(a, b))
		f->pairs[f->n++] = (struct hs_text_pair){ a, b };
}

static bool
is_size(const char *field)
{
	const size_t len = strlen(field);

	return strcmp(field, "size") == 0 || strcmp(field, "descriptor size") == 0 ||
	       (len > 5 && strcmp(field + len - 5, ".size") == 0);
}

/* The digests and sizes that a member goes by on both sides. */
static void
add_member(struct hs_text *t, const struct hs_node *n)
{
	struct hs_text_follow *f = &t->follow;
	char hex[2][HS_SHA256_HEX];
	size_t i, j;

	if (!n->a.present || !n->b.present)
		return;
	if (n->a.has_sha256 && n->b.has_sha256) {
		hs_sha256_hex(hex[0], &n->a.sha256);
		hs_sha256_hex(hex[1], &n->b.sha256);
		add(f, hs_arena_copy(&t->arena, hs_span_of(hex[0])),
		    hs_arena_copy(&t->arena, hs_span_of(hex[1])));
	}
	for (const struct hs_change *c = n->changes.first; c; c = c->next) {
		const bool digest = strcmp(c->field, "descriptor digest") == 0 ||
		                    strcmp(c->field, "diff_id") == 0;

		if (strcmp(c->field, "size") == 0 || strcmp(c->field, "descriptor size") == 0)
			add(f, c->a, c->b);
		else if (digest && find_hex(&i, c->a) && find_hex(&j, c->b))
			add(f, cut(c->a, i, HEX), cut(c->b, j, HEX));
	}
}

/* The archive inside whatever compresses it. */
static const struct hs_node *
archive_of(const struct hs_node *root)
{
	while (root->n_children == 1 && root->n_same == 0 && root->first_child->name.len == 0)
		root = root->first_child;
	return root;
}

/* "X, all the same" is X. */
static struct hs_span
one_time(struct hs_span value)
{
	static const char all[] = ", all the same";
	const size_t len = sizeof(all) - 1;

	if (value.len < len || memcmp(value.at + value.len - len, all, len) != 0)
		return (struct hs_span){ 0 };
	return cut(value, 0, value.len - len);
}

void
hs_text_follow_begin(struct hs_text *t)
{
	struct hs_text_follow *f = &t->follow;
	size_t room = 0;

	if (!t->report->ladder || t->report->inspection || t->verbose)
		return;
	f->archive = archive_of(t->report->root);
	f->formats = strcmp(f->archive->a.format, f->archive->b.format) != 0;
	for (const struct hs_change *c = f->archive->changes.first; c; c = c->next)
		if (strcmp(c->field, "mtimes") == 0 && !c->ignored) {
			f->time.a = one_time(c->a);
			f->time.b = one_time(c->b);
		}
	for (const struct hs_node *n = f->archive->first_child; n; n = n->next)
		room += 1 + n->changes.n;
	f->pairs = hs_arena_array(&t->arena, room + 1, sizeof(*f->pairs));
	for (const struct hs_node *n = f->archive->first_child; n; n = n->next)
		add_member(t, n);
	qsort(f->pairs, f->n, sizeof(*f->pairs), compare_pairs);
}

static bool
is_pair(const struct hs_text_follow *f, struct hs_span a, struct hs_span b)
{
	const struct hs_text_pair key = { a, b };

	return f->n && bsearch(&key, f->pairs, f->n, sizeof(key), compare_pairs);
}

/* Whether an element of a list, told for each side apart, names a member that differs. */
static bool
lists_member(const struct hs_text_follow *f, const struct hs_change *c)
{
	const struct hs_span value = c->has_a ? c->a : c->b;
	const size_t len = strlen(c->field);
	size_t at;

	if (len < 2 || strcmp(c->field + len - 2, "[]") != 0 || !find_hex(&at, value))
		return false;
	for (size_t i = 0; i < f->n; i++) {
		const struct hs_span name = c->has_a ? f->pairs[i].a : f->pairs[i].b;

		if (hs_span_equal(name, cut(value, at, HEX)))
			return true;
	}
	return false;
}

/* Whether the values are the same but for digests that are a member's on each side. */
static bool
names_member(const struct hs_text_follow *f, const struct hs_change *c)
{
	size_t i, j;

	if (!c->has_a || !c->has_b)
		return lists_member(f, c);
	if (is_size(c->field))
		return is_pair(f, c->a, c->b);
	if (!find_hex(&i, c->a) || !find_hex(&j, c->b) || i != j || c->a.len != c->b.len)
		return false;
	return is_pair(f, cut(c->a, i, HEX), cut(c->b, j, HEX)) &&
	       memcmp(c->a.at, c->b.at, i) == 0 &&
	       memcmp(c->a.at + i + HEX, c->b.at + i + HEX, c->a.len - i - HEX) == 0;
}

/* How an archive stores a member, whatever the member is. */
static bool
is_storage(const char *field)
{
	static const char *const fields[] = {
		"mode",    "uid",        "gid",           "uname",       "gname",           "mtime",
		"dialect", "mode field", "device fields", "stored name", "descriptor size", "size",
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(field, fields[i]) == 0)
			return true;
	return false;
}

/* What one format has a place for and another has not. */
static bool
is_of_descriptor(const char *field)
{
	return strcmp(field, "media type") == 0 || strcmp(field, "descriptor digest") == 0;
}

static bool
follows_in_archive(const struct hs_text_follow *f, const struct hs_node *node,
                   const struct hs_change *c)
{
	const bool both = node->a.present && node->b.present;

	if (f->formats && c->has_a != c->has_b && is_of_descriptor(c->field))
		return true;
	if (!both || f->formats)
		return is_storage(c->field);
	if (strcmp(c->field, "mtime") == 0 && f->time.a.len && f->time.b.len)
		return hs_span_equal(c->a, f->time.a) && hs_span_equal(c->b, f->time.b);
	/* Of the same content, compressed otherwise, that is the news. */
	return node->status != HS_STATUS_METADATA && names_member(f, c);
}

/* Whether the fact differs too, said by both sides where `both`. */
static bool
has_field(const struct hs_node *node, const char *field, bool both)
{
	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		if (strcmp(c->field, field) == 0 && (!both || (c->has_a && c->has_b)) &&
		    !c->ignored)
			return true;
	return false;
}

static bool
follows_in_history(struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	const char *end;
	bool follows = false;

	if (strncmp(c->field, "history[", 8) != 0 || node->changes.n > MAX_LOOK)
		return false;
	end = strchr(c->field, ' ');
	if (!end)
		return false;
	if (strcmp(end, " created") == 0 && c->has_a && c->has_b)
		follows = strcmp(c->field, "history[0] created") != 0 &&
		          has_field(node, "history[0] created", true);
	else if (strcmp(end, " empty_layer") == 0)
		follows = has_field(
			node,
			hs_arena_printf(&t->arena, "%.*s layer", (int)(end - c->field), c->field),
			false);
	hs_arena_rewind(&t->arena, mark);
	return follows;
}

/* Fields that a tool drops or adds without meaning anything by it: dozens, and one note. */
static bool
is_reserialised(const struct hs_node *node)
{
	for (const struct hs_note *note = node->notes; note; note = note->next)
		if (strcmp(note->code, "re-serialised") == 0)
			return true;
	return false;
}

/*
 * In an enclave image: its checksum, the size of a section that is another
 * one, and the numbers of a ramdisk's entries where they do nothing but count.
 */
static bool
follows_in_enclave(const struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	const struct hs_measurements *m = t->report->measurements;
	const struct hs_measure_section *section;

	if (!m || !m->node || t->verbose)
		return false;
	if (node == m->node)
		return c->of_members && strcmp(c->field, "crc32") == 0;
	if (node->parent == m->node && strcmp(c->field, "size") == 0)
		return node->a.present && node->b.present;
	section = hs_measured_section(m, node);
	if (!section || !section->counted || !node->a.present || !node->b.present)
		return false;
	return node == section->node
	               ? strcmp(c->field, "trailer") == 0 && hs_same_trailer(c->a, c->b)
	               : strcmp(c->field, "inode") == 0;
}

bool
hs_text_follows(struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	const struct hs_text_follow *f = &t->follow;

	if ((c->follows && !t->verbose) || follows_in_enclave(t, node, c))
		return true;
	if (!f->archive)
		return false;
	if (c->origin && node->status == HS_STATUS_METADATA)
		return true;
	return node->parent == f->archive &&
	       (follows_in_archive(f, node, c) || follows_in_history(t, node, c) ||
	        is_reserialised(node));
}

bool
hs_text_only_follows(struct hs_text *t, const struct hs_node *node)
{
	const bool enclave = t->report->measurements != NULL;

	if (!node->parent || node->first_child || !node->a.present || !node->b.present ||
	    node->notes || !node->changes.n || node->rewritten || node->reordered)
		return false;
	if (!enclave && (!t->follow.archive || node->parent != t->follow.archive))
		return false;
	if (enclave && node->status != HS_STATUS_METADATA)
		return false;
	if (node->status != HS_STATUS_METADATA && !node->by_field)
		return false;
	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		if (!c->ignored && !hs_text_follows(t, node, c))
			return false;
	return true;
}

bool
hs_text_is_packing(const struct hs_text *t, const struct hs_node *node)
{
	const struct hs_text_follow *f = &t->follow;

	return f->archive && f->formats && node->parent == f->archive &&
	       (!node->a.present || !node->b.present);
}
