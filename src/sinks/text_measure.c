/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measurements of two enclave images, below the verdict:
 *
 *	~  PCR0  841609065fc2e327.. -> 0bf882026f87bc68..  ramdisk[2] differs
 *	=  PCR1  f2ffbd1507bffad0..  kernel, cmdline, ramdisk[1]
 *	~  PCR2  768c4d7381bc8171.. -> 527132b945ad54d9..  ramdisk[2] differs
 *	   because rootfs/etc/motd in the customer ramdisk has other content
 *	   in no PCR: metadata (BuildMetadata.BuildTime)
 */
#include "sinks/text.h"

#include <inttypes.h>

enum {
	SHORT = 16,     /* digits of a PCR that tell it from others */
	MAX_CAUSES = 6, /* told without -v */
	INDENT = 5,
	LIST_COLUMNS = 30,
};

/* "kernel, cmdline, ramdisk[1]": those that feed the PCR, or those of them that differ. */
static const char *
list_sections(struct hs_text *t, const struct hs_measure_pcr *pcr, bool all)
{
	const char *list = "";

	for (size_t i = 0; i < pcr->n_sections; i++) {
		const struct hs_measure_section *s = &pcr->sections[i];
		const char *only = !s->in_a ? " (only in b)" : !s->in_b ? " (only in a)" : "";

		if (t->verbose && !s->same && !*only)
			only = " (differs)";
		if (all || !s->same)
			list = hs_arena_printf(&t->arena, "%s%s%s%s", list, *list ? ", " : "",
			                       s->name, only);
	}
	return list;
}

static size_t
count_differing(const struct hs_measure_pcr *pcr)
{
	size_t n = 0;

	for (size_t i = 0; i < pcr->n_sections; i++)
		n += !pcr->sections[i].same;
	return n;
}

static void
put_short(struct hs_text *t, struct hs_span hex, struct hs_span beside)
{
	if (hex.len)
		hs_text_value(t, hs_span_head(hex, SHORT), hs_span_head(beside, SHORT));
	fputs(hex.len ? ".." : "not signed", t->out);
}

/* What of it differs, or what it is of. */
static void
put_sections(struct hs_text *t, const struct hs_measure_pcr *pcr)
{
	const char *list = list_sections(t, pcr, pcr->same);
	const size_t n = count_differing(pcr);

	if (pcr->index == 8) {
		fputs("  the certificate", t->out);
	} else if (pcr->same) {
		fprintf(t->out, "  %s", *list ? list : "nothing");
		if (pcr->release_a)
			fprintf(t->out, "\n%*sof nitro-cli %s", INDENT + 6, "", pcr->release_a);
	} else if (n == 0) {
		fputs("  the order of sections", t->out);
	} else if (strlen(list) > LIST_COLUMNS) {
		fprintf(t->out, "  %zu sections differ", n);
	} else {
		fprintf(t->out, "  %s%s", list,
		        strchr(list, '(') ? ""
		        : n == 1          ? " differs"
		                          : " differ");
	}
}

/* Both values in full, and all that they are made of. */
static void
put_full(struct hs_text *t, const struct hs_measure_pcr *pcr)
{
	const char *list = list_sections(t, pcr, true);

	if (pcr->a.len)
		hs_text_value(t, pcr->a, pcr->b);
	else
		fputs("not signed", t->out);
	if (!pcr->same) {
		fprintf(t->out, "\n%*s", INDENT + 6, "");
		if (pcr->b.len)
			hs_text_value(t, pcr->b, pcr->a);
		else
			fputs("not signed", t->out);
	}
	if (pcr->index != 8)
		fprintf(t->out, "\n%*sof %s", INDENT + 6, "", *list ? list : "nothing");
	if (pcr->release_a)
		fprintf(t->out, "\n%*sa is of nitro-cli %s", INDENT + 6, "", pcr->release_a);
	if (pcr->release_b)
		fprintf(t->out, "\n%*sb is of nitro-cli %s", INDENT + 6, "", pcr->release_b);
}

static void
put_pcr(struct hs_text *t, const struct hs_measure_pcr *pcr)
{
	if (!pcr->a.len && !pcr->b.len)
		return;
	fputs("  ", t->out);
	if (pcr->same)
		putc('=', t->out);
	else
		hs_text_put(t, HS_TEXT_CONTENT, "~");
	fprintf(t->out, "  PCR%u  ", pcr->index);
	if (t->verbose) {
		put_full(t, pcr);
	} else {
		put_short(t, pcr->a, pcr->b);
		if (!pcr->same) {
			fputs(" -> ", t->out);
			put_short(t, pcr->b, pcr->a);
		}
		put_sections(t, pcr);
	}
	putc('\n', t->out);
}

/* Which release's blobs the sides have, where they are not the same ones. */
static void
put_releases(struct hs_text *t, const struct hs_measure_pcr *pcr)
{
	if (t->verbose || pcr->same)
		return;
	if (pcr->release_a)
		fprintf(t->out, "%*sa is of nitro-cli %s\n", INDENT + 6, "", pcr->release_a);
	if (pcr->release_b)
		fprintf(t->out, "%*sb is of nitro-cli %s\n", INDENT + 6, "", pcr->release_b);
}

static void
put_causes(struct hs_text *t, const struct hs_measurements *m)
{
	const size_t most = t->verbose || m->n_causes <= MAX_CAUSES ? m->n_causes : MAX_CAUSES - 1;
	const uint64_t more = m->n_causes - most + m->n_more;

	for (size_t i = 0; i < most; i++)
		hs_text_sentence(t, INDENT, INDENT + 2,
		                 hs_arena_printf(&t->arena, "%s%s", i ? "and " : "because ",
		                                 m->causes[i].sentence));
	if (more)
		fprintf(t->out, "%*sand for %" PRIu64 " more reasons%s\n", INDENT, "", more,
		        t->verbose ? "" : ", shown with -v");
}

static void
put_asides(struct hs_text *t, const struct hs_measurements *m)
{
	const char *list = "";

	for (size_t i = 0; i < m->n_asides; i++) {
		const struct hs_measure_aside *aside = &m->asides[i];

		list = hs_arena_printf(&t->arena, "%s%s%s", list, *list ? "; " : "", aside->name);
		if (*aside->detail)
			list = hs_arena_printf(&t->arena, "%s (%s)", list, aside->detail);
	}
	if (*list)
		hs_text_sentence(t, INDENT, INDENT + 2,
		                 hs_arena_printf(&t->arena, "in no PCR: %s", list));
}

void
hs_text_measurements(struct hs_text *t)
{
	const struct hs_measurements *m = t->report->measurements;
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);

	if (!m)
		return;
	for (size_t i = 0; i < m->n_pcrs; i++) {
		put_pcr(t, &m->pcrs[i]);
		put_releases(t, &m->pcrs[i]);
	}
	put_causes(t, m);
	put_asides(t, m);
	for (size_t i = 0; i < m->n_remarks; i++)
		hs_text_sentence(t, INDENT, INDENT + 2, m->remarks[i]);
	hs_arena_rewind(&t->arena, mark);
}
