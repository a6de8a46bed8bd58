/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_OPCODE_H
#define HS_COMPARATORS_WASM_OPCODE_H

#include <stdint.h>

/*
 * The instructions (WebAssembly Core Specification, 5.4, and the proposals for
 * threads, exceptions and tail calls). What follows the number:
 *
 *	b a block's type      x a number           0 a byte
 *	f a function          g a global           t a type
 *	m alignment, offset   i a signed number    h a type of reference
 *	4 8 a float           6 sixteen bytes      v types of values
 *	T a table of labels   I a type and a table
 */
struct hs_wasm_opcode {
	const char *name; /* NULL: there is none of that number */
	const char *operands;
};

enum { HS_WASM_MISC = 0xfc, HS_WASM_VECTOR = 0xfd, HS_WASM_ATOMIC = 0xfe };

/* Of one byte, or of a prefix and the number behind it. */
struct hs_wasm_opcode hs_wasm_opcode(unsigned prefix, uint64_t number);

#endif
