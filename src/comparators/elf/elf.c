/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ELF files: programs, shared objects, objects, kernel modules, core dumps
 * (System V ABI, "Object Files"; reader: binary/elf_file.h):
 *
 *	ELF header         class, byte order, machine, where the tables are
 *	program headers    what a loader maps
 *	sections           code, data, symbols, relocations, notes, debug information
 *	section headers    name, type, flags, address, offset, size
 *	signature          of a kernel module: PKCS#7, its length, a magic
 *
 * Members are the sections by name, code by its functions; of a file without section headers, the
 * segments. What varies between builds: the build ID and the CRC-32 of a debug
 * link, digests of what was stripped; names of compilers in .comment; paths in
 * debug information and in .rodata; and, with any byte more or less, the
 * address of all that follows. Addresses are therefore no difference by
 * themselves, and tables of them are compared by what they refer to.
 */
#include "comparators/comparator.h"

#include "comparators/elf/dwarf.h"
#include "comparators/elf/elf_facts.h"
#include "comparators/elf/elf_functions.h"
#include "comparators/elf/elf_names.h"
#include "comparators/elf/elf_parts.h"
#include "core/capture.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	MAGIC_BITS = 40, /* four bytes of magic, and class, byte order and version that fit */
	MODULE_HEADER = 12,
};

static const struct hs_span module_magic = {
	(const uint8_t *)"~Module signature appended~\n",
	28,
};

static unsigned
elf_bid(struct hs_span file)
{
	return hs_elf_is(file) ? MAGIC_BITS : 0;
}

/* ---- The signature of a kernel module ---- */

struct module_signature {
	struct hs_span whole; /* with what tells its length; empty: not signed */
	struct hs_span data;
	unsigned algorithm, hash, type;
};

/* algo, hash, id_type, signer_len, key_id_len, 3 bytes of padding; the length of what stands in
 * front, most significant byte first (include/linux/module_signature.h). */
static void
read_signature(struct module_signature *out, struct hs_span file)
{
	struct hs_cursor c;
	uint64_t len;

	*out = (struct module_signature){ 0 };
	if (!hs_span_ends(file, module_magic) || file.len < module_magic.len + MODULE_HEADER)
		return;
	file.len -= module_magic.len + MODULE_HEADER;
	c.rest = (struct hs_span){ file.at + file.len, MODULE_HEADER };
	c.cut = false;
	out->algorithm = (unsigned)hs_take_be(&c, 1);
	out->hash = (unsigned)hs_take_be(&c, 1);
	out->type = (unsigned)hs_take_be(&c, 1);
	hs_take(&c, 5);
	len = hs_take_be(&c, 4);
	if (len > file.len)
		return;
	out->data = hs_span_from(file, file.len - len);
	if (len == 0)
		out->data = (struct hs_span){ file.at + file.len, 0 };
	out->whole =
		(struct hs_span){ out->data.at, out->data.len + MODULE_HEADER + module_magic.len };
}

static void
say_signature(struct hs_facts *out, struct hs_span file)
{
	static const char *const types[] = { "PGP", "X.509", "PKCS#7" };
	struct module_signature s;

	read_signature(&s, file);
	if (s.whole.len == 0)
		return;
	if (s.type < sizeof(types) / sizeof(types[0]))
		hs_say_word(out, "module signature", types[s.type]);
	else
		hs_sayf(out, "module signature", "type %u", s.type);
	/* Of PKCS#7 these are 0: it says them itself. */
	if (s.algorithm || s.hash)
		hs_sayf(out, "module signature algorithms", "%u, %u", s.algorithm, s.hash);
}

static int
elf_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_elf elf;

	if (hs_elf_read(&elf, out->arena, file, err) < 0)
		return err->code;
	hs_elf_say_header(out, &elf);
	hs_elf_say_segments(out, &elf);
	hs_elf_say_dynamic(out, &elf);
	hs_elf_say_words(out, &elf);
	hs_elf_say_notes(out, &elf);
	hs_elf_say_languages(out, &elf);
	say_signature(out, file);
	return 0;
}

/* ---- Members ---- */

static void
elf_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_elf_parts *p = t->state;

	if (e->more && e->codec != HS_ELF_FUNCTION)
		hs_elf_say_section(out, &p->elf, e->more);
}

static int
open_view(struct hs_content *out, const struct hs_tree *t, const struct hs_elf_section *s,
          struct hs_err *err)
{
	const struct hs_elf_parts *p = t->state;
	const bool debug = hs_elf_role_of(&p->elf, s) == HS_ELF_DWARF;
	struct hs_capture text;
	FILE *f = hs_capture_open(&text);
	int rc = debug ? hs_dwarf_view(f, p, s, t, err) : hs_elf_view(f, p, s, err);

