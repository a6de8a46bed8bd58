/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/dwarf.h"

#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	AT_SIBLING = 0x01,
	AT_NAME = 0x03,
	AT_STMT_LIST = 0x10,
	AT_LANGUAGE = 0x13,
	AT_LOCATION = 0x02,
	AT_MACRO_INFO = 0x43,
	AT_RANGES = 0x55,
	AT_MACROS = 0x79,
	AT_GNU_MACROS = 0x2119,
	AT_GNU_LOCVIEWS = 0x2137,
	AT_ABSTRACT_ORIGIN = 0x31,
	AT_DECL_FILE = 0x3a,
	AT_SPECIFICATION = 0x47,
	AT_TYPE = 0x49,
	AT_CALL_FILE = 0x58,
	AT_STR_OFFSETS_BASE = 0x72,
	AT_ADDR_BASE = 0x73,
	AT_RNGLISTS_BASE = 0x74,
	AT_LOCLISTS_BASE = 0x8c,
	FORM_IMPLICIT_CONST = 0x21,
	TYPE_UNIT = 2,
	SKELETON = 4,
	SPLIT = 5,
	SPLIT_TYPE = 6,
	FOLLOWED = 8, /* nameless types that lead to one with a name */
	INDENTED = 40,
};

/* ---- What codes mean ---- */

struct abbreviation {
	uint64_t code, tag;
	bool has_children;
	struct hs_span attributes;
};

struct abbreviations {
	struct abbreviation *rows; /* by code */
	size_t n;
};

/* One attribute and its form; false at the end of the list. */
static bool
take_attribute(uint64_t *attribute, uint64_t *form, int64_t *implied, struct hs_dwarf_cursor *c)
{
	*attribute = hs_dwarf_uleb(c);
	*form = hs_dwarf_uleb(c);
	*implied = *form == FORM_IMPLICIT_CONST ? hs_dwarf_sleb(c) : 0;
	return (*attribute || *form) && !c->c.cut;
}

static bool
take_abbreviation(struct abbreviation *out, struct hs_dwarf_cursor *c)
{
	uint64_t attribute, form;
	int64_t implied;
	const uint8_t *from;

	*out = (struct abbreviation){ .code = hs_dwarf_uleb(c) };
	if (out->code == 0 || c->c.cut)
		return false;
	out->tag = hs_dwarf_uleb(c);
	out->has_children = hs_dwarf_take(c, 1) != 0;
	from = c->c.rest.at;
	while (take_attribute(&attribute, &form, &implied, c))
		;
	out->attributes = (struct hs_span){ from, (size_t)(c->c.rest.at - from) };
	return !c->c.cut;
}

static int
by_code(const void *x, const void *y)
{
	const struct abbreviation *a = x, *b = y;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return (a->attributes.at > b->attributes.at) - (a->attributes.at < b->attributes.at);
}

static void
read_abbreviations(struct abbreviations *out, const struct hs_dwarf *d, uint64_t at)
{
	struct hs_dwarf_cursor c = hs_dwarf_in(d, HS_DWARF_ABBREV, at);
	struct abbreviation one;
	size_t room = 0;

	*out = (struct abbreviations){ 0 };
	while (take_abbreviation(&one, &c)) {
		if (out->n == room) {
			room = room ? 2 * room : 64;
			out->rows = hs_realloc(out->rows, room, sizeof(*out->rows));
		}
		out->rows[out->n++] = one;
	}
	if (out->n > 1)
		qsort(out->rows, out->n, sizeof(*out->rows), by_code);
}

