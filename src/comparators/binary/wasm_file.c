/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_file.h"

#include "comparators/binary/wasm_names.h"
#include "comparators/binary/wasm_skip.h"
#include "core/limits.h"

#include <inttypes.h>

enum { HEADER = 8, FUNCTION_TYPE = 0x60 };

uint64_t
hs_wasm_unsigned(struct hs_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		const uint64_t byte = hs_take_be(c, 1);

		v |= (byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return v;
	}
	*c = (struct hs_cursor){ .cut = true };
	return 0;
}

int64_t
hs_wasm_signed(struct hs_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		const uint64_t byte = hs_take_be(c, 1);

		v |= (byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		if (byte & 0x40 && shift + 7 < 64)
			v |= ~UINT64_C(0) << (shift + 7);
		return (int64_t)v;
	}
	*c = (struct hs_cursor){ .cut = true };
	return 0;
}

struct hs_span
hs_wasm_bytes(struct hs_cursor *c)
{
	return hs_take(c, hs_wasm_unsigned(c));
}

const char *
hs_wasm_section_word(unsigned id)
{
	static const char *const words[HS_WASM_SECTIONS] = {
		"custom", "type",  "import",  "function", "table", "memory",     "global",
		"export", "start", "element", "code",     "data",  "data count", "tag",
	};

	return id < HS_WASM_SECTIONS ? words[id] : NULL;
}

const struct hs_wasm_section *
hs_wasm_section(const struct hs_wasm *w, unsigned id)
{
	for (size_t i = 0; i < w->n_sections; i++)
		if (w->sections[i].id == id)
			return &w->sections[i];
	return NULL;
}

/* The next section; false at the end, and where the file is cut short or not a section. */
static bool
next_section(struct hs_wasm_section *out, struct hs_cursor *c)
{
	struct hs_cursor inside;
	size_t before;

	*out = (struct hs_wasm_section){ 0 };
	if (c->rest.len == 0)
		return false;
	out->id = (unsigned)hs_take_be(c, 1);
	before = c->rest.len;
	out->bytes = hs_take(c, hs_wasm_unsigned(c));
	if (c->cut || out->id >= HS_WASM_SECTIONS)
		return false;
	out->width = before - c->rest.len - out->bytes.len;
	if (out->id != HS_WASM_CUSTOM)
		return true;
	inside = (struct hs_cursor){ .rest = out->bytes };
	out->name = hs_wasm_bytes(&inside);
	if (!inside.cut)
		out->bytes = inside.rest;
	return true;
}

static int
read_sections(struct hs_wasm *out, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, HEADER) };
	struct hs_wasm_section s;
	size_t n = 0;

	while (next_section(&s, &c))
		n++;
	if (n > HS_MAX_WASM_ITEMS)
		return hs_fail(err, HS_ELIMIT, "the module has %zu sections", n);
	out->sections = hs_arena_array(a, n + 1, sizeof(*out->sections));
	c = (struct hs_cursor){ .rest = hs_span_from(file, HEADER) };
	out->rest = c.rest;
	while (out->n_sections < n && next_section(&out->sections[out->n_sections], &c)) {
		out->n_sections++;
		out->rest = c.rest;
	}
	if (out->rest.len)
		return hs_fail(err, HS_EFORMAT, "the module ends in %zu bytes that are no section",
		               out->rest.len);
	return 0;
}

/* How many items a section says that it has; each takes a byte at least. */
static int
count_items(size_t *n, struct hs_cursor *c, const struct hs_wasm *w, unsigned id,
            struct hs_err *err)
{
	const struct hs_wasm_section *s = hs_wasm_section(w, id);
	uint64_t said;

	*n = 0;
	*c = (struct hs_cursor){ .cut = true };
	if (!s)
		return 0;
	*c = (struct hs_cursor){ .rest = s->bytes };
	said = hs_wasm_unsigned(c);
	if (c->cut || said > c->rest.len)
		return hs_fail(err, HS_EFORMAT,
		               "the %s section has no room for its %" PRIu64 " items",
		               hs_wasm_section_word(id), said);
	if (said > HS_MAX_WASM_ITEMS)
		return hs_fail(err, HS_ELIMIT, "the %s section has %" PRIu64 " items",
		               hs_wasm_section_word(id), said);
	*n = (size_t)said;
	return 0;
}

/* Where one is of no known form, those behind it cannot be told apart: they are left out. */
static int
read_types(struct hs_wasm *out, struct hs_arena *a, struct hs_err *err)
{
	struct hs_cursor c;
	size_t n;

	if (count_items(&n, &c, out, HS_WASM_TYPE, err) < 0)
		return err->code;
	out->types = hs_arena_array(a, n + 1, sizeof(*out->types));
	for (; out->n_types < n; out->n_types++) {
		const struct hs_span from = c.rest;

		if (hs_take_be(&c, 1) != FUNCTION_TYPE)
			break;
		hs_take(&c, hs_wasm_unsigned(&c));
		hs_take(&c, hs_wasm_unsigned(&c));
		if (c.cut)
			break;
		out->types[out->n_types] = hs_span_head(from, from.len - c.rest.len);
	}
	return 0;
}