	fclose(f);
	if (rc == 0 && text.full)
		rc = hs_fail(err, HS_ELIMIT, "a text of more than HS_MAX_TEXT bytes");
	out->blob = hs_blob_of_heap(text.bytes, text.len);
	out->bytes = out->blob->bytes;
	return rc;
}

static int
elf_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
         struct hs_err *err)
{
	if (e->codec == HS_ELF_PACKED)
		return hs_elf_content(out, e->more, t->blob, t->run, err);
	if (e->codec == HS_ELF_FUNCTION)
		return hs_elf_view_function(out, t->state, e->more, err);
	if (e->codec == HS_ELF_CODE)
		return hs_elf_view_code(out, t->state, e->more, err);
	return open_view(out, t, e->more, err);
}

static const struct hs_tree_ops elf_ops = { .describe = elf_describe_member, .open = elf_open };

/* ".zdebug_info" is ".debug_info" compressed in the old way. */
static struct hs_span
key_of(struct hs_arena *a, const struct hs_elf_section *s)
{
	if (s->packing == HS_ELF_ZDEBUG)
		return hs_arena_join(a, HS_SPAN("."), hs_span_from(s->name, 2));
	return s->name.len ? s->name : hs_span_of(hs_elf_section_label(a, s));
}

/* How the bytes of a section are to be shown. */
static void
set_content(struct hs_entry *e, const struct hs_elf *elf, const struct hs_elf_section *s,
            enum hs_elf_role role)
{
	const bool code = role == HS_ELF_CODE && hs_disassembles(hs_elf_isa(elf, false)) &&
	                  s->bytes.len <= HS_MAX_CODE;

	e->bytes = s->bytes;
	e->size = s->bytes.len;
	if (role == HS_ELF_PACKED) {
		e->codec = HS_ELF_PACKED;
		e->size = s->inflated;
	} else if (role != HS_ELF_BYTES && (role != HS_ELF_CODE || code)) {
		e->codec = role;
		e->view = true;
		e->as = &hs_comparator_text;
	}
}

static int
add_section(struct hs_tree *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
            struct hs_err *err)
{
	const enum hs_elf_role role = hs_elf_role_of(&p->elf, s);
	bool functions = false;
	struct hs_entry *e;

	if (role == HS_ELF_CODE && hs_elf_add_functions(&functions, out, p, s, err) < 0)
		return err->code;
	if (hs_tree_add(&e, out, key_of(&out->arena, s), err) < 0)
		return err->code;
	e->kind = s->type == SHT_NOBITS ? HS_KIND_OTHER : HS_KIND_FILE;
	e->more = s;
	e->place = s->address;
	if (!functions && role != HS_ELF_TOLD)
		set_content(e, &p->elf, s, role);
	return 0;
}

