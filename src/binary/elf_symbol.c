/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_symbol.h"

#include "core/limits.h"

#include <stdlib.h>

enum {
	ROW_32 = 16,
	ROW_64 = 24,
	VERSYM_HIDDEN = 0x8000,
	VERSYM_INDEX = 0x7fff,
	MAX_VERSIONS = 0x8000, /* an index has 15 bits */
	FIRST_VERSION = 2,     /* 0 is local, 1 is global without a version */
};

/* ---- Versions ---- */

static void
set_version(struct hs_elf_symbols *t, struct hs_elf_version *all, uint64_t index,
            struct hs_elf_version v)
{
	index &= VERSYM_INDEX;
	all[index] = v;
	if (index >= t->n_versions)
		t->n_versions = (size_t)index + 1;
}

/* Verdef: version, flags, ndx, cnt (2 bytes each), hash, aux, next; its first Verdaux: name, next.
 */
static void
read_defined(struct hs_elf_symbols *t, struct hs_elf_version *all, const struct hs_elf_section *s)
{
	const struct hs_elf_section *names = hs_elf_section(t->elf, s->link);
	uint64_t at = 0;

	/* Each step goes on by at least a byte: the section bounds the walk. */
	for (uint64_t i = 0; names && i < MAX_VERSIONS; i++) {
		struct hs_cursor c = { .rest = hs_span_from(s->bytes, at) }, aux;
		uint64_t index, first, next;

		hs_take(&c, 4);
		index = hs_elf_take(t->elf, &c, 2);
		hs_take(&c, 6);
		first = hs_elf_take(t->elf, &c, 4);
		next = hs_elf_take(t->elf, &c, 4);
		aux = (struct hs_cursor){ .rest = hs_span_from(s->bytes, at + first) };
		if (c.cut)
			return;
		set_version(t, all, index,
		            (struct hs_elf_version){
				    .name = hs_elf_string(names->bytes,
		                                          hs_elf_take(t->elf, &aux, 4)) });
		if (next == 0)
			return;
		at += next;
	}
}

/* What one library is needed for: the walk over all of them has `left` steps. */
struct needed {
	const struct hs_elf_section *section;
	struct hs_span names, file;
	unsigned left;
};

/* Vernaux: hash (4), flags, other (2 each), name, next (4 each). */
static void
read_needed_of(struct hs_elf_symbols *t, struct hs_elf_version *all, struct needed *n, uint64_t at)
{
	for (; n->left > 0; n->left--) {
		struct hs_cursor c = { .rest = hs_span_from(n->section->bytes, at) };
		uint64_t index, name, next;

		hs_take(&c, 6);
		index = hs_elf_take(t->elf, &c, 2);
		name = hs_elf_take(t->elf, &c, 4);
		next = hs_elf_take(t->elf, &c, 4);
		if (c.cut)
			return;
		set_version(t, all, index,
		            (struct hs_elf_version){
				    .name = hs_elf_string(n->names, name),
				    .file = n->file,
			    });
		if (next == 0)
			return;
		at += next;
	}
}

/* Verneed: version, cnt (2 each), file, aux, next (4 each). */
static void
read_needed(struct hs_elf_symbols *t, struct hs_elf_version *all, const struct hs_elf_section *s)
{
	const struct hs_elf_section *names = hs_elf_section(t->elf, s->link);
	struct needed n = { .section = s, .left = MAX_VERSIONS };
	uint64_t at = 0;

	if (names)
		n.names = names->bytes;
	for (; n.left > 0; n.left--) {
		struct hs_cursor c = { .rest = hs_span_from(s->bytes, at) };
		uint64_t file, first, next;

		hs_take(&c, 4);
		file = hs_elf_take(t->elf, &c, 4);
		first = hs_elf_take(t->elf, &c, 4);
		next = hs_elf_take(t->elf, &c, 4);
		if (c.cut)
			return;
		n.file = hs_elf_string(n.names, file);
		read_needed_of(t, all, &n, at + first);
		if (next == 0 || n.left == 0)
			return;
		at += next;
	}
}

static void
read_versions(struct hs_elf_symbols *t, struct hs_arena *a)
{
	struct hs_elf_version *all = NULL;

	for (size_t i = 1; i < t->elf->n_sections; i++) {
		const struct hs_elf_section *s = &t->elf->sections[i];

		if (s->type != SHT_GNU_verdef && s->type != SHT_GNU_verneed)
			continue;
		if (!all)
			all = hs_arena_array(a, MAX_VERSIONS, sizeof(*all));
		if (s->type == SHT_GNU_verdef)
			read_defined(t, all, s);
		else
			read_needed(t, all, s);
	}
	t->versions = all;
}

