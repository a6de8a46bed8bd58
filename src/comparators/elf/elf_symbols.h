/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_SYMBOLS_H
#define HS_COMPARATORS_ELF_SYMBOLS_H

#include "comparators/elf/elf_parts.h"

/* "name", "name@VERSION" of what is needed or hidden, "name@@VERSION"; escaped. */
void hs_elf_write_symbol_name(FILE *out, const struct hs_elf_symbols *t,
                              const struct hs_elf_symbol *s);

/*
 * A line a symbol: bind, type, visibility, section, size, name; the size not
 * of a function that is a member, which has it; the value only where it is a number of its own
 * (SHN_ABS, SHN_COMMON). Local ones in the order of the table, where each belongs to the file
 * before it; the others by name, since a hash orders them.
 */
int hs_elf_view_symbols(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                        struct hs_err *err);

/* The version of each symbol, which its name tells already: how many there are, where that is not
 * one for each symbol. */
int hs_elf_view_versym(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

/* .gnu.hash: its parameters, and its bytes where they do not follow from the symbols. */
int hs_elf_view_hash(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

#endif
