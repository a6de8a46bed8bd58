/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_STRINGS_H
#define HS_COMPARATORS_ELF_STRINGS_H

#include "comparators/elf/elf_parts.h"

/*
 * What of a string table nothing refers to: names of symbols, sections,
 * libraries and versions are told where they are used.
 */
int hs_elf_view_strings(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

#endif
