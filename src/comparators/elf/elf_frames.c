/* SPDX-License-Identifier: Apache-2.0 */
/*
 * .eh_frame_hdr (LSB, "The .eh_frame_hdr section"), as linkers write it:
 *
 *	1, 0x1b, 3, 0x3b   version; how what follows is written
 *	distance           of .eh_frame, from here
 *	number of rows
 *	start, row         of each function, sorted: distances from the section
 */
#include "comparators/elf/elf_frames.h"

#include "binary/eh_frame.h"
#include "comparators/elf/elf_data.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

static void
write_hex(FILE *out, struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		fprintf(out, "%02x", s.at[i]);
}

/* Zeros behind it are DW_CFA_nop: they only align. */
static struct hs_span
without_padding(struct hs_span s)
{
	while (s.len > 0 && s.at[s.len - 1] == 0)
		s.len--;
	return s;
}

static void
write_frame(FILE *out, struct hs_arena *a, const struct hs_elf_parts *p,
            const struct hs_eh_frame *f)
{
	const struct hs_elf_function *function = hs_elf_function_at(&p->code, 0, f->start);
	const struct hs_eh_cie *cie = &f->cie;

	fputs(hs_elf_place_name(a, p, 0, f->start), out);
	/* Else it is what the function has. */
	if (!function || function->at != f->start || function->size != f->size)
		fprintf(out, ", %" PRIu64 " bytes", f->size);
	fprintf(out, ": version %u ", cie->version);
	hs_escape_write(out, cie->letters);
	fputc(' ', out);
	write_hex(out, cie->factors);
	fputc(' ', out);
	write_hex(out, without_padding(cie->instructions));
	fputs(" | ", out);
	write_hex(out, without_padding(f->instructions));
	if (cie->has_personality)
		fprintf(out, ", personality %s%s", cie->indirect ? "*" : "",
		        hs_elf_place_name(a, p, 0, cie->personality));
	fputs(f->has_handlers ? ", handlers\n" : "\n", out);
}

int
hs_elf_view_frames(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                   struct hs_err *err)
{
	struct hs_eh_frames it = hs_eh_frames_of(&p->elf);
	struct hs_arena a = { 0 };
	struct hs_eh_frame f;

	if (it.section != s) {
		hs_elf_write_data(out, s->bytes, 0);
		return 0;
	}
	while (!ferror(out) && hs_eh_frame_next(&f, &it)) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);

		write_frame(out, &a, p, &f);
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	if (it.damaged)
		return hs_fail(err, HS_EFORMAT, "not all of it can be read");
	return 0;
}

/* ---- .eh_frame_hdr ---- */

struct row {
	uint32_t start, frame; /* distances from the section */
};

static int
by_start(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	const int32_t left = (int32_t)a->start, right = (int32_t)b->start;

	if (left != right)
		return left < right ? -1 : 1;
	return (a->frame > b->frame) - (a->frame < b->frame);
}

/* The rows that the frames give, sorted, in the heap. */
static struct row *
make_rows(size_t *n, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_eh_frames it = hs_eh_frames_of(&p->elf);
	struct row *rows = NULL;
	struct hs_eh_frame f;
	size_t room = 0;

	*n = 0;
	while (hs_eh_frame_next(&f, &it)) {
		if (*n == room) {
			room = room ? 2 * room : 64;
			rows = hs_realloc(rows, room, sizeof(*rows));
		}
		rows[(*n)++] = (struct row){ (uint32_t)(f.start - s->address),
			                     (uint32_t)(it.section->address + f.at - s->address) };
	}
	if (*n > 1)
		qsort(rows, *n, sizeof(*rows), by_start);
	return rows;
}

static bool
follows(const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	const struct hs_elf_section *frames = hs_elf_section_named(&p->elf, ".eh_frame");
	struct hs_cursor c = { .rest = s->bytes };
	const struct hs_span how = hs_take(&c, 4);
	const uint64_t to =
		s->address + 4 + (uint64_t)(int64_t)(int32_t)hs_elf_take(&p->elf, &c, 4);
	const uint64_t count = hs_elf_take(&p->elf, &c, 4);
	struct row *rows;
	size_t n;
	bool same;

	if (c.cut || !hs_span_equal(how, HS_SPAN("\x01\x1b\x03\x3b")) || !frames ||
	    to != frames->address || c.rest.len != count * 8)
		return false;
	rows = make_rows(&n, p, s);
	same = n == count;
	for (size_t i = 0; same && i < n; i++) {
		const uint64_t start = hs_elf_take(&p->elf, &c, 4);

		same = start == rows[i].start && hs_elf_take(&p->elf, &c, 4) == rows[i].frame;
	}
	free(rows);
	return same;
}

int
hs_elf_view_lookup(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	if (follows(p, s))
		fputs("follows from .eh_frame\n", out);
	else
		hs_elf_write_data(out, s->bytes, 0);
	return 0;
}

/* ---- .ARM.exidx ---- */

/* A distance of 31 bits from where it stands. */
static uint64_t
place_from(uint64_t at, uint64_t distance)
{
	const uint64_t v = distance & 0x7fffffff;

	return (at + (v & 0x40000000 ? v | ~UINT64_C(0x7fffffff) : v)) & UINT32_MAX;
}

/* Function; then 1 where it cannot be unwound, instructions where the highest bit is set, else
 * where they stand (Exception Handling ABI for the Arm Architecture, 6). */
int
hs_elf_view_exidx(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_cursor c = { .rest = s->bytes };
	struct hs_arena a = { 0 };

	while (!ferror(out) && c.rest.len >= 8) {
		const struct hs_arena_mark mark = hs_arena_mark(&a);
		const uint64_t at = s->address + (s->bytes.len - c.rest.len);
		const uint64_t function = hs_elf_take(&p->elf, &c, 4);
		const uint64_t how = hs_elf_take(&p->elf, &c, 4);

		fputs(hs_elf_place_name(&a, p, 0, place_from(at, function)), out);
		if (how == 1)
			fputs(": cannot be unwound\n", out);
		else if (how >> 31)
			fprintf(out, ": %08" PRIx64 "\n", how);
		else
			fprintf(out, ": %s\n",
			        hs_elf_place_name(&a, p, 0, place_from(at + 4, how)));
		hs_arena_rewind(&a, mark);
	}
	hs_arena_release(&a);
	hs_elf_write_data(out, c.rest, 0);
	return 0;
}
