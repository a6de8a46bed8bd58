/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/elf_code.h"

#include "binary/demangle.h"
#include "binary/eh_frame.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- Where functions begin ---- */

/* Sorted; the rows of .eh_frame. */
struct frames {
	struct extent {
		uint64_t start, size;
	} * rows;
	size_t n;
};

static int
by_start(const void *x, const void *y)
{
	const struct extent *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->size > b->size) - (a->size < b->size);
}

static void
read_frames(struct frames *out, const struct hs_elf *elf)
{
	struct hs_eh_frames it = hs_eh_frames_of(elf);
	struct hs_eh_frame f;
	size_t room = 0;

	*out = (struct frames){ 0 };
	while (hs_eh_frame_next(&f, &it)) {
		if (f.size == 0)
			continue;
		if (out->n == room) {
			room = room ? 2 * room : 256;
			out->rows = hs_realloc(out->rows, room, sizeof(*out->rows));
		}
		out->rows[out->n++] = (struct extent){ f.start, f.size };
	}
	if (out->n > 1)
		qsort(out->rows, out->n, sizeof(*out->rows), by_start);
}

/* Both lists of what begins in one section, from where they are. */
struct starts {
	const struct hs_elf_index *x;
	const struct frames *frames;
	size_t place, frame;
	uint64_t space, end; /* of the section */
};

static bool
has_place(const struct starts *s)
{
	return s->place < s->x->n && s->x->places[s->place].space == s->space &&
	       s->x->places[s->place].value < s->end;
}

static bool
has_frame(const struct starts *s)
{
	return s->space == 0 && s->frame < s->frames->n && s->frames->rows[s->frame].start < s->end;
}

/* The next start at or behind `from`; false where there is none. */
static bool
next_start(uint64_t *out, struct starts *s, uint64_t from)
{
	while (has_place(s) && s->x->places[s->place].value < from)
		s->place++;
	while (has_frame(s) && s->frames->rows[s->frame].start < from)
		s->frame++;
	if (!has_place(s) && !has_frame(s))
		return false;
	*out = has_place(s) ? s->x->places[s->place].value : UINT64_MAX;
	if (has_frame(s) && s->frames->rows[s->frame].start < *out)
		*out = s->frames->rows[s->frame].start;
	return true;
}

static bool
is_thumb(const struct hs_elf *e, const struct hs_elf_index *x, uint32_t symbol)
{
	struct hs_elf_symbol s;

	return e->machine == EM_ARM && symbol && hs_elf_symbol_at(&s, &x->table, symbol) &&
	       s.type == STT_FUNC && s.value & 1;
}

/*
 * The next function: of the symbols that begin together the best name, which
 * stands last, and the longest reach; those that begin inside the one before are
 * its labels.
 */
static bool
next_function(struct hs_elf_function *f, struct starts *s, uint64_t from)
{
	uint64_t next;

	*f = (struct hs_elf_function){ .space = s->space };
	if (!next_start(&f->at, s, from))
		return false;
	for (; has_place(s) && s->x->places[s->place].value == f->at; s->place++) {
		f->symbol = s->x->places[s->place].symbol;
		if (s->x->places[s->place].size > f->size)
			f->size = s->x->places[s->place].size;
	}
	for (; has_frame(s) && s->frames->rows[s->frame].start == f->at; s->frame++)
		if (s->frames->rows[s->frame].size > f->size)
			f->size = s->frames->rows[s->frame].size;
	if (f->size == 0 && next_start(&next, s, f->at + 1))
		f->size = next - f->at;
	if (f->size == 0 || f->size > s->end - f->at)
		f->size = s->end - f->at;
	return true;
}

