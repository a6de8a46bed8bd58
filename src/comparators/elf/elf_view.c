/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections as text that holds no address of its own. What an address or an
 * index refers to is said by its name; what only counts or repeats what other
 * sections have is left out. So a table reads the same after everything moved.
 */
#include "comparators/elf/elf_parts.h"

#include "comparators/elf/elf_constants.h"
#include "comparators/elf/elf_data.h"
#include "comparators/elf/elf_facts.h"
#include "comparators/elf/elf_frames.h"
#include "comparators/elf/elf_names.h"
#include "comparators/elf/elf_refs.h"
#include "comparators/elf/elf_strings.h"
#include "comparators/elf/elf_symbols.h"
#include "core/escape.h"

#include <inttypes.h>

enum {
	TYPE_RELR = 19,
	TAG_RELRSZ = 35,
	TAG_RELR = 36,
	GROUP_COMDAT = 1,
};

static size_t
word_of(const struct hs_elf *e)
{
	return e->is64 ? 8 : 4;
}

/* ---- Relocations ---- */

struct relocation {
	uint64_t offset, symbol;
	uint32_t type;
	int64_t addend;
	bool has_addend;
};

static bool
take_relocation(struct relocation *r, const struct hs_elf *e, uint32_t kind, struct hs_cursor *c)
{
	uint64_t info, addend;

	*r = (struct relocation){ .has_addend = kind == SHT_RELA };
	r->offset = hs_elf_take_word(e, c);
	info = hs_elf_take_word(e, c);
	addend = r->has_addend ? hs_elf_take_word(e, c) : 0;
	r->addend = e->is64 ? (int64_t)addend : (int32_t)(uint32_t)addend;
	r->symbol = e->is64 ? info >> 32 : info >> 8;
	r->type = e->is64 ? (uint32_t)info : (uint32_t)(info & 0xff);
	return !c->cut;
}

/* " name@version+0x10"; a section by its name; without a symbol, what the addend is the address of.
 */
static void
write_target(FILE *out, struct hs_arena *a, const struct hs_elf_parts *p,
             const struct hs_elf_symbols *t, const struct relocation *r)
{
	struct hs_elf_symbol s;
	const struct hs_elf_section *section;

	if (r->symbol == 0 || !t->elf || !hs_elf_symbol_at(&s, t, r->symbol)) {
		if (r->symbol)
			fprintf(out, " symbol %" PRIu64 ", which there is not", r->symbol);
		if (r->has_addend && p->elf.type != ET_REL) {
			const struct hs_elf_patch patch = { .addend = r->addend,
				                            .has_addend = true };

			fputc(' ', out);
			hs_elf_write_patch(out, a, p, &patch, 0);
		} else if (r->has_addend)
			fprintf(out, " 0x%" PRIx64, (uint64_t)r->addend);
		return;
	}
	section = s.reserved ? NULL : hs_elf_section(&p->elf, s.section);
	if (s.type == STT_SECTION && section && p->elf.type == ET_REL && r->has_addend) {
		fprintf(out, " %s",
		        hs_elf_place_name(a, p, s.section, s.value + (uint64_t)r->addend));
		return;
	}
	fputc(' ', out);
	if (s.name.len == 0 && section)
		fputs(hs_elf_section_label(a, section), out);
	hs_elf_write_symbol_name(out, t, &s);
	if (r->addend < 0)
		fprintf(out, "-0x%" PRIx64, -(uint64_t)r->addend);
	else if (r->addend)
		fprintf(out, "+0x%" PRIx64, (uint64_t)r->addend);
}

static int
view_relocations(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                 struct hs_err *err)
{
	const struct hs_elf *e = &p->elf;
	struct hs_cursor c = { .rest = s->bytes };
	struct hs_arena a = { 0 };
	struct hs_elf_symbols t = { 0 };
	struct relocation r;

	hs_elf_symbols_open(&t, &a, e, hs_elf_section(e, s->link));
	while (!ferror(out) && c.rest.len > 0 && take_relocation(&r, e, s->type, &c)) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);

		fprintf(out, "%s %s", hs_elf_place_name(&a, p, s->info, r.offset),
		        hs_elf_relocation_type(&a, e->machine, r.type));
		write_target(out, &a, p, &t, &r);
		fputc('\n', out);
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the table ends inside a relocation");
	return 0;
}

