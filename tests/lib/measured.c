/* SPDX-License-Identifier: Apache-2.0 */
#include "measured.h"

#include "build_cpio.h"
#include "build_eif.h"

#include <inttypes.h>
#include <stdlib.h>

struct hs_span
measured_eif(struct hs_arena *a, const struct measured_eif *e)
{
	struct build_eif b = { .out.arena = a, .flags = e->flags };

	build_eif_add(&b, HS_EIF_KERNEL, hs_span_of(e->kernel ? e->kernel : "kernel"));
	build_eif_add(&b, HS_EIF_CMDLINE,
	              hs_span_of(e->cmdline ? e->cmdline : "reboot=k panic=30"));
	if (e->metadata.len)
		build_eif_add(&b, HS_EIF_METADATA, e->metadata);
	for (size_t i = 0; i < sizeof(e->ramdisks) / sizeof(e->ramdisks[0]); i++)
		if (e->ramdisks[i].len)
			build_eif_add(&b, HS_EIF_RAMDISK, e->ramdisks[i]);
	return build_eif_end(&b);
}

/* The number behind the letter `mark` of a word up to "="; `otherwise` where there is none. */
static uint64_t
number(const char *word, size_t len, char mark, int base, uint64_t otherwise)
{
	const char *at = memchr(word, mark, len);

	return at ? strtoull(at + 1, NULL, base) : otherwise;
}

static void
add_word(struct build_cpio *c, struct hs_arena *a, const char *word, uint64_t ino)
{
	const char *content = strchr(word, '=');
	const size_t head = content ? (size_t)(content - word) : strlen(word);
	const size_t name = strcspn(word, "%@=");
	const bool dir = word[name - 1] == '/';
	const uint64_t mode = number(word, head, '%', 8, dir ? 0755 : 0644);

	build_cpio_add(c, &(struct build_cpio_member){
				  .name = hs_arena_printf(a, "%.*s", (int)name, word),
				  .ino = ino,
				  .mode = (dir ? 040000 : 0100000) | mode,
				  .nlink = dir ? 2 : 1,
				  .mtime = number(word, head, '@', 10, 1492533000),
				  .dev_major = 3,
				  .dev_minor = 1,
				  .data = content ? hs_span_of(content + 1) : HS_SPAN(""),
			  });
}

struct hs_span
measured_ramdisk(struct hs_arena *a, const char *words, unsigned first, unsigned step)
{
	struct build_cpio c = { .out.arena = a, .dialect = HS_CPIO_NEWC };
	uint64_t ino = first;

	while (*words) {
		const size_t len = strcspn(words, " ");

		add_word(&c, a, hs_arena_printf(a, "%.*s", (int)len, words), ino);
		ino += step;
		words += len + (words[len] == ' ');
	}
	build_cpio_add(&c, &(struct build_cpio_member){
				   .name = "TRAILER!!!",
				   .ino = ino,
				   .nlink = 1,
			   });
	build_cpio_fill(&c, 512);
	return c.out.bytes;
}

struct hs_span
measured_customer(struct hs_arena *a, struct hs_span ramdisk)
{
	const struct measured_eif e = {
		.metadata = build_eif_metadata,
		.ramdisks = { build_eif_bootstrap(a), ramdisk },
	};

	return measured_eif(a, &e);
}

static const char *
pcr_text(struct hs_arena *a, const struct hs_measure_pcr *pcr)
{
	const char *list = "";

	for (size_t i = 0; i < pcr->n_sections; i++) {
		const struct hs_measure_section *s = &pcr->sections[i];

		list = hs_arena_printf(a, "%s%s%s%s", list, i ? ", " : "", s->name,
		                       s->same    ? ""
		                       : !s->in_a ? ">"
		                       : !s->in_b ? "<"
		                                  : "*");
	}
	return hs_arena_printf(a, "PCR%u %c %s: %s\n", pcr->index, pcr->same ? '=' : '~', list,
	                       pcr->sentence);
}

static const char *
cause_text(struct hs_arena *a, const struct hs_measure_cause *c)
{
	const char *pcrs = "";

	for (unsigned i = 0; i <= 8; i++)
		if (c->pcrs & HS_PCR_BIT(i))
			pcrs = hs_arena_printf(a, "%s%sPCR%u", pcrs, *pcrs ? "," : "", i);
	return hs_arena_printf(a, "%s %s %" PRIu64 " %s: %s\n", c->code, pcrs, c->n, c->path,
	                       c->sentence);
}

const char *
measured_text(struct hs_arena *a, const struct hs_measurements *m)
{
	const char *text;

	if (!m)
		return "none";
	text = hs_arena_printf(a, "%s\n", m->sentence);
	for (size_t i = 0; i < m->n_pcrs; i++)
		text = hs_arena_printf(a, "%s%s", text, pcr_text(a, &m->pcrs[i]));
	for (size_t i = 0; i < m->n_causes; i++)
		text = hs_arena_printf(a, "%s%s", text, cause_text(a, &m->causes[i]));
	if (m->n_more)
		text = hs_arena_printf(a, "%sand %" PRIu64 " more\n", text, m->n_more);
	for (size_t i = 0; i < m->n_asides; i++)
		text = hs_arena_printf(a, "%saside %s: %s\n", text, m->asides[i].name,
		                       m->asides[i].detail);
	for (size_t i = 0; i < m->n_remarks; i++)
		text = hs_arena_printf(a, "%sremark %s\n", text, m->remarks[i]);
	return text;
}

const char *
measure_both(struct hs_arena *a, struct hs_span x, struct hs_span y)
{
	struct compared c;
	const char *text;

	compared_init(&c, x, y, NULL, NULL);
	text = measured_text(a, c.report.measurements);
	compared_release(&c);
	return text;
}

const char *
measure_ramdisks(struct hs_arena *a, struct hs_span x, struct hs_span y)
{
	return measure_both(a, measured_customer(a, x), measured_customer(a, y));
}
