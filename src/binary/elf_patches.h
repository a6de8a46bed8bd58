/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_ELF_PATCHES_H
#define HS_BINARY_ELF_PATCHES_H

#include "binary/elf_symbol.h"

/*
 * Places that only wait for where the file is loaded, in SHT_RELR (System V
 * ABI, "Relative Relocation Table"): an address; then odd words, of whose bits 1
 * and up each stands for a word behind it.
 *
 *	struct hs_elf_relr it = { .elf = elf, .rest = { .rest = section->bytes } };
 *	while (hs_elf_relr_next(&address, &it))
 */
struct hs_elf_relr {
	const struct hs_elf *elf;
	struct hs_cursor rest;
	uint64_t base, word;
	unsigned bit; /* of `word`, that was looked at last */
};

bool hs_elf_relr_next(uint64_t *out, struct hs_elf_relr *it);

/* Relocations by the place that they fill in. */
struct hs_elf_patch {
	uint64_t space; /* in an object (ET_REL) the section; elsewhere 0 */
	uint64_t at;    /* offset in the section, or address */
	int64_t addend;
	uint32_t type, symbol;
	bool has_addend; /* else it stands in the place itself */
};

struct hs_elf_patches {
	struct hs_elf_symbols symbols; /* that all of them refer to */
	bool has_symbols;
	const struct hs_elf_patch *rows; /* sorted */
	size_t n;
};

/* Reads all tables of relocations that share the first one's symbols, SHT_RELR too. `arena` keeps
 * it. Empty past HS_MAX_RELOCATIONS. */
void hs_elf_patches_read(struct hs_elf_patches *out, struct hs_arena *a, const struct hs_elf *elf);

/* The first in [from, to), or NULL; those that follow it in `rows` stand behind it. */
const struct hs_elf_patch *hs_elf_patch_in(const struct hs_elf_patches *p, uint64_t space,
                                           uint64_t from, uint64_t to);

/* Its symbol; false where it has none. */
bool hs_elf_patch_symbol(struct hs_elf_symbol *out, const struct hs_elf_patches *p,
                         const struct hs_elf_patch *patch);

#endif
