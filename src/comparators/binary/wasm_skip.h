/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_SKIP_H
#define HS_COMPARATORS_WASM_SKIP_H

#include "comparators/binary/wasm_file.h"

struct hs_wasm_import {
	struct hs_span module, name;
	enum hs_wasm_kind kind;
	struct hs_span type; /* of the function, table ... as it is encoded */
};

/* The import at the front; false where it is cut short or of no known kind. */
bool hs_wasm_take_import(struct hs_wasm_import *out, struct hs_cursor *c);

/* Passes over a constant expression and its end. */
void hs_wasm_skip_expression(struct hs_cursor *c);

#endif
