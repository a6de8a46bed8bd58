/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables that units refer to: which addresses are whose, ranges, places of
 * variables. Distances stand as they are; they count from a unit's or a list's
 * own start. Lists are read from where units say that one begins; gcc has
 * numbers of views between them (DW_AT_GNU_locviews).
 */
#include "comparators/elf/dwarf.h"

#include "comparators/elf/elf_data.h"
#include "core/arena.h"

#include <inttypes.h>
#include <stdlib.h>

/* Entries of .debug_rnglists and .debug_loclists (DWARF 5, 7.25, 7.7.3). */
enum entry {
	END_OF_LIST,
	BASE_ADDRESSX,
	STARTX_ENDX,
	STARTX_LENGTH,
	OFFSET_PAIR,
	RANGE_BASE_ADDRESS,
	RANGE_START_END,
	RANGE_START_LENGTH,
	LOCATION_DEFAULT = 5,
	LOCATION_BASE_ADDRESS,
	LOCATION_START_END,
	LOCATION_START_LENGTH,
};

static int
end_early(struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "the table ends early");
}

/* A name as long as the list is read. */
static void
write_address(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, size_t width)
{
	const struct hs_arena_mark mark = hs_arena_mark(&d->arena);
	uint64_t v;

	fputs(hs_dwarf_address(c, width, &v), out);
	hs_arena_rewind(&d->arena, mark);
}

static void
write_place(FILE *out, struct hs_dwarf_cursor *c, uint64_t len, size_t address_size)
{
	const struct hs_span bytes = hs_take(&c->c, len);
	struct hs_dwarf_cursor at = *c;

	fputc(' ', out);
	at.c.rest = bytes;
	hs_dwarf_write_expression(out, &at, bytes, address_size);
}

/* ---- .debug_aranges ---- */

/* Each set: version, unit, size of an address, of a segment; aligned to two addresses; start and
 * length of each range, two zeros. */
int
hs_dwarf_view_aranges(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_cursor set;
	unsigned offset_size;

	while (c->c.rest.len > 0 && !ferror(out)) {
		const uint64_t front = (uint64_t)(c->c.rest.at - c->front);
		uint64_t version, size, segment;

		if (!hs_dwarf_length(c, &set, &offset_size))
			return end_early(err);
		version = hs_dwarf_take(&set, 2);
		hs_dwarf_offset(&set, offset_size);
		size = hs_dwarf_take(&set, 1);
		segment = hs_dwarf_take(&set, 1);
		if (set.c.cut || size == 0 || size > 8 || segment)
			return end_early(err);
		while (((uint64_t)(set.c.rest.at - set.front) - front) % (2 * size) &&
		       set.c.rest.len)
			hs_take(&set.c, 1);
		fprintf(out, "unit: version %" PRIu64 "\n", version);
		while (set.c.rest.len >= 2 * size) {
			write_address(out, d, &set, size);
			fprintf(out, ", %" PRIu64 " bytes\n", hs_dwarf_take(&set, size));
		}
	}
	return c->c.cut ? end_early(err) : 0;
}

/* ---- Version 4 and before ---- */

enum pair { PAIR, PAIR_BASE, PAIR_END };

/* Two numbers: distances, or addresses where they are any of the program's. */
static enum pair
write_pair(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, size_t width)
{
	const uint64_t highest = width == 8 ? UINT64_MAX : UINT32_MAX;
	struct hs_dwarf_cursor look = *c;
	const uint64_t first = hs_dwarf_take(&look, width), second = hs_dwarf_take(&look, width);

	if (first == 0 && second == 0 && d->parts->elf.type != ET_REL) {
		*c = look;
		fputs("end", out);
		return PAIR_END;
	}
	if (first == highest) {
		hs_dwarf_take(c, width);
		fputs("from ", out);
		write_address(out, d, c, width);
		return PAIR_BASE;
	}
	write_address(out, d, c, width);
	fputs(" to ", out);
	write_address(out, d, c, width);
	return PAIR;
}

/* Writes what stands in front of the next start, as it is; false where nothing is left. */
static bool
go_to_start(FILE *out, const struct hs_dwarf_starts *s, size_t *next, struct hs_dwarf_cursor *c)
{
	const uint64_t at = (uint64_t)(c->c.rest.at - c->front);
	uint64_t gap = c->c.rest.len;

	while (*next < s->n && s->at[*next] < at)
		++*next;
	if (*next < s->n && s->at[*next] - at < gap)
		gap = s->at[*next] - at;
	hs_elf_write_data(out, hs_take(&c->c, gap), at);
	return c->c.rest.len > 0 && !ferror(out);
}

/* Pairs up to two zeros, each, of places, with an expression. */
static int
view_pairs(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_dwarf_starts *starts)
{
	const size_t width = d->parts->elf.is64 ? 8 : 4;
	size_t next = 0;

	hs_dwarf_find_starts(starts, d);
	while (go_to_start(out, starts, &next, c)) {
		bool more = true;

		while (more && c->c.rest.len >= 2 * width && !ferror(out)) {
			enum pair kind = write_pair(out, d, c, width);

			if (kind == PAIR && !starts->of_ranges)
				write_place(out, c, hs_dwarf_take(c, 2), width);
			fputc('\n', out);
			more = kind != PAIR_END;
		}
		/* What is left is less than a pair. */
		if (more)
			hs_elf_write_data(out, hs_take(&c->c, c->c.rest.len), 0);
	}
	free(starts->at);
	return 0;
}

