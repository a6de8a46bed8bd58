/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_facts.h"

#include "comparators/elf/elf_names.h"
#include "core/escape.h"

#include <inttypes.h>

enum {
	PF_RWX = PF_R | PF_W | PF_X,
	LOOKED_AT = 64, /* segments whose sections are looked for: no program has as many */
};

/* ---- The ELF header ---- */

/* ET_DYN is both: a program has an interpreter, or says so of itself (DF_1_PIE). */
static bool
is_program(const struct hs_elf *e)
{
	const struct hs_span table = hs_elf_dynamic_table(e);
	struct hs_elf_dynamic d;

	for (size_t i = 0; i < e->n_segments; i++)
		if (e->segments[i].type == PT_INTERP)
			return true;
	for (uint64_t i = 0; hs_elf_dynamic_at(&d, e, table, i); i++)
		if (d.tag == DT_FLAGS_1 && d.value & DF_1_PIE)
			return true;
	return false;
}

static const char *
type_of(struct hs_arena *a, const struct hs_elf *e)
{
	switch (e->type) {
	case ET_NONE:
		return "none";
	case ET_REL:
		return "relocatable object";
	case ET_EXEC:
		return "executable at a fixed address";
	case ET_DYN:
		return is_program(e) ? "position-independent executable" : "shared object";
	case ET_CORE:
		return "core dump";
	default:
		return hs_arena_printf(a, "0x%x", e->type);
	}
}

/* The function that begins at the entry point. */
static struct hs_span
entry_name(struct hs_arena *a, const struct hs_elf *e)
{
	static const uint32_t types[] = { SHT_SYMTAB, SHT_DYNSYM };
	struct hs_elf_symbols t;
	struct hs_elf_symbol s;

	for (size_t k = 0; k < 2; k++) {
		if (!hs_elf_symbols_open(&t, a, e, hs_elf_section_typed(e, types[k])))
			continue;
		for (uint64_t i = 1; hs_elf_symbol_at(&s, &t, i); i++)
			if (s.value == e->entry && !s.reserved && s.name.len &&
			    (s.type == STT_FUNC || s.bind == STB_GLOBAL))
				return s.name;
	}
	return (struct hs_span){ NULL, 0 };
}

static void
say_entry(struct hs_facts *out, const struct hs_elf *e)
{
	const struct hs_span name = e->entry ? entry_name(out->arena, e) : (struct hs_span){ 0 };
	const struct hs_elf_section *s = hs_elf_section_at(e, e->entry);

	if (e->entry == 0)
		return;
	if (name.len)
		hs_say(out, "entry", name);
	else if (s)
		hs_sayf(out, "entry", "in %s", hs_elf_section_label(out->arena, s));
	out->of_origin = name.len || s;
	hs_say_hex(out, "entry address", e->entry);
	out->of_origin = false;
}

/* What is always the same, and what only follows from the size of things. */
static void
say_odd_header(struct hs_facts *out, const struct hs_elf *e)
{
	const struct hs_span padding =
		hs_span_head(hs_span_from(e->header, EI_PAD), EI_NIDENT - EI_PAD);

	if (!hs_span_is_zero(padding))
		hs_say_value(out, "identification padding", padding);
	if (e->version != EV_CURRENT)
		hs_say_u64(out, "version", e->version);
	if (e->header_size != e->header.len)
		hs_say_u64(out, "header size", e->header_size);
	if (e->n_segments_claimed)
		hs_sayf(out, "program headers", "%" PRIu64 " of %u bytes", e->n_segments_claimed,
		        e->segment_size);
	out->of_members = true;
	hs_sayf(out, "section headers", "%" PRIu64 " of %u bytes", e->n_sections_claimed,
	        e->section_size);
	out->of_members = false;
	out->of_origin = true;
	hs_say_hex(out, "program headers at", e->segments_at);
	hs_say_hex(out, "section headers at", e->sections_at);
	hs_say_u64(out, "section of names", e->names_at);
	out->of_origin = false;
}