static const struct abbreviation *
find_abbreviation(const struct abbreviations *all, uint64_t code)
{
	size_t low = 0, high = all->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (all->rows[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return low < all->n && all->rows[low].code == code ? &all->rows[low] : NULL;
}

/* ---- One unit ---- */

struct writing {
	FILE *out; /* NULL: only looks for starts */
	struct hs_dwarf_starts *starts;
	struct hs_dwarf *d;
	struct hs_dwarf_unit u;
	struct abbreviations abbreviations;
	struct hs_span section; /* all of it, for what refers to another entry */
};

static bool
read_header(struct hs_dwarf_unit *u, struct hs_dwarf_cursor *c, unsigned offset_size)
{
	*u = (struct hs_dwarf_unit){ .offset_size = offset_size };
	u->version = (unsigned)hs_dwarf_take(c, 2);
	if (u->version < 2 || u->version > 5)
		return false;
	if (u->version == 5) {
		u->type = (unsigned)hs_dwarf_take(c, 1);
		u->address_size = (unsigned)hs_dwarf_take(c, 1);
		u->abbrev = hs_dwarf_offset(c, offset_size);
		if (u->type == SKELETON || u->type == SPLIT)
			hs_dwarf_take(c, 8);
		if (u->type == TYPE_UNIT || u->type == SPLIT_TYPE)
			hs_take(&c->c, 8 + offset_size);
	} else {
		u->abbrev = hs_dwarf_offset(c, offset_size);
		u->address_size = (unsigned)hs_dwarf_take(c, 1);
		if (hs_span_starts(c->section->name, HS_SPAN(".debug_types")))
			hs_take(&c->c, 8 + offset_size);
	}
	/* Behind the header of their own part. */
	u->str_offsets = u->addresses = u->version == 5 ? offset_size * 2u : 0;
	return !c->c.cut && u->address_size > 0 && u->address_size <= 8;
}

/* What the entry at `at` is called: its own name, else that of what it leads to. */
static void
write_reference(const struct writing *w, uint64_t at)
{
	for (unsigned depth = 0; depth < FOLLOWED; depth++) {
		struct hs_dwarf_cursor c = w->u.dies, spec;
		const struct abbreviation *row;
		uint64_t attribute, form, next = 0;
		int64_t implied;
		struct hs_dwarf_value v;
		const char *tag;

		c.c.rest = hs_span_from(w->section, at);
		row = find_abbreviation(&w->abbreviations, hs_dwarf_uleb(&c));
		/* That of another unit has other codes. */
		if (!row || at < w->u.at ||
		    c.c.rest.at > w->u.dies.c.rest.at + w->u.dies.c.rest.len) {
			fputs(depth ? "..." : "elsewhere", w->out);
			return;
		}
		spec = c;
		spec.c.rest = row->attributes;
		while (take_attribute(&attribute, &form, &implied, &spec) &&
		       hs_dwarf_value(&v, &c, &w->u, form, implied)) {
			if (attribute == AT_NAME && v.is == HS_DWARF_TEXT) {
				hs_escape_write(w->out, v.bytes);
				return;
			}
			if (v.is == HS_DWARF_REFERENCE &&
			    (attribute == AT_TYPE || attribute == AT_SPECIFICATION ||
			     attribute == AT_ABSTRACT_ORIGIN))
				next = v.u;
		}
		tag = hs_dwarf_tag(row->tag);
		fputs(tag ? tag : "entry", w->out);
		if (next == 0)
			return;
		fputs(" of ", w->out);
		at = next;
	}
}

static void
write_value(const struct writing *w, const struct hs_dwarf_value *v)
{
	struct hs_dwarf_cursor c = w->u.dies;

	switch (v->is) {
	case HS_DWARF_NUMBER:
		fprintf(w->out, "%" PRIu64, v->u);
		break;
	case HS_DWARF_SIGNED:
		fprintf(w->out, "%" PRId64, (int64_t)v->u);
		break;
	case HS_DWARF_FLAG:
		fputs(v->u ? "yes" : "no", w->out);
		break;
	case HS_DWARF_ADDRESS:
		fwrite(v->bytes.at, 1, v->bytes.len, w->out);
		break;
	case HS_DWARF_TEXT:
		fputc('"', w->out);
		hs_escape_write(w->out, v->bytes);
		fputc('"', w->out);
		break;
	case HS_DWARF_REFERENCE:
		write_reference(w, v->u);
		break;
	case HS_DWARF_OFFSET:
		fputs("list", w->out);
		break;
	case HS_DWARF_OTHER:
		fprintf(w->out, "0x%" PRIx64, v->u);
		break;
	case HS_DWARF_BLOCK:
	case HS_DWARF_EXPRESSION:
		/* Its address, in an object, is filled in where it stands. */
		c.c.rest = v->bytes;
		hs_dwarf_write_expression(w->out, &c, v->bytes, w->u.address_size);
		break;
	}
}

/* What says where another section has something is left out: that section tells it. */
static bool
is_place(uint64_t attribute)
{
	return attribute == AT_SIBLING || attribute == AT_STMT_LIST ||
	       attribute == AT_STR_OFFSETS_BASE || attribute == AT_ADDR_BASE ||
	       attribute == AT_RNGLISTS_BASE || attribute == AT_LOCLISTS_BASE;
}

static void
write_attribute(const struct writing *w, uint64_t attribute, const struct hs_dwarf_value *v)
{
	const char *name = hs_dwarf_attribute(attribute);

	if (is_place(attribute))
		return;
	if (name)
		fprintf(w->out, ", %s ", name);
	else
		fprintf(w->out, ", attribute 0x%" PRIx64 " ", attribute);
	if ((attribute == AT_DECL_FILE || attribute == AT_CALL_FILE) && v->u < w->u.n_files &&
	    v->is != HS_DWARF_TEXT)
		hs_escape_write(w->out, w->u.files[v->u]);
	else if (attribute == AT_LANGUAGE && hs_dwarf_language(v->u))
		fputs(hs_dwarf_language(v->u), w->out);
	else
		write_value(w, v);
}

/* Of the entry that all others are in: where its parts of other sections begin. */
static void
read_bases(struct writing *w, const struct abbreviation *row, struct hs_dwarf_cursor c)
{
	struct hs_dwarf_cursor spec = c;
	uint64_t attribute, form;
	int64_t implied;
	struct hs_dwarf_value v;

	spec.c.rest = row->attributes;
	while (take_attribute(&attribute, &form, &implied, &spec) &&
	       hs_dwarf_value(&v, &c, &w->u, form, implied)) {
		if (attribute == AT_STR_OFFSETS_BASE)
			w->u.str_offsets = v.u;
		else if (attribute == AT_ADDR_BASE)
			w->u.addresses = v.u;
		else if (attribute == AT_STMT_LIST)
			hs_dwarf_files(&w->u, w->d, v.u);
	}
}

/* Whether the value is where a list begins, of the kind that is looked for. */
static bool
is_start(const struct writing *w, uint64_t attribute, const struct hs_dwarf_value *v)
{
	const bool ranges = attribute == AT_RANGES;
	/* Before version 4 it was written as any number is. */
	const bool old = w->u.version < 4 && v->is == HS_DWARF_NUMBER &&
	                 (ranges || attribute == AT_LOCATION);

	return (v->is == HS_DWARF_OFFSET || old) && ranges == w->starts->of_ranges &&
	       !is_place(attribute) && attribute != AT_MACROS && attribute != AT_MACRO_INFO &&
	       attribute != AT_GNU_MACROS && attribute != AT_GNU_LOCVIEWS;
}

static void
open_line(const struct writing *w, uint64_t number, unsigned depth)
{
	const char *tag = hs_dwarf_tag(number);

	if (!w->out)
		return;
	fprintf(w->out, "%*s", (int)(depth < INDENTED ? 2 * depth : 2 * INDENTED), "");
	if (tag)
		fputs(tag, w->out);
	else
		fprintf(w->out, "tag 0x%" PRIx64, number);
}

static bool
write_entry(struct writing *w, struct hs_dwarf_cursor *c, unsigned *depth)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->d->arena);
	const uint64_t code = hs_dwarf_uleb(c);
	const struct abbreviation *row;
	struct hs_dwarf_cursor spec = *c;
	uint64_t attribute, form;
	int64_t implied;
	struct hs_dwarf_value v;

	if (code == 0) {
		*depth -= *depth > 0;
		return true;
	}
	row = find_abbreviation(&w->abbreviations, code);
	if (!row)
		return false;
	open_line(w, row->tag, *depth);
	spec.c.rest = row->attributes;
	while (take_attribute(&attribute, &form, &implied, &spec)) {
		if (!hs_dwarf_value(&v, c, &w->u, form, implied))
			return false;
		if (w->out)
			write_attribute(w, attribute, &v);
		else if (is_start(w, attribute, &v))
			hs_dwarf_add_start(w->starts, v.u);
	}
	if (w->out)
		fputc('\n', w->out);
	*depth += row->has_children;
	hs_arena_rewind(&w->d->arena, mark);
	return true;
}

