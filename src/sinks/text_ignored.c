/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is ignored is told, not shown: how much of it and why below the
 * verdict, and how many members of each container where they would stand.
 * With -v it is shown as all else is, dimmed and marked.
 */
#include "sinks/text.h"

#include <inttypes.h>

static uint64_t
total(const struct hs_report *r)
{
	uint64_t n = 0;

	for (size_t i = 0; i < HS_N_IGNORE; i++)
		n += r->n_ignored[i];
	return n;
}

void
hs_text_ignored_counts(struct hs_text *t)
{
	static const char *const options[HS_N_IGNORE] = {
		"--ignore-timestamps",  "--ignore-history",    "--ignore-order",
		"--ignore-tar-format",  "--ignore-image-name", "--ignore-compression",
		"--ignore-owner-names", "--profile semantic",  "--ignore-path",
	};
	const uint64_t derived = t->report->n_ignored[HS_N_IGNORE - 1];
	const char *before = " (";

	hs_text_count(t, total(t->report), "difference");
	for (size_t i = 0; i < HS_N_IGNORE; i++) {
		if (!options[i] || t->report->n_ignored[i] == 0)
			continue;
		fprintf(t->out, "%s%s %" PRIu64, before, options[i], t->report->n_ignored[i]);
		before = ", ";
	}
	if (derived)
		fprintf(t->out, ", %" PRIu64 " that follow%s", derived, derived == 1 ? "s" : "");
	fputc(')', t->out);
}

void
hs_text_ignored_head(struct hs_text *t)
{
	if (t->report->same || total(t->report) == 0)
		return;
	fputs("  ignored: ", t->out);
	hs_text_ignored_counts(t);
	fputc('\n', t->out);
}

bool
hs_text_any_ignored(const struct hs_text *t)
{
	return total(t->report) > 0;
}

/* "timestamps, order" */
static void
put_reasons(struct hs_text *t, unsigned bits)
{
	const char *before = "";

	/* What follows is no reason beside what it follows from. */
	if (bits != HS_IGNORE_DERIVED)
		bits &= ~(unsigned)HS_IGNORE_DERIVED;
	for (size_t i = 0; i < HS_N_IGNORE; i++) {
		if (!(bits >> i & 1))
			continue;
		fprintf(t->out, "%s%s", before, hs_ignore_name((enum hs_ignore)(1U << i)));
		before = ", ";
	}
}

void
hs_text_ignored_mark(struct hs_text *t, unsigned bits)
{
	if (!bits)
		return;
	hs_text_role_begin(t, HS_TEXT_DIM);
	fputs("  [ignored: ", t->out);
	put_reasons(t, bits);
	fputc(']', t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
}

void
hs_text_ignored_members(struct hs_text *t, unsigned indent, const struct hs_node *node)
{
	unsigned bits = 0;

	for (const struct hs_node *n = node; n; n = n->next)
		bits |= n->ignored;
	hs_text_body(t);
	hs_text_indent(t, indent);
	hs_text_role_begin(t, HS_TEXT_DIM);
	hs_text_count(t, node->parent->n_ignored, "member");
	fputs(node->parent->n_ignored == 1 ? " differs" : " differ", t->out);
	fputs(" only in what is ignored (", t->out);
	put_reasons(t, bits);
	fputs(")", t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
	fputc('\n', t->out);
}

void
hs_text_ignored_facts(struct hs_text *t, unsigned indent, const struct hs_node *node)
{
	unsigned bits = 0;
	uint64_t n = 0;

	if (t->verbose || node->ignored)
		return;
	for (const struct hs_change *c = node->changes.first; c; c = c->next) {
		bits |= c->ignored;
		n += c->ignored != 0;
	}
	for (const struct hs_note *note = node->notes; note; note = note->next) {
		bits |= note->ignored;
		n += note->ignored != 0;
	}
	if (n == 0)
		return;
	hs_text_indent(t, indent);
	hs_text_role_begin(t, HS_TEXT_DIM);
	fputs("[", t->out);
	hs_text_count(t, n, "more difference");
	fputs(" ignored: ", t->out);
	put_reasons(t, bits);
	fputs("]", t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
	fputc('\n', t->out);
}
