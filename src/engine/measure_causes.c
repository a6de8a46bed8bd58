/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What carries the difference of a PCR. From a section that differs the way
 * goes down through compressors and cpio archives to their entries
 * (measure_entries.c), and no further: which section of an ELF file differs is
 * for the comparison to tell.
 */
#include "engine/measuring.h"

#include "core/cpio.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

struct hs_cause_found *
hs_cause_add(struct hs_cause_finding *f, enum hs_cause_rank rank, const struct hs_node *node,
             const char *code)
{
	if (f->n == f->room) {
		f->room = f->room ? 2 * f->room : 16;
		f->list = hs_realloc(f->list, f->room, sizeof(*f->list));
	}
	f->list[f->n] = (struct hs_cause_found){
		.rank = rank,
		.at = f->n,
		.node = node,
		.section = f->section,
		.n = 1,
		.code = code,
	};
	return &f->list[f->n++];
}

void
hs_cause_say(struct hs_cause_finding *f, enum hs_cause_rank rank, const struct hs_node *node,
             const char *code, const char *sentence)
{
	hs_cause_add(f, rank, node, code)->sentence = sentence;
}

static const char *
words(const struct hs_cause_finding *f)
{
	return hs_measure_section_words(f->m, f->section);
}

/* ---- Through compressors ---- */

static bool
is_cpio(const struct hs_node *node)
{
	return (node->a.format && strcmp(node->a.format, "cpio") == 0) ||
	       (node->b.format && strcmp(node->b.format, "cpio") == 0);
}

static bool
is_filter(const struct hs_node *node)
{
	return node->first_child && !node->first_child->next && node->first_child->name.len == 0;
}

static const struct hs_note *
find_note(const struct hs_node *node, const char *code)
{
	const struct hs_note *n = node->notes;

	while (n && strcmp(n->code, code) != 0)
		n = n->next;
	return n;
}

/* What a compressor wrote around the archive: all that is said of the node but its place. */
static void
add_compression(struct hs_cause_finding *f, const struct hs_node *node)
{
	const struct hs_note *one_sided = find_note(node, "compression");
	const bool a_is_bare = node->a.format && strcmp(node->a.format, "cpio") == 0;
	const char *fields = "", *values;
	const struct hs_change *c = node->changes.first, *only = NULL;
	size_t n = 0;

	for (uint32_t i = 0; c && i < node->n_head; i++)
		c = c->next;
	for (; c && n < 8; c = c->next) {
		if (c->of_members)
			continue;
		fields = hs_arena_printf(f->m->keep, "%s%s%s", fields, n++ ? ", " : "", c->field);
		only = c;
	}
	values = n == 1 ? hs_cause_values(f->m->keep, only) : "";
	if (one_sided && node->a.format && node->b.format)
		hs_cause_say(f, HS_CAUSE_FORM, node, "compression",
		             hs_arena_printf(f->m->keep,
		                             "%s is compressed with %s in %c and not in %c",
		                             words(f), a_is_bare ? node->b.format : node->a.format,
		                             a_is_bare ? 'b' : 'a', a_is_bare ? 'a' : 'b'));
	else if (n == 1 && *values)
		hs_cause_say(f, HS_CAUSE_FORM, node, "compression",
		             hs_arena_printf(f->m->keep, "%s of the compressed form of %s is %s",
		                             fields, words(f), values));
	else if (n)
		hs_cause_say(f, HS_CAUSE_FORM, node, "compression",
		             hs_arena_printf(f->m->keep, "the compressed form of %s differs in: %s",
		                             words(f), fields));
	else if (find_note(node, "compression-only"))
		hs_cause_say(f, HS_CAUSE_FORM, node, "compression",
		             hs_arena_printf(f->m->keep, "%s is compressed otherwise", words(f)));
}

