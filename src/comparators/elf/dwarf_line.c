/* SPDX-License-Identifier: Apache-2.0 */
/*
 * .debug_line (DWARF 5, 6.2): of each unit a header with folders and files, and
 * a program. What it runs to is a table of rows, of which each says from which
 * address on which line counts.
 */
#include "comparators/elf/dwarf.h"

#include "core/escape.h"

#include <inttypes.h>

enum opcode {
	EXTENDED,
	COPY,
	ADVANCE_PC,
	ADVANCE_LINE,
	SET_FILE,
	SET_COLUMN,
	NEGATE_STMT,
	SET_BASIC_BLOCK,
	CONST_ADD_PC,
	FIXED_ADVANCE_PC,
	PROLOGUE_END,
	EPILOGUE_BEGIN,
	SET_ISA,
	END_SEQUENCE = 1, /* extended ones */
	SET_ADDRESS = 2,
	SET_DISCRIMINATOR = 4,
};

enum { LNCT_PATH = 1, LNCT_DIRECTORY = 2, MAX_FORMATS = 16, MAX_FILES = 1 << 20 };

struct header {
	struct hs_dwarf_unit u; /* version and sizes, for the forms of version 5 */
	unsigned min_length, max_operations, line_range, opcode_base;
	int line_base;
	bool is_stmt;
	struct hs_span lengths; /* operands of the standard opcodes */
	struct hs_dwarf_cursor tables;
	struct hs_dwarf_cursor program;
};

static bool
read_header(struct header *h, struct hs_dwarf_cursor *unit, unsigned offset_size)
{
	uint64_t len;

	*h = (struct header){ .max_operations = 1 };
	h->u.offset_size = offset_size;
	h->u.address_size = unit->d->parts->elf.is64 ? 8 : 4;
	h->u.version = (unsigned)hs_dwarf_take(unit, 2);
	if (h->u.version < 2 || h->u.version > 5)
		return false;
	if (h->u.version == 5) {
		h->u.address_size = (unsigned)hs_dwarf_take(unit, 1);
		hs_dwarf_take(unit, 1);
	}
	len = hs_dwarf_take(unit, offset_size);
	h->program = *unit;
	h->program.c.rest = hs_span_from(unit->c.rest, len);
	unit->c.rest = hs_span_head(unit->c.rest, len);
	h->min_length = (unsigned)hs_dwarf_take(unit, 1);
	if (h->u.version >= 4)
		h->max_operations = (unsigned)hs_dwarf_take(unit, 1);
	h->is_stmt = hs_dwarf_take(unit, 1) != 0;
	h->line_base = (int8_t)hs_dwarf_take(unit, 1);
	h->line_range = (unsigned)hs_dwarf_take(unit, 1);
	h->opcode_base = (unsigned)hs_dwarf_take(unit, 1);
	h->lengths = hs_take(&unit->c, h->opcode_base ? h->opcode_base - 1 : 0);
	h->tables = *unit;
	return !unit->c.cut && h->line_range > 0 && h->opcode_base > 0 && h->u.address_size > 0 &&
	       h->u.address_size <= 8;
}

/* ---- Folders and files ---- */

typedef void each_file(void *ctx, uint64_t index, struct hs_span path, uint64_t folder);

/* Version 2 to 4: names, each with its NUL, an empty one behind the last; counted from 1. */
static void
walk_old_files(struct header *h, each_file *each, void *ctx)
{
	struct hs_dwarf_cursor *c = &h->tables;

	for (uint64_t i = 1; !c->c.cut && i < MAX_FILES; i++) {
		const struct hs_span path = hs_take_string(&c->c);
		uint64_t folder;

		if (path.len == 0)
			return;
		folder = hs_dwarf_uleb(c);
		hs_dwarf_uleb(c);
		hs_dwarf_uleb(c);
		each(ctx, i, path, folder);
	}
}

static void
walk_old_folders(struct header *h, each_file *each, void *ctx)
{
	for (uint64_t i = 1; !h->tables.c.cut && i < MAX_FILES; i++) {
		const struct hs_span path = hs_take_string(&h->tables.c);

		if (path.len == 0)
			return;
		each(ctx, i, path, 0);
	}
}

