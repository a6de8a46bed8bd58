/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pair of members. The cheap questions come first: are header and stored
 * content the same bytes? Only what is not gets described, decoded and opened.
 */
#include "engine/engine.h"

/* Contents from this on are hashed by two threads, one a side. */
enum { LARGE = 1024 * 1024 };

/* What is found of a pair before there is a node for it. */
struct finding {
	struct hs_changes changes;
	struct hs_content_pair content;
	struct hs_err trouble[2]; /* of opening each side; code 0 for none */
	bool same_content;
	bool stored_differs; /* the same content, stored in other bytes: compressed otherwise */
	bool shifted;        /* the same view of other bytes */
};

/* Whether the stored bytes of the two can be compared at all: they are in memory and mean the same.
 */
static bool
same_stored(const struct hs_entry *a, const struct hs_entry *b)
{
	const bool in_memory = (a->bytes.at || !a->size) && (b->bytes.at || !b->size);

	if (a->digest.len && b->digest.len && a->codec == b->codec &&
	    hs_span_equal(a->digest, b->digest))
		return true;
	return in_memory && a->codec == b->codec && hs_span_equal(a->bytes, b->bytes);
}

/* Two headers of one format that are the same bytes say the same. */
static bool
same_head(const struct hs_opened *a, const struct hs_opened *b, const struct hs_entry *x,
          const struct hs_entry *y)
{
	return hs_tree_alike(&a->tree, &b->tree) && x->kind == y->kind && x->head.len > 0 &&
	       hs_span_equal(x->head, y->head) && hs_span_equal(x->link, y->link);
}

/* Where headers differ and no fact tells how: the first place, in hex. */
static void
say_head(struct hs_changes *out, struct hs_arena *keep, struct hs_span a, struct hs_span b)
{
	size_t at = 0;
	struct hs_change c = { .field = "header bytes", .has_a = true, .has_b = true };

	while (at < a.len && at < b.len && a.at[at] == b.at[at])
		at++;
	c.a = hs_arena_span(keep, "%zu bytes, 0x%02x at offset %zu", a.len,
	                    at < a.len ? a.at[at] : 0, at);
	c.b = hs_arena_span(keep, "%zu bytes, 0x%02x at offset %zu", b.len,
	                    at < b.len ? b.at[at] : 0, at);
	hs_changes_add(out, keep, c);
}

/* Whether the key is the name, cleaned, and not a role that a view gave the member. */
static bool
goes_by_name(struct hs_arena *scratch, const struct hs_entry *e)
{
	return hs_span_equal(hs_key_of_name(scratch, e->name), e->key);
}

static void
compare_meta(struct finding *f, struct hs_worker *w, const struct hs_pair *pair,
             const struct hs_opened *const side[2])
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct hs_facts a = { .arena = &w->scratch }, b = { .arena = &w->scratch };
	const bool same_format = hs_tree_alike(&side[0]->tree, &side[1]->tree);

	hs_tree_describe(&a, &side[0]->tree, pair->a);
	hs_tree_describe(&b, &side[1]->tree, pair->b);
	/* "./x" beside "x": the same member, written otherwise. */
	if (same_format && hs_span_equal(pair->a->key, pair->b->key) &&
	    !hs_span_equal(pair->a->name, pair->b->name) && goes_by_name(&w->scratch, pair->a) &&
	    goes_by_name(&w->scratch, pair->b)) {
		if (!hs_facts_find(&a, "stored name"))
			hs_say(&a, "stored name", pair->a->name);
		if (!hs_facts_find(&b, "stored name"))
			hs_say(&b, "stored name", pair->b->name);
	}
	hs_facts_diff(&f->changes, &w->keep, &a, &b, same_format);
	/* A head holds the name: one that moved differs there, and that is said already. */
	if (same_format && !side[0]->tree.composed && f->changes.n == 0 &&
	    hs_span_equal(pair->a->name, pair->b->name) &&
	    !hs_span_equal(pair->a->head, pair->b->head))
		say_head(&f->changes, &w->keep, pair->a->head, pair->b->head);
	hs_arena_rewind(&w->scratch, mark);
}

