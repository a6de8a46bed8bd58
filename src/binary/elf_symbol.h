/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_ELF_SYMBOL_H
#define HS_BINARY_ELF_SYMBOL_H

#include "binary/elf_file.h"

/*
 * The symbols of an ELF file. A table is read in place, symbol by symbol:
 *
 *	struct hs_elf_symbols table;
 *	struct hs_elf_symbol s;
 *	if (hs_elf_symbols_open(&table, arena, elf, hs_elf_section_typed(elf, SHT_SYMTAB)))
 *		for (uint64_t i = 1; hs_elf_symbol_at(&s, &table, i); i++)
 *			... s.name, s.value
 *
 * Neither struct changes once it is made; threads may share them.
 */
struct hs_elf_symbols {
	const struct hs_elf *elf;
	const struct hs_elf_section *section;
	struct hs_span names;    /* the string table */
	struct hs_span extended; /* SHT_SYMTAB_SHNDX: section indexes too large for a symbol */
	struct hs_span versym;   /* .gnu.version, of a .dynsym that has one */
	const struct hs_elf_version *versions; /* by index; NULL name: not given */
	size_t n_versions;
	uint64_t n; /* symbols, the empty one at 0 included */
};

/* A version as .gnu.version_d defines it, or .gnu.version_r needs it of `file`. */
struct hs_elf_version {
	struct hs_span name;
	struct hs_span file; /* the library it is needed of; empty: defined here */
};

struct hs_elf_symbol {
	struct hs_span name; /* without its version; empty where it has none */
	uint64_t value, size;
	uint64_t section; /* index; SHN_UNDEF, SHN_ABS, SHN_COMMON ... where `reserved` */
	bool reserved;    /* `section` is one of those numbers with a meaning of their own */
	uint8_t type, bind, visibility, other; /* STT_, STB_, STV_; all of st_other */
	uint16_t version;                      /* index; 0 and 1: none */
	bool hidden;                           /* its version is not the default: "@", not "@@" */
};

/* False where `section` is NULL or no table of symbols. */
bool hs_elf_symbols_open(struct hs_elf_symbols *out, struct hs_arena *a, const struct hs_elf *elf,
                         const struct hs_elf_section *section);

/* False past the last. */
bool hs_elf_symbol_at(struct hs_elf_symbol *out, const struct hs_elf_symbols *t, uint64_t i);

/* The version of a symbol, or NULL. */
const struct hs_elf_version *hs_elf_symbol_version(const struct hs_elf_symbols *t,
                                                   const struct hs_elf_symbol *s);

/*
 * Which symbol covers an address. It holds .symtab, or .dynsym where there is
 * none, without symbols that are undefined, absolute, of files or mapping
 * symbols ($a, $x ...), sorted once: build it when it is first needed.
 */
struct hs_elf_index {
	struct hs_elf_symbols table;
	struct hs_elf_place *places;
	size_t n;
};

/* In an object (ET_REL) a value counts from the start of its section; elsewhere `space` is 0. */
struct hs_elf_place {
	uint64_t space, value, size;
	uint64_t reach;  /* the end of what reaches farthest of this and those before it */
	uint32_t symbol; /* index in the table */
	uint8_t rank;    /* less is a better name for the place */
};

/* Never fails: without symbols it is empty. `arena` keeps it. */
void hs_elf_index_build(struct hs_elf_index *out, struct hs_arena *a, const struct hs_elf *elf);

/*
 * The best symbol that covers `address` (of section `section` in an object),
 * with how far behind its start that is. One without a size covers what
 * follows it up to the next symbol or the end of its section. Of several that
 * start together: with a type before without, global before weak before
 * local, then by name.
 */
bool hs_elf_index_find(struct hs_elf_symbol *out, uint64_t *behind, const struct hs_elf_index *x,
                       uint64_t section, uint64_t address);

#endif
