/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Enclave images of AWS Nitro Enclaves (README of image-format; layout and
 * walk: enclave/eif.h):
 *
 *	header     magic, version, flags, memory, CPUs, tables, CRC-32
 *	sections   kernel, cmdline, metadata, ramdisk[1], ramdisk[2] ..., signature
 *	gaps       bytes that are no section's
 *
 * What counts for an enclave's identity are the PCRs, sums over the content
 * of kernel, cmdline and ramdisks in their order. What varies between builds
 * beside them: the metadata (time of the build, version of the tool, what
 * Docker says of the image), the signature (ECDSA draws a number for each),
 * and with both the tables and the CRC-32, which follow from the sections and
 * are facts of their own only where they do not.
 */
#include "comparators/comparator.h"

#include "enclave/eif_writer.h"
#include "enclave/metadata.h"

#include <inttypes.h>

enum { MAGIC_BITS = 32 };

static unsigned
eif_bid(struct hs_span file)
{
	return hs_eif_is(file) ? MAGIC_BITS : 0;
}

/* Whether the tables and the count are those that follow from the sections. */
static bool
is_regular(const struct hs_eif *eif)
{
	struct hs_eif regular = *eif;

	hs_eif_list_sections(&regular);
	return eif->n_claimed == regular.n_claimed && eif->n_sections <= HS_EIF_MAX_SECTIONS &&
	       memcmp(eif->offsets, regular.offsets, sizeof(eif->offsets)) == 0 &&
	       memcmp(eif->sizes, regular.sizes, sizeof(eif->sizes)) == 0;
}

/* A table up to its last entry that is not 0. */
static void
say_table(struct hs_facts *out, const char *field, const uint64_t table[HS_EIF_MAX_SECTIONS])
{
	struct hs_span all = { 0 };
	size_t n = HS_EIF_MAX_SECTIONS;

	while (n && table[n - 1] == 0)
		n--;
	for (size_t i = 0; i < n; i++)
		all = hs_arena_join(
			out->arena, all,
			hs_arena_span(out->arena, "%s%" PRIu64, i ? ", " : "", table[i]));
	hs_say(out, field, all);
}

static void
say_header(struct hs_facts *out, const struct hs_eif *eif, uint32_t crc)
{
	hs_say_u64(out, "version", eif->version);
	hs_say_word(out, "architecture", hs_eif_arch(eif->flags));
	if (eif->flags & ~HS_EIF_FLAG_ARM64)
		hs_say_hex(out, "flags", eif->flags);
	hs_say_u64(out, "default memory", eif->memory);
	hs_say_u64(out, "default CPUs", eif->cpus);
	if (eif->reserved)
		hs_say_hex(out, "reserved", eif->reserved);
	if (eif->unused)
		hs_say_hex(out, "unused", eif->unused);
	if (!is_regular(eif)) {
		hs_say_u64(out, "number of sections", eif->n_claimed);
		say_table(out, "table of offsets", eif->offsets);
		say_table(out, "table of sizes", eif->sizes);
	}
	/* The right one follows from all the rest. */
	out->of_members = crc == eif->crc;
	hs_sayf(out, "crc32", "%08" PRIx32 "%s", eif->crc, crc == eif->crc ? "" : " (wrong)");
	out->of_members = false;
	hs_say_word(out, "header measured in", "no PCR");
}

static int
eif_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_eif eif;
	const int rc = hs_eif_read(&eif, out->arena, file, err);

	if (rc == HS_EFORMAT)
		return rc;
	say_header(out, &eif, hs_eif_crc(file));
	return rc;
}

static const char *
measured_in(const struct hs_eif_section *s)
{
	switch (s->type) {
	case HS_EIF_KERNEL:
	case HS_EIF_CMDLINE:
		return "PCR0, PCR1";
	case HS_EIF_RAMDISK:
		return s->ordinal == 1 ? "PCR0, PCR1" : "PCR0, PCR2";
	case HS_EIF_SIGNATURE:
		return s->ordinal == 1 ? "PCR8, by its certificate" : "no PCR";
	default:
		return "no PCR";
	}
}

static void
eif_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_eif_section *s = e->more;
	const struct hs_meta m = {
		.has = HS_HAS_SIZE,
		.kind = e->kind,
		.size = s ? s->size : e->bytes.len,
	};

	(void)t;
	hs_say_meta(out, &m);
	if (!s)
		return;
	if (s->type == HS_EIF_INVALID)
		hs_say_u64(out, "section type", s->raw_type);
	if (s->flags)
		hs_say_hex(out, "section flags", s->flags);
	hs_say_word(out, "measured in", measured_in(s));
}

static const struct hs_tree_ops eif_ops = { .describe = eif_describe_member };

/* Of the tables, which are the file's and may differ where no section does. */
static bool
is_of_table(const struct hs_eif_problem *p)
{
	return strcmp(p->code, "eif-size-table") == 0 || strcmp(p->code, "eif-overlap") == 0 ||
	       strcmp(p->code, "eif-not-listed") == 0;
}

/* A section that ends with the file is all that the comparison cannot see to its end. */
static struct hs_entry_note
note_of(const struct hs_eif_problem *p)
{
	return (struct hs_entry_note){
		.code = p->code,
		.text = p->text,
		.damage = strcmp(p->code, "eif-section-size") == 0,
	};
}

