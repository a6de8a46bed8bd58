/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a strict reader wants of an EIF beyond what AWS's reader looks at: the
 * README of image-format tells it as the hypervisor's rules, issue 54 there is
 * the size table that signing a second time leaves behind.
 */
#include "enclave/eif_problems.h"

#include "core/escape.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum {
	FIRST_ROOM = 8,
	VERSION_FIRST = 2,     /* nitro-cli 0.1.0 */
	VERSION_SIGNATURE = 3, /* nitro-cli 1.0.10 */
	VERSION_METADATA = 4,  /* nitro-cli 1.2.0 */
	FLAG_PCIE = 0x0040,
	FLAG_PCIE_VIRTIO = 0x0200,
	RESERVED_AT = 0x18,
	UNUSED_AT = 0x21c,
};

struct hs_eif_problem *
hs_eif_problem(struct hs_eif_problems *p, size_t section, const char *code, const char *fmt, ...)
{
	struct hs_eif_problem *more;
	struct hs_err err; /* for its length: every problem can be an error */
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err.text, sizeof(err.text), fmt, ap);
	va_end(ap);
	if (p->n == p->room) {
		p->room = p->room ? p->room * 2 : FIRST_ROOM;
		more = hs_arena_array(p->arena, p->room, sizeof(*more));
		if (p->n)
			memcpy(more, p->list, p->n * sizeof(*more));
		p->list = more;
	}
	p->list[p->n] = (struct hs_eif_problem){
		.code = code,
		.text = hs_arena_printf(p->arena, "%s", err.text),
		.section = section,
	};
	return &p->list[p->n++];
}

static void
check_flags(struct hs_eif_problems *p, uint16_t flags)
{
	const unsigned unknown = flags & ~(unsigned)HS_EIF_FLAG_ARM64;
	const bool pcie = unknown & FLAG_PCIE, virtio = unknown & FLAG_PCIE_VIRTIO;

	if (!unknown)
		return;
	hs_eif_problem(
		p, SIZE_MAX, "eif-flags",
		"the header's flags 0x%04x hold bits beside the architecture's (0x%04x%s%s): "
		"PCR0 of such an image may be made in another way",
		flags, unknown, pcie || virtio ? ", of them PCIe" : "",
		virtio ? " with virtio" : "");
}

void
hs_eif_check_header(struct hs_eif_problems *p, const struct hs_eif *eif)
{
	char shown[32];

	if (!hs_eif_is(eif->file)) {
		hs_escape_short(shown, sizeof(shown), eif->magic);
		hs_eif_problem(p, SIZE_MAX, "eif-magic",
		               "the file begins with \"%s\" and not with \".eif\"", shown);
	}
	if (eif->version < VERSION_FIRST || eif->version > VERSION_METADATA)
		hs_eif_problem(p, SIZE_MAX, "eif-version",
		               "version %u of the format is not known (2, 3 and 4 are)",
		               eif->version);
	check_flags(p, eif->flags);
	if (eif->reserved)
		hs_eif_problem(p, SIZE_MAX, "eif-reserved",
		               "the reserved field at offset %d is %u and not 0", RESERVED_AT,
		               eif->reserved);
	if (eif->unused)
		hs_eif_problem(p, SIZE_MAX, "eif-unused",
		               "the unused field at offset %d is %" PRIu32 " and not 0", UNUSED_AT,
		               eif->unused);
}

static const char *
bytes_of(size_t n)
{
	return n == 1 ? "byte" : "bytes";
}

void
hs_eif_check_gap(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i)
{
	const struct hs_span gap = eif->gaps[i];
	const uint64_t at = (uint64_t)(gap.at - eif->file.at), end = at + gap.len;

	if (end < eif->file.len)
		hs_eif_problem(p, SIZE_MAX, "eif-gap",
		               "%zu %s of no section at offset %" PRIu64
		               ", in front of the section at %" PRIu64
		               ": AWS's reader takes them for one",
		               gap.len, bytes_of(gap.len), at, end)
			->aws_refuses = true;
	else if (gap.len < HS_EIF_SECTION_HEADER)
		hs_eif_problem(p, SIZE_MAX, "eif-trailing",
		               "%zu %s of no section at the end, at offset %" PRIu64
		               ", too few for another",
		               gap.len, bytes_of(gap.len), at);
	else
		hs_eif_problem(p, SIZE_MAX, "eif-trailing",
		               "%zu bytes of no section at the end, at offset %" PRIu64, gap.len,
		               at)
			->aws_refuses = true;
}

