/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_ELF_CODE_H
#define HS_BINARY_ELF_CODE_H

#include "binary/disassemble.h"
#include "binary/elf_symbol.h"

/*
 * Where the functions of an ELF file are: where its symbols say so, and, of
 * those that have none any more, where .eh_frame says how to unwind them; and
 * what lies between two of them and does not only align the second. Sorted;
 * none overlaps the one before.
 */
struct hs_elf_function {
	uint64_t space; /* in an object (ET_REL) the section; elsewhere 0 */
	uint64_t at;    /* offset in the section, or address */
	uint64_t size;
	uint64_t hash;   /* of one without a symbol: of what it does; see hs_elf_function_name() */
	uint32_t symbol; /* 0: it has none */
	bool thumb;      /* of ARM: its short instructions */
};

struct hs_elf_code {
	const struct hs_elf_index *index;
	struct hs_elf_function *rows;
	size_t n;
};

/* Never fails: where nothing tells, there are none. `arena` keeps it, `x` must live as long. */
void hs_elf_code_read(struct hs_elf_code *out, struct hs_arena *a, const struct hs_elf *elf,
                      const struct hs_elf_index *x);

/* Whether the section is code that a linker makes: stubs that jump to other libraries. */
bool hs_elf_is_plt(const struct hs_elf_section *s);

/* The index of the first function of the section, at or behind its start; c->n where there is none.
 */
size_t hs_elf_code_first(const struct hs_elf_code *c, const struct hs_elf_section *s);

/* The function that covers the place, or NULL. */
const struct hs_elf_function *hs_elf_function_at(const struct hs_elf_code *c, uint64_t space,
                                                 uint64_t at);

/* Its section; its bytes. */
const struct hs_elf_section *hs_elf_function_section(const struct hs_elf *elf,
                                                     const struct hs_elf_function *f);
struct hs_span hs_elf_function_bytes(const struct hs_elf *elf, const struct hs_elf_function *f);

/*
 * Its name as its author wrote it, raw. Of one without a symbol "code " and a
 * hash of what it does: of its bytes without what in them leads elsewhere, so
 * that it is called the same wherever it and the rest were put.
 */
struct hs_span hs_elf_function_name(struct hs_arena *a, const struct hs_elf_code *c,
                                    const struct hs_elf_function *f);

/* The instructions that the machine has. */
enum hs_isa hs_elf_isa(const struct hs_elf *elf, bool thumb);

#endif