/* A "nop" of x86 that takes more than a byte: prefixes, 0f 1f, how it addresses. */
static size_t
long_nop(struct hs_span s)
{
	size_t n = 0;

	while (n < s.len && (s.at[n] == 0x66 || s.at[n] == 0x2e))
		n++;
	if (n < s.len && s.at[n] == 0x90)
		return n + 1;
	if (s.len - n < 3 || s.at[n] != 0x0f || s.at[n + 1] != 0x1f)
		return 0;
	switch (s.at[n + 2]) {
	case 0x00:
		return n + 3;
	case 0x40:
		return n + 4;
	case 0x44:
		return n + 5;
	case 0x80:
		return n + 7;
	case 0x84:
		return n + 8;
	default:
		return 0;
	}
}

/* What does nothing, of machines whose instructions have a width; AArch64, Arm, Thumb. */
static size_t
wide_nop(unsigned machine, struct hs_span s)
{
	static const struct {
		unsigned machine, len;
		uint8_t bytes[4];
	} nops[] = {
		{ EM_AARCH64, 4, { 0x1f, 0x20, 0x03, 0xd5 } },
		{ EM_ARM, 4, { 0x00, 0xf0, 0x20, 0xe3 } },
		{ EM_ARM, 4, { 0x00, 0x00, 0xa0, 0xe1 } },
		{ EM_ARM, 4, { 0xaf, 0xf3, 0x00, 0x80 } },
		{ EM_ARM, 2, { 0x00, 0xbf } },
		{ EM_ARM, 2, { 0xc0, 0x46 } },
	};

	for (size_t i = 0; i < sizeof(nops) / sizeof(nops[0]); i++)
		if (nops[i].machine == machine && s.len >= nops[i].len &&
		    memcmp(s.at, nops[i].bytes, nops[i].len) == 0)
			return nops[i].len;
	return 0;
}

/* How much of what stands there aligns the next function: zeros, traps, and what does nothing. */
static size_t
padding_of(const struct hs_elf *e, struct hs_span s)
{
	const bool x86 = e->machine == EM_X86_64 || e->machine == EM_386;
	struct hs_span rest = s;

	while (rest.len > 0) {
		size_t n = x86 ? long_nop(rest) : wide_nop(e->machine, rest);

		if (n == 0 && (rest.at[0] == 0 || (x86 && rest.at[0] == 0xcc)))
			n = 1;
		if (n == 0 || n > rest.len)
			break;
		rest = hs_span_from(rest, n);
	}
	return s.len - rest.len;
}

static size_t
first_place(const struct hs_elf_index *x, uint64_t space, uint64_t base)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const struct hs_elf_place *p = &x->places[mid];

		if (p->space < space || (p->space == space && p->value < base))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool
hs_elf_is_plt(const struct hs_elf_section *s)
{
	return hs_span_starts(s->name, HS_SPAN(".plt"));
}

static bool
has_functions(const struct hs_elf_section *s)
{
	return s->type == SHT_PROGBITS && s->flags & SHF_EXECINSTR && s->bytes.len > 0 &&
	       s->packing == HS_ELF_PLAIN && !hs_elf_is_plt(s);
}

static void
add_row(struct hs_elf_code *out, size_t *room, struct hs_elf_function f)
{
	if (out->n == *room) {
		*room = *room ? 2 * *room : 256;
		out->rows = hs_realloc(out->rows, *room, sizeof(*out->rows));
	}
	out->rows[out->n++] = f;
}

/* What no symbol and no frame covers is code too, but for what only aligns the next. */
static void
add_hole(struct hs_elf_code *out, size_t *room, const struct hs_elf *elf,
         const struct hs_elf_section *s, struct hs_elf_function hole)
{
	const uint64_t base = hole.space ? 0 : s->address;
	const struct hs_span bytes =
		hs_span_head(hs_span_from(s->bytes, hole.at - base), hole.size);
	const size_t padding = padding_of(elf, bytes);

	hole.at += padding;
	hole.size -= padding;
	if (hole.size > 0)
		add_row(out, room, hole);
}

