/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_CONSTANTS_H
#define HS_COMPARATORS_ELF_CONSTANTS_H

#include "comparators/elf/elf_parts.h"

/*
 * A section of data as lines: what a loader fills in by name ("-> main"), the
 * tables that a switch jumps by as where they lead in their function, all else
 * as hs_elf_write_data() has it.
 */
int hs_elf_view_constants(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

#endif
