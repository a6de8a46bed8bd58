/* SPDX-License-Identifier: Apache-2.0 */
/* Remarks on the measuring itself: what a PCR that is the same, or another, does not tell. */
#include "engine/measuring.h"

static void
remark(struct hs_measuring *m, const char *text)
{
	const char **grown = hs_arena_array(m->keep, m->out->n_remarks + 1, sizeof(*grown));

	for (size_t i = 0; i < m->out->n_remarks; i++)
		grown[i] = m->out->remarks[i];
	grown[m->out->n_remarks++] = text;
	m->out->remarks = grown;
}

static void
remark_on_flags(struct hs_measuring *m)
{
	const uint16_t a = m->side[0]->eif.flags, b = m->side[1]->eif.flags;
	const unsigned known = HS_EIF_FLAG_ARM64;
	const char *whose;

	if (!((a | b) & ~known))
		return;
	m->out->unknown_flags = true;
	whose = a == b ? hs_arena_printf(m->keep, "the flags are 0x%04x", a)
	               : hs_arena_printf(m->keep, "the flags are 0x%04x in a and 0x%04x in b", a,
	                                 b);
	remark(m, hs_arena_printf(m->keep,
	                          "%s: of images with other flags than 0x0001 PCR0 may be made "
	                          "in another way than it is here",
	                          whose));
}

/* PCRs that are the same though what feeds them is not: bytes went from one section to the next. */
static void
remark_on_boundaries(struct hs_measuring *m)
{
	unsigned moved = 0;

	for (size_t i = 0; i < m->n_sections; i++)
		if (!m->sections[i].same)
			moved |= m->sections[i].pcrs & m->compared & ~m->differ;
	if (moved)
		remark(m, hs_arena_printf(m->keep,
		                          "%s %s the same though not all sections are: bytes stand "
		                          "on the other side of a boundary between two, and no PCR "
		                          "knows of boundaries",
		                          hs_measure_pcr_words(m, moved, false),
		                          moved & (moved - 1) ? "are" : "is"));
}

/* What nitro-cli does not read has the PCRs that a more patient reader finds. */
static void
remark_on_damage(struct hs_measuring *m)
{
	struct hs_err why;

	for (int i = 0; i < 2 && m->node; i++)
		if (hs_eif_check(&m->side[i]->eif, m->side[i]->pcrs.crc, true, &why) < 0)
			remark(m, hs_arena_printf(m->keep, "nitro-cli refuses %c: %s", "ab"[i],
			                          why.text));
}

static void
remark_on_signature(struct hs_measuring *m)
{
	for (int i = 0; i < 2; i++)
		if (hs_eif_find(&m->side[i]->eif, HS_EIF_SIGNATURE, 1) && !m->side[i]->has_pcr8)
			remark(m, hs_arena_printf(m->keep,
			                          "%c has a signature section of which no "
			                          "certificate can be read: it has no PCR8",
			                          "ab"[i]));
}

/* An image says which machine it is for, and what is measured may run on the other all the same. */
static void
remark_on_arch(struct hs_measuring *m)
{
	const struct hs_measure_rebuilt *r = m->rebuilt;
	const char *arch;

	if (!r || !r->arch)
		return;
	arch = hs_eif_arch(m->side[r->side == 'a']->eif.flags);
	if (strcmp(arch, r->arch) != 0)
		remark(m, hs_arena_printf(m->keep, "%s is for %s, and the flags of %s say %s",
		                          r->image, r->arch, r->eif, arch));
}

void
hs_measure_remarks(struct hs_measuring *m)
{
	remark_on_arch(m);
	remark_on_flags(m);
	remark_on_boundaries(m);
	remark_on_damage(m);
	remark_on_signature(m);
}
