/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PE_IMAGE_H
#define HS_COMPARATORS_PE_IMAGE_H

#include "core/span.h"

/*
 * The headers of a PE image (Microsoft's PE/COFF specification): a DOS header
 * whose field at 0x3c leads to "PE\0\0", the COFF header, the optional header
 * with its data directories, the section table.
 */
enum {
	HS_PE_SECTIONS = 96, /* as many as Windows loads */
	HS_PE_DIRECTORIES = 16,
	HS_PE_DIRECTORY = 8,
	HS_PE_SECTION = 40, /* bytes of a section's header */
	HS_PE_COFF = 24,    /* of the COFF header with the signature in front */
	HS_PE32_PLUS = 0x20b,
};

/* The data directories that are read, by number. */
enum hs_pe_directory_id {
	HS_PE_EXPORTS = 0,
	HS_PE_IMPORTS = 1,
	HS_PE_CERTIFICATES = 4, /* its address is an offset in the file */
	HS_PE_DEBUG = 6,
	HS_PE_CLR = 14,
};

struct hs_pe_section {
	struct hs_span name;    /* without the zeros behind it */
	struct hs_span head;    /* its header */
	uint64_t at, len;       /* in the file */
	uint32_t address, size; /* in memory, from the image's base */
};

struct hs_pe {
	struct hs_span file;
	uint64_t start; /* of the signature "PE" */
	unsigned machine, magic;
	uint32_t timestamp, checksum, image_size;
	uint32_t symbols, n_symbols;           /* COFF symbols: where, how many */
	struct hs_span optional;               /* the optional header, with the directories */
	uint64_t directories;                  /* where in that they stand */
	size_t n_directories;                  /* that are there, at most HS_PE_DIRECTORIES */
	uint64_t certificate, certificate_len; /* 0: not signed */
	struct hs_pe_section sections[HS_PE_SECTIONS];
	size_t n_sections;
	uint64_t n_said; /* sections that the header says there are */
	uint64_t table;  /* where the section table ends */
	uint64_t end;    /* of the section table, or of the headers where the file says more */
};

struct hs_pe_directory {
	uint32_t address, len;
};

/* False where no PE header stands in the file as the DOS header says. */
bool hs_pe_read(struct hs_pe *out, struct hs_span file);

/* All zero where there is none of that number. */
struct hs_pe_directory hs_pe_directory(const struct hs_pe *pe, size_t i);

/* What the file has from an address in memory to the end of the section there; or nothing. */
struct hs_span hs_pe_at(const struct hs_pe *pe, uint64_t address);

/* A directory's bytes; as many of them as the file has. */
struct hs_span hs_pe_directory_bytes(const struct hs_pe *pe, size_t i);

/* The text at an address, up to its NUL; empty where it has none. */
struct hs_span hs_pe_text(const struct hs_pe *pe, uint64_t address);

#endif
