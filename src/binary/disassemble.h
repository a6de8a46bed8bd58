/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_DISASSEMBLE_H
#define HS_BINARY_DISASSEMBLE_H

#include "binary/lines.h"

/*
 * Machine code as lines of text that hold no address of their own: what an
 * operand refers to is said by what stands there, and a branch inside the code
 * by a label, called after what stands there. So two functions that do the same read the
 * same, wherever they and what they use were put, and one that calls or loads
 * something else does not.
 */
enum hs_isa {
	HS_ISA_NONE, /* none that is known here */
	HS_ISA_X86_64,
	HS_ISA_I386,
	HS_ISA_ARM64,
	HS_ISA_ARM,
	HS_ISA_THUMB,
	HS_ISA_RISCV64,
	HS_ISA_RISCV32,
};

/* How an operand uses what it refers to. */
enum hs_use {
	HS_USE_CALL,
	HS_USE_JUMP,
	HS_USE_LOAD,    /* reads or writes `width` bytes of it */
	HS_USE_ADDRESS, /* takes its address */
	HS_USE_NUMBER,  /* a number that may be an address: one only where something known is */
};

struct hs_code_ref {
	uint64_t address;
	enum hs_use use;
	unsigned width; /* bytes; 0: not known */
};

/* What a relocation puts into the code. */
struct hs_code_patch {
	uint64_t at;   /* address of the field */
	unsigned type; /* of the machine */
};

/* Who knows what stands where; each may be NULL. Called from any thread. */
struct hs_code_names {
	/* Writes what stands at the address; false where no part of the program does. */
	bool (*say)(struct hs_lines *out, const struct hs_code_names *n,
	            const struct hs_code_ref *ref);
	/* Of an object: writes what the first relocation in [from, to) refers to; false: none. */
	bool (*patched)(struct hs_lines *out, struct hs_code_patch *patch,
	                const struct hs_code_names *n, const uint64_t within[2]);
	/* `width` bytes at the address as a number; false where the file has none. */
	bool (*read)(uint64_t *out, const struct hs_code_names *n, uint64_t address,
	             unsigned width);
};

struct hs_machine_code {
	struct hs_span bytes;
	uint64_t address;
	enum hs_isa isa;
	bool big; /* data in it is most significant byte first; so is code of arm */
	const struct hs_code_names *names;
};

/* Whether hs_disassemble() knows the machine as this program is built. */
bool hs_disassembles(enum hs_isa isa);

/*
 * Adds the lines of the code. What is no instruction is ".byte". HS_EABSENT
 * without a disassembler for the machine; HS_ELIMIT past HS_MAX_CODE bytes.
 */
int hs_disassemble(struct hs_lines *out, const struct hs_machine_code *code, struct hs_err *err);

#endif
