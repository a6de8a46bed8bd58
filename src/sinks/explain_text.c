/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/explain.h"

#include "core/escape.h"

#include <inttypes.h>

static void
put_pcrs(FILE *out, unsigned pcrs)
{
	const char *before = "";

	for (unsigned i = 0; i <= 8; i++) {
		if (pcrs & HS_PCR_BIT(i))
			fprintf(out, "%sPCR%u", before, i);
		if (pcrs & HS_PCR_BIT(i))
			before = ", ";
	}
}

/* The PCRs that are spoken of. */
static unsigned
asked(const struct hs_explanation *e)
{
	return e->only ? HS_PCR_BIT(e->only->index) : ~0u;
}

/* Which is which, where what follows speaks of a and b. */
static void
put_sides(FILE *out, const struct hs_explanation *e)
{
	const struct hs_measurements *m = e->report->measurements;

	if (e->only ? e->only->same : !m->n_causes && !m->n_asides)
		return;
	fputs("a is ", out);
	hs_escape_write(out, hs_span_of(e->report->a.name));
	fputs(", b is ", out);
	hs_escape_write(out, hs_span_of(e->report->b.name));
	fputs(".\n", out);
}

/* A heading for each set of PCRs, in the order of what matters most. */
static void
put_group(FILE *out, const struct hs_explanation *e, size_t first)
{
	const struct hs_measurements *m = e->report->measurements;
	const unsigned pcrs = m->causes[first].pcrs;

	putc('\n', out);
	put_pcrs(out, pcrs);
	putc('\n', out);
	for (size_t i = first; i < m->n_causes; i++)
		if (m->causes[i].pcrs == pcrs)
			fprintf(out, "  %s\n", m->causes[i].sentence);
}

static void
put_causes(FILE *out, const struct hs_explanation *e)
{
	const struct hs_measurements *m = e->report->measurements;

	for (size_t i = 0; i < m->n_causes; i++) {
		bool told = !(m->causes[i].pcrs & asked(e));

		for (size_t j = 0; j < i && !told; j++)
			told = m->causes[j].pcrs == m->causes[i].pcrs;
		if (!told)
			put_group(out, e, i);
	}
	if (m->n_more)
		fprintf(out, "  and %" PRIu64 " more\n", m->n_more);
}

static void
put_asides(FILE *out, const struct hs_measurements *m)
{
	if (m->n_asides)
		fputs("\nIn no PCR\n", out);
	for (size_t i = 0; i < m->n_asides; i++) {
		fprintf(out, "  %s", m->asides[i].name);
		if (*m->asides[i].detail)
			fprintf(out, ": %s", m->asides[i].detail);
		putc('\n', out);
	}
}

static void
put_releases(FILE *out, const struct hs_explanation *e)
{
	const struct hs_measurements *m = e->report->measurements;

	for (size_t i = 0; i < m->n_pcrs; i++) {
		const struct hs_measure_pcr *pcr = &m->pcrs[i];

		if (!(asked(e) & HS_PCR_BIT(pcr->index)))
			continue;
		if (pcr->release_a)
			fprintf(out, "\nPCR%u%s is that of nitro-cli %s.\n", pcr->index,
			        pcr->same ? "" : " of a", pcr->release_a);
		if (pcr->release_b && !pcr->same)
			fprintf(out, "\nPCR%u of b is that of nitro-cli %s.\n", pcr->index,
			        pcr->release_b);
	}
}

void
hs_explain_text(FILE *out, const struct hs_explanation *e)
{
	const struct hs_measurements *m = e->report->measurements;

	fprintf(out, "%s.\n", e->only ? e->only->sentence : m->sentence);
	put_sides(out, e);
	put_causes(out, e);
	if (!e->only)
		put_asides(out, m);
	put_releases(out, e);
	for (size_t i = 0; i < m->n_remarks; i++)
		fprintf(out, "\nNote: %s.\n", m->remarks[i]);
}