static bool
write_unit(struct writing *w)
{
	struct hs_dwarf_cursor c = w->u.dies, first = c;
	const struct abbreviation *row;
	unsigned depth = 0;
	bool whole = true;

	read_abbreviations(&w->abbreviations, w->d, w->u.abbrev);
	row = find_abbreviation(&w->abbreviations, hs_dwarf_uleb(&first));
	if (row)
		read_bases(w, row, first);
	if (w->out)
		fprintf(w->out, "unit: version %u, addresses of %u bytes\n", w->u.version,
		        w->u.address_size);
	while (whole && c.c.rest.len > 0 && !(w->out && ferror(w->out)))
		whole = write_entry(w, &c, &depth);
	free(w->abbreviations.rows);
	return whole && !c.c.cut;
}

/* False where not all could be read. */
static bool
walk_units(struct writing *w, struct hs_dwarf_cursor *c)
{
	struct hs_dwarf_cursor unit;
	unsigned offset_size;
	bool whole = true;

	w->section = c->c.rest;
	while (c->c.rest.len > 0 && !(w->out && ferror(w->out))) {
		const struct hs_arena_mark mark = hs_arena_mark(&w->d->arena);
		const uint64_t at = (uint64_t)(c->c.rest.at - c->front);

		if (!hs_dwarf_length(c, &unit, &offset_size) ||
		    !read_header(&w->u, &unit, offset_size))
			return false;
		w->u.at = at;
		w->u.dies = unit;
		whole &= write_unit(w);
		hs_arena_rewind(&w->d->arena, mark);
	}
	return whole && !c->c.cut;
}

