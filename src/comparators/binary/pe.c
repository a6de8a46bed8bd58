/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PE images: programs and libraries of Windows, EFI applications, unified
 * kernel images, .NET assemblies (Microsoft's PE/COFF specification):
 *
 *	0     DOS header "MZ", at 0x3c where "PE\0\0" stands; a stub; what Microsoft's
 *	      linker tells of its tools ("Rich")
 *	COFF  machine 2, sections 2, time 4, symbols 4 4, length 2, characteristics 2
 *	      the optional header: magic 10b or 20b, sizes, versions, checksum,
 *	      16 data directories of address 4, length 4
 *	      sections of 40: name 8, size 4, address 4, length 4, offset 4, ..., flags 4
 *
 * What varies between builds: the time of the COFF header, of exports and of
 * the debug directory (or digests in their place, with /Brepro), the GUID and
 * path of the PDB file, the checksum, signatures (Authenticode), of .NET the
 * module's version ID.
 *
 * Sections are members; those of a unified kernel image are opened as what
 * they are. Signatures are members; what else the file has is a gap.
 */
#include "comparators/comparator.h"

#include "comparators/binary/pe_facts.h"
#include "comparators/binary/pe_words.h"

#include <inttypes.h>
#include <stdlib.h>

/* Kernels begin as PE images too, and their own marks tell more: this is less than theirs. */
enum { BID = 30, CERTIFICATE_HEAD = 8, N_RANGES = HS_PE_SECTIONS + 2 };

static unsigned
pe_bid(struct hs_span file)
{
	struct hs_pe pe;

	return hs_pe_read(&pe, file) ? BID : 0;
}

static int
check(const struct hs_pe *pe, struct hs_err *err)
{
	if (pe->n_sections < pe->n_said)
		return hs_fail(err, HS_EFORMAT,
		               "the section table has %zu of the %" PRIu64
		               " sections that the header says",
		               pe->n_sections, pe->n_said);
	for (size_t i = 0; i < pe->n_sections; i++) {
		const struct hs_pe_section *s = &pe->sections[i];

		if (s->len && s->at + s->len > pe->file.len)
			return hs_fail(err, HS_EFORMAT,
			               "section %zu ends at byte %" PRIu64 ", the file has %zu", i,
			               s->at + s->len, pe->file.len);
	}
	if (pe->certificate_len && pe->certificate + pe->certificate_len > pe->file.len)
		return hs_fail(err, HS_EFORMAT,
		               "the signatures end at byte %" PRIu64 ", the file has %zu",
		               pe->certificate + pe->certificate_len, pe->file.len);
	return 0;
}

static int
pe_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_pe pe;

	if (!hs_pe_read(&pe, file))
		return hs_fail(err, HS_EFORMAT, "the file has no PE header");
	hs_pe_say_headers(out, &pe);
	hs_pe_say_rich(out, &pe);
	hs_pe_say_debug(out, &pe);
	hs_pe_say_clr(out, &pe);
	hs_pe_say_exports(out, &pe);
	hs_pe_say_imports(out, &pe);
	return check(&pe, err);
}

static void
say_section(struct hs_facts *out, struct hs_span head)
{
	struct hs_cursor c = { .rest = hs_span_from(head, 8) };
	uint64_t v;

	hs_say_u64(out, "size in memory", hs_take_le(&c, 4));
	hs_say_hex(out, "address", hs_take_le(&c, 4));
	hs_say_u64(out, "length", hs_take_le(&c, 4));
	hs_say_u64(out, "offset", hs_take_le(&c, 4));
	v = hs_take_le(&c, 8);
	if (v)
		hs_say_hex(out, "relocations and lines at", v);
	v = hs_take_le(&c, 4);
	if (v)
		hs_say_hex(out, "relocations and lines", v);
	hs_say_word(out, "flags",
	            hs_pe_section_flags_words(out->arena, (uint32_t)hs_take_le(&c, 4)));
}

static void
pe_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_cursor c = { .rest = hs_span_from(e->head, 4) };

	(void)t;
	if (e->head.len == HS_PE_SECTION) {
		say_section(out, e->head);
	} else if (e->head.len == CERTIFICATE_HEAD) {
		hs_say_hex(out, "revision", hs_take_le(&c, 2));
		hs_say_u64(out, "certificate type", hs_take_le(&c, 2));
	}
}

static const struct hs_tree_ops pe_ops = { .describe = pe_describe_member };

static int
add(struct hs_tree *out, struct hs_span name, struct hs_span head, struct hs_span bytes,
    struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_tree_add(&e, out, name, err) < 0)
		return err->code;
	e->key = name;
	e->head = head;
	e->bytes = bytes;
	e->size = bytes.len;
	e->kind = HS_KIND_OTHER;
	return 0;
}

