/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_file.h"

#include "core/limits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	HEADER_32 = 52,
	HEADER_64 = 64,
	ROW_SECTION_32 = 40,
	ROW_SECTION_64 = 64,
	ROW_SEGMENT_32 = 32,
	ROW_SEGMENT_64 = 56,
	CHDR_32 = 12,
	CHDR_64 = 24,
	ZDEBUG_HEADER = 12,
	COMPRESS_ZLIB = 1,
	COMPRESS_ZSTD = 2, /* glibc 2.36 has no name for it */
	KEPT_PROBLEMS = 16,
};

/* Reading: what is wrong is collected here. */
struct reading {
	struct hs_elf *elf;
	struct hs_arena *arena;
	struct hs_entry_note *notes;
};

/* Sets aside a sentence on the tables; those past the last that is kept follow from the same
 * damage. */
static void __attribute__((format(printf, 3, 4)))
problem(struct reading *r, const char *code, const char *fmt, ...)
{
	char text[256];
	va_list args;

	if (r->elf->n_problems >= KEPT_PROBLEMS)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (!r->notes)
		r->notes = hs_arena_array(r->arena, KEPT_PROBLEMS, sizeof(*r->notes));
	r->notes[r->elf->n_problems++] = (struct hs_entry_note){
		.code = code,
		.text = hs_arena_printf(r->arena, "%s", text),
		.damage = true,
	};
	r->elf->problems = r->notes;
}

bool
hs_elf_is(struct hs_span file)
{
	return file.len >= EI_NIDENT && memcmp(file.at, ELFMAG, SELFMAG) == 0 &&
	       (file.at[EI_CLASS] == ELFCLASS32 || file.at[EI_CLASS] == ELFCLASS64) &&
	       (file.at[EI_DATA] == ELFDATA2LSB || file.at[EI_DATA] == ELFDATA2MSB) &&
	       file.at[EI_VERSION] == EV_CURRENT;
}

uint64_t
hs_elf_take(const struct hs_elf *elf, struct hs_cursor *c, size_t width)
{
	return elf->big ? hs_take_be(c, width) : hs_take_le(c, width);
}

uint64_t
hs_elf_take_word(const struct hs_elf *elf, struct hs_cursor *c)
{
	return hs_elf_take(elf, c, elf->is64 ? 8 : 4);
}

/* ---- Tables ---- */

static bool
read_header(struct hs_elf *e)
{
	struct hs_cursor c = { .rest = hs_span_from(e->file, EI_NIDENT) };

	e->is64 = e->file.at[EI_CLASS] == ELFCLASS64;
	e->big = e->file.at[EI_DATA] == ELFDATA2MSB;
	e->osabi = e->file.at[EI_OSABI];
	e->abi_version = e->file.at[EI_ABIVERSION];
	e->header = hs_span_head(e->file, e->is64 ? HEADER_64 : HEADER_32);
	e->type = (uint16_t)hs_elf_take(e, &c, 2);
	e->machine = (uint16_t)hs_elf_take(e, &c, 2);
	e->version = (uint32_t)hs_elf_take(e, &c, 4);
	e->entry = hs_elf_take_word(e, &c);
	e->segments_at = hs_elf_take_word(e, &c);
	e->sections_at = hs_elf_take_word(e, &c);
	e->flags = (uint32_t)hs_elf_take(e, &c, 4);
	e->header_size = (uint16_t)hs_elf_take(e, &c, 2);
	e->segment_size = (uint16_t)hs_elf_take(e, &c, 2);
	e->n_segments_claimed = hs_elf_take(e, &c, 2);
	e->section_size = (uint16_t)hs_elf_take(e, &c, 2);
	e->n_sections_claimed = hs_elf_take(e, &c, 2);
	e->names_at = hs_elf_take(e, &c, 2);
	return !c.cut;
}

/* The bytes of [offset, offset + size) that the file has. */
static struct hs_span
part_of(const struct hs_elf *e, uint64_t offset, uint64_t size, bool *cut)
{
	const struct hs_span rest = hs_span_from(e->file, offset);

	*cut = size > rest.len;
	return hs_span_head(rest, size);
}

