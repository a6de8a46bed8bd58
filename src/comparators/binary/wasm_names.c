/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name section: subsections, each a number, a length and its bytes.
 *
 *	0 module     a name
 *	1 functions, 4 types, 5 tables, 6 memories, 7 globals, 8 elements, 9 data
 *	             a number, and as often an index and a name
 *	2 locals, 3 labels
 *	             a number, and as often a function's index and such a map
 */
#include "comparators/binary/wasm_names.h"

#include "comparators/binary/wasm_write.h"
#include "core/escape.h"

#include <inttypes.h>

enum { MODULE, FUNCTIONS, LOCALS, LABELS, GLOBALS = 7, SEGMENTS = 9, WORDS };

/* A subsection, from its bytes on. */
struct part {
	unsigned id;
	struct hs_cursor c;
};

static bool
next_part(struct part *out, struct hs_cursor *c)
{
	out->id = (unsigned)hs_take_be(c, 1);
	out->c = (struct hs_cursor){ .rest = hs_wasm_bytes(c) };
	return !c->cut;
}

static void
name_one(struct hs_wasm *w, unsigned id, uint64_t i, struct hs_span name)
{
	if (id == FUNCTIONS && i < w->n_functions)
		w->functions[i].name = name;
	else if (id == GLOBALS && i < w->n_globals)
		w->globals[i] = name;
	else if (id == SEGMENTS && i < w->n_segments)
		w->segments[i].name = name;
}

static void
name_by_section(struct hs_wasm *w, struct hs_span section)
{
	struct hs_cursor c = { .rest = section };
	struct part p;

	while (next_part(&p, &c)) {
		if (p.id != FUNCTIONS && p.id != GLOBALS && p.id != SEGMENTS)
			continue;
		for (uint64_t n = hs_wasm_unsigned(&p.c); n > 0 && !p.c.cut; n--) {
			const uint64_t i = hs_wasm_unsigned(&p.c);
			const struct hs_span name = hs_wasm_bytes(&p.c);

			if (!p.c.cut)
				name_one(w, p.id, i, name);
		}
	}
}

static void
name_by_export(struct hs_wasm *w, struct hs_span section)
{
	struct hs_cursor c = { .rest = section };

	for (uint64_t n = hs_wasm_unsigned(&c); n > 0 && !c.cut; n--) {
		const struct hs_span name = hs_wasm_bytes(&c);
		const uint64_t kind = hs_take_be(&c, 1), i = hs_wasm_unsigned(&c);

		if (c.cut)
			return;
		if (kind == HS_WASM_IS_FUNCTION && i < w->n_functions && !w->functions[i].name.len)
			w->functions[i].name = name;
		else if (kind == HS_WASM_IS_GLOBAL && i < w->n_globals && !w->globals[i].len)
			w->globals[i] = name;
	}
}

void
hs_wasm_names(struct hs_wasm *w)
{
	const struct hs_wasm_section *exports = hs_wasm_section(w, HS_WASM_EXPORT);

	if (exports)
		name_by_export(w, exports->bytes);
	for (size_t i = 0; i < w->n_sections; i++)
		if (w->sections[i].id == HS_WASM_CUSTOM && hs_span_is(w->sections[i].name, "name"))
			name_by_section(w, w->sections[i].bytes);
}

static void
write_map(FILE *out, struct hs_cursor *c, unsigned id)
{
	static const char *const words[WORDS + 1] = { "module",  "function", "local",  "label",
		                                      "type",    "table",    "memory", "global",
		                                      "element", "data",     "tag" };

	for (uint64_t n = hs_wasm_unsigned(c); n > 0 && !c->cut && !ferror(out); n--) {
		struct hs_span name;

		hs_wasm_unsigned(c);
		name = hs_wasm_bytes(c);
		if (c->cut)
			return;
		fprintf(out, "%s ", id <= WORDS ? words[id] : "name");
		hs_escape_write(out, name);
		putc('\n', out);
	}
}

static void
write_locals(FILE *out, const struct hs_wasm *w, struct hs_cursor *c, unsigned id)
{
	for (uint64_t n = hs_wasm_unsigned(c); n > 0 && !c->cut && !ferror(out); n--) {
		const uint64_t f = hs_wasm_unsigned(c);

		if (c->cut)
			return;
		fputs("in ", out);
		hs_wasm_write_function(out, w, f);
		fputs(":\n", out);
		write_map(out, c, id);
	}
}

void
hs_wasm_names_write(FILE *out, const struct hs_wasm *w, struct hs_span section)
{
	struct hs_cursor c = { .rest = section };
	struct part p;

	while (c.rest.len && next_part(&p, &c)) {
		if (p.id == MODULE) {
			fputs("module ", out);
			hs_escape_write(out, hs_wasm_bytes(&p.c));
			putc('\n', out);
		} else if (p.id == LOCALS || p.id == LABELS) {
			write_locals(out, w, &p.c, p.id);
		} else {
			write_map(out, &p.c, p.id);
		}
		if (p.c.cut || p.c.rest.len)
			hs_wasm_write_rest(out, section);
	}
	if (c.cut)
		hs_wasm_write_rest(out, section);
}
