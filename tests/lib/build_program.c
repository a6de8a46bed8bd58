/* SPDX-License-Identifier: Apache-2.0 */
#include "build_program.h"

#include "build_bytes.h"

#include <elf.h>
#include <string.h>

enum {
	CODE = 0x1000,
	TEXTS = 0x2000,
	HDR = 0x2400,
	FRAMES = 0x2500,
	RELRO = 0x2f00,
	DYNAMIC = 0x2f80,
	COUNTER = 0x3000,
	HELPER = 32,
	HOLE = 64,
	CODE_SIZE = 70,
};

enum { TEXT_INDEX = 1, DATA_INDEX = 6, DYNSTR_INDEX = 8, DYNSYM_INDEX = 9, STRTAB_INDEX = 13 };

struct building {
	struct build_elf_section sections[24];
	size_t n;
};

static const char names[] = "\0main\0helper\0counter\0first";
static const char dynamic_names[] = "\0libc.so.6\0prog.so\0main";

/* Ends in the distance from behind it to `to`. */
static void
put_distance(struct hs_build *b, uint64_t base, uint64_t to)
{
	hs_build_le(b, to - (base + b->len + 4), 4);
}

static struct hs_span
take(struct hs_arena *a, struct hs_build *b)
{
	const struct hs_span s = hs_arena_copy(a, hs_build_span(b));

	hs_build_release(b);
	return s;
}

static struct hs_span
code_of(struct hs_arena *a, const struct build_program *w)
{
	struct hs_build b = { 0 };

	hs_build_fill(&b, 0x90, w->shift);
	if (w->shift)
		b.at[w->shift - 1] = 0xc3;
	hs_build_put(&b, HS_SPAN("\x48\x8d\x3d")); /* lea rdi, [text] */
	put_distance(&b, CODE, TEXTS);
	hs_build_put(&b, HS_SPAN("\xe8")); /* call helper */
	put_distance(&b, CODE, CODE + w->shift + HELPER);
	/* test eax, eax; je over; ret; over: xor eax, eax; ret */
	hs_build_put(&b, HS_SPAN("\x85\xc0\x74\x01\xc3\x31\xc0\xc3"));
	hs_build_fill(&b, 0xcc, w->shift + HELPER - b.len);
	hs_build_put(&b, HS_SPAN("\x83\x05")); /* add dword ptr [counter], n */
	hs_build_le(&b, (uint64_t)COUNTER - (CODE + b.len + 5), 4);
	hs_build_fill(&b, w->constant ? w->constant : 1, 1);
	hs_build_put(&b, HS_SPAN("\x31\xc0\xc3"));
	hs_build_put(&b, HS_SPAN("\x0f\x1f\x00\x66\x90"));
	hs_build_fill(&b, 0, w->shift + HOLE - b.len);
	hs_build_put(&b, HS_SPAN("\xb8\x07\0\0\0\xc3")); /* mov eax, 7; ret */
	return take(a, &b);
}

static void
put_fde(struct hs_build *b, uint64_t start, uint64_t size)
{
	hs_build_le(b, 20, 4);
	hs_build_le(b, b->len, 4);
	hs_build_le(b, start - (FRAMES + b->len), 4);
	hs_build_le(b, size, 4);
	hs_build_put(b, HS_SPAN("\0\x44\x0e\x10\0\0\0\0"));
}

static struct hs_span
frames_of(struct hs_arena *a, const struct build_program *w)
{
	struct hs_build b = { 0 };

	hs_build_le(&b, 20, 4);
	hs_build_le(&b, 0, 4);
	hs_build_put(&b, HS_SPAN("\1zR\0\1\x78\x10\1\x1b\x0c\7\x08\x90\1\0\0"));
	put_fde(&b, CODE + w->shift, 20);
	put_fde(&b, CODE + w->shift + HELPER, 10);
	hs_build_le(&b, 0, 4);
	return take(a, &b);
}

static struct hs_span
header_of(struct hs_arena *a, const struct build_program *w)
{
	struct hs_build b = { 0 };

	hs_build_put(&b, HS_SPAN("\x01\x1b\x03\x3b"));
	hs_build_le(&b, FRAMES - (HDR + 4), 4);
	hs_build_le(&b, 2, 4);
	hs_build_le(&b, CODE + w->shift - (uint64_t)HDR, 4);
	hs_build_le(&b, FRAMES + 24 - HDR, 4);
	hs_build_le(&b, CODE + w->shift + HELPER - (uint64_t)HDR, 4);
	hs_build_le(&b, FRAMES + 48 - HDR, 4);
	return take(a, &b);
}

/* Read-only data: the text, 5 distances into main(), a number; .data.rel.ro is a pointer to it. */
static struct hs_span
texts_of(struct hs_arena *a, const struct build_program *w)
{
	struct hs_build b = { 0 };

	hs_build_text(&b, w->text ? w->text : "hello");
	hs_build_fill(&b, 0, 1);
	hs_build_align(&b, 64);
	for (uint64_t i = 0; i < 5; i++)
		hs_build_le(&b, CODE + w->shift + i - (uint64_t)(TEXTS + 64), 4);
	hs_build_align(&b, 8);
	hs_build_le(&b, 0x4004000000000000, 8);
	return take(a, &b);
}