static void
read_section(struct hs_elf_section *s, const struct hs_elf *e, struct hs_span row)
{
	struct hs_cursor c = { .rest = row };

	s->header = row;
	s->name_at = (uint32_t)hs_elf_take(e, &c, 4);
	s->type = (uint32_t)hs_elf_take(e, &c, 4);
	s->flags = hs_elf_take_word(e, &c);
	s->address = hs_elf_take_word(e, &c);
	s->offset = hs_elf_take_word(e, &c);
	s->size = hs_elf_take_word(e, &c);
	s->link = (uint32_t)hs_elf_take(e, &c, 4);
	s->info = (uint32_t)hs_elf_take(e, &c, 4);
	s->align = hs_elf_take_word(e, &c);
	s->entsize = hs_elf_take_word(e, &c);
	if (s->type != SHT_NOBITS && s->type != SHT_NULL)
		s->bytes = part_of(e, s->offset, s->size, &s->cut);
}

static void
read_segment(struct hs_elf_segment *s, const struct hs_elf *e, struct hs_span row)
{
	struct hs_cursor c = { .rest = row };

	s->header = row;
	s->type = (uint32_t)hs_elf_take(e, &c, 4);
	if (e->is64)
		s->flags = (uint32_t)hs_elf_take(e, &c, 4);
	s->offset = hs_elf_take_word(e, &c);
	s->address = hs_elf_take_word(e, &c);
	s->physical = hs_elf_take_word(e, &c);
	s->size = hs_elf_take_word(e, &c);
	s->memory = hs_elf_take_word(e, &c);
	if (!e->is64)
		s->flags = (uint32_t)hs_elf_take(e, &c, 4);
	s->align = hs_elf_take_word(e, &c);
	s->bytes = part_of(e, s->offset, s->size, &s->cut);
}

/* The counts that do not fit the header stand in the first section header. */
static void
read_extended(struct reading *r)
{
	struct hs_elf *e = r->elf;
	const size_t row = e->is64 ? ROW_SECTION_64 : ROW_SECTION_32;
	struct hs_elf_section zero = { 0 };
	struct hs_span bytes;

	if (e->sections_at == 0 || !hs_span_part(&bytes, e->file, e->sections_at, row))
		return;
	read_section(&zero, e, bytes);
	if (e->n_sections_claimed == 0)
		e->n_sections_claimed = zero.size;
	if (e->names_at == SHN_XINDEX)
		e->names_at = zero.link;
	if (e->n_segments_claimed == PN_XNUM)
		e->n_segments_claimed = zero.info;
}

/* How many rows of a table the file has room for; says where that is less than it claims. */
static size_t
rows_of(struct reading *r, const char *what, uint64_t at, uint64_t row, uint64_t claimed)
{
	const uint64_t room = row ? hs_span_from(r->elf->file, at).len / row : 0;
	uint64_t n = claimed < room ? claimed : room;

	if (claimed > room)
		problem(r, "elf-table",
		        "of %" PRIu64 " %s headers at offset %" PRIu64 ", %" PRIu64
		        " are inside the file",
		        claimed, what, at, room);
	if (n > HS_MAX_ELF_ROWS) {
		problem(r, "elf-table", "%" PRIu64 " %s headers: more than HS_MAX_ELF_ROWS (%u)", n,
		        what, HS_MAX_ELF_ROWS);
		n = HS_MAX_ELF_ROWS;
	}
	return (size_t)n;
}

/* Whether rows of that size hold what one of the class does; larger ones are read from their front.
 */
static bool
row_fits(struct reading *r, const char *what, size_t row, size_t least)
{
	if (row < least)
		problem(r, "elf-table", "a %s header of %zu bytes where %zu are needed", what, row,
		        least);
	return row >= least;
}

static void
read_segments(struct reading *r)
{
	struct hs_elf *e = r->elf;

	if (e->n_segments_claimed == 0 || e->segments_at == 0 ||
	    !row_fits(r, "program", e->segment_size, e->is64 ? ROW_SEGMENT_64 : ROW_SEGMENT_32))
		return;
	e->n_segments =
		rows_of(r, "program", e->segments_at, e->segment_size, e->n_segments_claimed);
	e->segments = hs_arena_array(r->arena, e->n_segments, sizeof(*e->segments));
	for (size_t i = 0; i < e->n_segments; i++) {
		struct hs_elf_segment *s = &e->segments[i];

		s->index = i;
		read_segment(
			s, e,
			hs_span_head(hs_span_from(e->file, e->segments_at + i * e->segment_size),
		                     e->segment_size));
		if (s->cut && s->type != PT_NULL)
			problem(r, "elf-segment", "segment %zu ends past the end of the file", i);
	}
}