/* Without section headers: what is mapped, and what a core dump holds. */
static int
add_segment(struct hs_tree *out, const struct hs_elf_segment *g, struct hs_err *err)
{
	struct hs_entry *e;
	const char *name =
		hs_arena_printf(&out->arena, "segment %s %s",
	                        hs_elf_segment_type(&out->arena, g->type), hs_elf_access(g->flags));

	if (hs_tree_add(&e, out, hs_span_of(name), err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->bytes = g->bytes;
	e->size = g->bytes.len;
	e->place = g->address;
	return 0;
}

/* ---- What belongs to nothing ---- */

struct piece {
	uint64_t at, end;
	const char *name;
};

static int
by_place(const void *x, const void *y)
{
	const struct piece *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

/* A table of headers, or a span of the file. */
static void
add_piece(struct piece *all, size_t *n, uint64_t at, uint64_t len, const char *name)
{
	all[(*n)++] = (struct piece){ at, len > UINT64_MAX - at ? UINT64_MAX : at + len, name };
}

static size_t
collect_pieces(struct piece *all, struct hs_tree *t, const struct hs_elf *e)
{
	struct module_signature signature;
	size_t n = 0;

	read_signature(&signature, e->file);
	add_piece(all, &n, 0, e->header.len, "the ELF header");
	add_piece(all, &n, e->segments_at, e->n_segments * (uint64_t)e->segment_size,
	          "the program headers");
	add_piece(all, &n, e->sections_at, e->n_sections * (uint64_t)e->section_size,
	          "the section headers");
	if (signature.whole.len)
		add_piece(all, &n, (uint64_t)(signature.whole.at - e->file.at), signature.whole.len,
		          "the signature");
	for (size_t i = 1; i < e->n_sections; i++)
		if (e->sections[i].bytes.len)
			add_piece(all, &n, e->sections[i].offset, e->sections[i].bytes.len,
			          hs_elf_section_label(&t->arena, &e->sections[i]));
	for (size_t i = 0; e->n_sections == 0 && i < e->n_segments; i++)
		add_piece(all, &n, e->segments[i].offset, e->segments[i].bytes.len, "a segment");
	qsort(all, n, sizeof(*all), by_place);
	return n;
}

/* Padding of zeros is no gap: how much there is, the offsets tell. */
static int
add_gaps(struct hs_tree *t, const struct hs_elf *e, struct hs_err *err)
{
	struct piece *all =
		hs_arena_array(&t->arena, e->n_sections + e->n_segments + 4, sizeof(*all));
	const size_t n = collect_pieces(all, t, e);
	const char *before = "the front";
	uint64_t end = 0;

	for (size_t i = 0; i <= n; i++) {
		const uint64_t at = i < n ? all[i].at : e->file.len;
		struct hs_span gap = { NULL, 0 };

		if (at > end && hs_span_part(&gap, e->file, end, at - end) &&
		    !hs_span_is_zero(gap) &&
		    hs_tree_add_gap(t, hs_arena_printf(&t->arena, "behind %s", before), gap, err) <
		            0)
			return err->code;
		if (i < n && all[i].end >= end) {
			end = all[i].end;
			before = all[i].name;
		}
	}
	return 0;
}

static int
add_signature(struct hs_tree *t, struct hs_span file, struct hs_err *err)
{
	struct module_signature s;
	struct hs_entry *e;

	read_signature(&s, file);
	if (s.whole.len == 0)
		return 0;
	if (hs_tree_add(&e, t, HS_SPAN("module signature"), err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->bytes = s.data;
	e->size = s.data.len;
	return 0;
}

/* What the section headers have that nobody says: of the empty one in front, and behind the fields
 * of each where the rows are longer. */
static int
add_rows(struct hs_tree *t, const struct hs_elf *e, struct hs_err *err)
{
	const size_t section = e->is64 ? 64 : 40, segment = e->is64 ? 56 : 32;

	if (e->n_sections && !hs_span_is_zero(e->sections[0].header) &&
	    hs_tree_add_gap(t, "section header 0", e->sections[0].header, err) < 0)
		return err->code;
	for (size_t i = 1; i < e->n_sections && e->section_size > section; i++)
		if (hs_tree_add_gap(t, "behind a section header",
		                    hs_span_from(e->sections[i].header, section), err) < 0)
			return err->code;
	for (size_t i = 0; i < e->n_segments && e->segment_size > segment; i++)
		if (hs_tree_add_gap(t, "behind a program header",
		                    hs_span_from(e->segments[i].header, segment), err) < 0)
			return err->code;
	return 0;
}

static int
add_members(struct hs_tree *out, const struct hs_elf_parts *p, struct hs_err *err)
{
	const struct hs_elf *elf = &p->elf;

	for (size_t i = 1; i < elf->n_sections; i++)
		if (add_section(out, p, &elf->sections[i], err) < 0)
			return err->code;
	for (size_t i = 0; elf->n_sections == 0 && i < elf->n_segments; i++)
		if (elf->segments[i].bytes.len && add_segment(out, &elf->segments[i], err) < 0)
			return err->code;
	if (add_signature(out, elf->file, err) < 0 || add_rows(out, elf, err) < 0)
		return err->code;
	return add_gaps(out, elf, err);
}

static int
elf_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_elf_parts *p = hs_arena_alloc(&out->arena, sizeof(*p));
	int rc;

	out->ops = &elf_ops;
	out->state = p;
	rc = hs_elf_parts_read(p, &out->arena, file, err);
	if (rc < 0) {
		struct hs_err full;

		hs_tree_add_gap(out, "unreadable", file, &full);
		return rc;
	}
	out->notes = p->elf.problems;
	out->n_notes = p->elf.n_problems;
	return add_members(out, p, err);
}

const struct hs_comparator hs_comparator_elf = {
	.name = "elf",
	.about = "ELF programs, libraries, objects, kernel modules, core dumps: by section",
	.known_by = "\"\\177ELF\" at 0, with a class, a byte order and version 1",
#if HS_WITH_CAPSTONE
	.library = "capstone",
#endif
	.shape = HS_SHAPE_PARTS,
	.bid = elf_bid,
	.describe = elf_describe,
	.expand = elf_expand,
	.whole = true,
};
