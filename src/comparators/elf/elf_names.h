/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_NAMES_H
#define HS_COMPARATORS_ELF_NAMES_H

#include "binary/elf_file.h"
#include "binary/elf_symbol.h"

/*
 * The numbers of ELF in words, as the specifications write them without their
 * prefix: "EXEC", "PROGBITS", "GLOBAL". What has no name here is a number;
 * every text lives as long as the arena.
 */
const char *hs_elf_machine_name(struct hs_arena *a, unsigned machine);
const char *hs_elf_osabi_name(struct hs_arena *a, unsigned osabi);
const char *hs_elf_segment_type(struct hs_arena *a, uint32_t type);
const char *hs_elf_section_type(struct hs_arena *a, uint32_t type);
const char *hs_elf_symbol_type(struct hs_arena *a, unsigned type);
const char *hs_elf_symbol_bind(struct hs_arena *a, unsigned bind);
const char *hs_elf_symbol_visibility(unsigned visibility);
const char *hs_elf_dynamic_tag(struct hs_arena *a, uint64_t tag);
const char *hs_elf_relocation_type(struct hs_arena *a, unsigned machine, uint32_t type);

/* "alloc, write, exec": the bits of a section; of DT_FLAGS; of DT_FLAGS_1. */
const char *hs_elf_section_flags(struct hs_arena *a, uint64_t flags);
const char *hs_elf_dynamic_flags(struct hs_arena *a, uint64_t flags);
const char *hs_elf_dynamic_flags_1(struct hs_arena *a, uint64_t flags);

/* "rwx", with "-" for what is not there. */
const char *hs_elf_access(uint32_t segment_flags);

/* A name as text that may be shown. */
const char *hs_elf_escaped(struct hs_arena *a, struct hs_span name);

/* The name of a section, escaped; "section[3]" where it has none. */
const char *hs_elf_section_label(struct hs_arena *a, const struct hs_elf_section *s);

#endif
