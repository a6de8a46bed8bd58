/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_CODE_H
#define HS_COMPARATORS_WASM_CODE_H

#include "comparators/binary/wasm_file.h"

#include <stdio.h>

/*
 * Writes a constant expression on one line, without its end, and takes it and
 * the end off the front. With `out` NULL it is only passed over, and `w` may
 * be NULL.
 */
void hs_wasm_expression_write(FILE *out, const struct hs_wasm *w, struct hs_cursor *c);

/*
 * Writes a function: its locals, an instruction a line, functions
 * and globals by name, so that another numbering of them changes no line.
 */
void hs_wasm_function_write(FILE *out, const struct hs_wasm *w, const struct hs_wasm_function *f);

#endif
