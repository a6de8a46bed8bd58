/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PYC_OPCODE_H
#define HS_COMPARATORS_PYC_OPCODE_H

#include <stdbool.h>
#include <stdint.h>

/* What the argument of an instruction means. */
enum hs_pyc_argument {
	HS_PYC_PLAIN,
	HS_PYC_CONST, /* an index of the constants */
	HS_PYC_NAME,  /* of the names */
	HS_PYC_LOCAL, /* of the local variables */
	HS_PYC_PAIR,  /* of two of them, four bits each */
	HS_PYC_FREE,  /* of the cells and free variables */
	HS_PYC_JUMP,  /* a place: from the beginning until 3.10, then from here */
	HS_PYC_NEAR,  /* a place from here */
	HS_PYC_BACK,  /* the same, backwards */
};

/* The instructions of one version. */
struct hs_pyc_opcodes {
	unsigned version;      /* 311 for 3.11 */
	const char *name[256]; /* NULL: none of that number */
	uint8_t argument[256]; /* an enum hs_pyc_argument */
};

/* All without names where the version has no table here. */
void hs_pyc_opcodes_init(struct hs_pyc_opcodes *out, unsigned version);

/* How far the argument of such an instruction is shifted to be an index: flags stand below. */
unsigned hs_pyc_shift(const struct hs_pyc_opcodes *ops, uint8_t op);

/* The version that writes this magic number (the first two bytes), as 311 for 3.11; 0: unknown. */
unsigned hs_pyc_version(unsigned magic);

#endif