/* ---- Sections ---- */

struct hs_span
hs_elf_string(struct hs_span table, uint64_t at)
{
	struct hs_cursor c = { .rest = hs_span_head(hs_span_from(table, at), HS_MAX_NAME + 1) };
	const struct hs_span s = hs_take_string(&c);

	return c.cut ? (struct hs_span){ NULL, 0 } : s;
}

static enum hs_codec
codec_of(uint64_t type)
{
	if (type == COMPRESS_ZLIB)
		return HS_CODEC_ZLIB;
	return type == COMPRESS_ZSTD ? HS_CODEC_ZSTD : HS_CODEC_NONE;
}

/* Looks at what a compressed section says of itself. */
static void
read_packing(struct reading *r, struct hs_elf_section *s)
{
	const struct hs_elf *e = r->elf;
	struct hs_cursor c = { .rest = s->bytes };

	if (s->flags & SHF_COMPRESSED && s->type != SHT_NOBITS) {
		if (s->bytes.len < (e->is64 ? CHDR_64 : CHDR_32)) {
			problem(r, "elf-compressed",
			        "section %zu: compressed, and too short for a header of that",
			        s->index);
			return;
		}
		s->packing = HS_ELF_CHDR;
		s->codec = codec_of(hs_elf_take(e, &c, 4));
		if (e->is64)
			hs_take(&c, 4);
		s->inflated = hs_elf_take_word(e, &c);
		hs_elf_take_word(e, &c);
		s->stream = c.rest;
	} else if (hs_span_starts(s->name, HS_SPAN(".zdebug_")) && s->bytes.len >= ZDEBUG_HEADER &&
	           hs_span_starts(s->bytes, HS_SPAN("ZLIB"))) {
		hs_take(&c, 4);
		s->packing = HS_ELF_ZDEBUG;
		s->codec = HS_CODEC_ZLIB;
		s->inflated = hs_take_be(&c, 8);
		s->stream = c.rest;
	}
}

static void
name_section(struct reading *r, struct hs_elf_section *s, struct hs_span names)
{
	if (s->name_at == 0 && names.len == 0)
		return;
	s->name = hs_elf_string(names, s->name_at);
	if (!s->name.at)
		problem(r, "elf-name", "section %zu: no name ends at %" PRIu32 " of the table",
		        s->index, s->name_at);
}

static void
read_sections(struct reading *r)
{
	struct hs_elf *e = r->elf;
	struct hs_span names = { NULL, 0 };

	if (e->n_sections_claimed == 0 || e->sections_at == 0 ||
	    !row_fits(r, "section", e->section_size, e->is64 ? ROW_SECTION_64 : ROW_SECTION_32))
		return;
	e->n_sections =
		rows_of(r, "section", e->sections_at, e->section_size, e->n_sections_claimed);
	e->sections = hs_arena_array(r->arena, e->n_sections, sizeof(*e->sections));
	for (size_t i = 0; i < e->n_sections; i++) {
		e->sections[i].index = i;
		read_section(
			&e->sections[i], e,
			hs_span_head(hs_span_from(e->file, e->sections_at + i * e->section_size),
		                     e->section_size));
	}
	if (e->names_at < e->n_sections)
		names = e->sections[e->names_at].bytes;
	else if (e->names_at != SHN_UNDEF)
		problem(r, "elf-table",
		        "the names of the sections are to be in section %" PRIu64 " of %zu",
		        e->names_at, e->n_sections);
	for (size_t i = 1; i < e->n_sections; i++) {
		name_section(r, &e->sections[i], names);
		if (e->sections[i].cut)
			problem(r, "elf-section", "section %zu ends past the end of the file", i);
		read_packing(r, &e->sections[i]);
	}
}

/* ---- Addresses ---- */

