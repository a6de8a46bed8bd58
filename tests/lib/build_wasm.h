/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_WASM_H
#define BUILD_WASM_H

#include "build_bytes.h"

/*
 * A WebAssembly module: an imported function "put", a function "run" that is
 * exported and calls it and itself, a table, a memory, a global, a segment of
 * data, the custom sections "name" and "producers". All zero is the plain one.
 */
struct build_wasm {
	bool more;           /* a function "extra" stands before "run" */
	bool nameless;       /* no name section */
	bool wide;           /* lengths of sections in 5 bytes, as linkers write them */
	unsigned value;      /* a constant in "run", below 64 */
	const char *text;    /* the data: "text" */
	struct hs_span code; /* instead of the instructions of "run" and its locals */
};

void build_wasm(struct hs_build *b, const struct build_wasm *w);

/* A section or a subsection: its number, the length, the bytes. */
void build_wasm_section(struct hs_build *b, unsigned id, struct hs_span bytes);

#endif
