/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A build at another time touches every member of a layer, and a thousand
 * lines of that bury the one that matters. Members that differ in the same
 * fields by the same values are told in one line. Only what is another value
 * for each member by nature, its times and its place, may vary within a
 * fold: a mode that is other than its neighbours' stands alone.
 */
#include "sinks/text.h"

#include "core/escape.h"

enum {
	LEAST = 11,       /* members in a fold: up to ten are read faster than explained */
	MAX_CHANGES = 64, /* of one member: the bits of hs_fold.varies */
	NAME = 48,        /* bytes of a name that is shown whole */
};

static const char *const varying[] = {
	"mtime", "atime", "ctime", "birthtime", "position", "offset", "inode", "header checksum",
};

static bool
may_vary(const char *field)
{
	for (size_t i = 0; i < sizeof(varying) / sizeof(varying[0]); i++)
		if (strcmp(field, varying[i]) == 0)
			return true;
	return false;
}

static bool
has_damage(const struct hs_node *n)
{
	for (const struct hs_note *note = n->notes; note; note = note->next)
		if (note->damage)
			return true;
	return false;
}

static bool
is_small(const struct hs_node *n)
{
	return n->status == HS_STATUS_METADATA && !n->ignored && !n->first_child &&
	       n->view == HS_VIEW_NONE && n->moved_from.len == 0 && n->changes.n <= MAX_CHANGES &&
	       !has_damage(n);
}

static uint64_t
mix(uint64_t hash, uint64_t more)
{
	return (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15);
}

static uint64_t
hash_of(const struct hs_node *n)
{
	uint64_t hash = 0;

	for (const struct hs_change *c = n->changes.first; c; c = c->next) {
		hash = mix(hash, hs_xxh64(hs_span_of(c->field)));
		if (!may_vary(c->field))
			hash = mix(mix(hash, hs_xxh64(c->a)), hs_xxh64(c->b));
	}
	for (const struct hs_note *note = n->notes; note; note = note->next)
		hash = mix(hash, hs_xxh64(hs_span_of(note->text)));
	return hash ^ hash >> 32;
}

static bool
same_values(const struct hs_change *x, const struct hs_change *y)
{
	return hs_span_equal(x->a, y->a) && hs_span_equal(x->b, y->b);
}

static bool
same_notes(const struct hs_note *x, const struct hs_note *y)
{
	for (; x && y; x = x->next, y = y->next)
		if (x->side != y->side || strcmp(x->text, y->text) != 0)
			return false;
	return !x && !y;
}

static bool
fold_together(const struct hs_node *m, const struct hs_node *n)
{
	const struct hs_change *x = m->changes.first, *y = n->changes.first;

	for (; x && y; x = x->next, y = y->next) {
		if (strcmp(x->field, y->field) != 0 || x->has_a != y->has_a ||
		    x->has_b != y->has_b || x->order_only != y->order_only)
			return false;
		if (!may_vary(x->field) && !same_values(x, y))
			return false;
	}
	return !x && !y && same_notes(m->notes, n->notes);
}

/* The place of the node's fold, or the free one where it would stand. */
static struct hs_fold *
place_of(const struct hs_folds *f, const struct hs_node *node)
{
	size_t at = (size_t)hash_of(node) & (f->size - 1);

	while (f->table[at].first && !fold_together(f->table[at].first, node))
		at = (at + 1) & (f->size - 1);
	return &f->table[at];
}

static void
add(struct hs_folds *f, const struct hs_node *node)
{
	struct hs_fold *fold = place_of(f, node);
	const struct hs_change *x;
	uint64_t bit = 1;

	if (!fold->first)
		fold->first = node;
	fold->n++;
	x = fold->first->changes.first;
	for (const struct hs_change *y = node->changes.first; y; y = y->next, x = x->next) {
		if (!same_values(x, y))
			fold->varies |= bit;
		bit <<= 1;
	}
}

void
hs_folds_make(struct hs_folds *out, struct hs_arena *a, const struct hs_node *container)
{
	size_t n = 0;

	*out = (struct hs_folds){ 0 };
	for (const struct hs_node *c = container->first_child; c; c = c->next)
		n += is_small(c);
	if (n < LEAST)
		return;
	for (out->size = 1; out->size < 2 * n;)
		out->size *= 2;
	out->table = hs_arena_array(a, out->size, sizeof(*out->table));
	for (const struct hs_node *c = container->first_child; c; c = c->next)
		if (is_small(c))
			add(out, c);
}

const struct hs_fold *
hs_folds_find(const struct hs_folds *f, const struct hs_node *node)
{
	const struct hs_fold *fold;

	if (f->size == 0 || !is_small(node))
		return NULL;
	fold = place_of(f, node);
	return fold->n >= LEAST ? fold : NULL;
}

/* The first names, as many as the line has room for. */
static void
put_names(struct hs_text *t, size_t column, const struct hs_folds *folds,
          const struct hs_fold *fold)
{
	const char *before = " (";

	for (const struct hs_node *n = fold->first; n; n = n->next) {
		char name[4 * NAME + 1];

		if (hs_folds_find(folds, n) != fold)
			continue;
		hs_escape_short(name, n->name.len < NAME ? sizeof(name) : NAME, n->name);
		column += strlen(name) + 2;
		if (column + sizeof("...") > HS_TEXT_COLUMNS && *before == ',')
			break;
		fprintf(t->out, "%s%s", before, name);
		before = ", ";
	}
	fputs(", ...)\n", t->out);
}

void
hs_text_fold(struct hs_text *t, unsigned indent, const struct hs_folds *folds,
             const struct hs_fold *fold)
{
	size_t column = indent + sizeof("m 12345678 members: ");
	uint64_t bit = 1;

	hs_text_indent(t, indent);
	hs_text_put(t, HS_TEXT_METADATA, "m ");
	hs_text_role_begin(t, HS_TEXT_NAME);
	hs_text_count(t, fold->n, "member");
	hs_text_role_end(t, HS_TEXT_NAME);
	if (hs_text_n_shown(t, fold->first))
		fputs(": ", t->out);
	column += hs_text_fields(t, fold->first);
	put_names(t, column, folds, fold);
	for (const struct hs_change *c = fold->first->changes.first; c; c = c->next) {
		const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
		const char *field = c->field;

		if (fold->varies & bit)
			field = hs_arena_printf(&t->arena, "%s of the first", field);
		if (hs_text_shows(t, fold->first, c))
			hs_text_change(t, indent + 4, field, c);
		hs_arena_rewind(&t->arena, mark);
		bit <<= 1;
	}
	hs_text_notes(t, indent + 4, fold->first);
	hs_text_ignored_facts(t, indent + 4, fold->first);
	t->left.members += fold->n;
	t->left.folds++;
}
