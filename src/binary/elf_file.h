/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_ELF_FILE_H
#define HS_BINARY_ELF_FILE_H

#include "core/arena.h"
#include "core/blob.h"
#include "core/codec.h"
#include "core/err.h"
#include "core/run.h"
#include "core/tree.h"

#include <elf.h>

/*
 * ELF files, of either class and byte order, read from memory (System V ABI,
 * "Object Files"; the names of numbers are those of <elf.h>):
 *
 *	struct hs_elf elf;
 *	if (hs_elf_read(&elf, arena, file, err) < 0)
 *		return err->code;
 *	for (size_t i = 0; i < elf.n_sections; i++)
 *		... elf.sections[i].name, elf.sections[i].bytes
 *
 * Nothing of the file is copied and nothing is written to it. Once read, the
 * struct does not change: any thread may use it for as long as the arena and
 * the file live. Every span lies inside the file, whatever its fields claim: a
 * section that ends past the end of the file has the bytes that are there and
 * `cut`, and what is wrong with the tables stands in `problems`.
 *
 * Symbols: binary/elf_symbol.h.
 */

enum hs_elf_packing {
	HS_ELF_PLAIN,
	HS_ELF_CHDR,   /* SHF_COMPRESSED: an Elf32_Chdr or Elf64_Chdr, then the stream */
	HS_ELF_ZDEBUG, /* .zdebug_*: "ZLIB", 8 bytes of size (most significant first), the stream */
};

struct hs_elf_section {
	struct hs_span name;   /* without its NUL; empty where it has none; any bytes */
	struct hs_span header; /* its row of the section header table */
	struct hs_span bytes;  /* as they are stored; empty for SHT_NOBITS */
	size_t index;
	uint32_t name_at, type, link, info;
	uint64_t flags, address, offset, size, align, entsize;
	bool cut; /* the file ends before it does */

	/* Of a compressed one: */
	enum hs_elf_packing packing;
	enum hs_codec codec;   /* HS_CODEC_NONE: an unknown one */
	struct hs_span stream; /* `bytes` behind the header */
	uint64_t inflated;     /* the size that it claims to have */
};

struct hs_elf_segment {
	struct hs_span header; /* its row of the program header table */
	struct hs_span bytes;  /* in the file */
	size_t index;
	uint32_t type, flags;
	uint64_t offset, address, physical, size, memory, align; /* `size` in the file */
	bool cut;
};

struct hs_elf {
	struct hs_span file;
	struct hs_span header; /* the ELF header, 52 or 64 bytes; shorter where the file is cut */
	bool is64, big;        /* ELFCLASS64; most significant byte first */
	uint8_t osabi, abi_version;
	uint16_t type, machine, header_size, segment_size, section_size;
	uint32_t version, flags;
	uint64_t entry, segments_at, sections_at;
	uint64_t n_segments_claimed, n_sections_claimed, names_at; /* extended numbering resolved */

	struct hs_elf_section *sections; /* index 0, the empty one, included */
	size_t n_sections;
	struct hs_elf_segment *segments;
	size_t n_segments;
	const struct hs_elf_section **by_address; /* those with memory, sorted; not of ET_REL */
	size_t n_by_address;

	const struct hs_entry_note *problems; /* fit for tree->notes */
	uint32_t n_problems;
};

/* Whether it begins as an ELF file of a known class, byte order and version does. */
bool hs_elf_is(struct hs_span file);

/*
 * HS_ENOTMINE where hs_elf_is() is false; HS_EFORMAT where not even the ELF
 * header is whole (*out then holds `file` and `header`). Damage behind it is
 * no failure: what can be read is read, and `problems` has the rest.
 */
int hs_elf_read(struct hs_elf *out, struct hs_arena *a, struct hs_span file, struct hs_err *err);

/* A number of `width` bytes (8 at most) in the file's byte order; see hs_take(). */
uint64_t hs_elf_take(const struct hs_elf *elf, struct hs_cursor *c, size_t width);
/* One of 4 or 8 bytes, as the class has its addresses, offsets and sizes. */
uint64_t hs_elf_take_word(const struct hs_elf *elf, struct hs_cursor *c);

/* The section of that index, or NULL. */
const struct hs_elf_section *hs_elf_section(const struct hs_elf *elf, uint64_t index);
/* The first of that name, of that type; or NULL. */
const struct hs_elf_section *hs_elf_section_named(const struct hs_elf *elf, const char *name);
const struct hs_elf_section *hs_elf_section_typed(const struct hs_elf *elf, uint32_t type);

/* The section in memory that covers the address; NULL where none does, and in an object (ET_REL),
 * whose sections have no addresses. */
const struct hs_elf_section *hs_elf_section_at(const struct hs_elf *elf, uint64_t address);

/*
 * What of the file is mapped at the address, to the end of its section, or of
 * its PT_LOAD where no section covers it. Empty where nothing is.
 */
struct hs_span hs_elf_mapped(const struct hs_elf *elf, uint64_t address);

/* The C string at `at` of a string table, without its NUL; .at is NULL where none of up to
 * HS_MAX_NAME bytes ends there. */
struct hs_span hs_elf_string(struct hs_span table, uint64_t at);

/*
 * The content of a section, inflated where it is compressed. `blob` holds the
 * file, or is NULL. The caller releases *out, which after a failure may hold
 * what came before the damage. HS_EFORMAT also where the size is not the one claimed.
 */
int hs_elf_content(struct hs_content *out, const struct hs_elf_section *s, struct hs_blob *blob,
                   struct hs_run *run, struct hs_err *err);

#endif