/* All that is said of one member, as the facts of its side. */
/* Where what differs comes from on each side, last of all that is said of it. */
static void
say_origin(struct hs_node *node, struct hs_worker *w, const struct hs_pair *pair,
           const struct hs_opened *const side[2])
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct hs_facts a = { .arena = &w->scratch }, b = { .arena = &w->scratch };

	if (!(pair->a ? side[0] : side[1])->tree.composed)
		return;
	if (pair->a)
		hs_tree_describe(&a, &side[0]->tree, pair->a);
	if (pair->b)
		hs_tree_describe(&b, &side[1]->tree, pair->b);
	hs_facts_origin(&node->changes, &w->keep, &a, &b);
	hs_arena_rewind(&w->scratch, mark);
}

/* What is told of a pair, and both contents decoded: neither waits for the other. */
struct look_job {
	struct finding *f;
	const struct hs_pair *pair;
	const struct hs_opened *const *side;
	bool same_head;
};

enum { LOOK_META, LOOK_A, LOOK_B, N_LOOKS };

static void
look(void *ctx, size_t i, struct hs_worker *w)
{
	const struct look_job *j = ctx;
	const bool is_a = i == LOOK_A;
	struct hs_err *trouble = &j->f->trouble[!is_a];

	if (i == LOOK_META) {
		if (!j->same_head)
			compare_meta(j->f, w, j->pair, j->side);
		return;
	}
	trouble->code = 0;
	hs_tree_open(is_a ? &j->f->content.a : &j->f->content.b, &j->side[!is_a]->tree,
	             is_a ? j->pair->a : j->pair->b, trouble);
}

/*
 * Compares the contents, and what is told of the members meanwhile: of a
 * compressed layer that is which compressor wrote it, for which it is asked
 * to do so again.
 */
static void
compare_open(struct look_job *j, struct hs_worker *w)
{
	const struct hs_pair *pair = j->pair;
	struct finding *f = j->f;

	f->content.has_a = f->content.has_b = true;
	if (pair->a->codec || pair->b->codec)
		hs_pool_each(w, N_LOOKS, look, j);
	else
		for (size_t i = 0; i < N_LOOKS; i++)
			look(j, i, w);
	f->same_content = hs_same_bytes(w, f->content.a.bytes, f->content.b.bytes);
	f->shifted = f->same_content && pair->a->view && pair->b->view;
	/* What is only read when opened, as a file on disk, is stored as it is. */
	f->stored_differs = f->same_content && !f->shifted && pair->a->codec && pair->b->codec &&
	                    ((pair->a->bytes.at && pair->b->bytes.at) ||
	                     !hs_span_equal(pair->a->digest, pair->b->digest));
}

struct hash_job {
	struct hs_side *side[2];
	const struct hs_content *content[2];
};

static void
hash_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct hash_job *j = ctx;

	(void)w;
	if (!j->side[i]->present)
		return;
	j->side[i]->sha256 = hs_content_sha256(j->content[i]);
	j->side[i]->has_sha256 = true;
}

static void
hash_sides(struct hs_node *node, struct hs_worker *w, const struct hs_content_pair *c)
{
	struct hash_job j = { { &node->a, &node->b }, { &c->a, &c->b } };

	if (c->a.bytes.len + c->b.bytes.len > LARGE) {
		hs_pool_each(w, 2, hash_one, &j);
	} else {
		hash_one(&j, 0, w);
		hash_one(&j, 1, w);
	}
}

static void
fill_side(struct hs_side *out, const struct hs_entry *e)
{
	*out = (struct hs_side){
		.present = e != NULL,
		.format = "",
		.kind = e ? e->kind : HS_KIND_FILE,
		.size = e ? e->size : 0,
	};
}