static int
by_address(const void *x, const void *y)
{
	const struct hs_elf_section *a = *(const struct hs_elf_section *const *)x;
	const struct hs_elf_section *b = *(const struct hs_elf_section *const *)y;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* .tbss has an address, but no memory of its own. */
static bool
has_memory(const struct hs_elf_section *s)
{
	return s->flags & SHF_ALLOC && s->size > 0 &&
	       !(s->flags & SHF_TLS && s->type == SHT_NOBITS);
}

static void
sort_addresses(struct reading *r)
{
	struct hs_elf *e = r->elf;

	if (e->type == ET_REL || e->n_sections == 0)
		return;
	e->by_address = hs_arena_array(r->arena, e->n_sections, sizeof(struct hs_elf_section *));
	for (size_t i = 1; i < e->n_sections; i++)
		if (has_memory(&e->sections[i]))
			e->by_address[e->n_by_address++] = &e->sections[i];
	if (e->n_by_address > 1)
		qsort(e->by_address, e->n_by_address, sizeof(struct hs_elf_section *), by_address);
}

int
hs_elf_read(struct hs_elf *out, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct reading r = { .elf = out, .arena = a };

	*out = (struct hs_elf){ .file = file };
	if (!hs_elf_is(file))
		return hs_fail(err, HS_ENOTMINE, "no ELF file");
	if (!read_header(out))
		return hs_fail(err, HS_EFORMAT,
		               "the file ends inside the ELF header, after %zu bytes", file.len);
	read_extended(&r);
	read_segments(&r);
	read_sections(&r);
	sort_addresses(&r);
	return 0;
}

const struct hs_elf_section *
hs_elf_section(const struct hs_elf *elf, uint64_t index)
{
	return index < elf->n_sections ? &elf->sections[index] : NULL;
}

const struct hs_elf_section *
hs_elf_section_named(const struct hs_elf *elf, const char *name)
{
	for (size_t i = 1; i < elf->n_sections; i++)
		if (hs_span_is(elf->sections[i].name, name))
			return &elf->sections[i];
	return NULL;
}

const struct hs_elf_section *
hs_elf_section_typed(const struct hs_elf *elf, uint32_t type)
{
	for (size_t i = 1; i < elf->n_sections; i++)
		if (elf->sections[i].type == type)
			return &elf->sections[i];
	return NULL;
}

const struct hs_elf_section *
hs_elf_section_at(const struct hs_elf *elf, uint64_t address)
{
	size_t low = 0, high = elf->n_by_address;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (elf->by_address[middle]->address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 ||
	    address - elf->by_address[low - 1]->address >= elf->by_address[low - 1]->size)
		return NULL;
	return elf->by_address[low - 1];
}

struct hs_span
hs_elf_mapped(const struct hs_elf *elf, uint64_t address)
{
	const struct hs_elf_section *s = hs_elf_section_at(elf, address);

	if (s)
		return hs_span_from(s->bytes, address - s->address);
	for (size_t i = 0; i < elf->n_segments; i++) {
		const struct hs_elf_segment *g = &elf->segments[i];

		if (g->type == PT_LOAD && address >= g->address &&
		    address - g->address < g->bytes.len)
			return hs_span_from(g->bytes, address - g->address);
	}
	return (struct hs_span){ NULL, 0 };
}

/* ---- Content ---- */

int
hs_elf_content(struct hs_content *out, const struct hs_elf_section *s, struct hs_blob *blob,
               struct hs_run *run, struct hs_err *err)
{
	struct hs_inflated inflated;
	int rc;

	if (s->packing == HS_ELF_PLAIN) {
		*out = hs_content_of(blob, s->bytes);
		return 0;
	}
	*out = (struct hs_content){ 0 };
	if (s->codec == HS_CODEC_NONE)
		return hs_fail(err, HS_EFORMAT, "a compression that is not known");
	rc = hs_inflate(&inflated, s->codec, s->stream, run, err);
	if (inflated.blob)
		*out = (struct hs_content){ .blob = inflated.blob, .bytes = inflated.blob->bytes };
	if (rc == 0 && out->bytes.len != s->inflated)
		rc = hs_fail(err, HS_EFORMAT,
		             "%zu bytes when decompressed, where its header says %" PRIu64,
		             out->bytes.len, s->inflated);
	return rc;
}
