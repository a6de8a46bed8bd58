/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/text.h"

#include <inttypes.h>

/* Without -v: facts shown of one node, for a document can have a million; fields named in a line.
 */
enum { MAX_FACTS = 24, MAX_NAMED = 4 };

static void
put_field(struct hs_text *t, const char *field)
{
	hs_text_clean(t, field);
	fputs(": ", t->out);
}

/* "- field: value"; without the field where a line before has named it. */
static void
put_side(struct hs_text *t, unsigned indent, const char *field, const struct hs_change *c, bool a)
{
	const enum hs_text_role role = a ? HS_TEXT_A : HS_TEXT_B;

	hs_text_indent(t, indent);
	hs_text_role_begin(t, role);
	fputs(a ? "- " : "+ ", t->out);
	if (field)
		put_field(t, field);
	hs_text_role_end(t, role);
	hs_text_value(t, a ? c->a : c->b, a ? c->b : c->a);
	hs_text_ignored_mark(t, c->ignored);
	putc('\n', t->out);
}

static void
put_arrow(struct hs_text *t, const char *field, const struct hs_change *c)
{
	put_field(t, field);
	hs_text_role_begin(t, HS_TEXT_A);
	hs_text_value(t, c->a, c->b);
	hs_text_role_end(t, HS_TEXT_A);
	fputs(" -> ", t->out);
	hs_text_role_begin(t, HS_TEXT_B);
	hs_text_value(t, c->b, c->a);
	hs_text_role_end(t, HS_TEXT_B);
}

/* "field: a -> b" within the columns, for a field of `len` bytes. */
static bool
fits(struct hs_text *t, size_t used, size_t len, const struct hs_change *c)
{
	const size_t most = HS_TEXT_COLUMNS;

	if (!c->has_a || !c->has_b || c->order_only || c->a.len > most || c->b.len > most)
		return false;
	return used + len + 2 + hs_text_width(t, c->a) + 4 + hs_text_width(t, c->b) <= most;
}

bool
hs_text_fits(struct hs_text *t, size_t used, const struct hs_change *c)
{
	return fits(t, used, strlen(c->field), c);
}

/* Where a member comes from, on both sides from the same place. */
static bool
is_common(const struct hs_change *c)
{
	return c->origin && c->has_a && c->has_b && hs_span_equal(c->a, c->b);
}

void
hs_text_change(struct hs_text *t, unsigned indent, const char *field, const struct hs_change *c)
{
	if (is_common(c)) {
		hs_text_indent(t, indent);
		put_field(t, field);
		hs_text_value(t, c->a, (struct hs_span){ 0 });
		putc('\n', t->out);
		return;
	}
	if (fits(t, indent, strlen(field), c)) {
		hs_text_indent(t, indent);
		put_arrow(t, field, c);
		hs_text_ignored_mark(t, c->ignored);
		putc('\n', t->out);
		return;
	}
	if (c->order_only) {
		hs_text_indent(t, indent);
		put_field(t, field);
		fputs("only the order differs\n", t->out);
		field = NULL;
	}
	if (c->has_a)
		put_side(t, indent, field, c, true);
	if (c->has_b)
		put_side(t, indent, field, c, false);
}

/* Lists say their field several times; here each stands once. */
static bool
is_first_of_field(struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	for (const struct hs_change *x = node->changes.first; x != c; x = x->next)
		if (strcmp(x->field, c->field) == 0 && hs_text_shows(t, node, x))
			return false;
	return hs_text_shows(t, node, c);
}

size_t
hs_text_n_shown(struct hs_text *t, const struct hs_node *node)
{
	size_t n = 0;

	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		n += hs_text_shows(t, node, c);
	return n;
}

size_t
hs_text_fields(struct hs_text *t, const struct hs_node *node)
{
	size_t shown = hs_text_n_shown(t, node), n = 0, width = 0;

	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		shown -= c->origin && hs_text_shows(t, node, c);
	if (shown == 0)
		return 0;
	if (shown > MAX_NAMED) {
		hs_text_count(t, shown, "fact");
		fputs(" differ", t->out);
		return sizeof("12 facts differ");
	}
	for (const struct hs_change *c = node->changes.first; c; c = c->next) {
		if (c->origin || !is_first_of_field(t, node, c))
			continue;
		fputs(n++ ? ", " : "", t->out);
		hs_text_clean(t, c->field);
		width += strlen(c->field) + 2;
	}
	fputs(n == 1 ? " differs" : " differ", t->out);
	return width + sizeof("differs ");
}

