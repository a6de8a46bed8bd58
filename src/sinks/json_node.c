/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/json_node.h"

#include "core/escape.h"
#include "core/version.h"
#include "sinks/json_measure.h"

#include <inttypes.h>

void
hs_json_id(struct hs_json *j, const struct hs_node *node)
{
	char text[24];

	snprintf(text, sizeof(text), "n%" PRIu64, node->id);
	hs_json_word(j, text);
}

void
hs_json_side_name(struct hs_json *j, char side)
{
	const char name[2] = { side, 0 };

	hs_json_word(j, side ? name : NULL);
}

void
hs_json_sha256(struct hs_json *j, const struct hs_sha256 *digest)
{
	char hex[HS_SHA256_HEX];

	hs_json_word(j, digest ? hs_sha256_hex(hex, digest) : NULL);
}

/* The side of the node that is there; a node has one at least. */
static const struct hs_side *
present(const struct hs_node *node)
{
	return node->a.present ? &node->a : &node->b;
}

static bool
both_present(const struct hs_node *node)
{
	return node->a.present && node->b.present;
}

/* A format has a name that is not empty: plain bytes, folders and links have none. */
static void
format(struct hs_json *j, const struct hs_side *side)
{
	hs_json_word(j, side->format && *side->format ? side->format : NULL);
}

static bool
same_format(const struct hs_node *node)
{
	const char *const a = node->a.format ? node->a.format : "";
	const char *const b = node->b.format ? node->b.format : "";

	return !both_present(node) || strcmp(a, b) == 0;
}

static void
kind_and_type(struct hs_json *j, const struct hs_node *node)
{
	hs_json_key(j, "kind");
	if (same_format(node))
		format(j, present(node));
	else
		hs_json_null(j);
	hs_json_key(j, "type");
	if (both_present(node) && node->a.kind != node->b.kind)
		hs_json_null(j);
	else
		hs_json_word(j, hs_kind_name(present(node)->kind));
}

static void
identity(struct hs_json *j, struct hs_arena *scratch, const struct hs_node *node)
{
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	const struct hs_span path = hs_node_path(scratch, node);

	hs_json_key(j, "id");
	hs_json_id(j, node);
	hs_json_key(j, "parent");
	if (node->parent)
		hs_json_id(j, node->parent);
	else
		hs_json_null(j);
	hs_json_key(j, "path");
	hs_json_shown(j, path);
	hs_json_key(j, "path_bytes_b64");
	if (hs_span_equal(path, hs_escape(scratch, path)))
		hs_json_null(j);
	else
		hs_json_base64(j, path);
	kind_and_type(j, node);
	hs_arena_rewind(scratch, mark);
}

static void
size_and_digest(struct hs_json *j, const struct hs_side *side)
{
	hs_json_key(j, "size");
	hs_json_u64(j, side->size);
	hs_json_key(j, "sha256");
	hs_json_sha256(j, side->has_sha256 ? &side->sha256 : NULL);
}

static void
side(struct hs_json *j, const char *key, const struct hs_side *side)
{
	hs_json_key(j, key);
	if (!side->present) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	hs_json_key(j, "format");
	format(j, side);
	hs_json_key(j, "type");
	hs_json_word(j, hs_kind_name(side->kind));
	size_and_digest(j, side);
	hs_json_close(j, '}');
}

static void
value(struct hs_json *j, const char *key, bool said, struct hs_span value)
{
	hs_json_key(j, key);
	if (said)
		hs_json_shown(j, value);
	else
		hs_json_null(j);
}

/* The reasons to ignore it, as words; empty where it counts. */
static void
ignored(struct hs_json *j, unsigned bits)
{
	hs_json_key(j, "ignored");
	hs_json_open(j, '[');
	for (size_t i = 0; i < HS_N_IGNORE; i++)
		if (bits >> i & 1)
			hs_json_word(j, hs_ignore_name((enum hs_ignore)(1U << i)));
	hs_json_close(j, ']');
}