void
hs_elf_say_header(struct hs_facts *out, const struct hs_elf *e)
{
	hs_say_word(out, "class", e->is64 ? "64-bit" : "32-bit");
	hs_say_word(out, "byte order", e->big ? "big-endian" : "little-endian");
	hs_say_word(out, "OS ABI", hs_elf_osabi_name(out->arena, e->osabi));
	if (e->abi_version)
		hs_say_u64(out, "ABI version", e->abi_version);
	hs_say_word(out, "file type", type_of(out->arena, e));
	hs_say_word(out, "machine", hs_elf_machine_name(out->arena, e->machine));
	if (e->flags)
		hs_say_hex(out, "flags", e->flags);
	say_entry(out, e);
	say_odd_header(out, e);
}

/* ---- Segments ---- */

static bool
covers(const struct hs_elf_segment *g, const struct hs_elf_section *s)
{
	const bool in_file = s->type != SHT_NOBITS;

	if (!(s->flags & SHF_ALLOC) || s->type == SHT_NULL || s->size == 0)
		return false;
	if (g->type != PT_TLS && s->flags & SHF_TLS && !in_file)
		return false;
	if (in_file && (s->offset < g->offset || s->offset - g->offset > g->size ||
	                s->size > g->size - (s->offset - g->offset)))
		return false;
	return s->address >= g->address && s->address - g->address <= g->memory &&
	       s->size <= g->memory - (s->address - g->address);
}

/*
 * "header to .rodata": where a segment begins and ends with sections, and they
 * stand in memory as in the file, its numbers follow from theirs.
 */
static const char *
extent_of(struct hs_arena *a, const struct hs_elf *e, const struct hs_elf_segment *g)
{
	const struct hs_elf_section *first = NULL, *last = NULL;
	uint64_t in_file = g->offset;

	for (size_t i = 1; i < e->n_sections; i++) {
		const struct hs_elf_section *s = &e->sections[i];

		if (!covers(g, s))
			continue;
		if (!first || s->address < first->address)
			first = s;
		if (!last || s->address >= last->address)
			last = s;
		if (s->type != SHT_NOBITS && s->offset + s->size > in_file)
			in_file = s->offset + s->size;
		if (s->type != SHT_NOBITS && s->address - g->address != s->offset - g->offset)
			return NULL;
	}
	if (!first || last->address + last->size != g->address + g->memory ||
	    in_file != g->offset + g->size)
		return NULL;
	if (g->offset == 0)
		return hs_arena_printf(a, "header to %s", hs_elf_section_label(a, last));
	if (first->address != g->address)
		return NULL;
	if (first == last)
		return hs_elf_section_label(a, first);
	return hs_arena_printf(a, "%s to %s", hs_elf_section_label(a, first),
	                       hs_elf_section_label(a, last));
}

static void
say_segment(struct hs_facts *out, const struct hs_elf *e, const struct hs_elf_segment *g)
{
	const char *type = hs_elf_segment_type(out->arena, g->type);
	const char *access = hs_elf_access(g->flags);
	const char *extent = g->index < LOOKED_AT ? extent_of(out->arena, e, g) : NULL;
	const char *other = "";

	if (g->flags & ~(uint32_t)PF_RWX)
		other = hs_arena_printf(out->arena, " flags 0x%" PRIx32, g->flags);
	if (g->physical != g->address)
		other = hs_arena_printf(out->arena, "%s, at 0x%" PRIx64 " physically", other,
		                        g->physical);
	if (extent || g->type == PT_PHDR || (g->size == 0 && g->memory == 0 && !g->address)) {
		hs_sayf(out, "segment", "%s %s align 0x%" PRIx64 "%s%s%s", type, access, g->align,
		        extent ? ": " : "", extent ? extent : "", other);
		out->of_origin = true;
	}
	hs_sayf(out, out->of_origin ? "segment place" : "segment",
	        "%s %s align 0x%" PRIx64 " at 0x%" PRIx64 " from 0x%" PRIx64 ", %" PRIu64
	        " bytes, %" PRIu64 " in memory%s",
	        type, access, g->align, g->address, g->offset, g->size, g->memory, other);
	out->of_origin = false;
}

