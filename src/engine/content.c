/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two contents that differ: which formats they are, what they say, which
 * members they have, and what is left to show when nothing of that tells the
 * difference.
 */
#include "engine/engine.h"

#include "core/remark.h"
#include "engine/share_name.h"
#include "image/config_meaning.h"

#include <inttypes.h>

/* Pieces that one thread compares at a time. */
enum { PIECE = 8 << 20 };

struct bytes_job {
	struct hs_span a, b;
	atomic_bool differ;
};

static void
compare_piece(void *ctx, size_t i, struct hs_worker *w)
{
	struct bytes_job *j = ctx;
	const struct hs_span a = hs_span_head(hs_span_from(j->a, i * PIECE), PIECE);
	const struct hs_span b = hs_span_head(hs_span_from(j->b, i * PIECE), PIECE);

	(void)w;
	if (!atomic_load_explicit(&j->differ, memory_order_relaxed) && !hs_span_equal(a, b))
		atomic_store_explicit(&j->differ, true, memory_order_relaxed);
}

bool
hs_same_bytes(struct hs_worker *w, struct hs_span a, struct hs_span b)
{
	struct bytes_job j = { .a = a, .b = b };

	if (a.len != b.len)
		return false;
	if (a.len <= 2 * PIECE)
		return hs_span_equal(a, b);
	hs_pool_each(w, (a.len + PIECE - 1) / PIECE, compare_piece, &j);
	return !atomic_load(&j.differ);
}

void
hs_note_trouble(struct hs_node *node, struct hs_worker *w, const struct hs_err *err, char side)
{
	static const char *const code[] = {
		[-HS_EFORMAT] = "damaged",   [-HS_ELIMIT] = "limit",
		[-HS_EIO] = "unreadable",    [-HS_ENOTMINE] = "damaged",
		[-HS_ESTOP] = "timeout",     [-HS_EUSAGE] = "unreadable",
		[-HS_EABSENT] = "not-built", [-HS_EDIFFID] = "diff-id-mismatch",
	};

	hs_node_note(node, &w->keep,
	             (struct hs_note){ .code = code[-err->code],
	                               .text = hs_arena_printf(&w->keep, "%s", err->text),
	                               .side = side,
	                               .damage = true });
}

static void
remark(struct hs_node *node, struct hs_worker *w, const char *code, const char *text)
{
	hs_node_note(node, &w->keep, (struct hs_note){ .code = code, .text = text });
}

/* Opens both sides at once: each may have a layer to decompress. */
struct open_job {
	struct hs_run *run;
	struct hs_content content[2];
	struct hs_opened *out[2];
	enum hs_asked asked;
};

static void
open_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct open_job *j = ctx;

	hs_side_open_for(j->out[i], j->run, w, j->content[i], j->asked);
}

void
hs_show_bytes(struct hs_node *node, const struct hs_content_pair *c, enum hs_view_kind view)
{
	node->view = view;
	if (c->has_a)
		node->a.content = hs_content_of(c->a.blob, c->a.bytes);
	if (c->has_b)
		node->b.content = hs_content_of(c->b.blob, c->b.bytes);
}

static hs_render *
render_of(const struct hs_opened *o)
{
	return o->row ? o->row->render : NULL;
}

/* Two texts of different kinds, a JSON beside a plain one, are compared as the plain texts they
 * are. */
static bool
is_text(const struct hs_opened *o, struct hs_span bytes)
{
	return bytes.len == 0 || (o->row && o->row->render && o->trouble.code == 0);
}

static void
show_leaf(struct hs_node *node, const struct hs_content_pair *c, const struct hs_opened *a,
          const struct hs_opened *b)
{
	const bool text = (!a || is_text(a, c->a.bytes)) && (!b || is_text(b, c->b.bytes));
	const bool same_row = a && b && a->row == b->row;

	hs_show_bytes(node, c, text ? HS_VIEW_TEXT : HS_VIEW_HEX);
	node->by_field = same_row && a->row && a->row->by_field && node->changes.n > 0;
	if (!text)
		return;
	/* A one-sided text is shown as it stands in the file. */
	node->render_a = same_row ? render_of(a) : NULL;
	node->render_b = same_row ? render_of(b) : NULL;
}

/* Facts in parentheses tell how a document is written, the others what it says. */
enum { KEY_ORDER = 1, FORMATTING = 2, ESCAPES = 4, ENV_ORDER = 8, NOTATION = 16, VALUES = 32 };

static unsigned
aspect_of(const char *field)
{
	if (strcmp(field, "(key order)") == 0)
		return KEY_ORDER;
	if (strcmp(field, "(formatting)") == 0)
		return FORMATTING;
	if (strcmp(field, "(env order)") == 0)
		return ENV_ORDER;
	if (strcmp(field, "(notation)") == 0)
		return NOTATION;
	return strcmp(field, "(escapes)") == 0 ? ESCAPES : VALUES;
}

static bool
is_writing(const struct hs_change *c)
{
	return aspect_of(c->field) != VALUES;
}