/* ---- Tables ---- */

bool
hs_elf_symbols_open(struct hs_elf_symbols *out, struct hs_arena *a, const struct hs_elf *elf,
                    const struct hs_elf_section *section)
{
	const struct hs_elf_section *names;

	if (!section || (section->type != SHT_SYMTAB && section->type != SHT_DYNSYM))
		return false;
	*out = (struct hs_elf_symbols){ .elf = elf, .section = section };
	out->n = section->bytes.len / (elf->is64 ? ROW_64 : ROW_32);
	names = hs_elf_section(elf, section->link);
	if (names)
		out->names = names->bytes;
	for (size_t i = 1; i < elf->n_sections; i++) {
		const struct hs_elf_section *s = &elf->sections[i];

		if (s->type == SHT_SYMTAB_SHNDX && s->link == section->index)
			out->extended = s->bytes;
		if (s->type == SHT_GNU_versym && s->link == section->index)
			out->versym = s->bytes;
	}
	if (out->versym.len > 0)
		read_versions(out, a);
	return true;
}

static void
read_section_of(struct hs_elf_symbol *s, const struct hs_elf_symbols *t, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(t->extended, i * 4) };

	if (s->section == SHN_XINDEX && t->extended.len > 0)
		s->section = hs_elf_take(t->elf, &c, 4);
	else
		s->reserved = s->section == SHN_UNDEF || s->section >= SHN_LORESERVE;
}

bool
hs_elf_symbol_at(struct hs_elf_symbol *out, const struct hs_elf_symbols *t, uint64_t i)
{
	const struct hs_elf *e = t->elf;
	struct hs_cursor c = { .rest = hs_span_from(t->section->bytes,
		                                    i * (e->is64 ? ROW_64 : ROW_32)) };
	struct hs_cursor v = { .rest = hs_span_from(t->versym, i * 2) };
	uint64_t name, info, version;

	if (i >= t->n)
		return false;
	*out = (struct hs_elf_symbol){ 0 };
	name = hs_elf_take(e, &c, 4);
	if (!e->is64) {
		out->value = hs_elf_take(e, &c, 4);
		out->size = hs_elf_take(e, &c, 4);
	}
	info = hs_elf_take(e, &c, 1);
	out->other = (uint8_t)hs_elf_take(e, &c, 1);
	out->section = hs_elf_take(e, &c, 2);
	if (e->is64) {
		out->value = hs_elf_take(e, &c, 8);
		out->size = hs_elf_take(e, &c, 8);
	}
	out->name = hs_elf_string(t->names, name);
	out->type = info & 0xf;
	out->bind = (uint8_t)(info >> 4);
	out->visibility = out->other & 3;
	read_section_of(out, t, i);
	version = t->versym.len > 0 ? hs_elf_take(e, &v, 2) : 0;
	out->version = version & VERSYM_INDEX;
	out->hidden = (version & VERSYM_HIDDEN) != 0;
	return true;
}

const struct hs_elf_version *
hs_elf_symbol_version(const struct hs_elf_symbols *t, const struct hs_elf_symbol *s)
{
	if (s->version < FIRST_VERSION || s->version >= t->n_versions ||
	    !t->versions[s->version].name.at)
		return NULL;
	return &t->versions[s->version];
}

/* ---- The index ---- */

/* ARM, AArch64 and RISC-V mark where code and data begin with "$a", "$d.12", "$x" ... */
static bool
is_mapping(const struct hs_elf *e, const struct hs_elf_symbol *s)
{
	const bool has = e->machine == EM_ARM || e->machine == EM_AARCH64 || e->machine == EM_RISCV;

	return has && s->type == STT_NOTYPE && s->name.len >= 2 && s->name.at[0] == '$' &&
	       memchr("adtx", s->name.at[1], 4) != NULL;
}

static bool
is_place(const struct hs_elf *e, const struct hs_elf_symbol *s)
{
	return !s->reserved && s->name.len > 0 && s->type != STT_FILE && s->type != STT_SECTION &&
	       s->type != STT_TLS && !is_mapping(e, s);
}

static uint8_t
rank_of(const struct hs_elf_symbol *s)
{
	uint8_t rank = s->type == STT_NOTYPE ? 4 : 0;

	if (s->bind == STB_WEAK)
		rank = (uint8_t)(rank + 1);
	else if (s->bind == STB_LOCAL)
		rank = (uint8_t)(rank + 2);
	return rank;
}

/* The end of the place, where its symbol says it. */
static uint64_t
end_of(const struct hs_elf_place *p)
{
	return p->size > UINT64_MAX - p->value ? UINT64_MAX : p->value + p->size;
}