/* What keeps an attacker out: whether the stack can run, and what is read-only once linked. */
static void
say_hardening(struct hs_facts *out, const struct hs_elf *e)
{
	const struct hs_span table = hs_elf_dynamic_table(e);
	struct hs_elf_dynamic d;
	bool stack = false, exec = true, relro = false, now = false;

	for (size_t i = 0; i < e->n_segments; i++) {
		stack |= e->segments[i].type == PT_GNU_STACK;
		if (e->segments[i].type == PT_GNU_STACK)
			exec = e->segments[i].flags & PF_X;
		relro |= e->segments[i].type == PT_GNU_RELRO;
	}
	for (uint64_t i = 0; hs_elf_dynamic_at(&d, e, table, i); i++)
		now |= d.tag == DT_BIND_NOW || (d.tag == DT_FLAGS && d.value & DF_BIND_NOW) ||
		       (d.tag == DT_FLAGS_1 && d.value & DF_1_NOW);
	if (e->type != ET_EXEC && e->type != ET_DYN)
		return;
	hs_say_word(out, "executable stack", !stack ? "not said" : exec ? "yes" : "no");
	hs_say_word(out, "RELRO", !relro ? "none" : now ? "full" : "partial");
}

void
hs_elf_say_segments(struct hs_facts *out, const struct hs_elf *e)
{
	const size_t n = e->n_segments < HS_MAX_ELF_SAID ? e->n_segments : HS_MAX_ELF_SAID;

	say_hardening(out, e);
	for (size_t i = 0; i < n; i++)
		say_segment(out, e, &e->segments[i]);
	if (n < e->n_segments)
		hs_say_digest(
			out, "more segments",
			hs_span_head(hs_span_from(e->file, e->segments_at + n * e->segment_size),
		                     (e->n_segments - n) * e->segment_size));
}

/* ---- The dynamic section ---- */

struct hs_span
hs_elf_dynamic_table(const struct hs_elf *e)
{
	const struct hs_elf_section *s = hs_elf_section_typed(e, SHT_DYNAMIC);

	if (s)
		return s->bytes;
	for (size_t i = 0; i < e->n_segments; i++)
		if (e->segments[i].type == PT_DYNAMIC)
			return e->segments[i].bytes;
	return (struct hs_span){ NULL, 0 };
}

bool
hs_elf_dynamic_at(struct hs_elf_dynamic *out, const struct hs_elf *e, struct hs_span table,
                  uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(table, i * (e->is64 ? 16 : 8)) };

	out->tag = hs_elf_take_word(e, &c);
	out->value = hs_elf_take_word(e, &c);
	return !c.cut && out->tag != DT_NULL;
}

struct hs_span
hs_elf_dynamic_strings(const struct hs_elf *e, struct hs_span table)
{
	const struct hs_elf_section *s = hs_elf_section_typed(e, SHT_DYNAMIC);
	const struct hs_elf_section *names = s ? hs_elf_section(e, s->link) : NULL;
	struct hs_elf_dynamic d;

	if (names && names->type == SHT_STRTAB)
		return names->bytes;
	for (uint64_t i = 0; hs_elf_dynamic_at(&d, e, table, i); i++)
		if (d.tag == DT_STRTAB)
			return hs_elf_mapped(e, d.value);
	return (struct hs_span){ NULL, 0 };
}

