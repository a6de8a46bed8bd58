/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line of a node:
 *
 *	~ layer[0]  tar in gzip, 3 of 1204 members differ
 *	~ etc/motd  text, 12 -> 14 bytes
 *	m etc/passwd  mode: 0644 -> 0600
 *	> lib/b.so  elf, 1.2 MiB, moved from lib/a.so
 *	+ etc/issue  text, 14 bytes
 *
 * and, with -v, the digests below it.
 */
#include "sinks/text.h"

#include <inttypes.h>

static void
put_sign(struct hs_text *t, const struct hs_node *node)
{
	static const struct {
		const char *sign;
		enum hs_text_role role;
	} signs[] = {
		[HS_STATUS_SAME] = { "= ", HS_TEXT_PLAIN },
		[HS_STATUS_CONTENT] = { "~ ", HS_TEXT_CONTENT },
		[HS_STATUS_METADATA] = { "m ", HS_TEXT_METADATA },
		[HS_STATUS_ONLY_A] = { "- ", HS_TEXT_A },
		[HS_STATUS_ONLY_B] = { "+ ", HS_TEXT_B },
		[HS_STATUS_MOVED] = { "> ", HS_TEXT_MOVED },
	};

	if (!t->report->inspection)
		hs_text_put(t, node->ignored ? HS_TEXT_DIM : signs[node->status].role,
		            signs[node->status].sign);
}

/* The columns of the name. */
static size_t
put_name(struct hs_text *t, const struct hs_node *head)
{
	const enum hs_text_role role = head->ignored ? HS_TEXT_DIM : HS_TEXT_NAME;
	size_t width;

	hs_text_role_begin(t, role);
	if (head->name.len) {
		hs_text_value(t, head->name, (struct hs_span){ 0 });
		width = hs_text_width(t, head->name);
	} else {
		fputs("(content)", t->out);
		width = 9;
	}
	hs_text_role_end(t, role);
	if (head->occurrence)
		fprintf(t->out, "#%" PRIu32, head->occurrence + 1);
	return width;
}

static const struct hs_side *
side_of(const struct hs_node *node, bool a)
{
	return a ? &node->a : &node->b;
}

static bool
has_bytes(const struct hs_side *s)
{
	return s->kind == HS_KIND_FILE || s->kind == HS_KIND_HARDLINK || s->kind == HS_KIND_GAP;
}

/* A symlink is that first, whatever the engine made of its missing content; a directory is what it
 * was read as. */
static const char *
word_of(const struct hs_node *node, const struct hs_side *s)
{
	const bool opened = node->status != HS_STATUS_METADATA && node->status != HS_STATUS_MOVED;

	if (!has_bytes(s) && s->size == 0 && !(s->kind == HS_KIND_DIR && *s->format))
		return hs_kind_name(s->kind);
	if (s->format && *s->format)
		return s->format;
	if (!has_bytes(s) || !opened)
		return hs_kind_name(s->kind);
	return s->looks_like ? s->looks_like : s->size ? "data" : "empty";
}

/* "tar in gzip" */
static const char *
chain(struct hs_text *t, const struct hs_node *node, const struct hs_node *head, bool a)
{
	const char *out = word_of(node, side_of(node, a));

	while (node != head) {
		node = node->parent;
		if (side_of(node, a)->present)
			out = hs_arena_printf(&t->arena, "%s in %s", out,
			                      word_of(node, side_of(node, a)));
	}
	return out;
}

static void
put_format(struct hs_text *t, const struct hs_node *node, const struct hs_node *head)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	const char *a = node->a.present ? chain(t, node, head, true) : NULL;
	const char *b = node->b.present ? chain(t, node, head, false) : NULL;

	hs_text_clean(t, a ? a : b);
	if (a && b && strcmp(a, b) != 0) {
		fputs(" -> ", t->out);
		hs_text_clean(t, b);
	}
	hs_arena_rewind(&t->arena, mark);
}

static bool
has_size(const struct hs_side *s)
{
	return s->present && (has_bytes(s) || s->size > 0);
}

static void
put_size(struct hs_text *t, const struct hs_node *node)
{
	const struct hs_side *a = &node->a, *b = &node->b;

	if (has_size(a) && has_size(b) && a->size != b->size) {
		const bool more = b->size > a->size;

		fprintf(t->out, ", %" PRIu64 " -> %" PRIu64 " bytes (%c%" PRIu64 ")", a->size,
		        b->size, more ? '+' : '-', more ? b->size - a->size : a->size - b->size);
	} else if ((has_size(a) && a->size) || (has_size(b) && b->size)) {
		fputs(", ", t->out);
		hs_text_size(t, has_size(b) ? b->size : a->size, t->verbose);
	}
}

