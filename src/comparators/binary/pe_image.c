/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_image.h"

enum {
	AT_PE = 0x3c,
	CHECKSUM = 64, /* in the optional header */
};

/* The bytes of the optional header from `at` on. */
static struct hs_cursor
at(struct hs_span optional, uint64_t offset)
{
	return (struct hs_cursor){ .rest = hs_span_from(optional, offset) };
}

struct hs_pe_directory
hs_pe_directory(const struct hs_pe *pe, size_t i)
{
	struct hs_cursor c = at(pe->optional, pe->directories + i * HS_PE_DIRECTORY);
	struct hs_pe_directory d;

	if (i >= pe->n_directories)
		return (struct hs_pe_directory){ 0 };
	d.address = (uint32_t)hs_take_le(&c, 4);
	d.len = (uint32_t)hs_take_le(&c, 4);
	return c.cut ? (struct hs_pe_directory){ 0 } : d;
}

static void
read_optional(struct hs_pe *pe, struct hs_span optional)
{
	struct hs_cursor c = at(optional, 0);
	struct hs_pe_directory certificates;
	uint64_t n;

	pe->optional = optional;
	pe->magic = (unsigned)hs_take_le(&c, 2);
	pe->directories = pe->magic == HS_PE32_PLUS ? 112 : 96;
	c = at(optional, 56);
	pe->image_size = (uint32_t)hs_take_le(&c, 4);
	pe->end = hs_take_le(&c, 4);
	c = at(optional, CHECKSUM);
	pe->checksum = (uint32_t)hs_take_le(&c, 4);
	c = at(optional, pe->directories - 4);
	n = hs_take_le(&c, 4);
	pe->n_directories = n < HS_PE_DIRECTORIES ? (size_t)n : HS_PE_DIRECTORIES;
	certificates = hs_pe_directory(pe, HS_PE_CERTIFICATES);
	pe->certificate = certificates.address;
	pe->certificate_len = certificates.len;
}

static void
read_sections(struct hs_pe *pe, struct hs_cursor c)
{
	for (size_t i = 0; i < pe->n_said && i < HS_PE_SECTIONS; i++) {
		struct hs_pe_section *s = &pe->sections[i];

		s->head = hs_span_head(c.rest, HS_PE_SECTION);
		s->name = hs_take(&c, 8);
		s->size = (uint32_t)hs_take_le(&c, 4);
		s->address = (uint32_t)hs_take_le(&c, 4);
		s->len = hs_take_le(&c, 4);
		s->at = hs_take_le(&c, 4);
		hs_take(&c, HS_PE_SECTION - 24);
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
	uint64_t optional;

	*out = (struct hs_pe){ .file = file };
	out->start = hs_take_le(&c, 4);
	c.rest = hs_span_from(file, out->start);
	if (!hs_span_starts(file, HS_SPAN("MZ")) || !hs_span_starts(c.rest, HS_SPAN("PE\0\0")))
		return false;
	hs_take(&c, 4);
	out->machine = (unsigned)hs_take_le(&c, 2);
	out->n_said = hs_take_le(&c, 2);
	out->timestamp = (uint32_t)hs_take_le(&c, 4);
	out->symbols = (uint32_t)hs_take_le(&c, 4);
	out->n_symbols = (uint32_t)hs_take_le(&c, 4);
	optional = hs_take_le(&c, 2);
	hs_take(&c, 2);
	if (c.cut)
		return false;
	read_optional(out, hs_span_head(c.rest, optional));
	c.rest = hs_span_from(c.rest, optional);
	read_sections(out, c);
	out->table = out->start + HS_PE_COFF + optional + out->n_sections * HS_PE_SECTION;
	if (out->end < out->table)
		out->end = out->table;
	return true;
}

struct hs_span
hs_pe_at(const struct hs_pe *pe, uint64_t address)
{
	for (size_t i = 0; i < pe->n_sections; i++) {
		const struct hs_pe_section *s = &pe->sections[i];
		const struct hs_span bytes = hs_span_head(hs_span_from(pe->file, s->at), s->len);

		if (address >= s->address && address - s->address < bytes.len)
			return hs_span_from(bytes, address - s->address);
	}
	return (struct hs_span){ NULL, 0 };
}

struct hs_span
hs_pe_directory_bytes(const struct hs_pe *pe, size_t i)
{
	const struct hs_pe_directory d = hs_pe_directory(pe, i);

	return hs_span_head(hs_pe_at(pe, d.address), d.len);
}

struct hs_span
hs_pe_text(const struct hs_pe *pe, uint64_t address)
{
	struct hs_cursor c = { .rest = hs_pe_at(pe, address) };
	const struct hs_span text = hs_take_string(&c);

	return c.cut ? (struct hs_span){ NULL, 0 } : text;
}
