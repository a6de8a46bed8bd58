/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PE_HEADER_H
#define HS_COMPARATORS_PE_HEADER_H

#include "comparators/kernel/kernel_parts.h"
#include "core/facts.h"

/*
 * What a kernel with an EFI stub has of a PE image (Microsoft's PE/COFF
 * specification): a DOS header whose field at 0x3c leads to "PE\0\0", the COFF
 * header, the optional header with its data directories, the section table.
 */
enum { HS_PE_SECTIONS = 16 };

struct hs_pe_section {
	struct hs_span name; /* without the zeros behind it */
	uint64_t at, len;    /* in the file */
};

struct hs_pe {
	unsigned machine, magic;
	uint32_t timestamp, checksum, image_size;
	uint64_t certificate, certificate_len; /* 0: not signed */
	struct hs_pe_section sections[HS_PE_SECTIONS];
	size_t n_sections;
	uint64_t end; /* of the section table, or of the headers where the file says more */
};

/* False where no PE header stands in the file as the DOS header says. */
bool hs_pe_read(struct hs_pe *out, struct hs_span file);

/* Its machine, time, checksum and whether it is signed; of NULL, that there is no EFI stub. */
void hs_say_pe(struct hs_facts *out, const struct hs_pe *pe);

/* Names the bytes of its headers, sections and signature; names are copied to `a`. */
void hs_pe_regions(struct hs_kernel_parts *p, struct hs_arena *a, const struct hs_pe *pe);

#endif
