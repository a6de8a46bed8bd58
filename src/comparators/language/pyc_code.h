/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PYC_CODE_H
#define HS_COMPARATORS_PYC_CODE_H

#include "comparators/language/pyc_opcode.h"
#include "comparators/language/pyc_value.h"

/* A code object, taken apart; numbers are those of marshalled objects. */
struct hs_pyc_code {
	struct hs_cursor numbers;                                 /* as many as the version has */
	uint32_t code, consts, names, locals, cells, free, kinds; /* HS_MARSHAL_NONE: not there */
	uint32_t file, name, qualname, lines, exceptions;
	uint32_t flags;
};

struct hs_pyc_code hs_pyc_code_of(const struct hs_marshal *m, uint32_t i, unsigned version);

/*
 * Writes the code object `i` as lines: arguments, flags, constants, names, and
 * its instructions with what they refer to, places by label and lines of the
 * source as steps from one to the next. Its first line is left out, and so is
 * its file where that is `file`.
 */
void hs_pyc_code_write(FILE *out, struct hs_pyc_value *v, const struct hs_pyc_opcodes *ops,
                       uint32_t i, struct hs_span file);

#endif