static int
count_imports(size_t counts[HS_WASM_KINDS], const struct hs_wasm *w, struct hs_err *err)
{
	struct hs_cursor c;
	size_t n;

	if (count_items(&n, &c, w, HS_WASM_IMPORT, err) < 0)
		return err->code;
	for (; n > 0 && !c.cut; n--) {
		struct hs_wasm_import import;

		if (!hs_wasm_take_import(&import, &c))
			return hs_fail(err, HS_EFORMAT, "an import of the module is cut short");
		counts[import.kind]++;
	}
	return 0;
}

static void
take_imported_functions(struct hs_wasm *out)
{
	const struct hs_wasm_section *s = hs_wasm_section(out, HS_WASM_IMPORT);
	struct hs_cursor c = { .rest = s ? s->bytes : (struct hs_span){ NULL, 0 } };
	struct hs_wasm_import import;
	size_t i = 0;

	hs_wasm_unsigned(&c);
	while (i < out->n_imported && hs_wasm_take_import(&import, &c)) {
		struct hs_cursor type = { .rest = import.type };

		if (import.kind != HS_WASM_IS_FUNCTION)
			continue;
		out->functions[i].name = import.name;
		out->functions[i++].type = (uint32_t)hs_wasm_unsigned(&type);
	}
}

static int
read_functions(struct hs_wasm *out, struct hs_arena *a, size_t imported, struct hs_err *err)
{
	struct hs_cursor types, bodies;
	size_t n, n_bodies;

	if (count_items(&n, &types, out, HS_WASM_FUNCTION, err) < 0 ||
	    count_items(&n_bodies, &bodies, out, HS_WASM_CODE, err) < 0)
		return err->code;
	out->n_imported = imported;
	out->functions = hs_arena_array(a, imported + n + 1, sizeof(*out->functions));
	out->n_functions = imported + n;
	take_imported_functions(out);
	for (size_t i = imported; i < out->n_functions; i++) {
		struct hs_wasm_function *f = &out->functions[i];
		const struct hs_span from = bodies.rest;

		f->type = (uint32_t)hs_wasm_unsigned(&types);
		f->body = hs_wasm_bytes(&bodies);
		f->stored = hs_span_head(from, bodies.cut ? 0 : from.len - bodies.rest.len);
	}
	if (n != n_bodies || (n && (types.cut || bodies.cut)))
		return hs_fail(err, HS_EFORMAT,
		               "the module has %zu functions and not as many bodies", n);
	return 0;
}

static int
read_segments(struct hs_wasm *out, struct hs_arena *a, struct hs_err *err)
{
	struct hs_cursor c;
	size_t n;

	if (count_items(&n, &c, out, HS_WASM_DATA, err) < 0)
		return err->code;
	out->segments = hs_arena_array(a, n + 1, sizeof(*out->segments));
	for (; out->n_segments < n; out->n_segments++) {
		struct hs_wasm_segment *s = &out->segments[out->n_segments];
		const struct hs_span from = c.rest;
		const uint64_t mode = hs_wasm_unsigned(&c);

		if (mode == 2)
			hs_wasm_unsigned(&c);
		if (mode != 1)
			hs_wasm_skip_expression(&c);
		s->bytes = hs_wasm_bytes(&c);
		if (c.cut)
			return hs_fail(err, HS_EFORMAT, "segment %zu of the data is cut short",
			               out->n_segments);
		s->head = hs_span_head(from, from.len - c.rest.len - s->bytes.len);
	}
	return 0;
}

static int
read_globals(struct hs_wasm *out, struct hs_arena *a, size_t imported, struct hs_err *err)
{
	struct hs_cursor c;
	size_t n;

	if (count_items(&n, &c, out, HS_WASM_GLOBAL, err) < 0)
		return err->code;
	out->n_globals = imported + n;
	out->globals = hs_arena_array(a, out->n_globals + 1, sizeof(*out->globals));
	return 0;
}

int
hs_wasm_read(struct hs_wasm *out, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	size_t imports[HS_WASM_KINDS] = { 0 };
	struct hs_err later;
	int rc;

	*out = (struct hs_wasm){ 0 };
	rc = read_sections(out, a, file, err);
	if (rc == HS_ELIMIT)
		return rc;
	if (read_types(out, a, &later) < 0 || count_imports(imports, out, &later) < 0 ||
	    read_functions(out, a, imports[HS_WASM_IS_FUNCTION], &later) < 0 ||
	    read_globals(out, a, imports[HS_WASM_IS_GLOBAL], &later) < 0 ||
	    read_segments(out, a, &later) < 0) {
		if (rc == 0) {
			*err = later;
			rc = later.code;
		}
	}
	hs_wasm_names(out);
	return rc;
}