static int
view_relr(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_elf_relr it = { .elf = &p->elf, .rest = { .rest = s->bytes } };
	struct hs_arena a = { 0 };
	uint64_t address;

	while (!ferror(out) && hs_elf_relr_next(&address, &it)) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);

		fprintf(out, "%s\n", hs_elf_place_name(&a, p, 0, address));
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	return 0;
}

/* ---- Addresses ---- */

static int
view_pointers(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	const struct hs_elf *e = &p->elf;
	struct hs_cursor c = { .rest = s->bytes };
	struct hs_arena a = { 0 };

	while (!ferror(out) && c.rest.len >= word_of(e)) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);
		const uint64_t at = s->address + (s->bytes.len - c.rest.len);
		const uint64_t address = hs_elf_take_word(e, &c);
		const struct hs_elf_patch *patch =
			e->type == ET_REL ? NULL : hs_elf_patch_in(&p->patches, 0, at, at + 1);

		if (patch)
			hs_elf_write_patch(out, &a, p, patch, address);
		else if (e->type == ET_REL || address == 0)
			fprintf(out, "0x%" PRIx64, address);
		else
			fputs(hs_elf_place_name(&a, p, 0, address), out);
		fputc('\n', out);
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	hs_elf_write_data(out, c.rest, 0);
	return 0;
}

/* ---- The dynamic section ---- */

/* How the value of a tag is to be read. */
enum value { TOLD, NUMBER, ADDRESS, COUNT };

/* Names are told by facts; sizes and counts are those of the sections. */
static enum value
value_of(uint64_t tag)
{
	switch (tag) {
	case DT_NEEDED:
	case DT_SONAME:
	case DT_RPATH:
	case DT_RUNPATH:
	case DT_AUXILIARY:
	case DT_FILTER:
	case DT_FLAGS:
	case DT_FLAGS_1:
		return TOLD;
	case DT_PLTRELSZ:
	case DT_RELASZ:
	case DT_RELSZ:
	case DT_STRSZ:
	case DT_INIT_ARRAYSZ:
	case DT_FINI_ARRAYSZ:
	case DT_PREINIT_ARRAYSZ:
	case DT_RELACOUNT:
	case DT_RELCOUNT:
	case DT_VERDEFNUM:
	case DT_VERNEEDNUM:
	case TAG_RELRSZ:
		return COUNT;
	case DT_PLTGOT:
	case DT_HASH:
	case DT_STRTAB:
	case DT_SYMTAB:
	case DT_RELA:
	case DT_REL:
	case DT_INIT:
	case DT_FINI:
	case DT_JMPREL:
	case DT_INIT_ARRAY:
	case DT_FINI_ARRAY:
	case DT_PREINIT_ARRAY:
	case DT_GNU_HASH:
	case DT_VERSYM:
	case DT_VERDEF:
	case DT_VERNEED:
	case TAG_RELR:
		return ADDRESS;
	default:
		return NUMBER;
	}
}

static int
view_dynamic(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_elf_dynamic d;
	struct hs_arena a = { 0 };
	uint64_t i;

	for (i = 0; !ferror(out) && hs_elf_dynamic_at(&d, &p->elf, s->bytes, i); i++) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);
		const char *tag = hs_elf_dynamic_tag(&a, d.tag);
		const enum value how = value_of(d.tag);

		if (how == NUMBER)
			fprintf(out, "%s 0x%" PRIx64 "\n", tag, d.value);
		else if (how == ADDRESS)
			fprintf(out, "%s %s\n", tag, hs_elf_place_name(&a, p, 0, d.value));
		else if (how == COUNT)
			fprintf(out, "%s\n", tag);
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	/* Behind DT_NULL the linker leaves room: zeros, as many as it likes. */
	if (!hs_span_is_zero(hs_span_from(s->bytes, i * 2 * word_of(&p->elf))))
		hs_elf_write_data(out, hs_span_from(s->bytes, i * 2 * word_of(&p->elf)), 0);
	return 0;
}

