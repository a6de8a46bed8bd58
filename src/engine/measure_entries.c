/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs in a cpio archive, entry by entry. What only follows is left
 * out: the size of what has other content, and inode numbers that count the
 * entries. Entries of which the same fields differ, and all that is in a
 * directory of one side, make one cause.
 */
#include "engine/measuring.h"

enum {
	MAX_GROUPS = 64, /* kinds of differences of metadata; each entry of more is by itself */
	FEW = 3,         /* entries that are named rather than counted */
};

struct group {
	const char *fields; /* names, joined */
	const struct hs_node *first;
	uint64_t n;
	bool same_values, implied;
};

struct groups {
	struct group list[MAX_GROUPS];
	size_t n;
};

/* ---- What follows ---- */

static bool
follows(const struct hs_cause_finding *f, const struct hs_node *node, const struct hs_change *c)
{
	if (strcmp(c->field, "inode") == 0)
		return f->numbered || (f->packed && f->displaced);
	if (c->origin || c->of_members)
		return true;
	return node->status == HS_STATUS_CONTENT &&
	       (strcmp(c->field, "size") == 0 || strcmp(c->field, "check") == 0);
}

const struct hs_change *
hs_cause_change(const struct hs_cause_finding *f, const struct hs_node *node,
                const struct hs_change *c)
{
	const struct hs_change *end = node->changes.first;

	/* Behind the header's stands what the content says of itself. */
	for (uint32_t i = 0; end && i < node->n_head; i++)
		end = end->next;
	while (c && c != end && follows(f, node, c))
		c = c->next;
	return c == end ? NULL : c;
}

const char *
hs_cause_fields(const struct hs_cause_finding *f, struct hs_arena *a, const struct hs_node *node)
{
	const struct hs_change *c = hs_cause_change(f, node, node->changes.first);
	const char *list = "";

	for (; c; c = hs_cause_change(f, node, c->next))
		list = hs_arena_printf(a, "%s%s%s", list, *list ? ", " : "", c->field);
	return list;
}

/* ---- Groups ---- */

static bool
same_values(const struct hs_cause_finding *f, const struct hs_node *x, const struct hs_node *y)
{
	const struct hs_change *c = hs_cause_change(f, x, x->changes.first);
	const struct hs_change *d = hs_cause_change(f, y, y->changes.first);

	while (c && d && hs_span_equal(c->a, d->a) && hs_span_equal(c->b, d->b)) {
		c = hs_cause_change(f, x, c->next);
		d = hs_cause_change(f, y, d->next);
	}
	return !c && !d;
}

/* Whether only the time differs, which on the side that was rebuilt is none at all. */
static bool
is_implied(const struct hs_cause_finding *f, const struct hs_node *node)
{
	const struct hs_change *c = hs_cause_change(f, node, node->changes.first);

	if (!f->m->implied.len || !c || strcmp(c->field, "mtime") != 0 ||
	    hs_cause_change(f, node, c->next))
		return false;
	return hs_span_equal(f->m->rebuilt->side == 'a' ? c->a : c->b, f->m->implied);
}

static struct group *
find_group(const struct hs_cause_finding *f, struct groups *g, const struct hs_node *node)
{
	struct hs_arena *scratch = &f->m->w->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	const char *fields = hs_cause_fields(f, scratch, node);
	const bool implied = is_implied(f, node);

	for (size_t i = 0; i < g->n; i++) {
		if (g->list[i].implied == implied && strcmp(g->list[i].fields, fields) == 0) {
			hs_arena_rewind(scratch, mark);
			return &g->list[i];
		}
	}
	if (g->n == MAX_GROUPS) {
		hs_arena_rewind(scratch, mark);
		return NULL;
	}
	g->list[g->n] = (struct group){ .fields = fields, .implied = implied, .first = node };
	return &g->list[g->n++];
}