static void
read_section(struct hs_elf_code *out, size_t *room, const struct hs_elf *elf,
             const struct hs_elf_section *s, const struct frames *frames)
{
	const uint64_t base = elf->type == ET_REL ? 0 : s->address;
	struct starts it = {
		.x = out->index,
		.frames = frames,
		.space = elf->type == ET_REL ? s->index : 0,
		.end = s->bytes.len > UINT64_MAX - base ? UINT64_MAX : base + s->bytes.len,
	};
	struct hs_elf_function f, hole = { .space = it.space, .at = base };

	it.place = first_place(it.x, it.space, base);
	while (next_function(&f, &it, hole.at)) {
		f.thumb = is_thumb(elf, it.x, f.symbol);
		hole.size = f.at - hole.at;
		add_hole(out, room, elf, s, hole);
		add_row(out, room, f);
		hole.at = f.at + f.size;
	}
	hole.size = it.end - hole.at;
	if (hole.at > base)
		add_hole(out, room, elf, s, hole);
}

static int
by_function(const void *x, const void *y)
{
	const struct hs_elf_function *a = x, *b = y;

	if (a->space != b->space)
		return a->space < b->space ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static uint64_t hash_of(struct hs_arena *a, const struct hs_elf *elf,
                        const struct hs_elf_function *f);

void
hs_elf_code_read(struct hs_elf_code *out, struct hs_arena *a, const struct hs_elf *elf,
                 const struct hs_elf_index *x)
{
	struct hs_elf_code all = { .index = x };
	struct frames frames;
	size_t room = 0;

	*out = (struct hs_elf_code){ .index = x };
	read_frames(&frames, elf);
	/* Sections that lie over each other would tell a start twice. */
	for (size_t i = 1; i < elf->n_sections; i++) {
		const struct hs_elf_section *s = &elf->sections[i];
		const bool over = elf->type != ET_REL && hs_elf_section_at(elf, s->address) != s;

		if (has_functions(s) && !over)
			read_section(&all, &room, elf, s, &frames);
	}
	free(frames.rows);
	if (all.n > 1)
		qsort(all.rows, all.n, sizeof(*all.rows), by_function);
	out->rows = hs_arena_array(a, all.n, sizeof(*out->rows));
	for (size_t i = 0; i < all.n; i++) {
		const struct hs_elf_function *f = &all.rows[i];
		const struct hs_elf_function *last = out->n ? &out->rows[out->n - 1] : NULL;

		if (!last || last->space != f->space || f->at - last->at >= last->size)
			out->rows[out->n++] = *f;
	}
	free(all.rows);
	for (size_t i = 0; i < out->n; i++)
		if (out->rows[i].symbol == 0)
			out->rows[i].hash = hash_of(a, elf, &out->rows[i]);
}

/* ---- Looking them up ---- */

/* The number of functions in front of the place. */
static size_t
count_before(const struct hs_elf_code *c, uint64_t space, uint64_t at)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const struct hs_elf_function *f = &c->rows[mid];

		if (f->space < space || (f->space == space && f->at < at))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
hs_elf_code_first(const struct hs_elf_code *c, const struct hs_elf_section *s)
{
	const bool object = c->index->n && c->index->table.elf->type == ET_REL;

	return count_before(c, object ? s->index : 0, object ? 0 : s->address);
}

const struct hs_elf_function *
hs_elf_function_at(const struct hs_elf_code *c, uint64_t space, uint64_t at)
{
	size_t i = count_before(c, space, at);

	if (i < c->n && c->rows[i].space == space && c->rows[i].at == at)
		return &c->rows[i];
	if (i == 0 || c->rows[i - 1].space != space ||
	    at - c->rows[i - 1].at >= c->rows[i - 1].size)
		return NULL;
	return &c->rows[i - 1];
}

const struct hs_elf_section *
hs_elf_function_section(const struct hs_elf *elf, const struct hs_elf_function *f)
{
	return f->space ? hs_elf_section(elf, f->space) : hs_elf_section_at(elf, f->at);
}

struct hs_span
hs_elf_function_bytes(const struct hs_elf *elf, const struct hs_elf_function *f)
{
	const struct hs_elf_section *s = hs_elf_function_section(elf, f);

	if (!s)
		return (struct hs_span){ NULL, 0 };
	return hs_span_head(hs_span_from(s->bytes, f->at - (f->space ? 0 : s->address)), f->size);
}

/* ---- Names for what has none ---- */

/* Where the file is in memory. */
static void
extent_of(uint64_t out[2], const struct hs_elf *elf)
{
	out[0] = out[1] = 0;
	if (elf->n_by_address == 0)
		return;
	out[0] = elf->by_address[0]->address;
	out[1] = elf->by_address[elf->n_by_address - 1]->address +
	         elf->by_address[elf->n_by_address - 1]->size;
}

/* Four bytes that, added to where they end, lead into the file are taken for such a distance. */
static void
mask_x86(uint8_t *at, size_t n, uint64_t address, const uint64_t image[2])
{
	for (size_t i = 0; i + 4 <= n;) {
		const uint64_t v = at[i] | (uint64_t)at[i + 1] << 8 | (uint64_t)at[i + 2] << 16 |
		                   (uint64_t)at[i + 3] << 24;
		const uint64_t to = address + i + 4 + (uint64_t)(int64_t)(int32_t)v;
		const bool inside = to - address < n || (v >= image[0] && v < image[1] && image[0]);

		if (v != 0 && v != UINT32_MAX && (inside || (to >= image[0] && to < image[1]))) {
			memset(at + i, 0, 4);
			i += 4;
		} else {
			i++;
		}
	}
}

/* Branches, adrp, and the additions and loads that have the rest of an address (Arm ARM, C4.1). */
static void
mask_arm64(uint8_t *at, size_t n)
{
	for (size_t i = 0; i + 4 <= n; i += 4) {
		struct hs_cursor c = { .rest = { at + i, 4 } };
		uint32_t v = (uint32_t)hs_take_le(&c, 4);

		if ((v & 0x7c000000) == 0x14000000)
			v &= 0xfc000000;
		else if ((v & 0x1f000000) == 0x10000000)
			v &= 0x9f00001f;
		else if ((v & 0x7f800000) == 0x11000000 || (v & 0x3b000000) == 0x39000000)
			v &= 0xffc003ff;
		memcpy(at + i, &v, sizeof(v));
	}
}

static uint64_t
hash_of(struct hs_arena *a, const struct hs_elf *elf, const struct hs_elf_function *f)
{
	const struct hs_arena_mark mark = hs_arena_mark(a);
	const struct hs_span bytes = hs_elf_function_bytes(elf, f);
	uint8_t *copy = hs_arena_alloc(a, bytes.len + 1);
	uint64_t image[2], hash;

	if (bytes.len)
		memcpy(copy, bytes.at, bytes.len);
	extent_of(image, elf);
	if (elf->machine == EM_X86_64 || elf->machine == EM_386)
		mask_x86(copy, bytes.len, f->at, image);
	else if (elf->machine == EM_AARCH64)
		mask_arm64(copy, bytes.len);
	hash = hs_xxh64((struct hs_span){ copy, bytes.len });
	hs_arena_rewind(a, mark);
	return hash;
}

struct hs_span
hs_elf_function_name(struct hs_arena *a, const struct hs_elf_code *c,
                     const struct hs_elf_function *f)
{
	struct hs_elf_symbol s;

	if (f->symbol && hs_elf_symbol_at(&s, &c->index->table, f->symbol))
		return hs_demangle(a, s.name);
	return hs_arena_span(a, "code %016" PRIx64, f->hash);
}

enum hs_isa
hs_elf_isa(const struct hs_elf *elf, bool thumb)
{
	switch (elf->machine) {
	case EM_X86_64:
		return HS_ISA_X86_64;
	case EM_386:
		return HS_ISA_I386;
	case EM_AARCH64:
		return HS_ISA_ARM64;
	case EM_ARM:
		return thumb ? HS_ISA_THUMB : HS_ISA_ARM;
	default:
		return HS_ISA_NONE;
	}
}
