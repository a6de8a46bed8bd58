/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_ELF_H
#define BUILD_ELF_H

#include "core/arena.h"

/*
 * ELF files of a few hundred bytes, of either class and byte order. The
 * builder adds the empty section 0, lays out the contents in their order
 * behind the headers, and .shstrtab and the section header table last:
 *
 *	const struct build_elf_section s[] = {
 *		{ .name = ".text", .type = SHT_PROGBITS, .bytes = HS_SPAN("\xc3") },
 *	};
 *	build_elf(&arena, &(struct build_elf){ .sections = s, .n_sections = 1 })
 */
struct build_elf_section {
	const char *name;
	uint32_t type, link, info;
	uint64_t flags, address, entsize, align; /* align 0: 1 */
	uint64_t memory;                         /* of SHT_NOBITS: its size */
	struct hs_span bytes;
};

/* Over the bytes of sections [first, last], counted from 1. */
struct build_elf_segment {
	uint32_t type, flags;
	size_t first, last;
};

struct build_elf {
	bool is32, big;
	uint16_t type, machine; /* 0: ET_DYN, EM_X86_64 */
	uint8_t osabi;
	uint32_t flags;
	uint64_t entry;
	const struct build_elf_section *sections;
	size_t n_sections;
	const struct build_elf_segment *segments;
	size_t n_segments;
	bool no_table; /* no section header table and no names */
};

struct hs_span build_elf(struct hs_arena *a, const struct build_elf *e);

/* A number in its byte order, or a word of its class, as a span. */
struct hs_span build_elf_number(struct hs_arena *a, const struct build_elf *e, uint64_t v,
                                size_t width);

/* One row of a symbol table; `info` is bind << 4 | type. */
struct build_elf_symbol {
	uint32_t name; /* in the string table */
	uint8_t info, other;
	uint16_t section;
	uint64_t value, size;
};

/* A table of symbols, the empty one in front included. */
struct hs_span build_elf_symbols(struct hs_arena *a, const struct build_elf *e,
                                 const struct build_elf_symbol *all, size_t n);

/* A note: "GNU" as the owner, in 4-byte alignment. */
struct hs_span build_elf_note(struct hs_arena *a, const struct build_elf *e, const char *owner,
                              uint32_t type, struct hs_span content);

#endif
