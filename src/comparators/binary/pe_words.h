/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PE_WORDS_H
#define HS_COMPARATORS_PE_WORDS_H

#include "core/arena.h"

/* The numbers of PE images in words; what has none is a number. They live as long as the arena. */
const char *hs_pe_machine_word(struct hs_arena *a, unsigned machine);
const char *hs_pe_subsystem_word(struct hs_arena *a, unsigned subsystem);

/* "executable, large addresses": the bits of the COFF header, of the optional one, of a section. */
const char *hs_pe_characteristics_words(struct hs_arena *a, unsigned flags);
const char *hs_pe_dll_flags_words(struct hs_arena *a, unsigned flags);
const char *hs_pe_section_flags_words(struct hs_arena *a, uint32_t flags);

/* "exports", "imports" ...; of 0 to 15. */
const char *hs_pe_directory_word(size_t i);

#endif