int
hs_dwarf_view_info(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct writing w = { .out = out, .d = d };

	if (!walk_units(&w, c))
		return hs_fail(err, HS_EFORMAT, "not all of the debug information can be read");
	return 0;
}

void
hs_dwarf_add_start(struct hs_dwarf_starts *out, uint64_t at)
{
	if (out->n == out->room) {
		out->room = out->room ? 2 * out->room : 256;
		out->at = hs_realloc(out->at, out->room, sizeof(*out->at));
	}
	out->at[out->n++] = at;
}

static int
by_place(const void *x, const void *y)
{
	const uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

void
hs_dwarf_sort_starts(struct hs_dwarf_starts *s)
{
	if (s->n > 1)
		qsort(s->at, s->n, sizeof(*s->at), by_place);
}

void
hs_dwarf_find_starts(struct hs_dwarf_starts *out, struct hs_dwarf *d)
{
	struct writing w = { .starts = out, .d = d };
	struct hs_dwarf_cursor c = hs_dwarf_in(d, HS_DWARF_INFO, 0);

	if (d->section[HS_DWARF_INFO])
		walk_units(&w, &c);
	hs_dwarf_sort_starts(out);
}

/* ---- .debug_abbrev ---- */

int
hs_dwarf_view_abbrev(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	/* What the codes stand for is said where they are used. */
	if (d->section[HS_DWARF_INFO] && hs_dwarf_shows(d->section[HS_DWARF_INFO])) {
		fputs("the codes of .debug_info\n", out);
		return 0;
	}
	while (c->c.rest.len > 0 && !ferror(out)) {
		struct abbreviation row;
		struct hs_dwarf_cursor spec = *c;
		uint64_t attribute, form;
		int64_t implied;

		if (!take_abbreviation(&row, c)) {
			fputs("end of a unit\n", out);
			continue;
		}
		fprintf(out, "%" PRIu64 " %s", row.code,
		        hs_dwarf_tag(row.tag) ? hs_dwarf_tag(row.tag) : "tag");
		fprintf(out, row.has_children ? " 0x%" PRIx64 " with children" : " 0x%" PRIx64,
		        row.tag);
		spec.c.rest = row.attributes;
		while (take_attribute(&attribute, &form, &implied, &spec)) {
			const char *name = hs_dwarf_attribute(attribute);

			fprintf(out, ", %s", name ? name : "attribute");
			fprintf(out, " 0x%" PRIx64 " form 0x%" PRIx64, attribute, form);
			if (implied)
				fprintf(out, " = %" PRId64, implied);
		}
		fputc('\n', out);
	}
	return c->c.cut ? hs_fail(err, HS_EFORMAT, "the table ends inside a row") : 0;
}