/* What has no content has no size to speak of, and the line does not. */
static bool
lacks_size(const struct hs_side *side, const char *field)
{
	return strcmp(field, "size") == 0 && side->kind != HS_KIND_FILE && side->size == 0;
}

static bool
is_said_of(const struct hs_side *side, const char *field, bool said, struct hs_span value)
{
	char size[24];

	if (!said)
		return !side->present || lacks_size(side, field);
	if (!side->present)
		return false;
	if (strcmp(field, "type") == 0)
		return hs_span_is(value, hs_kind_name(side->kind));
	if (strcmp(field, "format") == 0)
		return hs_span_is(value, side->format);
	snprintf(size, sizeof(size), "%" PRIu64, side->size);
	return strcmp(field, "size") == 0 && hs_span_is(value, size);
}

bool
hs_text_is_said(const struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	return !t->verbose && node->parent && node->n_children == 0 &&
	       is_said_of(&node->a, c->field, c->has_a, c->a) &&
	       is_said_of(&node->b, c->field, c->has_b, c->b);
}

/* What is said of one side only: no signs, and as many to a line as fit. */
static void
put_said(struct hs_text *t, unsigned indent, const struct hs_node *node, uint64_t most)
{
	const bool fill = !t->verbose && node->parent;
	size_t column = 0;

	for (const struct hs_change *c = node->changes.first; c && most > 0; c = c->next) {
		const struct hs_span value = c->has_b ? c->b : c->a;
		const size_t width = strlen(c->field) + 2 + hs_text_width(t, value);

		if (!hs_text_shows(t, node, c))
			continue;
		most--;
		if (hs_text_is_said(t, node, c))
			continue;
		if (column && (!fill || column + 2 + width > HS_TEXT_COLUMNS)) {
			putc('\n', t->out);
			column = 0;
		}
		hs_text_indent(t, column ? 2 : indent);
		column += width + (column ? 2 : indent);
		put_field(t, c->field);
		hs_text_value(t, value, (struct hs_span){ 0 });
	}
	if (column)
		putc('\n', t->out);
}

static void
put_left(struct hs_text *t, unsigned indent, uint64_t n)
{
	hs_text_indent(t, indent);
	hs_text_role_begin(t, HS_TEXT_DIM);
	putc('[', t->out);
	hs_text_count(t, n, "more fact");
	fputs("]\n", t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
	t->left.facts += n;
}

void
hs_text_facts(struct hs_text *t, unsigned indent, const struct hs_node *node)
{
	const size_t n = hs_text_n_shown(t, node);
	const uint64_t most = t->verbose || n <= MAX_FACTS + 1 ? UINT64_MAX : MAX_FACTS;
	uint64_t i = 0;

	if (t->report->inspection || !node->a.present || !node->b.present) {
		put_said(t, indent, node, most);
	} else {
		for (const struct hs_change *c = node->changes.first; c && i < most; c = c->next) {
			if (!hs_text_shows(t, node, c))
				continue;
			if (!hs_text_is_said(t, node, c))
				hs_text_change(t, indent, c->field, c);
			i++;
		}
	}
	for (const struct hs_change *c = node->changes.first; c; c = c->next)
		t->left.following += !c->ignored && hs_text_follows(t, node, c);
	if (n > most)
		put_left(t, indent, n - most);
}

/* "! damaged in b: " or "* ": the sign says whether something was not compared. */
static void
put_sign(struct hs_text *t, const struct hs_note *n)
{
	const bool sided = n->side && !t->report->inspection;

	fputs(n->damage ? "! " : "* ", t->out);
	if (n->damage)
		hs_text_clean(t, n->code);
	if (sided)
		fprintf(t->out, "%sin %c", n->damage ? " " : "", n->side);
	if (sided || n->damage)
		fputs(": ", t->out);
}

void
hs_text_notes(struct hs_text *t, unsigned indent, const struct hs_node *node)
{
	for (const struct hs_note *n = node->notes; n; n = n->next) {
		const enum hs_text_role role = n->damage ? HS_TEXT_INCOMPLETE : HS_TEXT_PLAIN;

		if (hs_text_is_verdict(t, node, n) || !hs_text_is_shown(t, n->ignored))
			continue;
		hs_text_indent(t, indent);
		hs_text_role_begin(t, role);
		put_sign(t, n);
		hs_text_clean(t, n->text);
		hs_text_role_end(t, role);
		hs_text_ignored_mark(t, n->ignored);
		putc('\n', t->out);
	}
}
