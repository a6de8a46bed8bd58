/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_refs.h"

#include "comparators/elf/elf_names.h"
#include "core/escape.h"

#include <inttypes.h>

enum {
	LONG_TEXT = 512, /* of a text that an operand shows */
	SAMPLE = 8,      /* bytes that stand for data without a name */
	WIDEST = 64,
	STUB = 16, /* bytes of a stub at most */
	DEEP = 3,  /* pointers that are followed */
};

/* ---- Data without a name ---- */

static bool
is_printable(uint8_t c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t' || c == '\r' || c == 0x1b ||
	       c >= 0x80;
}

/* The C string there, of at least one character; false where there is none. */
static bool
text_at(struct hs_span *out, struct hs_span bytes)
{
	const struct hs_span head = hs_span_head(bytes, LONG_TEXT);
	size_t n = 0;

	while (n < head.len && is_printable(head.at[n]))
		n++;
	*out = hs_span_head(head, n);
	return n > 0 && (n == LONG_TEXT || (n < bytes.len && bytes.at[n] == 0)) && hs_is_utf8(*out);
}

static void
say_bytes(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_section *s,
          struct hs_span bytes, const struct hs_code_ref *ref)
{
	const bool sized = ref->use != HS_USE_ADDRESS && ref->width > 0 && ref->width <= WIDEST;
	struct hs_span text;

	if (ref->use != HS_USE_LOAD && !sized && text_at(&text, bytes)) {
		hs_lines_word(out, "\"");
		hs_lines_add(out, hs_escape(a, text));
		hs_lines_word(out, "\"");
		return;
	}
	hs_lines_word(out, hs_elf_section_label(a, s));
	hs_lines_word(out, " {");
	hs_lines_hex(out, hs_span_head(bytes, sized ? ref->width : SAMPLE));
	hs_lines_word(out, "}");
}

/* Whether nobody writes it once it is loaded, so that what it holds tells what it is. */
static bool
is_constant(const struct hs_elf_section *s)
{
	return s->type == SHT_PROGBITS && !(s->flags & SHF_EXECINSTR) && s->bytes.len > 0 &&
	       s->packing == HS_ELF_PLAIN &&
	       (!(s->flags & SHF_WRITE) || hs_span_starts(s->name, HS_SPAN(".data.rel.ro")));
}

/* ---- What has a name ---- */

/* A symbol of no size names its start alone: what lies behind it may be anything. */
static bool
say_symbol(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p, uint64_t space,
           uint64_t address)
{
	const struct hs_elf_section *s =
		space ? hs_elf_section(&p->elf, space) : hs_elf_section_at(&p->elf, address);
	struct hs_elf_symbol symbol;
	uint64_t behind;

	if (!hs_elf_index_find(&symbol, &behind, &p->index, space, address) ||
	    (behind && symbol.size == 0 && s && is_constant(s)))
		return hs_elf_function_at(&p->code, space, address) != NULL &&
		       (hs_lines_word(out, hs_elf_place_name(a, p, space, address)), true);
	hs_lines_word(out, hs_elf_place_name(a, p, space, address));
	return true;
}

static bool say_place(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
                      const struct hs_code_ref *ref, unsigned depth);

/* What the loader puts there. */
static void
say_patch(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
          const struct hs_elf_patch *patch, uint64_t word)
{
	struct hs_code_ref ref = { patch->has_addend ? (uint64_t)patch->addend : word,
		                   HS_USE_ADDRESS, 0 };
	struct hs_elf_symbol symbol;

	if (hs_elf_patch_symbol(&symbol, &p->patches, patch)) {
		hs_lines_name(out, symbol.name);
		if (patch->addend)
			hs_linesf(out, "+0x%" PRIx64, (uint64_t)patch->addend);
	} else if (!say_place(out, a, p, &ref, 1)) {
		hs_linesf(out, "0x%" PRIx64, ref.address);
	}
}

