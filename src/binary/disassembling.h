/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_DISASSEMBLING_H
#define HS_BINARY_DISASSEMBLING_H

#include "binary/disassemble.h"

#if HS_WITH_CAPSTONE

#include <capstone/capstone.h>

/*
 * The inside of hs_disassemble(). Each instruction becomes a line in `text`
 * at once; where a label belongs, a mark is left, since labels get their
 * names when all is read.
 */
struct hs_disassembly {
	const struct hs_machine_code *code;
	csh engine;
	struct hs_lines text;
	struct hs_code_mark *marks;
	size_t n_marks, room_marks;
	uint8_t *what;  /* a byte for each of the code: enum hs_code_byte */
	uint32_t *line; /* where the line of the instruction that begins there ends; else 0 */
	uint64_t base;  /* of i386: of its table of offsets; 0: not known */
	struct hs_register *registers; /* HS_REGISTERS of them, as the machine numbers them */
};

enum hs_code_byte {
	HS_BYTE_INSIDE,
	HS_BYTE_STARTS = 1,
	HS_BYTE_TARGET = 2,
	HS_BYTE_DATA = 4,     /* a word that an instruction loads */
	HS_BYTE_RELATIVE = 8, /* and adds to its own address, and says so */
};

enum { HS_REGISTERS = 32 };

/* A place of the text that is still open. */
struct hs_code_mark {
	size_t at;
	uint64_t value; /* of a label: its address; of a page: that */
	enum hs_code_mark_kind {
		HS_MARK_LABEL,
		HS_MARK_ENTRY, /* of a jump table: a label, if the table goes as far */
		HS_MARK_PAGE,
		HS_MARK_USED_PAGE,
	} kind;
};

/* What is known to be in a register: an address, of which an instruction so far only made a part.
 */
struct hs_register {
	bool known;
	bool literal; /* loaded from the code: relative where the counter is added to it */
	uint64_t value;
	size_t mark; /* of the instruction that began it; of a literal: its offset */
};

/* Whether the address is one of the code. */
bool hs_code_holds(const struct hs_disassembly *d, uint64_t address);

/* Leaves a mark where the text ends now; its index. */
size_t hs_code_mark(struct hs_disassembly *d, uint64_t value, enum hs_code_mark_kind kind);

/* Writes what the operand refers to: a label, a jump table, a name. False, and nothing written,
 * where nothing is there. */
bool hs_code_say(struct hs_disassembly *d, const struct hs_code_ref *ref);

/* The same of a branch, which always refers to something. */
void hs_code_branch(struct hs_disassembly *d, uint64_t target, bool call);

/* Writes what the relocation of these bytes refers to; false: there is none. */
bool hs_code_patched(struct hs_disassembly *d, struct hs_code_patch *patch, const cs_insn *insn);

/* Writes a part of a C string. */
void hs_code_text(struct hs_disassembly *d, const char *from, const char *to);

/* The operands of one instruction, as each family of machines has them. */
void hs_operands_x86(struct hs_disassembly *d, const cs_insn *insn);
void hs_operands_arm64(struct hs_disassembly *d, const cs_insn *insn);
void hs_operands_arm(struct hs_disassembly *d, const cs_insn *insn);

#endif
#endif