static bool
is_metadata(const struct hs_cause_finding *f, const struct hs_node *node)
{
	return node->status == HS_STATUS_METADATA && hs_cause_change(f, node, node->changes.first);
}

static void
make_groups(const struct hs_cause_finding *f, struct groups *g, const struct hs_node *archive)
{
	for (const struct hs_node *n = archive->first_child; n; n = n->next) {
		struct group *group = is_metadata(f, n) ? find_group(f, g, n) : NULL;

		if (!group)
			continue;
		group->same_values =
			group->n++ == 0 || (group->same_values && same_values(f, group->first, n));
	}
}

static bool
is_among(const char *fields, const char *const *words)
{
	struct hs_span rest = hs_span_of(fields);

	while (rest.len) {
		const uint8_t *comma = memchr(rest.at, ',', rest.len);
		const struct hs_span word =
			hs_span_head(rest, comma ? (size_t)(comma - rest.at) : rest.len);
		size_t i = 0;

		while (words[i] && !hs_span_is(word, words[i]))
			i++;
		if (!words[i])
			return false;
		rest = hs_span_from(rest, word.len + 2);
	}
	return true;
}

static void
add_metadata(struct hs_cause_finding *f, struct groups *g, const struct hs_node *node)
{
	static const char *const times[] = { "mtime", "atime", "ctime", NULL };
	static const char *const numbers[] = { "inode", "on device", NULL };
	const struct group *group = find_group(f, g, node);
	const bool joined = group && (group->n > FEW || group->implied);
	struct hs_cause_found *found;

	if (joined && group->first != node)
		return;
	if (group && group->implied) {
		found = hs_cause_add(f, HS_CAUSE_IMPLIED, node, "implied-times");
	} else {
		const struct hs_arena_mark mark = hs_arena_mark(&f->m->w->scratch);
		const char *fields = hs_cause_fields(f, &f->m->w->scratch, node);

		if (is_among(fields, times))
			found = hs_cause_add(f, HS_CAUSE_TIMES, node, "times");
		else if (is_among(fields, numbers))
			found = hs_cause_add(f, HS_CAUSE_NUMBERS, node, "numbering");
		else
			found = hs_cause_add(f, HS_CAUSE_METADATA, node, "metadata");
		hs_arena_rewind(&f->m->w->scratch, mark);
	}
	if (joined) {
		found->n = group->n;
		found->same_values = group->same_values;
	}
}

/* ---- One entry after the other ---- */

static bool
has_numbers(const struct hs_cause_finding *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].section == f->section && f->list[i].rank == HS_CAUSE_NUMBERS)
			return true;
	return false;
}

/* What the format says of the archive as a whole, in words. */
static const char *
form_words(const struct hs_cause_finding *f, const struct hs_change *c)
{
	static const struct {
		const char *field, *words;
	} rows[] = {
		{ "zero bytes behind the trailer", "%s is filled up otherwise behind its trailer" },
		{ "trailer", "%s has another trailer" },
		{ "trailer as stored", "%s has a trailer that is written otherwise" },
		{ "trailer padding", "%s has other bytes behind the name of its trailer" },
		{ "hex digits", "%s has headers with other hex digits" },
	};
	const char *values = hs_cause_values(f->m->keep, c), *words = NULL;
	const char *where = hs_measure_section_words(f->m, f->section);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].field, c->field) == 0)
			words = rows[i].words;
	/* The part of the words that stands behind the name. */
	words = words ? hs_arena_printf(f->m->keep, "%s%s", where, words + 2)
	              : hs_arena_printf(f->m->keep, "%s of %s differs", c->field, where);
	return *values ? hs_arena_printf(f->m->keep, "%s (%s)", words, values) : words;
}

