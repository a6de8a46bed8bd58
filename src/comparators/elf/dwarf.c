/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Debug information (DWARF Debugging Information Format, version 5, 7):
 *
 *	.debug_info      units: a header, a tree of entries (DIE), each a code and values
 *	.debug_abbrev    what a code means: a tag, attributes, the form of each value
 *	.debug_str, .debug_line_str     texts
 *	.debug_line      of each unit a table of files and a program that makes rows
 *	.debug_aranges   which addresses belong to which unit
 *	.debug_ranges, .debug_rnglists  ranges of addresses
 *	.debug_loc, .debug_loclists     where a variable is, by range
 *
 * What varies between builds: the folder (comp_dir, names of files), the
 * options of the compiler (producer), and, with any byte of code, every
 * address.
 */
#include "comparators/elf/dwarf.h"

#include "comparators/elf/elf_data.h"
#include "core/limits.h"

#include <inttypes.h>

/* ---- Sections ---- */

static const char *const part_names[HS_N_DWARF_PARTS] = {
	[HS_DWARF_INFO] = "info", [HS_DWARF_ABBREV] = "abbrev",
	[HS_DWARF_STR] = "str",   [HS_DWARF_LINE_STR] = "line_str",
	[HS_DWARF_LINE] = "line", [HS_DWARF_STR_OFFSETS] = "str_offsets",
	[HS_DWARF_ADDR] = "addr",
};

/* The name behind ".debug_" or ".zdebug_"; empty for any other section. */
static struct hs_span
kind_of(const struct hs_elf_section *s)
{
	if (hs_span_starts(s->name, HS_SPAN(".debug_")))
		return hs_span_from(s->name, 7);
	if (s->packing == HS_ELF_ZDEBUG)
		return hs_span_from(s->name, 8);
	return (struct hs_span){ s->name.at, 0 };
}

void
hs_dwarf_open(struct hs_dwarf *d, const struct hs_elf_parts *p, const struct hs_tree *t)
{
	struct hs_err err;

	*d = (struct hs_dwarf){ .parts = p };
	for (size_t i = 1; i < p->elf.n_sections; i++) {
		const struct hs_elf_section *s = &p->elf.sections[i];

		for (int k = 0; k < HS_N_DWARF_PARTS; k++) {
			if (d->section[k] || !hs_span_is(kind_of(s), part_names[k]))
				continue;
			/* After damage it holds what came before. */
			hs_elf_content(&d->content[k], s, t->blob, t->run, &err);
			d->section[k] = s;
		}
	}
}

void
hs_dwarf_close(struct hs_dwarf *d)
{
	for (int k = 0; k < HS_N_DWARF_PARTS; k++)
		if (d->section[k])
			hs_content_release(&d->content[k]);
	hs_arena_release(&d->arena);
}

struct hs_dwarf_cursor
hs_dwarf_at(const struct hs_dwarf *d, const struct hs_elf_section *s, struct hs_span bytes)
{
	return (struct hs_dwarf_cursor){
		.c = { .rest = bytes }, .front = bytes.at, .section = s, .d = d
	};
}

struct hs_dwarf_cursor
hs_dwarf_in(const struct hs_dwarf *d, enum hs_dwarf_part part, uint64_t at)
{
	struct hs_dwarf_cursor c = hs_dwarf_at(d, d->section[part], d->content[part].bytes);

	c.c.rest = hs_span_from(c.c.rest, at);
	return c;
}

/* ---- Numbers ---- */

uint64_t
hs_dwarf_take(struct hs_dwarf_cursor *c, size_t width)
{
	return hs_elf_take(&c->d->parts->elf, &c->c, width);
}

uint64_t
hs_dwarf_uleb(struct hs_dwarf_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0;; shift += 7) {
		const uint64_t byte = hs_take_le(&c->c, 1);

		if (shift < 64)
			v |= (byte & 0x7f) << shift;
		if (!(byte & 0x80) || c->c.cut)
			return v;
	}
}

int64_t
hs_dwarf_sleb(struct hs_dwarf_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0;; shift += 7) {
		const uint64_t byte = hs_take_le(&c->c, 1);

		if (shift < 64)
			v |= (byte & 0x7f) << shift;
		if (byte & 0x80 && !c->c.cut)
			continue;
		if (byte & 0x40 && shift + 7 < 64)
			v |= ~UINT64_C(0) << (shift + 7);
		return (int64_t)v;
	}
}

