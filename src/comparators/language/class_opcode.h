/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CLASS_OPCODE_H
#define HS_COMPARATORS_CLASS_OPCODE_H

/*
 * The instructions of the Java virtual machine by number (its specification,
 * 6.5). Operands: c C a constant by 1 or 2 bytes; u U a number of 1 or 2 bytes,
 * b s a signed one; j J a place by 2 or 4 bytes.
 */
struct hs_class_opcode {
	const char *name, *operands;
};

enum { HS_CLASS_OPCODES = 0xcb };

extern const struct hs_class_opcode hs_class_opcodes[HS_CLASS_OPCODES];

#endif