static uint64_t
word_at(const struct hs_elf *e, uint64_t address)
{
	struct hs_cursor c = { .rest = hs_elf_mapped(e, address) };

	return hs_elf_take_word(e, &c);
}

static bool
is_slot(const struct hs_elf_section *s)
{
	return hs_span_starts(s->name, HS_SPAN(".got"));
}

/* x86 "jmp *slot", with a mark of where calls may land in front: from the counter, absolute, or, on
 * i386, from the table of offsets. */
static bool
slot_of_x86(uint64_t *slot, const struct hs_elf *e, struct hs_span stub, uint64_t address)
{
	const struct hs_elf_section *got = hs_elf_section_named(e, ".got.plt");

	if (!got)
		got = hs_elf_section_named(e, ".got");
	for (size_t i = 0; i + 6 <= stub.len; i++) {
		struct hs_cursor c = { .rest = hs_span_from(stub, i + 2) };
		const uint64_t v = (uint64_t)(int64_t)(int32_t)hs_take_le(&c, 4);

		if (stub.at[i] != 0xff || (stub.at[i + 1] != 0x25 && stub.at[i + 1] != 0xa3))
			continue;
		if (stub.at[i + 1] == 0xa3 && !got)
			return false;
		if (stub.at[i + 1] == 0xa3)
			*slot = (got->address + v) & UINT32_MAX;
		else
			*slot = e->machine == EM_386 ? v & UINT32_MAX : address + i + 6 + v;
		return true;
	}
	return false;
}

/* AArch64: adrp x16; ldr x17, [x16, n] */
static bool
slot_of_arm64(uint64_t *slot, struct hs_span stub, uint64_t address)
{
	struct hs_cursor c = { .rest = stub };
	const uint64_t page = hs_take_le(&c, 4), load = hs_take_le(&c, 4);
	const uint64_t pages = (page >> 5 & 0x7ffff) << 2 | (page >> 29 & 3);

	if (c.cut || (page & 0x9f000000) != 0x90000000 || (load & 0xffc00000) != 0xf9400000)
		return false;
	*slot = (address & ~UINT64_C(0xfff)) + (uint64_t)((int64_t)(pages << 43) >> 31) +
	        (load >> 10 & 0xfff) * 8;
	return true;
}

/* Arm: add ip, pc, n << 20; add ip, ip, n << 12; ldr pc, [ip, n]!; behind "bx pc; nop" where short
 * instructions call it. */
static bool
slot_of_arm(uint64_t *slot, struct hs_span stub, uint64_t address)
{
	const struct hs_span change = HS_SPAN("\x78\x47\xc0\x46");
	struct hs_cursor c = { .rest = stub };
	uint64_t first, second, load;

	if (hs_span_starts(stub, change)) {
		hs_take(&c, change.len);
		address += change.len;
	}
	first = hs_take_le(&c, 4);
	second = hs_take_le(&c, 4);
	load = hs_take_le(&c, 4);
	if (c.cut || (first & 0xffffff00) != 0xe28fc600 || (second & 0xffffff00) != 0xe28cca00 ||
	    (load & 0xfffff000) != 0xe5bcf000)
		return false;
	*slot = (address + 8 + ((first & 0xff) << 20) + ((second & 0xff) << 12) + (load & 0xfff)) &
	        UINT32_MAX;
	return true;
}

/* The slot through which a stub jumps. */
static bool
slot_of_stub(uint64_t *slot, const struct hs_elf *e, uint64_t address)
{
	const struct hs_span stub = hs_span_head(hs_elf_mapped(e, address), STUB);

	switch (e->machine) {
	case EM_X86_64:
	case EM_386:
		return slot_of_x86(slot, e, stub, address);
	case EM_AARCH64:
		return slot_of_arm64(slot, stub, address);
	case EM_ARM:
		return slot_of_arm(slot, stub, address);
	default:
		return false;
	}
}