/* The notes of the file: of its header, its gaps and its tables, of what is missing, and the CRC.
 */
static void
note_file(struct hs_tree *out, const struct hs_eif *eif)
{
	struct hs_entry_note *list =
		hs_arena_array(&out->arena, eif->n_problems + 1, sizeof(*list));
	struct hs_err wrong;

	for (size_t i = 0; i < eif->n_problems; i++)
		if (eif->problems[i].section == SIZE_MAX || is_of_table(&eif->problems[i]))
			list[out->n_notes++] = note_of(&eif->problems[i]);
	if (hs_eif_crc_problem(&wrong, eif, hs_eif_crc(eif->file)))
		list[out->n_notes++] = (struct hs_entry_note){
			.code = "eif-crc",
			.text = hs_arena_printf(&out->arena, "%s", wrong.text),
		};
	out->notes = list;
}

/* A walk over sections, gaps and problems, each in the order of the file. */
struct parts {
	struct hs_tree *tree;
	const struct hs_eif *eif;
	size_t problem, gap;
};

/* Whether AWS's reader refuses the metadata; *out then says so. */
static bool
metadata_problem(struct hs_entry_note *out, struct hs_tree *t, const struct hs_eif_section *s)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->worker->scratch);
	struct hs_metadata m;
	struct hs_err why;
	const bool bad = s->type == HS_EIF_METADATA &&
	                 hs_metadata_read(&m, &t->worker->scratch, s->data, &why) < 0;

	hs_arena_rewind(&t->worker->scratch, mark);
	if (bad)
		*out = (struct hs_entry_note){
			.code = "eif-metadata",
			.text = hs_arena_printf(&t->arena, "AWS's reader refuses it: %s", why.text),
		};
	return bad;
}

/* The problems of that section stand together, in front of those of the tables. */
static void
note_section(struct parts *p, struct hs_entry *e, size_t section)
{
	const struct hs_eif_problem *all = p->eif->problems;
	const size_t n = p->eif->n_problems;
	struct hs_entry_note *list, metadata;
	const bool bad = metadata_problem(&metadata, p->tree, &p->eif->sections[section]);
	size_t end;

	while (p->problem < n && all[p->problem].section == SIZE_MAX)
		p->problem++;
	for (end = p->problem; end < n && all[end].section == section; end++)
		if (is_of_table(&all[end]))
			break;
	if (end == p->problem && !bad)
		return;
	list = hs_arena_array(&p->tree->arena, end - p->problem + 1, sizeof(*list));
	e->notes = list;
	for (; p->problem < end; p->problem++)
		list[e->n_notes++] = note_of(&all[p->problem]);
	if (bad)
		list[e->n_notes++] = metadata;
}

static int
add_section(struct parts *p, size_t i, struct hs_err *err)
{
	const struct hs_eif_section *s = &p->eif->sections[i];
	const char *name = hs_eif_section_name(&p->tree->arena, s);
	struct hs_entry *e;

	if (hs_tree_add(&e, p->tree, hs_span_of(name), err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->head = s->header;
	e->bytes = s->data;
	e->size = s->data.len;
	e->more = s;
	note_section(p, e, i);
	return 0;
}

/* The gaps in front of `end`, which is a place in the file. */
static int
add_gaps(struct parts *p, const uint8_t *end, struct hs_err *err)
{
	const struct hs_eif *eif = p->eif;

	for (; p->gap < eif->n_gaps && eif->gaps[p->gap].at < end; p->gap++) {
		const struct hs_span gap = eif->gaps[p->gap];
		const bool last = gap.at + gap.len == eif->file.at + eif->file.len;

		if (hs_tree_add_gap(p->tree, last ? "after the sections" : "between the sections",
		                    gap, err) < 0)
			return err->code;
	}
	return 0;
}

static int
eif_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_eif *eif = hs_arena_alloc(&out->arena, sizeof(*eif));
	struct parts p = { .tree = out, .eif = eif };
	const int rc = hs_eif_read(eif, &out->arena, file, err);
	struct hs_err full;

	out->ops = &eif_ops;
	if (rc == HS_EFORMAT) {
		hs_tree_add_gap(out, "unreadable", file, &full);
		return rc;
	}
	note_file(out, eif);
	for (size_t i = 0; i < eif->n_sections; i++)
		if (add_gaps(&p, eif->sections[i].header.at, rc < 0 ? &full : err) < 0 ||
		    add_section(&p, i, rc < 0 ? &full : err) < 0)
			return rc < 0 ? rc : err->code;
	if (add_gaps(&p, file.at + file.len, rc < 0 ? &full : err) < 0 && rc == 0)
		return err->code;
	return rc;
}

const struct hs_comparator hs_comparator_eif = {
	.name = "eif",
	.about = "AWS Nitro enclave images: kernel, cmdline, metadata, ramdisks, signature",
	.known_by = "\".eif\" at 0",
	.shape = HS_SHAPE_PARTS,
	.bid = eif_bid,
	.describe = eif_describe,
	.expand = eif_expand,
};
