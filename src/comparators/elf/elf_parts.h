/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_PARTS_H
#define HS_COMPARATORS_ELF_PARTS_H

#include "binary/elf_code.h"
#include "binary/elf_patches.h"
#include "core/tree.h"

#include <stdio.h>

/*
 * How an ELF file is taken apart: what each section is to a reader, and what
 * its views are made from.
 */

/* How a section is shown; also the codec of its entry, so 0 is: its bytes. */
enum hs_elf_role {
	HS_ELF_BYTES,
	HS_ELF_TOLD,    /* facts of the file tell all of it */
	HS_ELF_PACKED,  /* inflated */
	HS_ELF_SYMBOLS, /* views from here on */
	HS_ELF_RELOCATIONS,
	HS_ELF_STRINGS, /* a string table that other sections refer to */
	HS_ELF_DYNAMIC,
	HS_ELF_VERSIONS, /* .gnu.version_d, .gnu.version_r */
	HS_ELF_VERSYM,
	HS_ELF_HASH, /* .gnu.hash */
	HS_ELF_GROUP,
	HS_ELF_POINTERS, /* .init_array, .got: addresses, one after the other */
	HS_ELF_DATA,     /* strings and numbers */
	HS_ELF_FRAMES,   /* .eh_frame */
	HS_ELF_LOOKUP,   /* .eh_frame_hdr */
	HS_ELF_EXIDX,    /* .ARM.exidx */
	HS_ELF_DWARF,    /* debug information; see dwarf.h */
	HS_ELF_CODE,     /* its functions are members of their own, or it is one piece */
	HS_ELF_FUNCTION, /* no section: a piece of one */
};

/* What the views of one file share: tree->state. It does not change once made. */
struct hs_elf_parts {
	struct hs_elf elf;
	struct hs_elf_index index;
	struct hs_elf_code code;
	struct hs_elf_patches patches;
};

/* Reads all of it; see hs_elf_read(). */
int hs_elf_parts_read(struct hs_elf_parts *p, struct hs_arena *a, struct hs_span file,
                      struct hs_err *err);

enum hs_elf_role hs_elf_role_of(const struct hs_elf *elf, const struct hs_elf_section *s);

/* "main", "main+0x10", ".rodata+0x4", or the number itself where nothing covers the address. Of an
 * object, `section` says in which it is; escaped. */
const char *hs_elf_place_name(struct hs_arena *a, const struct hs_elf_parts *p, uint64_t section,
                              uint64_t address);

/* The text of a section in that role; HS_EFORMAT where its table ends early, after what there is.
 */
int hs_elf_view(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                struct hs_err *err);

#endif
