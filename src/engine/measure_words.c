/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sentence on two images that can be quoted: which PCRs differ, the first
 * cause or two, how many more there are, and which PCRs do not differ.
 */
#include "engine/measuring.h"

#include <inttypes.h>

enum { MEASURED = 7 /* PCR0, PCR1, PCR2 */ };

const char *
hs_measure_pcr_words(const struct hs_measuring *m, unsigned pcrs, bool about)
{
	static const char *const plain[] = { "", " (kernel, command line, first ramdisk)",
		                             " (the other ramdisks)" };
	static const char *const usual[] = { "", " (kernel, command line, bootstrap ramdisk)",
		                             " (customer ramdisk)" };
	const char *list = "";

	for (unsigned i = 0; i <= 8; i++) {
		if (!(pcrs & HS_PCR_BIT(i)))
			continue;
		pcrs &= ~HS_PCR_BIT(i);
		list = hs_arena_printf(m->keep, "%s%sPCR%u%s", list,
		                       !*list ? ""
		                       : pcrs ? ", "
		                              : " and ",
		                       i,
		                       about && i < 3 ? (m->two_ramdisks ? usual : plain)[i] : "");
	}
	return list;
}

static unsigned
count_bits(unsigned pcrs)
{
	unsigned n = 0;

	for (; pcrs; pcrs &= pcrs - 1)
		n++;
	return n;
}

/* The causes that reach any of the PCRs, those that only differ in PCR8 aside. */
static const char *
reasons(struct hs_measuring *m, unsigned pcrs, uint64_t n)
{
	const struct hs_measure_cause *said[2] = { NULL, NULL };
	size_t n_said = 0;

	for (size_t i = 0; i < m->out->n_causes && n_said < 2; i++)
		if (m->out->causes[i].pcrs & pcrs)
			said[n_said++] = &m->out->causes[i];
	if (n_said == 0)
		return hs_arena_printf(m->keep, "of %" PRIu64 " things", n);
	if (n == 1)
		return said[0]->sentence;
	if (n == 2 && n_said == 2)
		return hs_arena_printf(m->keep, "%s, and because %s", said[0]->sentence,
		                       said[1]->sentence);
	return hs_arena_printf(m->keep, "%s, and for %" PRIu64 " more reasons", said[0]->sentence,
	                       n - 1);
}

/* "; PCR1 (...) is the same" */
static const char *
same_words(struct hs_measuring *m, unsigned pcrs)
{
	if (!pcrs)
		return "";
	return hs_arena_printf(m->keep, "; %s %s the same", hs_measure_pcr_words(m, pcrs, true),
	                       count_bits(pcrs) == 1 ? "is" : "are");
}

/* What is to be said of PCR8 beside the others. */
static const char *
signed_words(struct hs_measuring *m)
{
	const bool a = m->side[0]->has_pcr8, b = m->side[1]->has_pcr8;

	if (m->rebuilt || !(m->differ & HS_PCR_BIT(8)))
		return "";
	if (a && b)
		return "; PCR8 differs because they are signed with different certificates";
	return hs_arena_printf(m->keep, "; only %c is signed and has a PCR8", a ? 'a' : 'b');
}

static const char *
measured_words(struct hs_measuring *m)
{
	const unsigned all = m->compared & MEASURED;
	const unsigned differ = m->differ & all, same = all & ~differ;
	const unsigned one = HS_PCR_BIT(1), two = HS_PCR_BIT(2);
	const char *of = hs_measure_pcr_words(m, differ, false);

	/* Each cause is in one of the two, and what is in PCR0 is in one of them. */
	if ((differ & one) && (differ & two) && m->n_reasons[0] && m->n_reasons[1])
		return hs_arena_printf(m->keep, "%s differ: PCR1 because %s; PCR2 because %s%s%s",
		                       of, reasons(m, one, m->n_reasons[0]),
		                       reasons(m, two, m->n_reasons[1]), same_words(m, same),
		                       signed_words(m));
	return hs_arena_printf(
		m->keep, "%s %s because %s%s%s", of, count_bits(differ) == 1 ? "differs" : "differ",
		reasons(m, differ, m->n_reasons[2]), same_words(m, same), signed_words(m));
}

