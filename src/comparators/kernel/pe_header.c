/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/pe_header.h"

#include "core/escape.h"

#include <inttypes.h>

enum {
	AT_PE = 0x3c,
	COFF = 4 + 20, /* with the signature before it */
	PE32_PLUS = 0x20b,
	CHECKSUM = 64, /* in the optional header */
	CERTIFICATE_TABLE = 4,
	SECTION = 40,
};

/* The bytes of the optional header from `at` on. */
static struct hs_cursor
at(struct hs_span optional, uint64_t offset)
{
	return (struct hs_cursor){ .rest = hs_span_from(optional, offset) };
}

static void
read_optional(struct hs_pe *pe, struct hs_span optional)
{
	struct hs_cursor c = at(optional, 0);
	uint64_t n_directories, directories;

	pe->magic = (unsigned)hs_take_le(&c, 2);
	directories = pe->magic == PE32_PLUS ? 112 : 96;
	c = at(optional, 56);
	pe->image_size = (uint32_t)hs_take_le(&c, 4);
	pe->end = hs_take_le(&c, 4);
	c = at(optional, CHECKSUM);
	pe->checksum = (uint32_t)hs_take_le(&c, 4);
	c = at(optional, directories - 4);
	n_directories = hs_take_le(&c, 4);
	if (n_directories <= CERTIFICATE_TABLE)
		return;
	c = at(optional, directories + (uint64_t)8 * CERTIFICATE_TABLE);
	pe->certificate = hs_take_le(&c, 4);
	pe->certificate_len = hs_take_le(&c, 4);
	if (c.cut)
		pe->certificate = pe->certificate_len = 0;
}

static void
read_sections(struct hs_pe *pe, struct hs_cursor c, size_t n)
{
	for (size_t i = 0; i < n && i < HS_PE_SECTIONS; i++) {
		struct hs_pe_section *s = &pe->sections[i];

		s->name = hs_take(&c, 8);
		hs_take(&c, 8);
		s->len = hs_take_le(&c, 4);
		s->at = hs_take_le(&c, 4);
		hs_take(&c, SECTION - 24);
		if (c.cut)
			return;
		while (s->name.len && s->name.at[s->name.len - 1] == 0)
			s->name.len--;
		pe->n_sections++;
	}
}

bool
hs_pe_read(struct hs_pe *out, struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, AT_PE) };
	uint64_t where, n_sections, optional;

	*out = (struct hs_pe){ 0 };
	where = hs_take_le(&c, 4);
	c.rest = hs_span_from(file, where);
	if (!hs_span_starts(file, HS_SPAN("MZ")) || !hs_span_starts(c.rest, HS_SPAN("PE\0\0")))
		return false;
	hs_take(&c, 4);
	out->machine = (unsigned)hs_take_le(&c, 2);
	n_sections = hs_take_le(&c, 2);
	out->timestamp = (uint32_t)hs_take_le(&c, 4);
	hs_take(&c, 8);
	optional = hs_take_le(&c, 2);
	hs_take(&c, 2);
	if (c.cut)
		return false;
	read_optional(out, hs_span_head(c.rest, optional));
	c.rest = hs_span_from(c.rest, optional);
	read_sections(out, c, n_sections);
	if (out->end < where + COFF + optional + out->n_sections * SECTION)
		out->end = where + COFF + optional + out->n_sections * SECTION;
	return true;
}

static const char *
machine_name(unsigned machine)
{
	switch (machine) {
	case 0x14c:
		return "i386";
	case 0x8664:
		return "x86-64";
	case 0xaa64:
		return "arm64";
	default:
		return NULL;
	}
}

void
hs_say_pe(struct hs_facts *out, const struct hs_pe *pe)
{
	const char *name = pe ? machine_name(pe->machine) : NULL;

	if (!pe) {
		hs_say_word(out, "efi stub", "no");
		return;
	}
	if (name)
		hs_say_word(out, "efi stub", name);
	else
		hs_sayf(out, "efi stub", "for machine 0x%04x", pe->machine);
	hs_say_u64(out, "pe timestamp", pe->timestamp);
	hs_say_u64(out, "pe image size", pe->image_size);
	hs_say_hex(out, "pe checksum", pe->checksum);
	if (pe->certificate_len)
		hs_sayf(out, "pe signature", "%" PRIu64 " bytes at offset %" PRIu64,
		        pe->certificate_len, pe->certificate);
	else if (pe->certificate)
		hs_sayf(out, "pe signature", "none, at offset %" PRIu64, pe->certificate);
	else
		hs_say_word(out, "pe signature", "none");
}

void
hs_pe_regions(struct hs_kernel_parts *p, struct hs_arena *a, const struct hs_pe *pe)
{
	for (size_t i = 0; i < pe->n_sections; i++) {
		const struct hs_pe_section *s = &pe->sections[i];
		const struct hs_span name = hs_arena_copy(a, hs_escape(a, s->name));

		hs_parts_region(p, (struct hs_kernel_region){ s->at, s->len,
		                                              name.len ? (const char *)name.at
		                                                       : "unnamed section",
		                                              false });
	}
	if (pe->certificate_len)
		hs_parts_region(p, (struct hs_kernel_region){ pe->certificate, pe->certificate_len,
		                                              "signature", true });
	hs_parts_region(p, (struct hs_kernel_region){ 0, pe->end, "headers", true });
}