static struct hs_span
relocation_of(struct hs_arena *a)
{
	struct hs_build b = { 0 };

	hs_build_le(&b, RELRO, 8);
	hs_build_le(&b, R_X86_64_RELATIVE, 8);
	hs_build_le(&b, TEXTS, 8);
	return take(a, &b);
}

static struct hs_span
dynamic_of(struct hs_arena *a)
{
	static const uint64_t rows[] = { DT_NEEDED, 1,         DT_SONAME, 11,         DT_RELA,
		                         0x1234,    DT_RELASZ, 24,        DT_FLAGS_1, DF_1_NOW,
		                         DT_DEBUG,  0,         DT_NULL,   0 };
	struct hs_build b = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		hs_build_le(&b, rows[i], 8);
	return take(a, &b);
}

static struct hs_span
symbols_of(struct hs_arena *a, const struct build_program *w)
{
	const struct build_elf_symbol all[] = {
		{ 6, STB_LOCAL << 4 | STT_FUNC, 0, TEXT_INDEX, CODE + w->shift + HELPER, 10 },
		{ 1, STB_GLOBAL << 4 | STT_FUNC, 0, TEXT_INDEX, CODE + w->shift, 20 },
		{ 13, STB_GLOBAL << 4 | STT_OBJECT, 0, DATA_INDEX, COUNTER, 4 },
		{ 21, STB_GLOBAL << 4 | STT_FUNC, 0, TEXT_INDEX, CODE, w->shift },
	};

	return build_elf_symbols(a, &(struct build_elf){ 0 }, all, w->shift ? 4 : 3);
}

static struct hs_span
dynamic_symbols_of(struct hs_arena *a, const struct build_program *w)
{
	const struct build_elf_symbol all[] = {
		{ 19, STB_GLOBAL << 4 | STT_FUNC, 0, TEXT_INDEX, CODE + w->shift, 20 },
	};

	return build_elf_symbols(a, &(struct build_elf){ 0 }, all, 1);
}

/* Adds a section; gives it back for what only some have. */
static struct build_elf_section *
add(struct building *b, const char *name, uint32_t type, uint64_t address, struct hs_span bytes)
{
	struct build_elf_section *s = &b->sections[b->n++];

	*s = (struct build_elf_section){ .name = name,
		                         .type = type,
		                         .flags = address ? SHF_ALLOC : 0,
		                         .address = address,
		                         .align = 8,
		                         .bytes = bytes };
	return s;
}

static void
link_to(struct build_elf_section *s, uint32_t link, uint32_t info, uint64_t entsize)
{
	s->link = link;
	s->info = info;
	s->entsize = entsize;
}

static void
add_code_and_data(struct building *b, struct hs_arena *a, const struct build_program *w)
{
	add(b, ".text", SHT_PROGBITS, CODE, code_of(a, w))->flags |= SHF_EXECINSTR;
	add(b, ".rodata", SHT_PROGBITS, TEXTS, texts_of(a, w));
	add(b, ".eh_frame_hdr", SHT_PROGBITS, HDR, header_of(a, w));
	add(b, ".eh_frame", SHT_PROGBITS, FRAMES, frames_of(a, w));
	add(b, ".data.rel.ro", SHT_PROGBITS, RELRO, HS_SPAN("\0\0\0\0\0\0\0\0"))->flags |=
		SHF_WRITE;
	add(b, ".data", SHT_PROGBITS, COUNTER, HS_SPAN("\0\0\0\0"))->flags |= SHF_WRITE;
}

static void
add_tables(struct building *b, struct hs_arena *a, const struct build_program *w)
{
	const struct build_elf plain = { 0 };

	link_to(add(b, ".dynamic", SHT_DYNAMIC, DYNAMIC, dynamic_of(a)), DYNSTR_INDEX, 0, 16);
	add(b, ".dynstr", SHT_STRTAB, 0x800,
	    (struct hs_span){ (const uint8_t *)dynamic_names, sizeof(dynamic_names) });
	link_to(add(b, ".dynsym", SHT_DYNSYM, 0x900, dynamic_symbols_of(a, w)), DYNSTR_INDEX, 1,
	        24);
	link_to(add(b, ".rela.dyn", SHT_RELA, 0xa00, relocation_of(a)), DYNSYM_INDEX, 0, 24);
	add(b, ".note.gnu.build-id", SHT_NOTE, 0xb00,
	    build_elf_note(a, &plain, "GNU", 3, HS_SPAN("\1\2\3\4")))
		->align = 4;
	if (w->stripped)
		return;
	link_to(add(b, ".symtab", SHT_SYMTAB, 0, symbols_of(a, w)), STRTAB_INDEX, 2, 24);
	add(b, ".strtab", SHT_STRTAB, 0, (struct hs_span){ (const uint8_t *)names, sizeof(names) });
}

struct hs_span
build_program(struct hs_arena *a, const struct build_program *w)
{
	const struct build_elf_segment g[] = { { PT_LOAD, PF_R | PF_X, 1, 1 },
		                               { PT_DYNAMIC, PF_R | PF_W, 7, 7 } };
	struct building b = { 0 };

	add_code_and_data(&b, a, w);
	add_tables(&b, a, w);
	for (size_t i = 0; i < w->n_more; i++)
		b.sections[b.n++] = w->more[i];
	return build_elf(a, &(struct build_elf){ .entry = CODE + w->shift,
	                                         .sections = b.sections,
	                                         .n_sections = b.n,
	                                         .segments = g,
	                                         .n_segments = 2 });
}