static int
add_sections(struct hs_tree *out, const struct hs_pe *pe, struct hs_err *err)
{
	for (size_t i = 0; i < pe->n_sections; i++) {
		const struct hs_pe_section *s = &pe->sections[i];
		const struct hs_span bytes = hs_span_head(hs_span_from(pe->file, s->at), s->len);
		struct hs_span name = s->name;

		if (name.len == 0)
			name = hs_arena_span(&out->arena, "section[%zu]", i);
		if (add(out, name, s->head, bytes, err) < 0)
			return err->code;
	}
	return 0;
}

/* Signatures, each with a head of 8 bytes, at multiples of 8. */
static int
add_certificates(struct hs_tree *out, const struct hs_pe *pe, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_head(hs_span_from(pe->file, pe->certificate),
		                                    pe->certificate_len) };

	while (c.rest.len) {
		const struct hs_span head = hs_span_head(c.rest, CERTIFICATE_HEAD);
		const uint64_t len = hs_take_le(&c, 4);
		struct hs_span bytes;

		hs_take(&c, 4);
		bytes = hs_take(&c, len < CERTIFICATE_HEAD ? UINT64_MAX : len - CERTIFICATE_HEAD);
		if (c.cut)
			return hs_fail(err, HS_EFORMAT, "a signature of the image is cut short");
		if (add(out, HS_SPAN("(signature)"), head, bytes, err) < 0)
			return err->code;
		bytes = hs_take(&c, c.rest.len < 8 ? c.rest.len : (8 - len % 8) % 8);
		if (!hs_span_is_zero(bytes) &&
		    hs_tree_add_gap(out, "behind the signature", bytes, err) < 0)
			return err->code;
	}
	return 0;
}

/* A part of the file that something tells. */
struct range {
	uint64_t from, to;
};

static int
by_place(const void *x, const void *y)
{
	const struct range *a = x, *b = y;

	return a->from == b->from ? 0 : a->from < b->from ? -1 : 1;
}

static int
add_gaps(struct hs_tree *out, const struct hs_pe *pe, struct hs_err *err)
{
	struct range ranges[N_RANGES] = {
		{ 0, pe->table },
		{ pe->certificate, pe->certificate + pe->certificate_len },
	};
	size_t n = 2;
	uint64_t behind = 0;

	for (size_t i = 0; i < pe->n_sections; i++, n++)
		ranges[n] = (struct range){ pe->sections[i].at,
			                    pe->sections[i].at + pe->sections[i].len };
	qsort(ranges, n, sizeof(ranges[0]), by_place);
	for (size_t i = 0; i <= n; i++) {
		const uint64_t to = i < n ? ranges[i].from : pe->file.len;
		struct hs_span gap = { NULL, 0 };

		if (i < n && ranges[i].from == ranges[i].to)
			continue;
		if (to > behind)
			gap = hs_span_head(hs_span_from(pe->file, behind), to - behind);
		if (gap.len && !hs_span_is_zero(gap) &&
		    hs_tree_add_gap(out, i < n ? "between the sections" : "behind the sections",
		                    gap, err) < 0)
			return err->code;
		if (i < n && ranges[i].to > behind)
			behind = ranges[i].to;
	}
	return 0;
}

/* The DOS header and its stub; without what the facts "rich" tell. */
static int
add_stub(struct hs_tree *out, const struct hs_pe *pe, struct hs_err *err)
{
	struct hs_facts ignored = { .arena = &out->arena };
	const struct hs_span stub = hs_span_head(pe->file, pe->start);
	const struct hs_span rich = hs_pe_say_rich(&ignored, pe);
	const size_t before = rich.len ? (size_t)(rich.at - stub.at) : stub.len;

	if (hs_tree_add_gap(out, "DOS header", hs_span_head(stub, before), err) < 0)
		return err->code;
	if (before + rich.len == stub.len)
		return 0;
	return hs_tree_add_gap(out, "behind the DOS header", hs_span_from(stub, before + rich.len),
	                       err);
}

static int
pe_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_pe pe;

	if (!hs_pe_read(&pe, file))
		return hs_fail(err, HS_EFORMAT, "the file has no PE header");
	out->ops = &pe_ops;
	if (add_stub(out, &pe, err) < 0 || add_sections(out, &pe, err) < 0 ||
	    add_gaps(out, &pe, err) < 0 || add_certificates(out, &pe, err) < 0)
		return err->code;
	return check(&pe, err);
}

const struct hs_comparator hs_comparator_pe = {
	.name = "pe",
	.about = "PE images: Windows and EFI programs, unified kernels, .NET",
	.known_by = "\"MZ\" at 0, \"PE\" where the field at 0x3c says",
	.shape = HS_SHAPE_PARTS,
	.bid = pe_bid,
	.describe = pe_describe,
	.expand = pe_expand,
};
