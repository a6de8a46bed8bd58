/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_constants.h"

#include "comparators/elf/elf_data.h"
#include "comparators/elf/elf_refs.h"

#include <inttypes.h>

/* LEAST: fewer distances that lead into one function are chance. */
enum { LEAST = 4, MOST = 65536, DISTANCE = 4 };

/* A section, as far as it has been written. */
struct writing {
	FILE *out;
	const struct hs_elf_parts *p;
	const struct hs_elf_section *s;
	struct hs_arena arena;
	uint64_t at;                      /* offset of what is not written yet */
	const struct hs_elf_patch *patch; /* the next that was not looked at; NULL: none */
	uint64_t base; /* what the distances of all tables are counted from; 0: from each itself */
};

/* Writes what stands in front of `offset`. */
static void
catch_up(struct writing *w, uint64_t offset)
{
	hs_elf_write_data(w->out, hs_span_head(hs_span_from(w->s->bytes, w->at), offset - w->at),
	                  w->at);
	w->at = offset;
}

/* ---- What a loader fills in ---- */

static const struct hs_elf_patch *
first_patch(const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	if (p->elf.type == ET_REL)
		return NULL;
	return hs_elf_patch_in(&p->patches, 0, s->address, s->address + s->bytes.len);
}

static void
next_patch(struct writing *w)
{
	const struct hs_elf_patch *end = w->p->patches.rows + w->p->patches.n;

	w->patch++;
	if (w->patch == end || w->patch->at - w->s->address >= w->s->bytes.len)
		w->patch = NULL;
}

static void
write_patches(struct writing *w, uint64_t offset)
{
	const size_t word = w->p->elf.is64 ? 8 : 4;

	while (w->patch && w->patch->at - w->s->address <= offset) {
		const struct hs_elf_patch *patch = w->patch;
		const uint64_t at = patch->at - w->s->address;
		struct hs_cursor c = { .rest = hs_span_from(w->s->bytes, at) };
		const struct hs_arena_mark mark = hs_arena_mark(&w->arena);

		next_patch(w);
		if (at < w->at || c.rest.len < word)
			continue;
		catch_up(w, at);
		fputs("-> ", w->out);
		hs_elf_write_patch(w->out, &w->arena, w->p, patch,
		                   hs_elf_take_word(&w->p->elf, &c));
		fputc('\n', w->out);
		w->at = at + word;
		hs_arena_rewind(&w->arena, mark);
	}
}

/* ---- Tables of a switch ---- */

/* Where the distance at `offset`, of a table at `base`, leads: the place in its function. */
static const struct hs_elf_function *
lead(uint64_t *target, const struct writing *w, uint64_t base, uint64_t offset)
{
	const struct hs_elf_parts *p = w->p;
	struct hs_cursor c = { .rest = hs_span_from(w->s->bytes, offset) };
	const uint64_t v = hs_elf_take(&p->elf, &c, DISTANCE);
	const struct hs_elf_function *f;

	*target = w->base ? w->base : w->s->address + base;
	*target += (uint64_t)(int64_t)(int32_t)v;
	if (!p->elf.is64)
		*target &= UINT32_MAX;
	if (c.cut || v == 0 || p->code.n == 0 || *target < p->code.rows[0].at)
		return NULL;
	f = hs_elf_function_at(&p->code, 0, *target);
	if (!f)
		return NULL;
	*target -= f->at;
	return f;
}

/* The number of distances from here on that lead into one function; 0 where that is no table. */
static size_t
table_at(const struct hs_elf_function **f, const struct writing *w, uint64_t offset)
{
	uint64_t target;
	size_t n;

	*f = lead(&target, w, offset, offset);
	if (!*f)
		return 0;
	for (n = 1; n < MOST; n++)
		if (lead(&target, w, offset, offset + n * DISTANCE) != *f)
			break;
	return n < LEAST ? 0 : n;
}

static void
write_table(struct writing *w, const struct hs_elf_function *f, uint64_t offset, size_t n)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->arena);
	uint64_t target;

	catch_up(w, offset);
	fprintf(w->out, "jump table of %s:", hs_elf_place_name(&w->arena, w->p, 0, f->at));
	for (size_t i = 0; i < n; i++) {
		lead(&target, w, offset, offset + i * DISTANCE);
		fprintf(w->out, " +0x%" PRIx64, target);
	}
	fputc('\n', w->out);
	w->at = offset + n * DISTANCE;
	hs_arena_rewind(&w->arena, mark);
}

/* i386 counts from the table of offsets. */
static uint64_t
base_of(const struct hs_elf *e)
{
	const struct hs_elf_section *got = hs_elf_section_named(e, ".got.plt");

	if (e->machine != EM_386)
		return 0;
	if (!got)
		got = hs_elf_section_named(e, ".got");
	return got ? got->address : 0;
}

int
hs_elf_view_constants(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct writing w = {
		.out = out, .p = p, .s = s, .patch = first_patch(p, s), .base = base_of(&p->elf)
	};
	const bool linked = p->elf.type != ET_REL && !(s->flags & SHF_WRITE);
	const uint64_t front = -s->address % DISTANCE;
	const struct hs_elf_function *f;

	for (uint64_t at = front; linked && at < s->bytes.len && !ferror(out); at += DISTANCE) {
		const size_t n = table_at(&f, &w, at);

		write_patches(&w, at);
		if (n > 0 && at >= w.at)
			write_table(&w, f, at, n);
		if (n > 0)
			at = w.at - DISTANCE;
	}
	write_patches(&w, s->bytes.len);
	catch_up(&w, s->bytes.len);
	hs_arena_release(&w.arena);
	return 0;
}