/* The name breaks the tie, so that the order of a table decides nothing. */
struct sorted {
	struct hs_elf_place place;
	struct hs_span name;
};

static int
by_place(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;

	if (a->place.space != b->place.space)
		return a->place.space < b->place.space ? -1 : 1;
	if (a->place.value != b->place.value)
		return a->place.value < b->place.value ? -1 : 1;
	if (a->place.rank != b->place.rank)
		return a->place.rank > b->place.rank ? -1 : 1;
	/* The best stands last: it is the one that a search from behind meets first. */
	if (!hs_span_equal(a->name, b->name))
		return hs_span_order(b->name, a->name);
	return (a->place.symbol < b->place.symbol) - (a->place.symbol > b->place.symbol);
}

/* Of ARM, the lowest bit says that a function is one of short instructions. */
static uint64_t
place_of(const struct hs_elf *e, const struct hs_elf_symbol *s)
{
	return e->machine == EM_ARM && s->type == STT_FUNC ? s->value & ~UINT64_C(1) : s->value;
}

static size_t
collect(struct sorted *out, const struct hs_elf_symbols *t)
{
	struct hs_elf_symbol s;
	size_t n = 0;

	for (uint64_t i = 1; i <= UINT32_MAX && hs_elf_symbol_at(&s, t, i); i++) {
		if (!is_place(t->elf, &s))
			continue;
		out[n++] = (struct sorted){
			.place = { .space = t->elf->type == ET_REL ? s.section : 0,
			           .value = place_of(t->elf, &s),
			           .size = s.size,
			           .symbol = (uint32_t)i,
			           .rank = rank_of(&s) },
			.name = s.name,
		};
	}
	return n;
}

void
hs_elf_index_build(struct hs_elf_index *out, struct hs_arena *a, const struct hs_elf *elf)
{
	struct sorted *sorted;
	uint64_t reach = 0;

	*out = (struct hs_elf_index){ 0 };
	if (!hs_elf_symbols_open(&out->table, a, elf, hs_elf_section_typed(elf, SHT_SYMTAB)) &&
	    !hs_elf_symbols_open(&out->table, a, elf, hs_elf_section_typed(elf, SHT_DYNSYM)))
		return;
	sorted = hs_alloc((size_t)(out->table.n ? out->table.n : 1) * sizeof(*sorted));
	out->n = collect(sorted, &out->table);
	if (out->n > 1)
		qsort(sorted, out->n, sizeof(*sorted), by_place);
	out->places = hs_arena_array(a, out->n, sizeof(*out->places));
	for (size_t i = 0; i < out->n; i++) {
		struct hs_elf_place *p = &out->places[i];

		*p = sorted[i].place;
		if (i > 0 && sorted[i - 1].place.space != p->space)
			reach = 0;
		reach = end_of(p) > reach ? end_of(p) : reach;
		p->reach = reach;
	}
	free(sorted);
}

/* The number of places that start at or before the address. */
static size_t
count_before(const struct hs_elf_index *x, uint64_t space, uint64_t address)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const struct hs_elf_place *p = &x->places[middle];

		if (p->space < space || (p->space == space && p->value <= address))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether a symbol without a size stands in the section that holds the address. */
static bool
same_section(const struct hs_elf_index *x, const struct hs_elf_place *p, uint64_t address)
{
	const struct hs_elf *e = x->table.elf;
	const struct hs_elf_section *s = hs_elf_section_at(e, address);
	struct hs_elf_symbol symbol;

	if (e->type == ET_REL)
		return true;
	return hs_elf_symbol_at(&symbol, &x->table, p->symbol) &&
	       (s ? s->index == symbol.section : false);
}

bool
hs_elf_index_find(struct hs_elf_symbol *out, uint64_t *behind, const struct hs_elf_index *x,
                  uint64_t section, uint64_t address)
{
	const uint64_t space = x->n && x->table.elf->type == ET_REL ? section : 0;
	const size_t n = count_before(x, space, address);
	unsigned steps = 0;

	for (size_t i = n; i-- > 0 && steps < HS_MAX_ELF_STEPS; steps++) {
		const struct hs_elf_place *p = &x->places[i];
		const bool open = p->size == 0 && p->value == x->places[n - 1].value;

		if (p->space != space)
			return false;
		if (p->value == address || address < end_of(p) ||
		    (open && same_section(x, p, address))) {
			*behind = address - p->value;
			return hs_elf_symbol_at(out, &x->table, p->symbol);
		}
		if (p->reach <= address && p->value != x->places[n - 1].value)
			return false;
	}
	return false;
}