/* "the kernel", "ramdisk 2", "metadata 2": for the middle of a sentence. */
struct shown {
	char text[64];
};

static struct shown
show(const struct hs_eif_section *s)
{
	struct shown out;

	if (s->type == HS_EIF_INVALID)
		snprintf(out.text, sizeof(out.text), "the section of type %u", s->raw_type);
	else if (s->type == HS_EIF_RAMDISK || s->ordinal > 1)
		snprintf(out.text, sizeof(out.text), "%s %u", hs_eif_type_name(s->type),
		         s->ordinal);
	else
		snprintf(out.text, sizeof(out.text), "the %s", hs_eif_type_name(s->type));
	return out;
}

static void
check_place(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i)
{
	const struct hs_eif_section *s = &eif->sections[i];
	const struct hs_eif_section *kernel = hs_eif_find(eif, HS_EIF_KERNEL, 1);

	if (s->type == HS_EIF_RAMDISK && kernel && kernel > s)
		hs_eif_problem(p, i, "eif-order",
		               "ramdisk %u at offset %" PRIu64
		               " stands before the kernel at offset %" PRIu64,
		               s->ordinal, s->offset, kernel->offset);
	if (s->type != HS_EIF_SIGNATURE)
		return;
	if (i + 1 < eif->n_sections)
		hs_eif_problem(p, i, "eif-signature-place",
		               "%s at offset %" PRIu64 " is not the last section", show(s).text,
		               s->offset);
	if (s->size > HS_EIF_MAX_SIGNATURE)
		hs_eif_problem(p, i, "eif-signature-size",
		               "%s has %" PRIu64 " bytes; enclaves start with no more than %d",
		               show(s).text, s->size, HS_EIF_MAX_SIGNATURE);
}

void
hs_eif_check_section(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i)
{
	const struct hs_eif_section *s = &eif->sections[i];

	if (s->type == HS_EIF_INVALID)
		hs_eif_problem(p, i, "eif-section-type",
		               s->raw_type ? "the section at offset %" PRIu64
		                             " is of type %u, and 5 is the last that is known"
		                           : "the section at offset %" PRIu64
		                             " is of type %u, which is invalid",
		               s->offset, s->raw_type)
			->aws_refuses = true;
	if (s->flags)
		hs_eif_problem(p, i, "eif-section-flags",
		               "the flags of %s at offset %" PRIu64 " are 0x%04x and not 0",
		               show(s).text, s->offset, s->flags);
	if (s->data.len < s->size)
		hs_eif_problem(p, i, "eif-section-size",
		               "%s at offset %" PRIu64 " claims %" PRIu64
		               " bytes, and the file has %" PRIu64 " behind its header",
		               show(s).text, s->offset, s->size,
		               eif->file.len - s->offset - HS_EIF_SECTION_HEADER)
			->aws_refuses = true;
	if (s->ordinal > 1 && s->type != HS_EIF_RAMDISK && s->type != HS_EIF_INVALID)
		hs_eif_problem(p, i, "eif-repeated",
		               "the section at offset %" PRIu64
		               " is %s; there can only be one of them",
		               s->offset, show(s).text);
	check_place(p, eif, i);
}

/* The section whose header stands at the offset: its index, or SIZE_MAX. */
static size_t
section_at(const struct hs_eif *eif, uint64_t offset)
{
	for (size_t i = 0; i < eif->n_sections; i++)
		if (eif->sections[i].offset == offset)
			return i;
	return SIZE_MAX;
}

/* A place of the table that leads to no section. */
static void
check_stray(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i)
{
	const uint64_t offset = eif->offsets[i];

	if (offset >= eif->file.len) {
		hs_eif_problem(p, SIZE_MAX, "eif-offset-table",
		               "entry %zu of the table of offsets is %" PRIu64
		               ", and the file has %zu bytes",
		               i + 1, offset, eif->file.len);
		return;
	}
	for (size_t k = 0; k < eif->n_sections; k++) {
		const struct hs_eif_section *s = &eif->sections[k];

		if (offset < s->offset ||
		    offset - s->offset >= HS_EIF_SECTION_HEADER + (uint64_t)s->data.len)
			continue;
		hs_eif_problem(p, k, "eif-overlap",
		               "entry %zu of the table of offsets is %" PRIu64
		               ", which is inside %s at offset %" PRIu64,
		               i + 1, offset, show(s).text, s->offset);
		return;
	}
	hs_eif_problem(p, SIZE_MAX, "eif-offset-table",
	               "entry %zu of the table of offsets is %" PRIu64 ", where no section begins",
	               i + 1, offset);
}

