/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_NAMES_H
#define HS_COMPARATORS_WASM_NAMES_H

#include "comparators/binary/wasm_file.h"

#include <stdio.h>

/*
 * Gives functions, globals and segments the names that the name section has
 * for them (Core Specification, appendix "Custom Sections"; subsections 7 and
 * 9 are of the extended names), and functions without one that of their export.
 */
void hs_wasm_names(struct hs_wasm *w);

/* The name section as lines without numbers: "function main", "local main: x". */
void hs_wasm_names_write(FILE *out, const struct hs_wasm *w, struct hs_span section);

#endif
