/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_patches.h"

#include "core/limits.h"

#include <stdlib.h>

enum { TYPE_RELR = 19 };

bool
hs_elf_relr_next(uint64_t *out, struct hs_elf_relr *it)
{
	const uint64_t step = it->elf->is64 ? 8 : 4;

	for (;;) {
		while (it->word & 1 && ++it->bit < 8 * step) {
			if (it->word >> it->bit & 1) {
				*out = it->base + (it->bit - 1) * step;
				return true;
			}
		}
		if (it->word & 1)
			it->base += (8 * step - 1) * step;
		if (it->rest.rest.len < step)
			return false;
		it->word = hs_elf_take_word(it->elf, &it->rest);
		it->bit = 0;
		if (!(it->word & 1)) {
			*out = it->word;
			it->base = it->word + step;
			return true;
		}
	}
}

static bool
is_table(const struct hs_elf_section *s, const struct hs_elf_section *first)
{
	if (s->packing != HS_ELF_PLAIN)
		return false;
	return s->type == TYPE_RELR ||
	       ((s->type == SHT_REL || s->type == SHT_RELA) && (!first || s->link == first->link));
}

static size_t
row_size(const struct hs_elf *elf, const struct hs_elf_section *s)
{
	return (elf->is64 ? 8u : 4u) * (s->type == SHT_RELA ? 3u : 2u);
}

static struct hs_elf_patch
take_row(const struct hs_elf *elf, const struct hs_elf_section *s, struct hs_cursor *c)
{
	struct hs_elf_patch p = { .space = elf->type == ET_REL ? s->info : 0 };
	uint64_t info;

	p.at = hs_elf_take_word(elf, c);
	info = hs_elf_take_word(elf, c);
	p.symbol = (uint32_t)(elf->is64 ? info >> 32 : info >> 8);
	p.type = (uint32_t)(elf->is64 ? info & UINT32_MAX : info & 0xff);
	p.has_addend = s->type == SHT_RELA;
	if (p.has_addend && elf->is64)
		p.addend = (int64_t)hs_elf_take(elf, c, 8);
	else if (p.has_addend)
		p.addend = (int32_t)hs_elf_take(elf, c, 4);
	return p;
}

static int
by_place(const void *x, const void *y)
{
	const struct hs_elf_patch *a = x, *b = y;

	if (a->space != b->space)
		return a->space < b->space ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	return (a->symbol > b->symbol) - (a->symbol < b->symbol);
}

/* The rows of a table; counts them where `rows` is NULL. */
static size_t
read_table(struct hs_elf_patch *rows, const struct hs_elf *elf, const struct hs_elf_section *s)
{
	struct hs_elf_relr it = { .elf = elf, .rest = { .rest = s->bytes } };
	struct hs_cursor c = { .rest = s->bytes };
	uint64_t at;
	size_t n = 0;

	if (s->type != TYPE_RELR && !rows)
		return s->bytes.len / row_size(elf, s);
	if (s->type != TYPE_RELR) {
		while (c.rest.len >= row_size(elf, s))
			rows[n++] = take_row(elf, s, &c);
		return n;
	}
	while (n <= HS_MAX_RELOCATIONS && hs_elf_relr_next(&at, &it)) {
		if (rows)
			rows[n] = (struct hs_elf_patch){ .at = at };
		n++;
	}
	return n;
}

void
hs_elf_patches_read(struct hs_elf_patches *out, struct hs_arena *a, const struct hs_elf *elf)
{
	const struct hs_elf_section *first = NULL;
	struct hs_elf_patch *rows;
	size_t n = 0;

	*out = (struct hs_elf_patches){ 0 };
	for (size_t i = 0; i < elf->n_sections && n <= HS_MAX_RELOCATIONS; i++) {
		const struct hs_elf_section *s = &elf->sections[i];

		if (!is_table(s, first))
			continue;
		if (s->type != TYPE_RELR)
			first = first ? first : s;
		n += read_table(NULL, elf, s);
	}
	if (n == 0 || n > HS_MAX_RELOCATIONS)
		return;
	out->has_symbols = first && hs_elf_symbols_open(&out->symbols, a, elf,
	                                                hs_elf_section(elf, first->link));
	rows = hs_arena_array(a, n, sizeof(*rows));
	for (size_t i = 0; i < elf->n_sections; i++)
		if (is_table(&elf->sections[i], first))
			out->n += read_table(rows + out->n, elf, &elf->sections[i]);
	qsort(rows, out->n, sizeof(*rows), by_place);
	out->rows = rows;
}

const struct hs_elf_patch *
hs_elf_patch_in(const struct hs_elf_patches *p, uint64_t space, uint64_t from, uint64_t to)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const struct hs_elf_patch *row = &p->rows[middle];

		if (row->space < space || (row->space == space && row->at < from))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == p->n || p->rows[low].space != space || p->rows[low].at >= to)
		return NULL;
	return &p->rows[low];
}

bool
hs_elf_patch_symbol(struct hs_elf_symbol *out, const struct hs_elf_patches *p,
                    const struct hs_elf_patch *patch)
{
	return p->has_symbols && patch->symbol != 0 &&
	       hs_elf_symbol_at(out, &p->symbols, patch->symbol);
}
