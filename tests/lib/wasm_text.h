/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WASM_TEXT_H
#define WASM_TEXT_H

#include "build_wasm.h"
#include "comparators/binary/wasm_file.h"

#include <stdio.h>

/* The module of build_wasm(), read; *b and *a are to be released. */
struct hs_wasm wasm_of(struct hs_build *b, struct hs_arena *a, const struct build_wasm *want);

/* What write() writes of the module and the bytes, as a C string; free() it. */
typedef void wasm_write(FILE *out, const struct hs_wasm *w, struct hs_span bytes);
char *wasm_text(const struct hs_wasm *w, struct hs_span bytes, wasm_write *write);

#endif