static bool
has_note(const struct hs_node *node, const char *code)
{
	const struct hs_note *n = node->notes;

	while (n && strcmp(n->code, code) != 0)
		n = n->next;
	return n != NULL;
}

/*
 * What a change of nothing but the writing means; where values differ too, it is beside the point.
 * `of_entry` is the last change that came from the member's header: those are of no document.
 */
static void
remark_on_writing(struct hs_node *node, struct hs_worker *w, const struct hs_change *of_entry)
{
	static const struct {
		unsigned aspects;
		const char *code, *text;
	} rows[] = {
		{ KEY_ORDER, "order-only", "only the order of keys differs" },
		{ FORMATTING, "whitespace-only",
		  "only white space differs: the values are the same" },
		{ ESCAPES, "escapes-only", "only how strings are escaped differs" },
		{ KEY_ORDER | FORMATTING, "order-only",
		  "only the order of keys and white space differ" },
		{ ENV_ORDER, "order-only", "only the order of the environment differs" },
	};
	unsigned aspects = 0;
	bool other_keys = false, other_env = false;

	for (const struct hs_change *c = of_entry ? of_entry->next : node->changes.first; c;
	     c = c->next) {
		aspects |= aspect_of(c->field);
		other_keys |= aspect_of(c->field) == VALUES && !(c->has_a && c->has_b);
		other_env |= strncmp(c->field, "env ", 4) == 0;
	}
	/* A value more has a key and a place more. */
	node->rewritten = !other_keys && (aspects & ~(unsigned)(VALUES | ENV_ORDER)) != 0;
	node->reordered = !other_env && (aspects & ENV_ORDER);
	hs_changes_drop(&node->changes, is_writing);
	if (aspects & VALUES || has_note(node, "re-serialised"))
		return;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].aspects == aspects)
			remark(node, w, rows[i].code, rows[i].text);
	if (aspects && !node->notes)
		remark(node, w, "writing-only", "the values are the same, written otherwise");
}

/* Two configurations of an image, as a Docker and an OCI tool write them. */
static bool
is_reserialised(const struct hs_opened *a, const struct hs_opened *b)
{
	return a && b && a->row == &hs_comparator_image_config && b->row == a->row &&
	       hs_config_same_meaning(a->bytes, b->bytes);
}

/* Says of two leaves what their whole difference comes to. */
static void
remark_on_leaf(struct hs_node *node, struct hs_worker *w, const struct hs_content_pair *c,
               const struct hs_change *of_entry)
{
	struct hs_remark r;

	if (node->view != HS_VIEW_TEXT || !c->has_a || !c->has_b)
		return;
	if (node->by_field)
		remark_on_writing(node, w, of_entry);
	if (!node->notes && hs_text_remark(&r, c->a.bytes, c->b.bytes))
		remark(node, w, r.code, r.text);
}

/* Whether nothing is left of a difference once --exclude had its way; there is no other that
 * differs. */
static bool
only_excluded(const struct hs_node *node)
{
	bool excluded = node->first_child != NULL;

	for (const struct hs_note *n = node->notes; n; n = n->next) {
		if (strcmp(n->code, "excluded") == 0)
			excluded = true;
		else if (strcmp(n->code, "remark") != 0 && strcmp(n->code, "layers-differ") != 0 &&
		         strcmp(n->code, "same-rootfs") != 0)
			return false;
	}
	return excluded;
}

/* Whether a note says what the bytes differ in; a remark about one side alone does not. */
static bool
explained(const struct hs_node *node)
{
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (strcmp(n->code, "remark") != 0)
			return true;
	return false;
}

static bool
is_of_members(const struct hs_change *c)
{
	return c->of_members;
}

/* Both sides opened: what they tell, and what must be shown of the bytes themselves. */
static void
compare_both(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
             const struct hs_content_pair *c, struct hs_opened *const side[2])
{
	struct hs_opened *a = side[0], *b = side[1];
	const struct hs_change *of_entry = node->changes.last;
	const bool told = hs_compare_opened(en, w, node, a, b);

	if (a && a->trouble.code)
		hs_note_trouble(node, w, &a->trouble, a && b ? 'a' : 0);
	if (b && b->trouble.code)
		hs_note_trouble(node, w, &b->trouble, a && b ? 'b' : 0);
	if (a && b && (a->trouble.code || b->trouble.code)) {
		/* What could not be read is still bytes. */
		hs_show_bytes(node, c, HS_VIEW_HEX);
	} else if (!hs_members_meet(a, b)) {
		if (!en->inspection && !hs_is_left_whole(a ? a : b))
			show_leaf(node, c, a, b);
		if (is_reserialised(a, b))
			remark(node, w, "re-serialised",
			       "says the same, written otherwise: order, layout, empty fields and "
			       "what Docker notes of the build aside");
		remark_on_leaf(node, w, c, of_entry);
		hs_remark_on_list(node, w, a, b);
	} else if (a && b && !told && only_excluded(node)) {
		hs_changes_drop(&node->changes, is_of_members);
		node->status = HS_STATUS_SAME;
	} else if (a && b && !told && !explained(node)) {
		hs_changes_drop(&node->changes, is_of_members);
		remark(node, w, "unexplained", "the bytes differ where no member and no fact does");
		hs_show_bytes(node, c, HS_VIEW_HEX);
	}
}