/* The relocation that fills in where the cursor stands, of an object; or NULL. */
static const struct hs_elf_patch *
patch_at(const struct hs_dwarf_cursor *c)
{
	const struct hs_elf_parts *p = c->d->parts;
	const uint64_t at = (uint64_t)(c->c.rest.at - c->front);

	if (p->elf.type != ET_REL || !c->section)
		return NULL;
	return hs_elf_patch_in(&p->patches, c->section->index, at, at + 1);
}

uint64_t
hs_dwarf_offset(struct hs_dwarf_cursor *c, size_t width)
{
	const struct hs_elf_patch *patch = patch_at(c);
	uint64_t v = hs_dwarf_take(c, width);
	struct hs_elf_symbol s;

	if (!patch)
		return v;
	if (patch->has_addend)
		v = (uint64_t)patch->addend;
	return hs_elf_patch_symbol(&s, &c->d->parts->patches, patch) ? v + s.value : v;
}

const char *
hs_dwarf_address(struct hs_dwarf_cursor *c, size_t width, uint64_t *number)
{
	const struct hs_elf_parts *p = c->d->parts;
	struct hs_arena *a = (struct hs_arena *)(uintptr_t)&c->d->arena;
	const struct hs_elf_patch *patch = patch_at(c);
	uint64_t v = hs_dwarf_take(c, width);
	struct hs_elf_symbol s;

	*number = v;
	if (!patch || !hs_elf_patch_symbol(&s, &p->patches, patch))
		return p->elf.type == ET_REL || v == 0 ? hs_arena_printf(a, "0x%" PRIx64, v)
		                                       : hs_elf_place_name(a, p, 0, v);
	if (patch->has_addend)
		v = (uint64_t)patch->addend;
	return hs_elf_place_name(a, p, s.section, s.value + v);
}

bool
hs_dwarf_length(struct hs_dwarf_cursor *c, struct hs_dwarf_cursor *unit, unsigned *offset_size)
{
	uint64_t len;

	if (c->c.rest.len == 0)
		return false;
	len = hs_dwarf_take(c, 4);
	*offset_size = 4;
	if (len == UINT32_MAX) {
		len = hs_dwarf_take(c, 8);
		*offset_size = 8;
	}
	*unit = *c;
	unit->c.rest = hs_span_head(c->c.rest, len);
	c->c.cut |= len > c->c.rest.len;
	c->c.rest = hs_span_from(c->c.rest, len);
	return !unit->c.cut;
}

struct hs_span
hs_dwarf_string(const struct hs_dwarf *d, enum hs_dwarf_part part, uint64_t at)
{
	return hs_elf_string(d->content[part].bytes, at);
}

/* ---- Views ---- */

typedef int view_of(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err);

static const struct {
	const char *kind;
	view_of *view;
} views[] = {
	{ "info", hs_dwarf_view_info },         { "types", hs_dwarf_view_info },
	{ "abbrev", hs_dwarf_view_abbrev },     { "line", hs_dwarf_view_line },
	{ "aranges", hs_dwarf_view_aranges },   { "ranges", hs_dwarf_view_ranges },
	{ "loc", hs_dwarf_view_loc },           { "rnglists", hs_dwarf_view_rnglists },
	{ "loclists", hs_dwarf_view_loclists }, { "addr", hs_dwarf_view_addr },
};

static view_of *
view_for(const struct hs_elf_section *s)
{
	const struct hs_span kind = kind_of(s);

	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		if (hs_span_is(kind, views[i].kind))
			return views[i].view;
	return NULL;
}

bool
hs_dwarf_shows(const struct hs_elf_section *s)
{
	const uint64_t size = s->packing == HS_ELF_PLAIN ? s->bytes.len : s->inflated;

	return view_for(s) && size <= HS_MAX_DWARF;
}

int
hs_dwarf_view(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
              const struct hs_tree *t, struct hs_err *err)
{
	struct hs_dwarf d;
	struct hs_content content;
	int rc = hs_elf_content(&content, s, t->blob, t->run, err);

	if (rc == 0) {
		struct hs_dwarf_cursor c;

		hs_dwarf_open(&d, p, t);
		c = hs_dwarf_at(&d, s, content.bytes);
		rc = view_for(s)(out, &d, &c, err);
		hs_dwarf_close(&d);
	}
	hs_content_release(&content);
	return rc;
}
