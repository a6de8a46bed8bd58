/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_FACTS_H
#define HS_COMPARATORS_ELF_FACTS_H

#include "binary/elf_file.h"
#include "core/facts.h"

/* What the header says, and what the loader makes of the file: its segments, the dynamic section.
 */
void hs_elf_say_header(struct hs_facts *out, const struct hs_elf *elf);
void hs_elf_say_segments(struct hs_facts *out, const struct hs_elf *elf);
void hs_elf_say_dynamic(struct hs_facts *out, const struct hs_elf *elf);

/* What the compiler, the linker and the build left: .interp, .comment, .gnu_debuglink, .modinfo. */
void hs_elf_say_words(struct hs_facts *out, const struct hs_elf *elf);
/* Whether hs_elf_say_words() tells every byte of the section. */
bool hs_elf_words_tell(const struct hs_elf *elf, const struct hs_elf_section *s);

/* The notes, one by one; whether they tell every byte of the section. */
void hs_elf_say_notes(struct hs_facts *out, const struct hs_elf *elf);
bool hs_elf_notes_tell(const struct hs_elf *elf, const struct hs_elf_section *s);

/* What Go and Rust leave in what they build. */
void hs_elf_say_languages(struct hs_facts *out, const struct hs_elf *elf);

/* A section's header; of one that is nowhere in memory, its address is not said. */
void hs_elf_say_section(struct hs_facts *out, const struct hs_elf *elf,
                        const struct hs_elf_section *s);

/* One entry of the dynamic section; false past DT_NULL or the end. */
struct hs_elf_dynamic {
	uint64_t tag, value;
};
bool hs_elf_dynamic_at(struct hs_elf_dynamic *out, const struct hs_elf *elf, struct hs_span table,
                       uint64_t i);
/* The bytes of the dynamic section and of the strings that it names. */
struct hs_span hs_elf_dynamic_table(const struct hs_elf *elf);
struct hs_span hs_elf_dynamic_strings(const struct hs_elf *elf, struct hs_span table);

#endif