static void
put_members(struct hs_text *t, const struct hs_node *node)
{
	const uint64_t all = node->n_children + node->n_same + node->n_shifted;

	fputs(", ", t->out);
	if (t->report->inspection || !node->a.present || !node->b.present) {
		hs_text_count(t, all, "member");
		return;
	}
	fprintf(t->out, "%" PRIu32 " of ", node->n_children - node->n_ignored);
	hs_text_count(t, all, "member");
	fputs(all == 1 ? " differs" : " differ", t->out);
}

/* What only wraps has no members to count. */
static bool
is_filter(const struct hs_node *node)
{
	return node->n_children == 1 && node->n_same + node->n_shifted == 0 &&
	       node->first_child->name.len == 0;
}

static void
put_origin(struct hs_text *t, const struct hs_node *head)
{
	if (head->moved_from.len == 0)
		return;
	fprintf(t->out, ", %s from ", head->status == HS_STATUS_MOVED ? "moved" : "renamed");
	hs_text_value(t, head->moved_from, (struct hs_span){ 0 });
	if (head->similarity)
		fprintf(t->out, " (%u%% the same)", (unsigned)head->similarity);
}

static void
put_digest(struct hs_text *t, unsigned indent, const char *label, const struct hs_side *s)
{
	char hex[HS_SHA256_HEX];

	if (!s->present || !s->has_sha256)
		return;
	hs_text_indent(t, indent);
	hs_text_role_begin(t, HS_TEXT_DIM);
	fprintf(t->out, "%ssha256:%s", label, hs_sha256_hex(hex, &s->sha256));
	hs_text_role_end(t, HS_TEXT_DIM);
	putc('\n', t->out);
}

static void
put_digests(struct hs_text *t, unsigned indent, const struct hs_node *node)
{
	const bool both = node->a.present && node->b.present;

	if (!t->verbose)
		return;
	if (both && node->a.has_sha256 && node->b.has_sha256 &&
	    memcmp(&node->a.sha256, &node->b.sha256, sizeof(node->a.sha256)) == 0) {
		put_digest(t, indent, "", &node->a);
		return;
	}
	put_digest(t, indent, both ? "a " : "", &node->a);
	put_digest(t, indent, both ? "b " : "", &node->b);
}

/* The only thing to say of a member whose bytes are the same stands in its line. */
static bool
put_only_change(struct hs_text *t, size_t used, const struct hs_node *node)
{
	const struct hs_change *c = node->changes.first;

	while (c && !hs_text_shows(t, node, c))
		c = c->next;
	if (node->status != HS_STATUS_METADATA || hs_text_n_shown(t, node) != 1 ||
	    node->first_child || !hs_text_fits(t, used, c))
		return false;
	hs_text_change(t, 0, c->field, c);
	return true;
}

/* What it is, how large, what of it differs. */
static void
put_words(struct hs_text *t, const struct hs_node *node, const struct hs_node *head)
{
	const bool both = node->a.present && node->b.present;

	if (node->status == HS_STATUS_METADATA && hs_text_n_shown(t, node)) {
		hs_text_fields(t, node);
		return;
	}
	put_format(t, node, head);
	if (node->n_children == 0 || t->verbose || !both)
		put_size(t, node);
	if (node->n_children + node->n_same + node->n_shifted && !is_filter(node))
		put_members(t, node);
	put_origin(t, head);
}

void
hs_text_node(struct hs_text *t, unsigned indent, const struct hs_node *node,
             const struct hs_node *head)
{
	size_t used = indent + (t->report->inspection ? 0 : 2);
	bool said;

	hs_text_indent(t, indent);
	put_sign(t, node);
	used += put_name(t, head);
	fputs("  ", t->out);
	said = put_only_change(t, used + 2, node);
	if (!said) {
		put_words(t, node, head);
		hs_text_ignored_mark(t, node->ignored);
		putc('\n', t->out);
	}
	put_digests(t, indent + 4, node);
	if (!said)
		hs_text_facts(t, indent + 4, node);
	hs_text_notes(t, indent + 4, node);
	hs_text_ignored_facts(t, indent + 4, node);
}