/* "puts@plt" of a stub, "stdout@got" of a slot. */
static bool
say_linkage(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
            const struct hs_elf_section *s, uint64_t address)
{
	const bool stub = hs_elf_is_plt(s);
	const struct hs_elf_patch *patch;
	uint64_t slot = address;

	if (stub && !slot_of_stub(&slot, &p->elf, address))
		return false;
	patch = hs_elf_patch_in(&p->patches, 0, slot, slot + 1);
	if (!patch)
		return false;
	say_patch(out, a, p, patch, word_at(&p->elf, slot));
	hs_lines_word(out, stub ? "@plt" : "@got");
	return true;
}

/* What stands at an address of a linked file. */
static bool
say_place(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
          const struct hs_code_ref *ref, unsigned depth)
{
	const struct hs_elf_section *s = hs_elf_section_at(&p->elf, ref->address);
	const struct hs_elf_patch *patch;

	if (!s)
		return false;
	if ((is_slot(s) || hs_elf_is_plt(s)) && say_linkage(out, a, p, s, ref->address))
		return true;
	if (say_symbol(out, a, p, 0, ref->address))
		return true;
	if (!is_constant(s)) {
		hs_linesf(out, "%s+0x%" PRIx64, hs_elf_section_label(a, s),
		          ref->address - s->address);
		return true;
	}
	patch = depth < DEEP ? hs_elf_patch_in(&p->patches, 0, ref->address, ref->address + 1)
	                     : NULL;
	if (patch) {
		struct hs_code_ref next = { (uint64_t)patch->addend, HS_USE_ADDRESS, 0 };

		if (!patch->has_addend)
			next.address = word_at(&p->elf, ref->address);
		hs_lines_word(out, "-> ");
		if (patch->symbol || !say_place(out, a, p, &next, depth + 1))
			say_patch(out, a, p, patch, next.address);
		return true;
	}
	say_bytes(out, a, s, hs_span_from(s->bytes, ref->address - s->address), ref);
	return true;
}

void
hs_elf_write_patch(FILE *out, struct hs_arena *a, const struct hs_elf_parts *p,
                   const struct hs_elf_patch *patch, uint64_t word)
{
	struct hs_lines lines = { 0 };

	say_patch(&lines, a, p, patch, word);
	fwrite(lines.at, 1, lines.len, out);
	hs_lines_release(&lines);
}

/* ---- Callbacks of a disassembly ---- */

static const struct hs_elf_refs *
refs_of(const struct hs_code_names *n)
{
	return (const struct hs_elf_refs *)(const void *)n;
}

/* A number is an address only where programs are built for one place, and on i386, which has no
 * other way to say one. */
static bool
say(struct hs_lines *out, const struct hs_code_names *n, const struct hs_code_ref *ref)
{
	const struct hs_elf_refs *r = refs_of(n);
	const struct hs_elf *e = &r->parts->elf;
	struct hs_arena a = { 0 };
	bool said;

	if (ref->use == HS_USE_NUMBER && e->type != ET_EXEC && e->machine != EM_386)
		return false;
	if (e->type == ET_REL && ref->use == HS_USE_NUMBER)
		return false;
	said = r->space ? say_symbol(out, &a, r->parts, r->space, ref->address)
	                : say_place(out, &a, r->parts, ref, 0);
	hs_arena_release(&a);
	return said;
}

/* Relocations whose names every reader of code takes as read. */
static bool
is_usual(unsigned machine, unsigned type)
{
	switch (machine) {
	case EM_X86_64:
		return type == R_X86_64_64 || type == R_X86_64_PC32 || type == R_X86_64_PLT32 ||
		       type == R_X86_64_32 || type == R_X86_64_32S;
	case EM_386:
		return type == R_386_32 || type == R_386_PC32 || type == R_386_PLT32;
	case EM_AARCH64:
		return type == R_AARCH64_CALL26 || type == R_AARCH64_JUMP26;
	case EM_ARM:
		return type == R_ARM_CALL || type == R_ARM_JUMP24 || type == R_ARM_THM_PC22;
	default:
		return false;
	}
}

