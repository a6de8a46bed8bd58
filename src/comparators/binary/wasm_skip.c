/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_skip.h"

#include "comparators/binary/wasm_code.h"

enum { HAS_MAX = 1 };

static void
skip_limits(struct hs_cursor *c)
{
	const uint64_t flags = hs_wasm_unsigned(c);

	hs_wasm_unsigned(c);
	if (flags & HAS_MAX)
		hs_wasm_unsigned(c);
}

bool
hs_wasm_take_import(struct hs_wasm_import *out, struct hs_cursor *c)
{
	struct hs_span from;
	unsigned kind;

	out->module = hs_wasm_bytes(c);
	out->name = hs_wasm_bytes(c);
	kind = (unsigned)hs_take_be(c, 1);
	from = c->rest;
	switch (kind) {
	case HS_WASM_IS_FUNCTION:
		hs_wasm_unsigned(c);
		break;
	case HS_WASM_IS_TABLE:
		hs_take(c, 1);
		skip_limits(c);
		break;
	case HS_WASM_IS_MEMORY:
		skip_limits(c);
		break;
	case HS_WASM_IS_GLOBAL:
		hs_take(c, 2);
		break;
	case HS_WASM_IS_TAG:
		hs_take(c, 1);
		hs_wasm_unsigned(c);
		break;
	default:
		*c = (struct hs_cursor){ .cut = true };
	}
	if (c->cut)
		return false;
	out->kind = (enum hs_wasm_kind)kind;
	out->type = hs_span_head(from, from.len - c->rest.len);
	return true;
}

void
hs_wasm_skip_expression(struct hs_cursor *c)
{
	hs_wasm_expression_write(NULL, NULL, c);
}