/* ---- Versions ---- */

/* Their names, by index: what a table of symbols refers to. */
static int
view_versions(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	const struct hs_elf *e = &p->elf;
	const bool needed = s->type == SHT_GNU_verneed;
	struct hs_elf_symbols t = { 0 };
	struct hs_arena a = { 0 };

	hs_elf_symbols_open(&t, &a, e, hs_elf_section_typed(e, SHT_DYNSYM));
	for (size_t i = 0; i < t.n_versions; i++) {
		const struct hs_elf_version *v = &t.versions[i];

		if (!v->name.at || (v->file.at != NULL) != needed)
			continue;
		hs_escape_write(out, v->name);
		if (needed)
			fputs(" of ", out);
		hs_escape_write(out, v->file);
		fputc('\n', out);
	}
	hs_arena_release(&a);
	return 0;
}

/* ---- Groups ---- */

/* Flags, then the indexes of the sections that are kept or dropped together; info names them. */
static int
view_group(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	const struct hs_elf *e = &p->elf;
	struct hs_cursor c = { .rest = s->bytes };
	const uint64_t flags = hs_elf_take(e, &c, 4);
	struct hs_elf_symbols t = { 0 };
	struct hs_elf_symbol symbol;
	struct hs_arena a = { 0 };

	fprintf(out, "%s 0x%" PRIx64, flags & GROUP_COMDAT ? "COMDAT" : "group", flags);
	if (hs_elf_symbols_open(&t, &a, e, hs_elf_section(e, s->link)) &&
	    hs_elf_symbol_at(&symbol, &t, s->info)) {
		fputc(' ', out);
		hs_escape_write(out, symbol.name);
	}
	fputc('\n', out);
	while (!ferror(out) && c.rest.len >= 4) {
		const uint64_t i = hs_elf_take(e, &c, 4);
		const struct hs_elf_section *member = hs_elf_section(e, i);

		if (member)
			fprintf(out, "%s\n", hs_elf_section_label(&a, member));
		else
			fprintf(out, "section %" PRIu64 ", which there is not\n", i);
	}
	hs_arena_release(&a);
	return 0;
}

int
hs_elf_view(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
            struct hs_err *err)
{
	switch (hs_elf_role_of(&p->elf, s)) {
	case HS_ELF_SYMBOLS:
		return hs_elf_view_symbols(out, p, s, err);
	case HS_ELF_RELOCATIONS:
		return s->type == TYPE_RELR ? view_relr(out, p, s)
		                            : view_relocations(out, p, s, err);
	case HS_ELF_STRINGS:
		return hs_elf_view_strings(out, p, s);
	case HS_ELF_DYNAMIC:
		return view_dynamic(out, p, s);
	case HS_ELF_VERSIONS:
		return view_versions(out, p, s);
	case HS_ELF_VERSYM:
		return hs_elf_view_versym(out, p, s);
	case HS_ELF_HASH:
		return hs_elf_view_hash(out, p, s);
	case HS_ELF_GROUP:
		return view_group(out, p, s);
	case HS_ELF_POINTERS:
		return view_pointers(out, p, s);
	case HS_ELF_FRAMES:
		return hs_elf_view_frames(out, p, s, err);
	case HS_ELF_LOOKUP:
		return hs_elf_view_lookup(out, p, s);
	case HS_ELF_EXIDX:
		return hs_elf_view_exidx(out, p, s);
	case HS_ELF_DATA:
		return hs_elf_view_constants(out, p, s);
	default:
		hs_elf_write_data(out, s->bytes, 0);
		return 0;
	}
}
