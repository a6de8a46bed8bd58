/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_FUNCTIONS_H
#define HS_COMPARATORS_ELF_FUNCTIONS_H

#include "comparators/elf/elf_parts.h"

/*
 * Adds a member for each function of a section of code, as ".text: main".
 * *cut says whether there were any; else the section is a piece of its own.
 */
int hs_elf_add_functions(bool *cut, struct hs_tree *out, const struct hs_elf_parts *p,
                         const struct hs_elf_section *s, struct hs_err *err);

/* The instructions of a function, of a section of code: see hs_disassemble(). The caller releases
 * *out, which after HS_ELIMIT has what fits. */
int hs_elf_view_function(struct hs_content *out, const struct hs_elf_parts *p,
                         const struct hs_elf_function *f, struct hs_err *err);
int hs_elf_view_code(struct hs_content *out, const struct hs_elf_parts *p,
                     const struct hs_elf_section *s, struct hs_err *err);

#endif
