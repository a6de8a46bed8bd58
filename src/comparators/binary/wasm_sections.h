/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_SECTIONS_H
#define HS_COMPARATORS_WASM_SECTIONS_H

#include "comparators/binary/wasm_file.h"

#include <stdio.h>

/* Whether hs_wasm_section_write() has words for it; its bytes are shown otherwise. */
bool hs_wasm_section_has_words(const struct hs_wasm_section *s);

/*
 * Writes a section, an item a line: types, imports, tables, memories, globals,
 * exports, the start function, elements, tags, the custom sections "name",
 * "producers" and "target_features". What does not fit is a digest.
 */
void hs_wasm_section_write(FILE *out, const struct hs_wasm *w, const struct hs_wasm_section *s);

#endif
