/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PYC_LINES_H
#define HS_COMPARATORS_PYC_LINES_H

#include "core/span.h"

/*
 * The table of a code object that says which line each instruction is of:
 * co_lnotab until 3.9, co_linetable of 3.10, and that of 3.11 with columns.
 */
struct hs_pyc_lines {
	struct hs_cursor c;
	unsigned version;
	int64_t line; /* of the last range, relative to the first line of the code */
};

/* Instructions of one line. */
struct hs_pyc_range {
	uint64_t len;     /* bytes of code; 0: all the rest */
	int64_t line;     /* relative to the code's first line */
	int64_t lines;    /* on which it ends, from `line` on */
	int64_t from, to; /* columns; -1: not known */
	bool no_line;     /* made by the compiler: of no line */
};

void hs_pyc_lines_init(struct hs_pyc_lines *l, struct hs_span table, unsigned version);

/* The next range; false behind the last, and where the table ends too early. */
bool hs_pyc_lines_next(struct hs_pyc_range *out, struct hs_pyc_lines *l);

#endif