/* Version 5: what the columns are, then rows. */
static void
walk_table(struct header *h, each_file *each, void *ctx)
{
	struct hs_dwarf_cursor *c = &h->tables;
	const size_t n = (size_t)hs_dwarf_take(c, 1);
	uint64_t kinds[MAX_FORMATS], forms[MAX_FORMATS], rows;

	c->c.cut |= n > MAX_FORMATS;
	for (size_t i = 0; i < n && !c->c.cut; i++) {
		kinds[i] = hs_dwarf_uleb(c);
		forms[i] = hs_dwarf_uleb(c);
	}
	rows = hs_dwarf_uleb(c);
	for (uint64_t k = 0; n > 0 && k < rows && k < MAX_FILES && !c->c.cut; k++) {
		struct hs_span path = { NULL, 0 };
		uint64_t folder = 0;

		for (size_t i = 0; i < n; i++) {
			struct hs_dwarf_value v;

			if (!hs_dwarf_value(&v, c, &h->u, forms[i], 0)) {
				c->c.cut = true;
				return;
			}
			if (kinds[i] == LNCT_PATH)
				path = v.bytes;
			else if (kinds[i] == LNCT_DIRECTORY)
				folder = v.u;
		}
		each(ctx, k, path, folder);
	}
}

static void
walk_folders(struct header *h, each_file *each, void *ctx)
{
	if (h->u.version >= 5)
		walk_table(h, each, ctx);
	else
		walk_old_folders(h, each, ctx);
}

static void
walk_files(struct header *h, each_file *each, void *ctx)
{
	if (h->u.version >= 5)
		walk_table(h, each, ctx);
	else
		walk_old_files(h, each, ctx);
}

struct files {
	struct hs_dwarf_unit *u;
	struct hs_arena *arena;
	size_t room;
};

static void
keep_file(void *ctx, uint64_t index, struct hs_span path, uint64_t folder)
{
	struct files *f = ctx;
	struct hs_span *grown;

	(void)folder;
	if (index >= f->room) {
		const size_t room = 2 * (size_t)index + 32;

		grown = hs_arena_array(f->arena, room, sizeof(*grown));
		if (f->u->n_files)
			memcpy(grown, f->u->files, f->u->n_files * sizeof(*grown));
		f->u->files = grown;
		f->room = room;
	}
	f->u->files[index] = path;
	f->u->n_files = (size_t)index + 1;
}

static void
pass_over(void *ctx, uint64_t index, struct hs_span path, uint64_t folder)
{
	(void)ctx, (void)index, (void)path, (void)folder;
}

void
hs_dwarf_files(struct hs_dwarf_unit *u, struct hs_dwarf *d, uint64_t at)
{
	struct files files = { .u = u, .arena = &d->arena };
	struct hs_dwarf_cursor c = hs_dwarf_in(d, HS_DWARF_LINE, at), unit;
	unsigned offset_size;
	struct header h;

	u->n_files = 0;
	if (!hs_dwarf_length(&c, &unit, &offset_size) || !read_header(&h, &unit, offset_size))
		return;
	walk_folders(&h, pass_over, NULL);
	walk_files(&h, keep_file, &files);
}

/* ---- The program ---- */

struct row {
	uint64_t address;
	const char *place; /* of the last SET_ADDRESS: what the rows behind it count from */
	uint64_t from;     /* and its number */
	int64_t line;
	uint64_t file;
	bool is_stmt;
};

struct writing {
	FILE *out;
	struct hs_dwarf *d;
	const struct header *h;
	struct hs_arena names; /* of places, while a sequence lasts */
	struct row now, last;  /* `last`: the one that was written */
	uint64_t last_function;
	bool begun;
};

static void
write_file(void *ctx, uint64_t index, struct hs_span path, uint64_t folder)
{
	(void)index;
	fputs("file ", ctx);
	hs_escape_write(ctx, path);
	fprintf(ctx, " in folder %" PRIu64 "\n", folder);
}

static void
write_folder(void *ctx, uint64_t index, struct hs_span path, uint64_t folder)
{
	(void)folder;
	fprintf(ctx, "folder %" PRIu64 " ", index);
	hs_escape_write(ctx, path);
	fputc('\n', ctx);
}

/*
 * A row by how far it is from the one before, in bytes and in lines, so that
 * what comes in above changes one row of a function; the first of a function
 * with its name and line.
 */
static void
write_row(struct writing *w)
{
	const struct hs_elf_parts *p = w->d->parts;
	const struct hs_elf_function *f =
		p->elf.type == ET_REL ? NULL : hs_elf_function_at(&p->code, 0, w->now.address);
	const uint64_t function = f ? f->at : w->now.from;
	const struct hs_arena_mark mark = hs_arena_mark(&w->names);

	if (!w->begun || function != w->last_function || w->now.place != w->last.place) {
		if (f)
			fputs(hs_elf_place_name(&w->names, p, 0, w->now.address), w->out);
		else
			fprintf(w->out, "%s+0x%" PRIx64, w->now.place ? w->now.place : "0",
			        w->now.address - w->now.from);
		fprintf(w->out, ": file %" PRIu64 " line %" PRId64, w->now.file, w->now.line);
	} else {
		fprintf(w->out, "  +%" PRIu64 ": %+" PRId64, w->now.address - w->last.address,
		        w->now.line - w->last.line);
		if (w->now.file != w->last.file)
			fprintf(w->out, " file %" PRIu64, w->now.file);
	}
	fputs(w->now.is_stmt ? "\n" : " within\n", w->out);
	hs_arena_rewind(&w->names, mark);
	w->last = w->now;
	w->last_function = function;
	w->begun = true;
}

