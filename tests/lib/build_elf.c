/* SPDX-License-Identifier: Apache-2.0 */
#include "build_elf.h"

#include "build_bytes.h"

#include <elf.h>
#include <stdlib.h>

struct building {
	const struct build_elf *e;
	struct hs_build out;
};

static void
put(struct building *b, uint64_t v, size_t width)
{
	for (size_t i = 0; i < width; i++) {
		const size_t byte = b->e->big ? width - 1 - i : i;

		hs_build_fill(&b->out, (uint8_t)(v >> (8 * byte)), 1);
	}
}

static void
put_word(struct building *b, uint64_t v)
{
	put(b, v, b->e->is32 ? 4 : 8);
}

/* What was put so far, in the arena. */
static struct hs_span
finish(struct building *b, struct hs_arena *a)
{
	const struct hs_span s = hs_arena_copy(a, hs_build_span(&b->out));

	hs_build_release(&b->out);
	return s;
}

static uint64_t
align_up(uint64_t at, uint64_t align)
{
	return align > 1 ? (at + align - 1) / align * align : at;
}

/* Where everything goes. */
struct layout {
	uint64_t at[64], names[64]; /* by section, from 1 */
	uint64_t segments, shstrtab, table;
	struct hs_build strings;
};

static void
lay_out(struct layout *l, const struct build_elf *e)
{
	uint64_t at = e->is32 ? 52 : 64;

	l->segments = e->n_segments ? at : 0;
	at += e->n_segments * (e->is32 ? 32 : 56);
	hs_build_fill(&l->strings, 0, 1);
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct build_elf_section *s = &e->sections[i];

		at = align_up(at, s->align);
		l->at[i + 1] = at;
		at += s->bytes.len;
		l->names[i + 1] = l->strings.len;
		hs_build_put(&l->strings, hs_span_of(s->name));
		hs_build_fill(&l->strings, 0, 1);
	}
	l->names[0] = l->strings.len;
	hs_build_put(&l->strings, HS_SPAN(".shstrtab\0"));
	l->shstrtab = at;
	l->table = align_up(at + l->strings.len, 8);
}

static void
put_header(struct building *b, const struct layout *l)
{
	const struct build_elf *e = b->e;

	hs_build_put(&b->out, HS_SPAN("\177ELF"));
	put(b, e->is32 ? ELFCLASS32 : ELFCLASS64, 1);
	put(b, e->big ? ELFDATA2MSB : ELFDATA2LSB, 1);
	put(b, EV_CURRENT, 1);
	put(b, e->osabi, 1);
	hs_build_fill(&b->out, 0, 8);
	put(b, e->type ? e->type : ET_DYN, 2);
	put(b, e->machine ? e->machine : EM_X86_64, 2);
	put(b, EV_CURRENT, 4);
	put_word(b, e->entry);
	put_word(b, l->segments);
	put_word(b, e->no_table ? 0 : l->table);
	put(b, e->flags, 4);
	put(b, e->is32 ? 52 : 64, 2);
	put(b, e->is32 ? 32 : 56, 2);
	put(b, e->n_segments, 2);
	put(b, e->is32 ? 40 : 64, 2);
	put(b, e->no_table ? 0 : e->n_sections + 2, 2);
	put(b, e->no_table ? 0 : e->n_sections + 1, 2);
}

static void
put_segment(struct building *b, const struct layout *l, const struct build_elf_segment *g)
{
	const struct build_elf_section *first = &b->e->sections[g->first - 1];
	const struct build_elf_section *last = &b->e->sections[g->last - 1];
	const uint64_t at = l->at[g->first], len = l->at[g->last] + last->bytes.len - at;

	put(b, g->type, 4);
	if (!b->e->is32)
		put(b, g->flags, 4);
	put_word(b, at);
	put_word(b, first->address);
	put_word(b, first->address);
	put_word(b, len);
	put_word(b, len + last->memory);
	if (b->e->is32)
		put(b, g->flags, 4);
	put_word(b, 1);
}

static void
put_section(struct building *b, const struct build_elf_section *s, uint64_t name, uint64_t at)
{
	put(b, name, 4);
	put(b, s->type, 4);
	put_word(b, s->flags);
	put_word(b, s->address);
	put_word(b, at);
	put_word(b, s->type == SHT_NOBITS ? s->memory : s->bytes.len);
	put(b, s->link, 4);
	put(b, s->info, 4);
	put_word(b, s->align ? s->align : 1);
	put_word(b, s->entsize);
}

struct hs_span
build_elf(struct hs_arena *a, const struct build_elf *e)
{
	struct building b = { .e = e };
	struct layout l = { 0 };
	struct build_elf_section names = { .type = SHT_STRTAB };

	if (e->n_sections > 60)
		abort();
	lay_out(&l, e);
	put_header(&b, &l);
	for (size_t i = 0; i < e->n_segments; i++)
		put_segment(&b, &l, &e->segments[i]);
	for (size_t i = 0; i < e->n_sections; i++) {
		hs_build_fill(&b.out, 0, l.at[i + 1] - b.out.len);
		hs_build_put(&b.out, e->sections[i].bytes);
	}
	if (!e->no_table) {
		names.bytes = hs_build_span(&l.strings);
		hs_build_put(&b.out, names.bytes);
		hs_build_fill(&b.out, 0, l.table - b.out.len);
		hs_build_fill(&b.out, 0, e->is32 ? 40 : 64);
		for (size_t i = 0; i < e->n_sections; i++)
			put_section(&b, &e->sections[i], l.names[i + 1], l.at[i + 1]);
		put_section(&b, &names, l.names[0], l.shstrtab);
	}
	hs_build_release(&l.strings);
	return finish(&b, a);
}

struct hs_span
build_elf_number(struct hs_arena *a, const struct build_elf *e, uint64_t v, size_t width)
{
	struct building b = { .e = e };

	put(&b, v, width);
	return finish(&b, a);
}

struct hs_span
build_elf_symbols(struct hs_arena *a, const struct build_elf *e, const struct build_elf_symbol *all,
                  size_t n)
{
	struct building b = { .e = e };

	hs_build_fill(&b.out, 0, e->is32 ? 16 : 24);
	for (size_t i = 0; i < n; i++) {
		const struct build_elf_symbol *s = &all[i];

		put(&b, s->name, 4);
		if (e->is32) {
			put(&b, s->value, 4);
			put(&b, s->size, 4);
		}
		put(&b, s->info, 1);
		put(&b, s->other, 1);
		put(&b, s->section, 2);
		if (!e->is32) {
			put(&b, s->value, 8);
			put(&b, s->size, 8);
		}
	}
	return finish(&b, a);
}

struct hs_span
build_elf_note(struct hs_arena *a, const struct build_elf *e, const char *owner, uint32_t type,
               struct hs_span content)
{
	struct building b = { .e = e };

	put(&b, strlen(owner) + 1, 4);
	put(&b, content.len, 4);
	put(&b, type, 4);
	hs_build_put(&b.out, hs_span_of(owner));
	hs_build_fill(&b.out, 0, 1);
	hs_build_align(&b.out, 4);
	hs_build_put(&b.out, content);
	hs_build_align(&b.out, 4);
	return finish(&b, a);
}
