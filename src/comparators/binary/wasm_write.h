/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_WRITE_H
#define HS_COMPARATORS_WASM_WRITE_H

#include "comparators/binary/wasm_file.h"

#include <stdio.h>

/* What is meant by a number, as the text format writes it, where it has a name; escaped. */
void hs_wasm_write_function(FILE *out, const struct hs_wasm *w, uint64_t i);
void hs_wasm_write_global(FILE *out, const struct hs_wasm *w, uint64_t i);
/* "(i32, i64) -> (f32)"; "type 7" where there is no such function type. */
void hs_wasm_write_type(FILE *out, const struct hs_wasm *w, uint64_t i);

/* "i32", "funcref"; a number where it is none of these. */
void hs_wasm_write_value_type(FILE *out, uint64_t type);
/* "1 to 16", "1 and more, shared"; taken off the front. */
void hs_wasm_write_limits(FILE *out, struct hs_cursor *c);
/* The type of a table, a memory, a global, a tag or a function, taken off the front. */
void hs_wasm_write_kind(FILE *out, const struct hs_wasm *w, unsigned kind, struct hs_cursor *c);

/* A line for what is in no words: its length and digest. */
void hs_wasm_write_rest(FILE *out, struct hs_span bytes);

#endif
