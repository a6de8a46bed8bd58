/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_write.h"

#include "core/escape.h"
#include "core/hash.h"

#include <inttypes.h>

void
hs_wasm_write_function(FILE *out, const struct hs_wasm *w, uint64_t i)
{
	if (i < w->n_functions && w->functions[i].name.len)
		hs_escape_write(out, w->functions[i].name);
	else
		fprintf(out, "func[%" PRIu64 "]", i);
}

void
hs_wasm_write_global(FILE *out, const struct hs_wasm *w, uint64_t i)
{
	if (i < w->n_globals && w->globals[i].len)
		hs_escape_write(out, w->globals[i]);
	else
		fprintf(out, "global[%" PRIu64 "]", i);
}

void
hs_wasm_write_value_type(FILE *out, uint64_t type)
{
	static const struct {
		uint8_t type;
		const char *word;
	} words[] = {
		{ 0x7f, "i32" },       { 0x7e, "i64" },       { 0x7d, "f32" },
		{ 0x7c, "f64" },       { 0x7b, "v128" },      { 0x70, "funcref" },
		{ 0x6f, "externref" }, { 0x6e, "anyref" },    { 0x6d, "eqref" },
		{ 0x6c, "i31ref" },    { 0x6b, "structref" }, { 0x6a, "arrayref" },
		{ 0x69, "exnref" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (words[i].type == type) {
			fputs(words[i].word, out);
			return;
		}
	}
	fprintf(out, "0x%" PRIx64, type);
}

static void
write_types(FILE *out, struct hs_cursor *c)
{
	const uint64_t n = hs_wasm_unsigned(c);

	putc('(', out);
	for (uint64_t i = 0; i < n && !c->cut; i++) {
		fputs(i ? ", " : "", out);
		hs_wasm_write_value_type(out, hs_take_be(c, 1));
	}
	putc(')', out);
}

void
hs_wasm_write_type(FILE *out, const struct hs_wasm *w, uint64_t i)
{
	struct hs_cursor c;

	if (i >= w->n_types) {
		fprintf(out, "type %" PRIu64, i);
		return;
	}
	c = (struct hs_cursor){ .rest = hs_span_from(w->types[i], 1) };
	write_types(out, &c);
	fputs(" -> ", out);
	write_types(out, &c);
}

void
hs_wasm_write_limits(FILE *out, struct hs_cursor *c)
{
	enum { HAS_MAX = 1, SHARED = 2, WIDE = 4 };
	const uint64_t flags = hs_wasm_unsigned(c);

	fprintf(out, "%" PRIu64, hs_wasm_unsigned(c));
	if (flags & HAS_MAX)
		fprintf(out, " to %" PRIu64, hs_wasm_unsigned(c));
	else
		fputs(" and more", out);
	if (flags & SHARED)
		fputs(", shared", out);
	if (flags & WIDE)
		fputs(", 64 bits", out);
	if (flags & ~(uint64_t)(HAS_MAX | SHARED | WIDE))
		fprintf(out, ", flags 0x%" PRIx64, flags);
}

void
hs_wasm_write_kind(FILE *out, const struct hs_wasm *w, unsigned kind, struct hs_cursor *c)
{
	uint64_t flags;

	switch (kind) {
	case HS_WASM_IS_TABLE:
		hs_wasm_write_value_type(out, hs_take_be(c, 1));
		putc(' ', out);
		hs_wasm_write_limits(out, c);
		break;
	case HS_WASM_IS_MEMORY:
		hs_wasm_write_limits(out, c);
		break;
	case HS_WASM_IS_GLOBAL:
		hs_wasm_write_value_type(out, hs_take_be(c, 1));
		flags = hs_take_be(c, 1);
		if (flags <= 1)
			fputs(flags ? " mutable" : " constant", out);
		else
			fprintf(out, " flags 0x%" PRIx64, flags);
		break;
	case HS_WASM_IS_TAG:
		flags = hs_take_be(c, 1);
		if (flags)
			fprintf(out, "attribute %" PRIu64 " ", flags);
		hs_wasm_write_type(out, w, hs_wasm_unsigned(c));
		break;
	default:
		hs_wasm_write_type(out, w, hs_wasm_unsigned(c));
	}
}

void
hs_wasm_write_rest(FILE *out, struct hs_span bytes)
{
	const struct hs_sha256 digest = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	fprintf(out, "what has no words: %zu bytes, sha256:%s\n", bytes.len,
	        hs_sha256_hex(hex, &digest));
}