static struct hs_node *
new_node(struct hs_worker *w, struct hs_node *parent, const struct hs_pair *pair)
{
	const struct hs_entry *e = pair->b ? pair->b : pair->a;
	struct hs_node *node = hs_arena_alloc(&w->keep, sizeof(*node));

	node->parent = parent;
	node->depth = parent->depth + 1;
	node->name = hs_arena_copy(&w->keep, e->key);
	node->occurrence = e->occurrence;
	if (pair->a && pair->b && !pair->a->unnamed && !hs_span_equal(pair->a->key, pair->b->key))
		node->moved_from = hs_arena_copy(&w->keep, pair->a->key);
	node->similarity = pair->similarity;
	fill_side(&node->a, pair->a);
	fill_side(&node->b, pair->b);
	return node;
}

static bool
has_note(const struct hs_entry *e, const struct hs_entry_note *n)
{
	struct hs_entry_note other;

	for (size_t i = 0; e && hs_entry_note_at(&other, e, i); i++)
		if (strcmp(n->code, other.code) == 0 && strcmp(n->text, other.text) == 0)
			return true;
	return false;
}

static void
note_entry(struct hs_node *node, struct hs_worker *w, const struct hs_entry_note *n, char side)
{
	hs_node_note(node, &w->keep,
	             (struct hs_note){ .code = n->code,
	                               .text = hs_arena_printf(&w->keep, "%s", n->text),
	                               .side = side,
	                               .damage = n->damage });
}

/* Remarks that both sides make in the same words are made once. */
static void
note_entries(struct hs_node *node, struct hs_worker *w, const struct hs_pair *pair)
{
	struct hs_entry_note n;

	for (size_t i = 0; pair->a && hs_entry_note_at(&n, pair->a, i); i++)
		note_entry(node, w, &n, !pair->b || has_note(pair->b, &n) ? 0 : 'a');
	for (size_t i = 0; pair->b && hs_entry_note_at(&n, pair->b, i); i++)
		if (!has_note(pair->a, &n))
			note_entry(node, w, &n, pair->a ? 'b' : 0);
}

static enum hs_status
status_of(const struct hs_engine *en, const struct hs_node *node, const struct finding *f)
{
	if (en->inspection)
		return HS_STATUS_SAME;
	if (!node->a.present)
		return HS_STATUS_ONLY_B;
	if (!node->b.present)
		return HS_STATUS_ONLY_A;
	/* What could not be read to its end does not pass for the same because as little was read
	 * of both. */
	if (!f->same_content || f->trouble[0].code || f->trouble[1].code)
		return HS_STATUS_CONTENT;
	return node->moved_from.len ? HS_STATUS_MOVED : HS_STATUS_METADATA;
}

/* The node of what was found; takes nothing of the finding's contents. */
static struct hs_node *
make_node(const struct hs_engine *en, struct hs_worker *w, struct hs_node *parent,
          const struct hs_pair *pair, const struct finding *f)
{
	struct hs_node *node = new_node(w, parent, pair);

	node->changes = f->changes;
	node->n_head = (uint32_t)f->changes.n;
	node->status = status_of(en, node, f);
	note_entries(node, w, pair);
	for (int i = 0; i < 2; i++)
		if (f->trouble[i].code)
			hs_note_trouble(node, w, &f->trouble[i], pair->a && pair->b ? "ab"[i] : 0);
	if (f->content.has_a)
		node->a.size = f->content.a.bytes.len;
	if (f->content.has_b)
		node->b.size = f->content.b.bytes.len;
	if (f->stored_differs)
		hs_node_note(node, &w->keep,
		             f->changes.n == 0
		                     ? (struct hs_note){ .code = "compression-only",
		                                         .text = "only the compression differs" }
		                     : (struct hs_note){ .code = "compression",
		                                         .text = "the content is the same, "
		                                                 "compressed otherwise" });
	return node;
}

static bool
has_bytes(const struct hs_entry *e)
{
	return e->kind == HS_KIND_FILE || e->kind == HS_KIND_HARDLINK || e->kind == HS_KIND_GAP ||
	       e->kind == HS_KIND_OTHER;
}

/* Whether its bytes are shown as they are: they are known to be of no format; or a gap is its whole
 * container, of which nothing could be read: opened, it would be that again, down to the limit of
 * depth. */
