/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_PROGRAM_H
#define BUILD_PROGRAM_H

#include "build_elf.h"

/*
 * A program for x86-64 as a linker writes it: main() takes the address of a
 * text and calls helper(), which adds to a counter; then six bytes of code that
 * nothing names. .eh_frame says how to unwind the two functions. All zero is
 * the plain one.
 */
struct build_program {
	bool stripped;    /* no .symtab */
	size_t shift;     /* that many bytes of a function first() before main; a multiple of 16 */
	uint8_t constant; /* that helper() adds */
	const char *text; /* NULL: "hello" */
	const struct build_elf_section *more; /* sections behind all others */
	size_t n_more;
};

struct hs_span build_program(struct hs_arena *a, const struct build_program *w);

#endif