/* "the metadata section and the signature": of what no PCR covers. */
static const char *
aside_words(struct hs_measuring *m)
{
	const struct hs_measurements *out = m->out;
	const char *list = "";
	const size_t most = 3;

	for (size_t i = 0; i < out->n_asides && i < most; i++) {
		const char *name = out->asides[i].name;
		const bool last = i + 1 == out->n_asides;

		list = hs_arena_printf(m->keep, "%s%s%s%s", list,
		                       !*list ? ""
		                       : last ? " and "
		                              : ", ",
		                       name, strcmp(name, "metadata") == 0 ? " section" : "");
	}
	if (out->n_asides > most)
		list = hs_arena_printf(m->keep, "%s and %zu more", list, out->n_asides - most);
	return list;
}

static const char *
unmeasured_words(struct hs_measuring *m)
{
	const char *only = signed_words(m);

	if (*only)
		return hs_arena_printf(m->keep, "%s are the same%s",
		                       hs_measure_pcr_words(m, MEASURED, false), only);
	if (!m->node)
		return "All PCRs are the same: the files are the same, byte for byte";
	if (!m->out->n_asides)
		return "All PCRs are the same: bytes only stand on the other side of a boundary "
		       "between sections";
	return hs_arena_printf(m->keep,
	                       "All PCRs are the same: the files differ in the %s, which no PCR "
	                       "covers",
	                       aside_words(m));
}

static const char *
rebuilt_words(struct hs_measuring *m)
{
	const struct hs_measure_rebuilt *r = m->rebuilt;
	const bool same = !m->differ;

	if (!same && !r->whole && m->n_reasons[2] == 1 &&
	    strcmp(m->out->causes[0].code, "implied-times") == 0)
		return hs_arena_printf(m->keep, "%s; all else in it is the same",
		                       measured_words(m));
	if (!same)
		return measured_words(m);
	return hs_arena_printf(m->keep, "%s runs what %s holds: %s the same", r->eif, r->image,
	                       r->whole ? "PCR0, PCR1 and PCR2 are" : "PCR2 is");
}

/* ---- One PCR ---- */

static const char *
pcr8_words(struct hs_measuring *m)
{
	const bool a = m->side[0]->has_pcr8, b = m->side[1]->has_pcr8;

	if (!a && !b)
		return "PCR8 is the same: neither is signed";
	if (!(m->differ & HS_PCR_BIT(8)))
		return "PCR8 is the same: they are signed with the same certificate";
	if (a && b)
		return "PCR8 differs because they are signed with different certificates";
	return hs_arena_printf(m->keep, "PCR8 differs because only %c is signed", a ? 'a' : 'b');
}

static const char *
pcr_words(struct hs_measuring *m, unsigned index)
{
	const unsigned bit = HS_PCR_BIT(index);

	if (index == 8)
		return pcr8_words(m);
	if (!(m->differ & bit))
		return hs_arena_printf(m->keep, "%s is the same",
		                       hs_measure_pcr_words(m, bit, true));
	return hs_arena_printf(m->keep, "%s differs because %s",
	                       hs_measure_pcr_words(m, bit, false),
	                       reasons(m, bit, m->n_reasons[index ? index - 1 : 2]));
}

void
hs_measure_words(struct hs_measuring *m)
{
	for (size_t i = 0; i < m->out->n_pcrs; i++)
		m->out->pcrs[i].sentence = pcr_words(m, m->out->pcrs[i].index);
	if (m->rebuilt)
		m->out->sentence = rebuilt_words(m);
	else
		m->out->sentence = m->differ & MEASURED ? measured_words(m) : unmeasured_words(m);
}
