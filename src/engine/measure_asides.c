/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs and is in no PCR: metadata, the signature's own bytes, the
 * header, what stands between sections. Offsets, sizes and a checksum that fit
 * the sections follow from them, and are not told.
 */
#include "engine/measuring.h"

#include <inttypes.h>

enum { MAX_ASIDES = 16 + 2 * HS_EIF_MAX_SECTIONS, MAX_FIELDS = 3 };

static void
add(struct hs_measuring *m, const char *name, const char *detail, const struct hs_node *node)
{
	if (m->out->n_asides < MAX_ASIDES)
		m->asides[m->out->n_asides++] = (struct hs_measure_aside){ name, detail, node };
}

/* "BuildMetadata.BuildTime, DockerInfo.Id and 3 more": what its content says otherwise. */
static const char *
fields_of(struct hs_measuring *m, const struct hs_node *node)
{
	const struct hs_change *c = node->changes.first;
	const char *list = "", *last = "";
	size_t n = 0;

	for (uint32_t i = 0; c && i < node->n_head; i++)
		c = c->next;
	for (; c; c = c->next) {
		/* A list has its field once for each element. */
		if (strcmp(c->field, last) == 0)
			continue;
		last = c->field;
		if (n++ < MAX_FIELDS)
			list = hs_arena_printf(m->keep, "%s%s%s", list, *list ? ", " : "",
			                       c->field + (c->field[0] == '.'));
	}
	if (n > MAX_FIELDS)
		return hs_arena_printf(m->keep, "%s and %zu more", list, n - MAX_FIELDS);
	return list;
}

static const char *
signature_detail(const struct hs_measuring *m)
{
	const struct hs_measured *a = m->side[0], *b = m->side[1];

	if (a->has_pcr8 && !b->has_pcr8)
		return "only in a; PCR8 is of its certificate";
	if (b->has_pcr8 && !a->has_pcr8)
		return "only in b; PCR8 is of its certificate";
	if (!a->has_pcr8)
		return "of no certificate that can be read";
	return hs_pcr_equal(&a->pcr8, &b->pcr8) ? "of the same certificate"
	                                        : "of another certificate, which is PCR8";
}

static void
add_section(struct hs_measuring *m, const struct hs_measuring_section *s)
{
	const struct hs_eif_section *any = s->a ? s->a : s->b;
	const char *detail = "";

	if (any->type == HS_EIF_SIGNATURE && any->ordinal == 1)
		detail = signature_detail(m);
	else if (!s->a || !s->b)
		detail = s->a ? "only in a" : "only in b";
	else if (s->node)
		detail = fields_of(m, s->node);
	add(m, s->name, detail, s->node);
}

static void
add_number(struct hs_measuring *m, const char *name, uint64_t a, uint64_t b)
{
	if (a != b)
		add(m, name,
		    hs_arena_printf(m->keep, "%" PRIu64 " in a and %" PRIu64 " in b", a, b), NULL);
}

static void
add_header(struct hs_measuring *m)
{
	const struct hs_eif *a = &m->side[0]->eif, *b = &m->side[1]->eif;

	if (!hs_span_equal(a->magic, b->magic))
		add(m, "magic", "", NULL);
	add_number(m, "version", a->version, b->version);
	if (a->flags != b->flags)
		add(m, "flags",
		    hs_arena_printf(m->keep, "0x%04x in a and 0x%04x in b", a->flags, b->flags),
		    NULL);
	add_number(m, "default memory", a->memory, b->memory);
	add_number(m, "default CPUs", a->cpus, b->cpus);
	add_number(m, "reserved", a->reserved, b->reserved);
	add_number(m, "unused", a->unused, b->unused);
}

/* Whether the table of a side is not what its sections come to. */
static bool
lies(const struct hs_eif *eif)
{
	if (eif->n_claimed != eif->n_sections)
		return true;
	for (size_t i = 0; i < eif->n_sections && i < HS_EIF_MAX_SECTIONS; i++)
		if (eif->offsets[i] != eif->sections[i].offset ||
		    eif->sizes[i] != eif->sections[i].size)
			return true;
	return false;
}

static void
add_wrong(struct hs_measuring *m, const char *name, bool a, bool b, const char *what)
{
	if (a || b)
		add(m, name,
		    hs_arena_printf(m->keep, "%s%s", what,
		                    a && b ? ""
		                    : a    ? " in a"
		                           : " in b"),
		    NULL);
}

/* Whether a section stands elsewhere among the others though the measured ones do not. */
static bool
is_displaced(const struct hs_measuring *m)
{
	const struct hs_eif *a = &m->side[0]->eif, *b = &m->side[1]->eif;

	if (m->reordered || a->n_sections != b->n_sections)
		return false;
	for (size_t i = 0; i < a->n_sections; i++)
		if (a->sections[i].type != b->sections[i].type)
			return true;
	return false;
}

static bool
same_gaps(const struct hs_eif *a, const struct hs_eif *b)
{
	size_t i = 0;

	if (a->n_gaps != b->n_gaps)
		return false;
	while (i < a->n_gaps && hs_span_equal(a->gaps[i], b->gaps[i]))
		i++;
	return i == a->n_gaps;
}

static void
add_rest(struct hs_measuring *m)
{
	const struct hs_measured *a = m->side[0], *b = m->side[1];

	for (size_t i = 0; i < m->n_sections; i++) {
		const struct hs_measuring_section *s = &m->sections[i];

		if (s->a && s->b && s->a->flags != s->b->flags)
			add(m, hs_arena_printf(m->keep, "flags of %s", s->name), "", s->node);
	}
	if (is_displaced(m))
		add(m, "order of sections", "of what is not measured", NULL);
	if (!same_gaps(&a->eif, &b->eif))
		add(m, "gaps", "bytes that are no section's", NULL);
	add_wrong(m, "tables", lies(&a->eif), lies(&b->eif), "not what the sections come to");
	add_wrong(m, "CRC", a->eif.crc != a->pcrs.crc, b->eif.crc != b->pcrs.crc, "wrong");
}

void
hs_measure_asides(struct hs_measuring *m)
{
	m->asides = hs_arena_array(m->keep, MAX_ASIDES, sizeof(*m->asides));
	m->out->asides = m->asides;
	/* One file has no other, and what was made of an image has no metadata of its own. */
	if (!m->node || m->rebuilt)
		return;
	for (size_t i = 0; i < m->n_sections; i++)
		if (!m->sections[i].same && !m->sections[i].pcrs)
			add_section(m, &m->sections[i]);
	add_header(m);
	add_rest(m);
}