/* An entry of the tables that stands for the section it should. */
static void
check_size(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i, size_t section)
{
	const struct hs_eif_section *s = &eif->sections[section];

	if (eif->sizes[i] == s->size)
		return;
	hs_eif_problem(p, section, "eif-size-table",
	               "the table of sizes says %" PRIu64
	               " bytes for %s, its own header says %" PRIu64 "%s",
	               eif->sizes[i], show(s).text, s->size,
	               s->type == HS_EIF_SIGNATURE
	                       ? " (AWS's tools leave that behind when they sign a second time)"
	                       : "");
}

static void
check_entries(struct hs_eif_problems *p, const struct hs_eif *eif)
{
	uint64_t last = 0;
	bool ascending = true;

	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++) {
		const uint64_t offset = eif->offsets[i];
		const size_t section = section_at(eif, offset);

		if (section != SIZE_MAX)
			check_size(p, eif, i, section);
		else if (offset)
			check_stray(p, eif, i);
		else if (eif->sizes[i])
			hs_eif_problem(p, SIZE_MAX, "eif-size-table",
			               "entry %zu of the table of sizes is %" PRIu64
			               ", and there is no offset for it",
			               i + 1, eif->sizes[i]);
		ascending = ascending && (!offset || offset > last);
		last = offset ? offset : last;
	}
	if (!ascending)
		hs_eif_problem(p, SIZE_MAX, "eif-table-order",
		               "the table of offsets does not ascend: who follows it meets the "
		               "sections in another order than who reads the file");
}

static bool
is_listed(const struct hs_eif *eif, uint64_t offset)
{
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		if (eif->offsets[i] == offset)
			return true;
	return false;
}

void
hs_eif_check_tables(struct hs_eif_problems *p, const struct hs_eif *eif)
{
	const size_t n = eif->n_sections;

	if (n > HS_EIF_MAX_SECTIONS || eif->n_claimed > HS_EIF_MAX_SECTIONS)
		hs_eif_problem(p, SIZE_MAX, "eif-count",
		               "the file has %zu sections and its header claims %u; there can be "
		               "%d at most",
		               n, eif->n_claimed, HS_EIF_MAX_SECTIONS);
	else if (n != eif->n_claimed)
		hs_eif_problem(p, SIZE_MAX, "eif-count",
		               "the file has %zu section%s, and its header claims %u", n,
		               n == 1 ? "" : "s", eif->n_claimed);
	check_entries(p, eif);
	for (size_t i = 0; i < n && i < HS_EIF_MAX_SECTIONS; i++)
		if (!is_listed(eif, eif->sections[i].offset))
			hs_eif_problem(p, i, "eif-not-listed",
			               "%s at offset %" PRIu64 " is not in the table of offsets",
			               show(&eif->sections[i]).text, eif->sections[i].offset);
}

void
hs_eif_check_roles(struct hs_eif_problems *p, const struct hs_eif *eif)
{
	static const struct {
		enum hs_eif_type type;
		const char *code, *text;
	} needed[] = {
		{ HS_EIF_KERNEL, "eif-no-kernel", "there is no kernel" },
		{ HS_EIF_CMDLINE, "eif-no-cmdline", "there is no kernel command line" },
		{ HS_EIF_RAMDISK, "eif-no-ramdisk", "there is no ramdisk" },
	};
	const bool metadata = hs_eif_find(eif, HS_EIF_METADATA, 1);

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!hs_eif_find(eif, needed[i].type, 1))
			hs_eif_problem(p, SIZE_MAX, needed[i].code, "%s", needed[i].text);
	if (eif->version == VERSION_METADATA && !metadata)
		hs_eif_problem(p, SIZE_MAX, "eif-no-metadata",
		               "there are no metadata, which version 4 must have");
	if (eif->version < VERSION_METADATA && metadata)
		hs_eif_problem(p, SIZE_MAX, "eif-metadata-version",
		               "there are metadata, which version %u does not have", eif->version);
	if (eif->version < VERSION_SIGNATURE && hs_eif_find(eif, HS_EIF_SIGNATURE, 1))
		hs_eif_problem(p, SIZE_MAX, "eif-signature-version",
		               "there is a signature, which version %u does not have",
		               eif->version);
}