/* What no entry tells. */
static const char *
bytes_words(struct hs_cause_finding *f, const struct hs_node *node)
{
	const char *a = node->a.format && *node->a.format ? node->a.format : "data";
	const char *b = node->b.format && *node->b.format ? node->b.format : "data";

	if (strcmp(a, b) != 0)
		return hs_arena_printf(f->m->keep, "%s is %s in a and %s in b", words(f), a, b);
	return hs_arena_printf(f->m->keep, "%s has other bytes%s", words(f),
	                       is_cpio(node) ? ", which none of its entries tells" : "");
}

void
hs_cause_part(struct hs_cause_finding *f, const struct hs_node *node)
{
	const size_t before = f->start;

	while (is_filter(node)) {
		add_compression(f, node);
		node = node->first_child;
	}
	if (is_cpio(node)) {
		if (find_note(node, "compression"))
			add_compression(f, node);
		hs_cause_entries(f, node);
	} else if (find_note(node, "compression-only")) {
		add_compression(f, node);
	}
	if (f->n == before)
		hs_cause_say(f, HS_CAUSE_CONTENT, node, "content", bytes_words(f, node));
}

/* ---- Sections ---- */

/* Whether both sides count their entries, and from where. */
static void
look_at_numbers(struct hs_cause_finding *f)
{
	uint64_t a = 0, b = 0;

	f->numbered = hs_measure_is_numbered(f->section->a->data, &a) &&
	              hs_measure_is_numbered(f->section->b->data, &b);
	f->m->sections[f->section - f->m->sections].counted = f->numbered && a == b;
	f->packed = !hs_cpio_is(f->section->a->data) || !hs_cpio_is(f->section->b->data);
	f->displaced = false;
	if (f->numbered && a != b)
		hs_cause_say(f, HS_CAUSE_NUMBERS, f->section->node, "numbering",
		             hs_arena_printf(f->m->keep,
		                             "the inode numbers of %s begin with %" PRIu64
		                             " in a and with %" PRIu64 " in b",
		                             words(f), a, b));
}

static void
add_section(struct hs_cause_finding *f)
{
	const struct hs_measuring_section *s = f->section;
	const enum hs_eif_type type = (s->a ? s->a : s->b)->type;

	if (!s->a || !s->b) {
		hs_cause_say(f, HS_CAUSE_ONE_SIDED, s->node, s->a ? "only-a" : "only-b",
		             hs_arena_printf(f->m->keep, "%s is only in %c", words(f),
		                             s->a ? 'a' : 'b'));
	} else if (type == HS_EIF_KERNEL) {
		hs_cause_say(f, HS_CAUSE_CONTENT, s->node, "kernel",
		             hs_cause_kernel(f->m->keep, s->node));
	} else if (type == HS_EIF_CMDLINE) {
		hs_cause_say(f, HS_CAUSE_CONTENT, s->node, "cmdline",
		             hs_cause_cmdline(f->m, s->a->data, s->b->data));
	} else if (!s->node) {
		hs_cause_say(f, HS_CAUSE_CONTENT, NULL, "content",
		             hs_arena_printf(f->m->keep, "%s has other bytes", words(f)));
	} else {
		f->start = f->n;
		look_at_numbers(f);
		hs_cause_part(f, s->node);
	}
}

/* "kernel, cmdline, ramdisk[1]" of what is measured; of no more than a sound image can have. */
static const char *
order_of(struct hs_measuring *m, int side)
{
	const struct hs_eif *eif = &m->side[side]->eif;
	const char *list = "";
	size_t n = 0;

	for (size_t i = 0; i < eif->n_sections; i++) {
		const enum hs_eif_type type = eif->sections[i].type;

		if (type != HS_EIF_KERNEL && type != HS_EIF_CMDLINE && type != HS_EIF_RAMDISK)
			continue;
		if (n++ < HS_EIF_MAX_SECTIONS)
			list = hs_arena_printf(m->keep, "%s%s%s", list, *list ? ", " : "",
			                       hs_eif_section_name(m->keep, &eif->sections[i]));
	}
	if (n > HS_EIF_MAX_SECTIONS)
		return hs_arena_printf(m->keep, "%s and %zu more", list, n - HS_EIF_MAX_SECTIONS);
	return list;
}

