/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_PE_H
#define BUILD_PE_H

#include "build_bytes.h"

/*
 * A library of .NET for x86-64 as linkers write it, with one of each: what
 * Microsoft's linker says of its tools, imports, exports, a debug directory, a
 * CLR header, a signature. Sections are .text (200h at 200h) and .rdata (400h
 * at 400h, address 2000h). All zero is the plain one.
 */
struct build_pe {
	uint32_t time;
	uint8_t code; /* the first byte of .text */
	bool no_signature;
	struct hs_span rest; /* behind all else */
};

void build_pe(struct hs_build *b, const struct build_pe *w);

#endif