int
hs_dwarf_view_ranges(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_starts starts = { .of_ranges = true };

	(void)err;
	return view_pairs(out, d, c, &starts);
}

int
hs_dwarf_view_loc(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_starts starts = { 0 };

	(void)err;
	return view_pairs(out, d, c, &starts);
}

/* ---- Version 5 ---- */

struct lists {
	FILE *out;
	struct hs_dwarf *d;
	size_t width;
	bool of_places;
	struct hs_dwarf_starts starts;
};

/* What opens the table; its offsets say where lists begin. */
static bool
open_lists(struct lists *l, struct hs_dwarf_cursor *set, unsigned offset_size)
{
	const uint64_t version = hs_dwarf_take(set, 2);
	uint64_t n, base;

	l->width = (size_t)hs_dwarf_take(set, 1);
	hs_dwarf_take(set, 1);
	n = hs_dwarf_take(set, 4);
	fprintf(l->out, "lists: version %" PRIu64 ", %" PRIu64 " offsets\n", version, n);
	base = (uint64_t)(set->c.rest.at - set->front);
	for (uint64_t i = 0; i < n && !set->c.cut; i++)
		hs_dwarf_add_start(&l->starts, base + hs_dwarf_offset(set, offset_size));
	return !set->c.cut && l->width > 0 && l->width <= 8;
}

static void
write_two(struct lists *l, struct hs_dwarf_cursor *c, bool address, bool length)
{
	if (address)
		write_address(l->out, l->d, c, l->width);
	else
		fprintf(l->out, "%" PRIu64, hs_dwarf_uleb(c));
	if (length || !address) {
		fprintf(l->out, length ? ", %" PRIu64 " bytes" : " to %" PRIu64, hs_dwarf_uleb(c));
	} else {
		fputs(" to ", l->out);
		write_address(l->out, l->d, c, l->width);
	}
}

/* Kinds of both tables, by one number: those behind OFFSET_PAIR are one further for places. */
static bool
write_list_entry(struct lists *l, struct hs_dwarf_cursor *c)
{
	uint64_t kind = hs_dwarf_take(c, 1);
	bool placed = l->of_places;

	if (l->of_places && kind == LOCATION_DEFAULT) {
		fputs("else", l->out);
		write_place(l->out, c, hs_dwarf_uleb(c), l->width);
		return true;
	}
	kind -= l->of_places && kind > LOCATION_DEFAULT;
	switch (kind) {
	case END_OF_LIST:
		fputs("end", l->out);
		return true;
	case BASE_ADDRESSX:
		fprintf(l->out, "from address %" PRIu64, hs_dwarf_uleb(c));
		return true;
	case RANGE_BASE_ADDRESS:
		fputs("from ", l->out);
		write_address(l->out, l->d, c, l->width);
		return true;
	case STARTX_ENDX:
	case STARTX_LENGTH:
	case OFFSET_PAIR:
		fputs(kind == OFFSET_PAIR ? "" : "address ", l->out);
		write_two(l, c, false, kind == STARTX_LENGTH);
		break;
	case RANGE_START_END:
	case RANGE_START_LENGTH:
		write_two(l, c, true, kind == RANGE_START_LENGTH);
		break;
	default:
		return false;
	}
	if (placed)
		write_place(l->out, c, hs_dwarf_uleb(c), l->width);
	return true;
}

/* From a start to the end of the list; what cannot be read, as it is. */
static void
write_list(struct lists *l, struct hs_dwarf_cursor *c)
{
	bool more = true;

	while (more && c->c.rest.len > 0 && !ferror(l->out)) {
		const bool ends = c->c.rest.at[0] == END_OF_LIST;

		more = write_list_entry(l, c) && !c->c.cut && !ends;
		fputc('\n', l->out);
	}
}

static int
view_lists(struct lists *l, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_cursor set;
	unsigned offset_size;

	hs_dwarf_find_starts(&l->starts, l->d);
	while (c->c.rest.len > 0 && !ferror(l->out)) {
		size_t next = 0, known = l->starts.n;

		if (!hs_dwarf_length(c, &set, &offset_size) || !open_lists(l, &set, offset_size)) {
			free(l->starts.at);
			return end_early(err);
		}
		if (l->starts.n > known)
			hs_dwarf_sort_starts(&l->starts);
		while (go_to_start(l->out, &l->starts, &next, &set))
			write_list(l, &set);
	}
	free(l->starts.at);
	return c->c.cut ? end_early(err) : 0;
}

int
hs_dwarf_view_rnglists(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct lists l = { .out = out, .d = d, .starts = { .of_ranges = true } };

	return view_lists(&l, c, err);
}

int
hs_dwarf_view_loclists(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct lists l = { .out = out, .d = d, .of_places = true };

	return view_lists(&l, c, err);
}

/* .debug_addr: version, size of an address, of a segment; addresses. */
int
hs_dwarf_view_addr(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_cursor set;
	unsigned offset_size;

	while (c->c.rest.len > 0 && !ferror(out)) {
		uint64_t version, size;

		if (!hs_dwarf_length(c, &set, &offset_size))
			return end_early(err);
		version = hs_dwarf_take(&set, 2);
		size = hs_dwarf_take(&set, 1);
		hs_dwarf_take(&set, 1);
		if (set.c.cut || size == 0 || size > 8)
			return end_early(err);
		fprintf(out, "addresses: version %" PRIu64 "\n", version);
		while (set.c.rest.len >= size && !ferror(out)) {
			write_address(out, d, &set, size);
			fputc('\n', out);
		}
	}
	return c->c.cut ? end_early(err) : 0;
}