static void
fields(struct hs_json *j, const struct hs_node *node)
{
	hs_json_key(j, "fields");
	hs_json_open(j, '[');
	for (const struct hs_change *c = node->changes.first; c; c = c->next) {
		hs_json_open(j, '{');
		hs_json_key(j, "name");
		hs_json_word(j, c->field);
		value(j, "a", c->has_a, c->a);
		value(j, "b", c->has_b, c->b);
		hs_json_key(j, "order_only");
		hs_json_bool(j, c->order_only);
		ignored(j, c->ignored);
		if (c->origin) {
			hs_json_key(j, "origin");
			hs_json_bool(j, true);
		}
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
notes(struct hs_json *j, const struct hs_node *node, bool inspection)
{
	hs_json_key(j, "notes");
	hs_json_open(j, '[');
	for (const struct hs_note *n = node->notes; n; n = n->next) {
		hs_json_open(j, '{');
		hs_json_key(j, "code");
		hs_json_word(j, n->code);
		hs_json_key(j, "text");
		hs_json_word(j, n->text);
		hs_json_key(j, "side");
		hs_json_side_name(j, n->side);
		hs_json_key(j, "damage");
		hs_json_bool(j, n->damage);
		if (!inspection)
			ignored(j, n->ignored);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
range(struct hs_json *j, const char *key, uint64_t start, uint64_t count)
{
	hs_json_key(j, key);
	hs_json_open(j, '[');
	hs_json_u64(j, start);
	hs_json_u64(j, count);
	hs_json_close(j, ']');
}

static void
line(struct hs_json *j, const struct hs_line *line)
{
	const char op[2] = { line->op, 0 };

	hs_json_open(j, '[');
	hs_json_word(j, op);
	hs_json_shown(j, line->text);
	if (line->no_newline)
		hs_json_word(j, "no-newline");
	hs_json_close(j, ']');
}

static void
hunk(struct hs_json *j, const struct hs_hunk *hunk)
{
	hs_json_open(j, '{');
	range(j, "a", hunk->a_start, hunk->a_count);
	range(j, "b", hunk->b_start, hunk->b_count);
	hs_json_key(j, "lines");
	hs_json_open(j, '[');
	for (size_t i = 0; i < hunk->n_lines; i++)
		line(j, &hunk->lines[i]);
	hs_json_close(j, ']');
	hs_json_close(j, '}');
}

static void
diffs(struct hs_json *j, const struct hs_listing *listing)
{
	hs_json_key(j, "diffs");
	hs_json_open(j, '[');
	if (listing) {
		hs_json_open(j, '{');
		hs_json_key(j, "view");
		hs_json_word(j, listing->view);
		hs_json_key(j, "note");
		hs_json_word(j, listing->note);
		hs_json_key(j, "truncated");
		hs_json_bool(j, listing->lines_left_out > 0);
		hs_json_key(j, "lines_left_out");
		hs_json_u64(j, listing->lines_left_out);
		hs_json_key(j, "hunks");
		hs_json_open(j, '[');
		for (size_t i = 0; i < listing->n_hunks; i++)
			hunk(j, &listing->hunks[i]);
		hs_json_close(j, ']');
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
pairing(struct hs_json *j, const struct hs_node *node, unsigned measured_in)
{
	hs_json_key(j, "status");
	hs_json_word(j, hs_status_name(node->status));
	hs_json_key(j, "class");
	hs_json_null(j);
	hs_json_key(j, "measured_in");
	hs_json_pcrs(j, measured_in);
	value(j, "moved_from", node->moved_from.len > 0, node->moved_from);
	hs_json_key(j, "similarity");
	if (node->similarity)
		hs_json_u64(j, node->similarity);
	else
		hs_json_null(j);
}

void
hs_json_node(struct hs_json *j, const struct hs_json_context *c, const struct hs_node *node,
             const struct hs_listing *listing)
{
	hs_json_open(j, '{');
	identity(j, c->scratch, node);
	pairing(j, node, hs_measured_in(c->measurements, node));
	side(j, "a", &node->a);
	side(j, "b", &node->b);
	fields(j, node);
	notes(j, node, false);
	diffs(j, listing);
	hs_json_key(j, "identical");
	hs_json_u64(j, node->n_same);
	hs_json_key(j, "children");
	hs_json_u64(j, node->n_children);
	ignored(j, node->ignored);
	hs_json_close(j, '}');
}

void
hs_json_inspected(struct hs_json *j, struct hs_arena *scratch, const struct hs_node *node)
{
	hs_json_open(j, '{');
	identity(j, scratch, node);
	size_and_digest(j, present(node));
	hs_json_key(j, "facts");
	hs_json_open(j, '[');
	for (const struct hs_change *c = node->changes.first; c; c = c->next) {
		hs_json_open(j, '{');
		hs_json_key(j, "name");
		hs_json_word(j, c->field);
		value(j, "value", true, c->a);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
	notes(j, node, true);
	hs_json_key(j, "children");
	hs_json_u64(j, node->n_children);
	hs_json_close(j, '}');
}

static void
write_input(struct hs_json *j, const char *key, const struct hs_input *in)
{
	hs_json_key(j, key);
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_shown(j, hs_span_of(in->name));
	hs_json_key(j, "type");
	hs_json_word(j, *in->format ? in->format : NULL);
	hs_json_key(j, "size");
	hs_json_u64(j, in->size);
	hs_json_key(j, "sha256");
	hs_json_sha256(j, in->has_sha256 ? &in->sha256 : NULL);
	hs_json_close(j, '}');
}

void
hs_json_tool(struct hs_json *j)
{
	hs_json_key(j, "tool");
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_word(j, "hashoscope");
	hs_json_key(j, "version");
	hs_json_word(j, hs_version());
	hs_json_close(j, '}');
}

void
hs_json_head(struct hs_json *j, const struct hs_report *report)
{
	hs_json_break(j);
	hs_json_tool(j);

	hs_json_break(j);
	hs_json_key(j, "inputs");
	hs_json_open(j, '{');
	write_input(j, "a", &report->a);
	if (!report->inspection)
		write_input(j, "b", &report->b);
	hs_json_close(j, '}');
}
