/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_sections.h"

#include "comparators/binary/wasm_code.h"
#include "comparators/binary/wasm_names.h"
#include "comparators/binary/wasm_skip.h"
#include "comparators/binary/wasm_write.h"
#include "core/escape.h"

#include <inttypes.h>

typedef void write_item(FILE *out, const struct hs_wasm *w, struct hs_cursor *c);

static void
write_type(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	const struct hs_span type = c->rest;
	struct hs_wasm one = { .n_types = 1, .types = &(struct hs_span){ type.at, type.len } };

	(void)w;
	if (hs_take_be(c, 1) != 0x60) {
		*c = (struct hs_cursor){ .cut = true };
		return;
	}
	hs_take(c, hs_wasm_unsigned(c));
	hs_take(c, hs_wasm_unsigned(c));
	if (!c->cut)
		hs_wasm_write_type(out, &one, 0);
}

static const char *
kind_word(unsigned kind)
{
	static const char *const words[HS_WASM_KINDS] = { "func", "table", "memory", "global",
		                                          "tag" };

	return kind < HS_WASM_KINDS ? words[kind] : "unknown";
}

static void
write_import(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	struct hs_wasm_import import;
	struct hs_cursor type;

	if (!hs_wasm_take_import(&import, c))
		return;
	fprintf(out, "%s ", kind_word(import.kind));
	hs_escape_write(out, import.module);
	putc('.', out);
	hs_escape_write(out, import.name);
	putc(' ', out);
	type = (struct hs_cursor){ .rest = import.type };
	hs_wasm_write_kind(out, w, import.kind, &type);
}

static void
write_table(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	const bool filled = c->rest.len && c->rest.at[0] == 0x40;

	if (filled)
		hs_take(c, 2);
	hs_wasm_write_kind(out, w, HS_WASM_IS_TABLE, c);
	if (!filled)
		return;
	fputs(" = ", out);
	hs_wasm_expression_write(out, w, c);
}

static void
write_memory(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	hs_wasm_write_kind(out, w, HS_WASM_IS_MEMORY, c);
}

static void
write_tag(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	hs_wasm_write_kind(out, w, HS_WASM_IS_TAG, c);
}

static void
write_global(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	hs_wasm_write_kind(out, w, HS_WASM_IS_GLOBAL, c);
	fputs(" = ", out);
	hs_wasm_expression_write(out, w, c);
}

static void
write_export(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	const struct hs_span name = hs_wasm_bytes(c);
	const unsigned kind = (unsigned)hs_take_be(c, 1);
	const uint64_t i = hs_wasm_unsigned(c);

	fprintf(out, "%s ", kind_word(kind));
	hs_escape_write(out, name);
	fputs(" is ", out);
	if (kind == HS_WASM_IS_FUNCTION)
		hs_wasm_write_function(out, w, i);
	else if (kind == HS_WASM_IS_GLOBAL)
		hs_wasm_write_global(out, w, i);
	else
		fprintf(out, "%" PRIu64, i);
}

/* An element segment (5.5.12): three bits say what stands in it. */
static void
write_element(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	enum { NOT_ACTIVE = 1, SAYS_WHICH = 2, EXPRESSIONS = 4 };
	const uint64_t flags = hs_wasm_unsigned(c);

	if (flags & NOT_ACTIVE) {
		fputs(flags & SAYS_WHICH ? "declared" : "passive", out);
	} else {
		fprintf(out, "table %" PRIu64 " at ",
		        flags & SAYS_WHICH ? hs_wasm_unsigned(c) : UINT64_C(0));
		hs_wasm_expression_write(out, w, c);
	}
	if (flags & (NOT_ACTIVE | SAYS_WHICH)) {
		putc(' ', out);
		if (flags & EXPRESSIONS)
			hs_wasm_write_value_type(out, hs_take_be(c, 1));
		else
			fputs(hs_take_be(c, 1) ? "of a kind that is not known" : "functions", out);
	}
	putc(':', out);
	for (uint64_t n = hs_wasm_unsigned(c); n > 0 && !c->cut && !ferror(out); n--) {
		fputs("\n  ", out);
		if (flags & EXPRESSIONS)
			hs_wasm_expression_write(out, w, c);
		else
			hs_wasm_write_function(out, w, hs_wasm_unsigned(c));
	}
}

/* A field of "producers": its name, and names with versions. */
static void
write_producer(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	(void)w;
	hs_escape_write(out, hs_wasm_bytes(c));
	putc(':', out);
	for (uint64_t n = hs_wasm_unsigned(c); n > 0 && !c->cut && !ferror(out); n--) {
		putc(' ', out);
		hs_escape_write(out, hs_wasm_bytes(c));
		putc(' ', out);
		hs_escape_write(out, hs_wasm_bytes(c));
	}
}

static void
write_feature(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	(void)w;
	hs_escape_write(out, hs_take(c, 1));
	hs_escape_write(out, hs_wasm_bytes(c));
}

static void
write_items(FILE *out, const struct hs_wasm *w, const struct hs_wasm_section *s, write_item *item)
{
	struct hs_cursor c = { .rest = s->bytes };

	for (uint64_t n = hs_wasm_unsigned(&c); n > 0 && !c.cut && !ferror(out); n--) {
		item(out, w, &c);
		putc('\n', out);
	}
	if (c.cut || c.rest.len)
		hs_wasm_write_rest(out, s->bytes);
}

static write_item *
writer_of(const struct hs_wasm_section *s)
{
	static write_item *const by_id[HS_WASM_SECTIONS] = {
		[HS_WASM_TYPE] = write_type,       [HS_WASM_IMPORT] = write_import,
		[HS_WASM_TABLE] = write_table,     [HS_WASM_MEMORY] = write_memory,
		[HS_WASM_GLOBAL] = write_global,   [HS_WASM_EXPORT] = write_export,
		[HS_WASM_ELEMENT] = write_element, [HS_WASM_TAG] = write_tag,
	};

	if (s->id == HS_WASM_CUSTOM && hs_span_is(s->name, "producers"))
		return write_producer;
	if (s->id == HS_WASM_CUSTOM && hs_span_is(s->name, "target_features"))
		return write_feature;
	return by_id[s->id];
}

static bool
is_names(const struct hs_wasm_section *s)
{
	return s->id == HS_WASM_CUSTOM && hs_span_is(s->name, "name");
}

bool
hs_wasm_section_has_words(const struct hs_wasm_section *s)
{
	return s->id == HS_WASM_START || is_names(s) || writer_of(s) != NULL;
}

void
hs_wasm_section_write(FILE *out, const struct hs_wasm *w, const struct hs_wasm_section *s)
{
	struct hs_cursor c = { .rest = s->bytes };

	if (is_names(s)) {
		hs_wasm_names_write(out, w, s->bytes);
		return;
	}
	if (s->id != HS_WASM_START) {
		write_items(out, w, s, writer_of(s));
		return;
	}
	hs_wasm_write_function(out, w, hs_wasm_unsigned(&c));
	putc('\n', out);
	if (c.cut || c.rest.len)
		hs_wasm_write_rest(out, s->bytes);
}