void
hs_elf_say_dynamic(struct hs_facts *out, const struct hs_elf *e)
{
	static const struct {
		uint64_t tag;
		const char *field;
	} names[] = {
		{ DT_NEEDED, "needed" },   { DT_SONAME, "soname" },       { DT_RPATH, "rpath" },
		{ DT_RUNPATH, "runpath" }, { DT_AUXILIARY, "auxiliary" }, { DT_FILTER, "filter" },
	};
	const struct hs_span table = hs_elf_dynamic_table(e);
	const struct hs_span strings = hs_elf_dynamic_strings(e, table);
	struct hs_elf_dynamic d;

	for (uint64_t i = 0; i < HS_MAX_ELF_SAID && hs_elf_dynamic_at(&d, e, table, i); i++) {
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			const struct hs_span name = hs_elf_string(strings, d.value);

			if (d.tag != names[k].tag)
				continue;
			if (name.at)
				hs_say(out, names[k].field, name);
			else
				hs_sayf(out, names[k].field, "no string at 0x%" PRIx64, d.value);
		}
		if (d.tag == DT_FLAGS)
			hs_say_word(out, "dynamic flags",
			            hs_elf_dynamic_flags(out->arena, d.value));
		if (d.tag == DT_FLAGS_1)
			hs_say_word(out, "dynamic flags 1",
			            hs_elf_dynamic_flags_1(out->arena, d.value));
	}
}

/* ---- Section headers ---- */

/* What sh_link and sh_info say: for most types, sections by their index. */
static void
say_links(struct hs_facts *out, const struct hs_elf *e, const struct hs_elf_section *s)
{
	const struct hs_elf_section *link = s->link ? hs_elf_section(e, s->link) : NULL;
	const struct hs_elf_section *info = s->info ? hs_elf_section(e, s->info) : NULL;
	const bool is_section =
		s->flags & SHF_INFO_LINK || s->type == SHT_REL || s->type == SHT_RELA;

	if (link)
		hs_say_word(out, "link", hs_elf_section_label(out->arena, link));
	else if (s->link)
		hs_sayf(out, "link", "section %" PRIu32 ", which there is not", s->link);
	if (s->info && is_section && info)
		hs_say_word(out, "info", hs_elf_section_label(out->arena, info));
	else if (s->info && is_section)
		hs_sayf(out, "info", "section %" PRIu32 ", which there is not", s->info);
	/* Of tables: how many local symbols, how many versions, which symbol signs a group. */
	out->of_origin = true;
	if (s->info && !is_section)
		hs_say_u64(out,
		           s->type == SHT_SYMTAB || s->type == SHT_DYNSYM ? "local symbols"
		                                                          : "info",
		           s->info);
	out->of_origin = false;
}

void
hs_elf_say_section(struct hs_facts *out, const struct hs_elf *e, const struct hs_elf_section *s)
{
	static const char *const packing[] = { "", "in a section header's way",
		                               "in the old way of GNU" };

	hs_say_word(out, "section type", hs_elf_section_type(out->arena, s->type));
	hs_say_word(out, "section flags", hs_elf_section_flags(out->arena, s->flags));
	hs_say_u64(out, "align", s->align);
	if (s->entsize)
		hs_say_u64(out, "entry size", s->entsize);
	if (s->packing != HS_ELF_PLAIN)
		hs_sayf(out, "compressed", "with %s, %s", hs_codec_name(s->codec),
		        packing[s->packing]);
	say_links(out, e, s);
	if (s->type == SHT_NOBITS)
		hs_say_u64(out, "size in memory", s->size);
	out->of_origin = true;
	if (s->type != SHT_NOBITS)
		hs_say_u64(out, "section size", s->size);
	if (s->address)
		hs_say_hex(out, "address", s->address);
	hs_say_hex(out, "offset", s->offset);
	hs_say_u64(out, "name at", s->name_at);
	if (s->type == SHT_NOBITS || s->packing == HS_ELF_PLAIN) {
		out->of_origin = false;
		return;
	}
	hs_say_u64(out, "inflated size", s->inflated);
	out->of_origin = false;
}