static void
begin_sequence(struct writing *w)
{
	w->now = (struct row){ .line = 1, .file = 1, .is_stmt = w->h->is_stmt };
	w->begun = false;
	hs_arena_release(&w->names);
}

static void
run_extended(struct writing *w, struct hs_dwarf_cursor *c)
{
	const uint64_t len = hs_dwarf_uleb(c);
	struct hs_dwarf_cursor own = *c;
	uint64_t opcode;

	own.c.rest = hs_take(&c->c, len);
	opcode = hs_dwarf_take(&own, 1);
	if (opcode == END_SEQUENCE) {
		fprintf(w->out, "  +%" PRIu64 ": end\n", w->now.address - w->last.address);
		begin_sequence(w);
	} else if (opcode == SET_ADDRESS && own.c.rest.len <= 8) {
		const char *name = hs_dwarf_address(&own, own.c.rest.len, &w->now.address);

		w->now.place = hs_arena_printf(&w->names, "%s", name);
		w->now.from = w->now.address;
	}
	/* A discriminator tells blocks of one line apart; other opcodes name no row. */
}

static void
run_standard(struct writing *w, struct hs_dwarf_cursor *c, unsigned opcode)
{
	const struct header *h = w->h;

	switch (opcode) {
	case COPY:
		write_row(w);
		break;
	case ADVANCE_PC:
		w->now.address += hs_dwarf_uleb(c) * h->min_length;
		break;
	case ADVANCE_LINE:
		w->now.line = (int64_t)((uint64_t)w->now.line + (uint64_t)hs_dwarf_sleb(c));
		break;
	case SET_FILE:
		w->now.file = hs_dwarf_uleb(c);
		break;
	case NEGATE_STMT:
		w->now.is_stmt = !w->now.is_stmt;
		break;
	case CONST_ADD_PC:
		w->now.address +=
			(uint64_t)((255 - h->opcode_base) / h->line_range) * h->min_length;
		break;
	case FIXED_ADVANCE_PC:
		w->now.address += hs_dwarf_take(c, 2);
		break;
	default:
		for (unsigned i = 0; i < h->lengths.at[opcode - 1]; i++)
			hs_dwarf_uleb(c);
	}
}

static bool
write_unit(FILE *out, struct hs_dwarf *d, struct header *h)
{
	struct writing w = { .out = out, .d = d, .h = h };
	struct hs_dwarf_cursor c = h->program;

	fprintf(out, "unit: version %u\n", h->u.version);
	walk_folders(h, write_folder, out);
	walk_files(h, write_file, out);
	begin_sequence(&w);
	while (c.c.rest.len > 0 && !ferror(out)) {
		const unsigned opcode = (unsigned)hs_dwarf_take(&c, 1);

		if (opcode == EXTENDED) {
			run_extended(&w, &c);
		} else if (opcode < h->opcode_base) {
			run_standard(&w, &c, opcode);
		} else {
			const unsigned n = opcode - h->opcode_base;

			w.now.address += (uint64_t)(n / h->line_range) * h->min_length;
			w.now.line += h->line_base + (int)(n % h->line_range);
			write_row(&w);
		}
	}
	hs_arena_release(&w.names);
	return !c.c.cut && !h->tables.c.cut;
}

int
hs_dwarf_view_line(FILE *out, struct hs_dwarf *d, struct hs_dwarf_cursor *c, struct hs_err *err)
{
	struct hs_dwarf_cursor unit;
	unsigned offset_size;
	struct header h;
	bool whole = true;

	while (whole && c->c.rest.len > 0 && !ferror(out)) {
		const struct hs_arena_mark mark = hs_arena_mark(&d->arena);

		whole = hs_dwarf_length(c, &unit, &offset_size) &&
		        read_header(&h, &unit, offset_size) && write_unit(out, d, &h);
		hs_arena_rewind(&d->arena, mark);
	}
	if (!whole || c->c.cut)
		return hs_fail(err, HS_EFORMAT, "not all of the line tables can be read");
	return 0;
}
