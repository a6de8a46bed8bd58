/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_parts.h"

#include "binary/demangle.h"
#include "comparators/elf/dwarf.h"
#include "comparators/elf/elf_facts.h"
#include "comparators/elf/elf_names.h"
#include "core/limits.h"

#include <inttypes.h>

enum { TYPE_RELR = 19, TYPE_UNWIND = 0x70000001 /* .eh_frame of x86-64, .ARM.exidx */ };

/* Sections of addresses that no type tells. */
static bool
holds_pointers(const struct hs_elf_section *s)
{
	static const char *const names[] = { ".got", ".got.plt", ".ctors", ".dtors", ".toc" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (hs_span_is(s->name, names[i]))
			return true;
	return false;
}

static enum hs_elf_role
role_of_bits(const struct hs_elf *elf, const struct hs_elf_section *s)
{
	if (s->flags & SHF_EXECINSTR)
		return HS_ELF_CODE;
	if (holds_pointers(s))
		return HS_ELF_POINTERS;
	if (!(s->flags & (SHF_ALLOC | SHF_STRINGS)) || s->bytes.len > HS_MAX_ELF_DATA)
		return HS_ELF_BYTES;
	if (elf->type != ET_REL && hs_span_is(s->name, ".eh_frame"))
		return HS_ELF_FRAMES;
	if (elf->type != ET_REL && hs_span_is(s->name, ".eh_frame_hdr"))
		return HS_ELF_LOOKUP;
	if (hs_span_starts(s->name, HS_SPAN(".gcc_except_table")))
		return HS_ELF_BYTES;
	return HS_ELF_DATA;
}

enum hs_elf_role
hs_elf_role_of(const struct hs_elf *elf, const struct hs_elf_section *s)
{
	if (s->cut || s->bytes.len == 0)
		return HS_ELF_BYTES;
	if (hs_dwarf_shows(s))
		return HS_ELF_DWARF;
	if (s->packing != HS_ELF_PLAIN)
		return HS_ELF_PACKED;
	if (hs_elf_words_tell(elf, s) || hs_elf_notes_tell(elf, s))
		return HS_ELF_TOLD;
	switch (s->type) {
	case SHT_SYMTAB:
	case SHT_DYNSYM:
		return HS_ELF_SYMBOLS;
	case SHT_REL:
	case SHT_RELA:
	case TYPE_RELR:
		return HS_ELF_RELOCATIONS;
	case SHT_STRTAB:
		return HS_ELF_STRINGS;
	case SHT_DYNAMIC:
		return HS_ELF_DYNAMIC;
	case SHT_GNU_verdef:
	case SHT_GNU_verneed:
		return HS_ELF_VERSIONS;
	case SHT_GNU_versym:
		return HS_ELF_VERSYM;
	case SHT_GNU_HASH:
		return HS_ELF_HASH;
	case SHT_GROUP:
		return HS_ELF_GROUP;
	case SHT_INIT_ARRAY:
	case SHT_FINI_ARRAY:
	case SHT_PREINIT_ARRAY:
		return HS_ELF_POINTERS;
	case SHT_PROGBITS:
		return role_of_bits(elf, s);
	case TYPE_UNWIND:
		if (elf->machine == EM_ARM)
			return elf->type == ET_REL ? HS_ELF_BYTES : HS_ELF_EXIDX;
		return hs_span_is(s->name, ".eh_frame") && elf->type != ET_REL ? HS_ELF_FRAMES
		                                                               : HS_ELF_BYTES;
	default:
		return HS_ELF_BYTES;
	}
}

int
hs_elf_parts_read(struct hs_elf_parts *p, struct hs_arena *a, struct hs_span file,
                  struct hs_err *err)
{
	const int rc = hs_elf_read(&p->elf, a, file, err);

	if (rc < 0)
		return rc;
	hs_elf_index_build(&p->index, a, &p->elf);
	hs_elf_code_read(&p->code, a, &p->elf, &p->index);
	hs_elf_patches_read(&p->patches, a, &p->elf);
	return 0;
}

const char *
hs_elf_place_name(struct hs_arena *a, const struct hs_elf_parts *p, uint64_t section,
                  uint64_t address)
{
	const bool object = p->elf.type == ET_REL;
	const struct hs_elf_section *s =
		object ? hs_elf_section(&p->elf, section) : hs_elf_section_at(&p->elf, address);
	const struct hs_elf_function *f =
		hs_elf_function_at(&p->code, object ? section : 0, address);
	struct hs_elf_symbol symbol;
	const char *name;
	uint64_t behind;

	if (hs_elf_index_find(&symbol, &behind, &p->index, section, address)) {
		name = hs_elf_escaped(a, hs_demangle(a, symbol.name));
	} else if (f) {
		name = hs_elf_escaped(a, hs_elf_function_name(a, &p->code, f));
		behind = address - f->at;
	} else if (s) {
		name = hs_elf_section_label(a, s);
		behind = object ? address : address - s->address;
	} else {
		return hs_arena_printf(a, "0x%" PRIx64, address);
	}
	return behind ? hs_arena_printf(a, "%s+0x%" PRIx64, name, behind) : name;
}