static bool
is_closed(const struct hs_opened *side, const struct hs_entry *e)
{
	if (e->plain)
		return true;
	return e->kind == HS_KIND_GAP && e->bytes.at == side->bytes.at &&
	       e->bytes.len == side->bytes.len;
}

/* What a content that is not looked into seems to be. */
static void
name_format(struct hs_side *side, const struct hs_content *content)
{
	const struct hs_comparator *row = content->bytes.len ? hs_comparator_of(content, 0) : NULL;

	if (row)
		side->format = row->name;
}

/* Goes into the contents of the node: hashes them and compares what they hold. */
static void
descend(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
        const struct finding *f, bool closed)
{
	hash_sides(node, w, &f->content);
	if (en->closed) {
		name_format(&node->a, &f->content.a);
		name_format(&node->b, &f->content.b);
		return;
	}
	if (closed)
		hs_show_bytes(node, &f->content, HS_VIEW_HEX);
	else if (f->content.a.bytes.len + f->content.b.bytes.len > 0)
		hs_compare_content(en, w, node, &f->content);
}

static struct hs_node *
compare_one_sided(const struct hs_engine *en, struct hs_worker *w, struct hs_node *parent,
                  const struct hs_pair *pair, const struct hs_opened *const side[2])
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	const bool is_a = pair->a != NULL;
	const struct hs_entry *e = is_a ? pair->a : pair->b;
	struct hs_facts facts = { .arena = &w->scratch };
	struct finding f = { 0 };
	struct hs_node *node;

	hs_tree_describe(&facts, &side[is_a ? 0 : 1]->tree, e);
	hs_facts_alone(&f.changes, &w->keep, &facts, is_a);
	hs_arena_rewind(&w->scratch, mark);
	if (has_bytes(e)) {
		*(is_a ? &f.content.has_a : &f.content.has_b) = true;
		f.trouble[!is_a].code = 0;
		hs_tree_open(is_a ? &f.content.a : &f.content.b, &side[is_a ? 0 : 1]->tree, e,
		             &f.trouble[!is_a]);
	}
	node = make_node(en, w, parent, pair, &f);
	if (has_bytes(e))
		descend(en, w, node, &f, is_closed(side[is_a ? 0 : 1], e));
	say_origin(node, w, pair, side);
	hs_content_release(&f.content.a);
	hs_content_release(&f.content.b);
	return node;
}

/* Stands for a member of which nothing differs but what follows from where it stands. */
static struct hs_node *
make_shifted(struct hs_worker *w, struct hs_node *parent, const struct hs_pair *pair)
{
	struct hs_node *node = new_node(w, parent, pair);

	node->is_shifted = true;
	node->shift = (int64_t)(pair->b->place - pair->a->place);
	return node;
}

struct hs_node *
hs_compare_entry(const struct hs_engine *en, struct hs_worker *w, struct hs_node *parent,
                 const struct hs_pair *pair, const struct hs_opened *const side[2])
{
	struct finding f = { .same_content = true };
	struct look_job job = { .f = &f, .pair = pair, .side = side };
	struct hs_node *node = NULL;

	if (!pair->a || !pair->b)
		return compare_one_sided(en, w, parent, pair, side);
	job.same_head = same_head(side[0], side[1], pair->a, pair->b);
	if ((has_bytes(pair->a) || has_bytes(pair->b)) && !same_stored(pair->a, pair->b))
		compare_open(&job, w);
	else
		look(&job, LOOK_META, w);
	if (!f.same_content || f.changes.n || f.stored_differs || hs_entry_damage(pair->a) ||
	    hs_entry_damage(pair->b) || f.trouble[0].code || f.trouble[1].code ||
	    !hs_span_equal(pair->a->key, pair->b->key)) {
		node = make_node(en, w, parent, pair, &f);
		if (!f.same_content)
			descend(en, w, node, &f,
			        is_closed(side[0], pair->a) || is_closed(side[1], pair->b));
		say_origin(node, w, pair, side);
	} else if (f.shifted) {
		node = make_shifted(w, parent, pair);
	}
	hs_content_release(&f.content.a);
	hs_content_release(&f.content.b);
	return node;
}