static void
add_order(struct hs_cause_finding *f)
{
	struct hs_cause_found *found = hs_cause_add(f, HS_CAUSE_ORDER, NULL, "section-order");

	found->section = NULL;
	found->sentence =
		hs_arena_printf(f->m->keep, "the sections stand in another order: %s in a; %s in b",
	                        order_of(f->m, 0), order_of(f->m, 1));
}

static void
add_certificate(struct hs_cause_finding *f)
{
	struct hs_cause_found *found;

	if (!f->m->side[0]->has_pcr8 || !f->m->side[1]->has_pcr8)
		return;
	for (size_t i = 0; i < f->m->n_sections; i++)
		if (strcmp(f->m->sections[i].name, "signature") == 0)
			f->section = &f->m->sections[i];
	found = hs_cause_add(f, HS_CAUSE_CONTENT, f->section->node, "certificate");
	found->sentence = "they are signed with different certificates";
}

/* ---- The list ---- */

static int
by_rank(const void *x, const void *y)
{
	const struct hs_cause_found *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static unsigned
pcrs_of(const struct hs_measuring *m, const struct hs_cause_found *found)
{
	if (strcmp(found->code, "certificate") == 0)
		return HS_PCR_BIT(8);
	return m->differ & (found->section ? found->section->pcrs : m->reordered);
}

static const char *
path_of(struct hs_measuring *m, const struct hs_node *node)
{
	const struct hs_span shown =
		node ? hs_escape(m->keep, hs_node_path(m->keep, node)) : (struct hs_span){ 0 };

	return node ? (const char *)hs_arena_copy(m->keep, shown).at : "";
}

static void
count_reasons(struct hs_measuring *m, const struct hs_cause_finding *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const unsigned pcrs = pcrs_of(m, &f->list[i]);

		m->n_reasons[0] += (pcrs & HS_PCR_BIT(1)) != 0;
		m->n_reasons[1] += (pcrs & HS_PCR_BIT(2)) != 0;
		m->n_reasons[2] += (pcrs & ~HS_PCR_BIT(8)) != 0;
	}
}

static void
keep_causes(struct hs_cause_finding *f)
{
	struct hs_measurements *out = f->m->out;
	const size_t n = f->n < HS_MAX_MEASURE_CAUSES ? f->n : HS_MAX_MEASURE_CAUSES;
	struct hs_measure_cause *list = hs_arena_array(f->m->keep, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		const struct hs_cause_found *found = &f->list[i];

		f->section = found->section;
		list[i] = (struct hs_measure_cause){
			.code = found->code,
			.node = found->node,
			.path = path_of(f->m, found->node),
			.n = found->n,
			.pcrs = pcrs_of(f->m, found),
			.sentence = found->sentence ? found->sentence : hs_cause_sentence(f, found),
		};
	}
	out->causes = list;
	out->n_causes = n;
	out->n_more = f->n - n;
}

void
hs_measure_causes(struct hs_measuring *m)
{
	struct hs_cause_finding f = { .m = m };

	for (size_t i = 0; i < m->n_sections; i++) {
		f.section = &m->sections[i];
		/* What no PCR tells apart, for bytes that only went over a boundary, is no cause.
		 */
		if (!f.section->same && (f.section->pcrs & m->differ))
			add_section(&f);
	}
	if (m->reordered & m->differ)
		add_order(&f);
	if (m->differ & HS_PCR_BIT(8))
		add_certificate(&f);
	if (f.n)
		qsort(f.list, f.n, sizeof(*f.list), by_rank);
	count_reasons(m, &f);
	keep_causes(&f);
	free(f.list);
}