/* The content of a filter's only entry, for the side that alone is wrapped. */
static int
unwrap(struct hs_content *out, const struct hs_opened *o, struct hs_err *err)
{
	*out = (struct hs_content){ 0 };
	if (o->tree.n_entries == 0)
		return hs_fail(err, HS_EFORMAT, "nothing could be decompressed");
	return hs_tree_open(out, &o->tree, &o->tree.entries[0], err);
}

/*
 * One side is compressed and the other is not: what is inside is compared
 * with what stands bare. True where that was the case.
 */
static bool
compare_unwrapped(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                  const struct hs_content_pair *c, struct hs_opened *const side[2])
{
	const int wrapped = side[0]->shape == HS_SHAPE_FILTER ? 0 : 1;
	const bool armour = side[wrapped]->row == &hs_comparator_attestation_armour;
	struct hs_engine deeper = *en;
	struct hs_content_pair inner = *c;
	struct hs_content content;
	struct hs_err err;

	if ((side[0]->shape == HS_SHAPE_FILTER) == (side[1]->shape == HS_SHAPE_FILTER))
		return false;
	if (unwrap(&content, side[wrapped], &err) < 0)
		hs_note_trouble(node, w, &err, wrapped ? 'b' : 'a');
	*(wrapped ? &inner.b : &inner.a) = content;
	deeper.unwrapped++;
	remark(node, w, armour ? "armour" : "compression",
	       hs_arena_printf(&w->keep, "%s is %s, the other side is not", wrapped ? "b" : "a",
	                       armour ? "armoured as text"
	                              : hs_arena_printf(&w->keep, "compressed with %s",
	                                                side[wrapped]->format)));
	if (hs_same_bytes(w, inner.a.bytes, inner.b.bytes))
		remark(node, w, armour ? "armour-only" : "compression-only",
		       armour ? "only the armour differs" : "only the compression differs");
	else
		hs_compare_content(&deeper, w, node, &inner);
	hs_content_release(&content);
	return true;
}

static void
set_format(struct hs_side *side, struct hs_worker *w, const struct hs_opened *o)
{
	const struct hs_fact *name = o->row ? NULL : hs_facts_find(&o->facts, "looks like");
	const uint8_t *comma = name ? memchr(name->value.at, ',', name->value.len) : NULL;

	/* Where a filter was seen through, the node is still what it was called first. */
	if (side->format && *side->format)
		return;
	side->format = o->format;
	if (name)
		side->looks_like =
			(const char *)hs_arena_copy(
				&w->keep,
				hs_span_head(name->value, comma ? (size_t)(comma - name->value.at)
		                                                : name->value.len))
				.at;
}

/* Whether the limits let it be opened; notes it where they do not. */
static bool
may_open(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node)
{
	struct hs_err err;

	if (hs_run_check(en->run, &err) < 0) {
		hs_note_trouble(node, w, &err, 0);
		return false;
	}
	if (node->depth + en->unwrapped >= en->run->limits.max_depth) {
		hs_fail(&err, HS_ELIMIT, "nested deeper than %" PRIu64 " containers (--max-depth)",
		        en->run->limits.max_depth);
		hs_note_trouble(node, w, &err, 0);
		return false;
	}
	return true;
}

struct release_job {
	struct hs_opened *const *side;
};

/* Side by side: to let go of a large layer takes the system as long as to compare it. */
static void
release_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct hs_opened *const *side = ((struct release_job *)ctx)->side;

	(void)w;
	if (side[i])
		hs_side_release(side[i]);
}

void
hs_compare_content(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                   const struct hs_content_pair *c)
{
	struct hs_opened a, b;
	struct open_job job = {
		.run = en->run,
		.content = { c->has_a ? c->a : c->b, c->b },
		.out = { c->has_a ? &a : &b, &b },
		.asked = (c->has_a && c->has_b) || !node->parent ? HS_ASK_ALL : HS_ASK_ALONE,
	};
	struct hs_opened *const side[2] = { c->has_a ? &a : NULL, c->has_b ? &b : NULL };

	if (!may_open(en, w, node)) {
		hs_show_bytes(node, c, HS_VIEW_HEX);
		return;
	}
	if (c->has_a && c->has_b)
		hs_share_name(&job.content[0], &job.content[1]);
	hs_pool_each(w, c->has_a && c->has_b ? 2 : 1, open_one, &job);
	if (side[0])
		set_format(&node->a, w, side[0]);
	if (side[1])
		set_format(&node->b, w, side[1]);
	if (!side[0] || !side[1] || !compare_unwrapped(en, w, node, c, side))
		compare_both(en, w, node, c, side);
	hs_pool_each(w, 2, release_one, &(struct release_job){ side });
}