static void
add_form(struct hs_cause_finding *f, const struct hs_node *archive)
{
	const bool follow = f->numbered || has_numbers(f);
	const struct hs_change *c = archive->changes.first;

	for (uint32_t i = 0; c && i < archive->n_head; i++)
		c = c->next;
	for (; c; c = c->next)
		if (!c->of_members && strcmp(c->field, "format") != 0 &&
		    !(follow && strcmp(c->field, "trailer") == 0 && hs_same_trailer(c->a, c->b)))
			hs_cause_say(f, HS_CAUSE_FORM, archive, "form", form_words(f, c));
}

/* Whether the archive's own order is another, whatever else differs in it. */
static bool
is_reordered(const struct hs_node *archive)
{
	for (const struct hs_note *n = archive->notes; n; n = n->next)
		if (strcmp(n->code, "order") == 0 || strcmp(n->code, "order-only") == 0)
			return true;
	return false;
}

static bool
is_one_sided(const struct hs_node *n)
{
	return n->status == HS_STATUS_ONLY_A || n->status == HS_STATUS_ONLY_B;
}

static void
look_at_places(struct hs_cause_finding *f, const struct hs_node *archive)
{
	f->displaced = f->displaced || is_reordered(archive);
	for (const struct hs_node *n = archive->first_child; n && !f->displaced; n = n->next)
		f->displaced = is_one_sided(n) || n->status == HS_STATUS_MOVED;
}

/* Whether `n` is in the directory `dir`, which is of the same one side. */
static bool
is_below(const struct hs_node *n, const struct hs_node *dir)
{
	return dir && n->status == dir->status && n->name.len > dir->name.len &&
	       hs_span_starts(n->name, dir->name) && n->name.at[dir->name.len] == '/';
}

static bool
is_directory(const struct hs_node *n)
{
	return (n->a.present ? n->a.kind : n->b.kind) == HS_KIND_DIR;
}

static bool
is_gap(const struct hs_node *n)
{
	return (n->a.present ? n->a.kind : n->b.kind) == HS_KIND_GAP;
}

/* "[2]": a compressed archive behind the first. */
static bool
is_part(const struct hs_node *n)
{
	return n->name.len > 2 && n->name.at[0] == '[' && n->name.at[n->name.len - 1] == ']' &&
	       n->status == HS_STATUS_CONTENT;
}

static void
add_entry(struct hs_cause_finding *f, const struct hs_node *n)
{
	if (is_gap(n))
		hs_cause_add(f, HS_CAUSE_FORM, n, "padding");
	else if (is_part(n))
		hs_cause_part(f, n);
	else if (n->status == HS_STATUS_MOVED)
		hs_cause_add(f, HS_CAUSE_MOVED, n, "moved");
	else if (n->status == HS_STATUS_CONTENT)
		hs_cause_add(f, HS_CAUSE_CONTENT, n, "content");
}

void
hs_cause_entries(struct hs_cause_finding *f, const struct hs_node *archive)
{
	const struct hs_arena_mark mark = hs_arena_mark(&f->m->w->scratch);
	struct groups groups = { .n = 0 };
	const struct hs_node *dir = NULL; /* the last of one side */
	size_t at = 0;                    /* its cause */

	look_at_places(f, archive);
	make_groups(f, &groups, archive);
	for (const struct hs_node *n = archive->first_child; n; n = n->next) {
		if (is_metadata(f, n)) {
			add_metadata(f, &groups, n);
		} else if (!is_one_sided(n) || is_gap(n)) {
			add_entry(f, n);
		} else if (is_below(n, dir)) {
			f->list[at].n++;
		} else {
			hs_cause_add(f, HS_CAUSE_ONE_SIDED, n,
			             n->status == HS_STATUS_ONLY_A ? "only-a" : "only-b");
			dir = is_directory(n) ? n : NULL;
			at = f->n - 1;
		}
	}
	if (is_reordered(archive))
		hs_cause_add(f, HS_CAUSE_ORDER, archive, "order");
	add_form(f, archive);
	hs_arena_rewind(&f->m->w->scratch, mark);
}
