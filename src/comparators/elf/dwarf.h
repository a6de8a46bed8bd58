/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_DWARF_H
#define HS_COMPARATORS_DWARF_H

#include "comparators/elf/elf_parts.h"

/*
 * Debug information (DWARF 2 to 5), as text without an offset in it: what an
 * offset leads to is said, and an address by its symbol.
 */

/* The sections that views of others look into, inflated where they are compressed. */
enum hs_dwarf_part {
	HS_DWARF_INFO,
	HS_DWARF_ABBREV,
	HS_DWARF_STR,
	HS_DWARF_LINE_STR,
	HS_DWARF_LINE,
	HS_DWARF_STR_OFFSETS,
	HS_DWARF_ADDR,
	HS_N_DWARF_PARTS,
};

struct hs_dwarf {
	const struct hs_elf_parts *parts;
	struct hs_arena arena;
	struct hs_content content[HS_N_DWARF_PARTS];
	const struct hs_elf_section *section[HS_N_DWARF_PARTS]; /* NULL: there is none */
};

/* What cannot be inflated is empty. The caller closes it; `t` is of `p`. */
void hs_dwarf_open(struct hs_dwarf *d, const struct hs_elf_parts *p, const struct hs_tree *t);
void hs_dwarf_close(struct hs_dwarf *d);

/* A place in a section, as it is read. */
struct hs_dwarf_cursor {
	struct hs_cursor c;
	const uint8_t *front; /* of the section */
	const struct hs_elf_section *section;
	const struct hs_dwarf *d;
};

struct hs_dwarf_cursor hs_dwarf_at(const struct hs_dwarf *d, const struct hs_elf_section *s,
                                   struct hs_span bytes);
struct hs_dwarf_cursor hs_dwarf_in(const struct hs_dwarf *d, enum hs_dwarf_part part, uint64_t at);

uint64_t hs_dwarf_take(struct hs_dwarf_cursor *c, size_t width);
uint64_t hs_dwarf_uleb(struct hs_dwarf_cursor *c);
int64_t hs_dwarf_sleb(struct hs_dwarf_cursor *c);

/* An offset into another section: in an object its relocation has it. */
uint64_t hs_dwarf_offset(struct hs_dwarf_cursor *c, size_t width);

/* An address, as text in the arena of `d` and, of a linked file, as a number. */
const char *hs_dwarf_address(struct hs_dwarf_cursor *c, size_t width, uint64_t *number);

/* The length of a unit: 4 bytes, or 12 with *offset_size 8. Cuts `c` to the unit; the rest is what
 * is behind it. */
bool hs_dwarf_length(struct hs_dwarf_cursor *c, struct hs_dwarf_cursor *unit,
                     unsigned *offset_size);

/* The C string at the offset; empty where there is none. */
struct hs_span hs_dwarf_string(const struct hs_dwarf *d, enum hs_dwarf_part part, uint64_t at);

/* ---- Values of attributes ---- */

struct hs_dwarf_unit {
	unsigned version, type, address_size, offset_size;
	uint64_t at;          /* where its header begins in .debug_info */
	uint64_t abbrev;      /* offset of its table */
	uint64_t str_offsets; /* where its own begin */
	uint64_t addresses;
	struct hs_dwarf_cursor dies;
	struct hs_span *files; /* names by index, of its line table */
	size_t n_files;
};

enum hs_dwarf_class {
	HS_DWARF_NUMBER,
	HS_DWARF_SIGNED,
	HS_DWARF_ADDRESS, /* text */
	HS_DWARF_TEXT,
	HS_DWARF_BLOCK,
	HS_DWARF_EXPRESSION,
	HS_DWARF_FLAG,
	HS_DWARF_REFERENCE, /* u: offset in .debug_info */
	HS_DWARF_OFFSET,    /* into a section of lists */
	HS_DWARF_OTHER,     /* into another file, or a type by its signature: u */
};

struct hs_dwarf_value {
	enum hs_dwarf_class is;
	uint64_t u;
	struct hs_span bytes; /* of a text, a block, an address as text */
};

/* Reads one value; false for a form that is not known, and at the end of the bytes. */
bool hs_dwarf_value(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c,
                    const struct hs_dwarf_unit *u, uint64_t form, int64_t implied);

/* ---- Names, without their prefix; NULL where there is none ---- */

const char *hs_dwarf_tag(uint64_t tag);
const char *hs_dwarf_attribute(uint64_t attribute);
const char *hs_dwarf_language(uint64_t language);

/* ---- Views ---- */

/* Whether there is one for a section of that name (".debug_info", ".zdebug_line"). */
bool hs_dwarf_shows(const struct hs_elf_section *s);

/* HS_EFORMAT where it ends early, after what there is. */
int hs_dwarf_view(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                  const struct hs_tree *t, struct hs_err *err);

int hs_dwarf_view_info(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                       struct hs_err *err);
int hs_dwarf_view_abbrev(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                         struct hs_err *err);
int hs_dwarf_view_line(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                       struct hs_err *err);
int hs_dwarf_view_aranges(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                          struct hs_err *err);
int hs_dwarf_view_ranges(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                         struct hs_err *err);
int hs_dwarf_view_loc(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err);
int hs_dwarf_view_rnglists(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                           struct hs_err *err);
int hs_dwarf_view_loclists(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                           struct hs_err *err);
int hs_dwarf_view_addr(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c,
                       struct hs_err *err);

/* The names of the files of the line table at that offset, by their index. */
void hs_dwarf_files(struct hs_dwarf_unit *u, struct hs_dwarf *d, uint64_t at);

/* Where in their section lists begin that units refer to; sorted. */
struct hs_dwarf_starts {
	uint64_t *at; /* heap */
	size_t n, room;
	bool of_ranges; /* lists of ranges; else of places */
};

/* Adds all; the caller frees `at`. */
void hs_dwarf_find_starts(struct hs_dwarf_starts *out, struct hs_dwarf *d);
void hs_dwarf_add_start(struct hs_dwarf_starts *out, uint64_t at);
void hs_dwarf_sort_starts(struct hs_dwarf_starts *s);

/* An expression in hex, but what it has the address of by name. */
void hs_dwarf_write_expression(FILE *out, struct hs_dwarf_cursor *c, struct hs_span bytes,
                               size_t address_size);

#endif