/* Of x86, what is counted from the end of the instruction. */
static bool
is_relative(unsigned machine, unsigned type)
{
	if (machine == EM_386)
		return type == R_386_PC32 || type == R_386_PLT32;
	return machine == EM_X86_64 &&
	       (type == R_X86_64_PC32 || type == R_X86_64_PLT32 || type == R_X86_64_GOTPCREL ||
	        type == R_X86_64_GOTPCRELX || type == R_X86_64_REX_GOTPCRELX ||
	        type == R_X86_64_GOTTPOFF || type == R_X86_64_TLSGD || type == R_X86_64_TLSLD);
}

/* What stands `behind` the start of a section of an object. */
static void
say_in_section(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
               const struct hs_elf_section *s, uint64_t behind)
{
	const struct hs_code_ref ref = { behind, HS_USE_ADDRESS, 0 };

	if (say_symbol(out, a, p, s->index, behind))
		return;
	if (is_constant(s) && behind < s->bytes.len && !(s->flags & SHF_WRITE))
		say_bytes(out, a, s, hs_span_from(s->bytes, behind), &ref);
	else
		hs_lines_word(out, hs_elf_place_name(a, p, s->index, behind));
}

static void
say_object_patch(struct hs_lines *out, struct hs_arena *a, const struct hs_elf_parts *p,
                 const struct hs_elf_patch *row, int64_t addend)
{
	struct hs_elf_symbol symbol;
	const struct hs_elf_section *s;

	if (!hs_elf_patch_symbol(&symbol, &p->patches, row)) {
		hs_linesf(out, "0x%" PRIx64, (uint64_t)addend);
		return;
	}
	s = symbol.reserved ? NULL : hs_elf_section(&p->elf, symbol.section);
	if (symbol.type == STT_SECTION && s) {
		say_in_section(out, a, p, s, symbol.value + (uint64_t)addend);
		return;
	}
	hs_lines_name(out, symbol.name);
	if (addend < 0)
		hs_linesf(out, "-0x%" PRIx64, -(uint64_t)addend);
	else if (addend)
		hs_linesf(out, "+0x%" PRIx64, (uint64_t)addend);
}

static bool
patched(struct hs_lines *out, struct hs_code_patch *patch, const struct hs_code_names *n,
        const uint64_t within[2])
{
	const struct hs_elf_refs *r = refs_of(n);
	const struct hs_elf *e = &r->parts->elf;
	const struct hs_elf_patch *row =
		r->space ? hs_elf_patch_in(&r->parts->patches, r->space, within[0], within[1])
			 : NULL;
	struct hs_arena a = { 0 };
	int64_t addend;

	if (!row)
		return false;
	*patch = (struct hs_code_patch){ row->at, row->type };
	addend = row->addend;
	if (is_relative(e->machine, row->type))
		addend += (int64_t)(within[1] - row->at);
	/* Without one of its own the field has it, of which only that of x86 is read here. */
	if (!row->has_addend && is_relative(e->machine, row->type))
		addend = 0;
	say_object_patch(out, &a, r->parts, row, addend);
	if (!is_usual(e->machine, row->type))
		hs_linesf(out, " (%s)", hs_elf_relocation_type(&a, e->machine, row->type));
	hs_arena_release(&a);
	return true;
}

static bool
read(uint64_t *out, const struct hs_code_names *n, uint64_t address, unsigned width)
{
	const struct hs_elf_refs *r = refs_of(n);
	struct hs_cursor c = { .rest = r->space ? (struct hs_span){ NULL, 0 }
		                                : hs_elf_mapped(&r->parts->elf, address) };

	*out = hs_elf_take(&r->parts->elf, &c, width);
	return !c.cut;
}

struct hs_elf_refs
hs_elf_refs_of(const struct hs_elf_parts *p, uint64_t space)
{
	return (struct hs_elf_refs){
		.names = { .say = say, .patched = patched, .read = read },
		.parts = p,
		.space = space,
	};
}
