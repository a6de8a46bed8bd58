/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_REFS_H
#define HS_COMPARATORS_ELF_REFS_H

#include "comparators/elf/elf_parts.h"

/*
 * What code and data refer to, said so that it reads the same wherever that
 * was put: by its symbol; a text by what it says; a number that is only read
 * by its bytes; a stub or a slot by what the loader puts there.
 */
struct hs_elf_refs {
	struct hs_code_names names; /* first: the callbacks find the rest from it */
	const struct hs_elf_parts *parts;
	uint64_t space; /* of the code: in an object its section */
};

struct hs_elf_refs hs_elf_refs_of(const struct hs_elf_parts *p, uint64_t space);

/* "name+0x10", ""text"": what the loader puts where now `word` stands. */
void hs_elf_write_patch(FILE *out, struct hs_arena *a, const struct hs_elf_parts *p,
                        const struct hs_elf_patch *patch, uint64_t word);

#endif
