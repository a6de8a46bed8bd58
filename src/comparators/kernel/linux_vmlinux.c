/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An uncompressed Linux kernel: an ELF file (64-bit, little-endian) whose
 * segments lie in the kernel's half of the address space, with the line
 * "Linux version ..." in it. It is what a bzImage has inside:
 *
 *	ELF header, program headers   loaded segments
 *	.text .rodata .data ...       the kernel; parts that have marks of their own are members
 *	section headers
 *	relocations                   of an x86 kernel that may be moved (CONFIG_RELOCATABLE)
 *
 * What varies between builds: see linux_arm64.c; besides, a date of another
 * length moves what stands behind it, and a random module signing key or
 * random struct layout (CONFIG_RANDSTRUCT) changes code or data themselves.
 */
#include "comparators/comparator.h"
#include "comparators/kernel/kernel_find.h"
#include "core/escape.h"

#include <inttypes.h>

enum {
	ELF_HEADER = 64,
	PROGRAM_HEADER = 56,
	SECTION_HEADER = 64,
	MAX_SEGMENTS = 64,
	MAX_SECTIONS = 128,
	MACHINE_X86_64 = 62,
	MACHINE_AARCH64 = 183,
	LOADED = 1, /* PT_LOAD */
	NOBITS = 8, /* SHT_NOBITS: no bytes in the file */
};

/* What the ELF header says, as far as it matters here. */
struct elf {
	struct hs_span file;
	unsigned type, machine;
	uint64_t entry, segments, sections;
	uint64_t n_segments, n_sections, names;
};

struct segment {
	unsigned type, flags;
	uint64_t at, address, len, memory;
};

struct section {
	uint64_t name, type, at, len;
};

static bool
read_elf(struct elf *out, struct hs_span file)
{
	/* 64-bit, little-endian, version 1. */
	const struct hs_span magic = { (const uint8_t *)"\x7f"
		                                        "ELF\2\1\1",
		                       7 };
	struct hs_cursor c = { .rest = hs_span_from(file, 16) };
	uint64_t segment_size, section_size;

	*out = (struct elf){ .file = file };
	if (!hs_span_starts(file, magic))
		return false;
	out->type = (unsigned)hs_take_le(&c, 2);
	out->machine = (unsigned)hs_take_le(&c, 2);
	hs_take(&c, 4);
	out->entry = hs_take_le(&c, 8);
	out->segments = hs_take_le(&c, 8);
	out->sections = hs_take_le(&c, 8);
	hs_take(&c, 6);
	segment_size = hs_take_le(&c, 2);
	out->n_segments = hs_take_le(&c, 2);
	section_size = hs_take_le(&c, 2);
	out->n_sections = hs_take_le(&c, 2);
	out->names = hs_take_le(&c, 2);
	if (segment_size != PROGRAM_HEADER || out->n_segments > MAX_SEGMENTS)
		out->n_segments = 0;
	if (section_size != SECTION_HEADER || out->n_sections > MAX_SECTIONS)
		out->n_sections = 0;
	return !c.cut;
}

static bool
read_segment(struct segment *out, const struct elf *elf, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(hs_span_from(elf->file, elf->segments),
		                                    i * PROGRAM_HEADER) };

	out->type = (unsigned)hs_take_le(&c, 4);
	out->flags = (unsigned)hs_take_le(&c, 4);
	out->at = hs_take_le(&c, 8);
	out->address = hs_take_le(&c, 8);
	hs_take(&c, 8);
	out->len = hs_take_le(&c, 8);
	out->memory = hs_take_le(&c, 8);
	return !c.cut;
}

static bool
read_section(struct section *out, const struct elf *elf, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(hs_span_from(elf->file, elf->sections),
		                                    i * SECTION_HEADER) };

	out->name = hs_take_le(&c, 4);
	out->type = hs_take_le(&c, 4);
	hs_take(&c, 16);
	out->at = hs_take_le(&c, 8);
	out->len = hs_take_le(&c, 8);
	return !c.cut;
}

/* ---- What it says ---- */

static const char *
machine_name(struct hs_arena *a, unsigned machine)
{
	if (machine == MACHINE_X86_64)
		return "x86-64";
	if (machine == MACHINE_AARCH64)
		return "arm64";
	return hs_arena_printf(a, "%u", machine);
}

static int
vmlinux_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_found found;
	struct segment s;
	struct elf elf;

	hs_kernel_find_names(&found, file);
	if (!read_elf(&elf, file) || found.banner.len == 0)
		return hs_fail(err, HS_ENOTMINE, "no Linux kernel");
	hs_say_kernel_found(out, &found);
	hs_say_word(out, "machine", machine_name(out->arena, elf.machine));
	hs_say_hex(out, "entry", elf.entry);
	for (uint64_t i = 0; i < elf.n_segments && read_segment(&s, &elf, i); i++) {
		if (s.type == LOADED)
			hs_sayf(out, "segment",
			        "%c%c%c at 0x%" PRIx64 ": %" PRIu64 " bytes, %" PRIu64 " in memory",
			        s.flags & 4 ? 'r' : '-', s.flags & 2 ? 'w' : '-',
			        s.flags & 1 ? 'x' : '-', s.address, s.len, s.memory);
	}
	hs_say_u64(out, "sections", elf.n_sections);
	return 0;
}

/* ---- Its parts ---- */

/* The name of a section, safe to show; "section[I]" where it has none. */
static const char *
section_name(struct hs_arena *a, const struct elf *elf, const struct section *names,
             const struct section *s, uint64_t i)
{
	struct hs_span table = { NULL, 0 }, name;
	struct hs_cursor c = { 0 };

	hs_span_part(&table, elf->file, names->at, names->len);
	c.rest = hs_span_from(table, s->name);
	name = hs_take_string(&c);
	if (name.len == 0 || name.len > HS_MAX_NAME)
		return hs_arena_printf(a, "section[%" PRIu64 "]", i);
	return (const char *)hs_arena_copy(a, hs_escape(a, name)).at;
}

static uint64_t
end_of(uint64_t at, uint64_t len)
{
	return len > UINT64_MAX - at ? UINT64_MAX : at + len;
}

/* Names the sections' bytes; the byte behind the last of them. */
static uint64_t
add_sections(struct hs_kernel_parts *p, struct hs_arena *a, const struct elf *elf)
{
	struct section names = { 0 }, s;
	uint64_t end = 0;

	read_section(&names, elf, elf->names);
	for (uint64_t i = 1; i < elf->n_sections && read_section(&s, elf, i); i++) {
		if (s.type == 0 || s.type == NOBITS || s.len == 0)
			continue;
		hs_parts_region(p, (struct hs_kernel_region){ s.at, s.len,
		                                              section_name(a, elf, &names, &s, i),
		                                              false });
		if (end_of(s.at, s.len) > end)
			end = end_of(s.at, s.len);
	}
	return end;
}

static uint64_t
add_segments(struct hs_kernel_parts *p, struct hs_arena *a, const struct elf *elf)
{
	uint64_t end = 0;
	struct segment s;

	for (uint64_t i = 0; i < elf->n_segments && read_segment(&s, elf, i); i++) {
		if (s.type != LOADED || s.len == 0)
			continue;
		hs_parts_region(p, (struct hs_kernel_region){
					   s.at, s.len,
					   hs_arena_printf(a, "segment[%" PRIu64 "]", i), false });
		if (end_of(s.at, s.len) > end)
			end = end_of(s.at, s.len);
	}
	return end;
}

/* Headers are gaps: what they say of the kernel is said by facts and by its parts. */
static uint64_t
add_headers(struct hs_kernel_parts *p, const struct elf *elf)
{
	const uint64_t segments = elf->n_segments * PROGRAM_HEADER;
	const uint64_t sections = elf->n_sections * SECTION_HEADER;

	hs_parts_region(p, (struct hs_kernel_region){ 0, ELF_HEADER, "ELF header", true });
	hs_parts_region(
		p, (struct hs_kernel_region){ elf->segments, segments, "program headers", true });
	hs_parts_region(
		p, (struct hs_kernel_region){ elf->sections, sections, "section headers", true });
	return sections ? end_of(elf->sections, sections) : end_of(elf->segments, segments);
}

static int
vmlinux_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_parts p = { .file = file };
	struct hs_kernel_found found;
	uint64_t end, last;
	struct elf elf;
	int rc;

	hs_kernel_find(&found, file);
	if (!read_elf(&elf, file) || found.banner.len == 0)
		return hs_fail(err, HS_ENOTMINE, "no Linux kernel");
	hs_kernel_found_parts(&p, &found);
	out->note = found.trouble;
	end = add_headers(&p, &elf);
	last = elf.n_sections ? add_sections(&p, &out->arena, &elf)
	                      : add_segments(&p, &out->arena, &elf);
	end = last > end ? last : end;
	if (elf.machine == MACHINE_X86_64)
		hs_parts_region(&p,
		                (struct hs_kernel_region){ end, UINT64_MAX, "relocations", false });
	rc = hs_parts_list(&p, out, err);
	if (rc == 0 && end > file.len)
		rc = hs_fail(err, HS_EFORMAT,
		             "the ELF file ends at byte %" PRIu64 ", there are %zu", end, file.len);
	return rc;
}

/* Magic of seven bytes, and an address that only a kernel is linked to. */
static unsigned
vmlinux_bid(struct hs_span file)
{
	enum { BID = 7 * 8 + 1 };
	struct segment s;
	struct elf elf;

	if (!read_elf(&elf, file))
		return 0;
	for (uint64_t i = 0; i < elf.n_segments && read_segment(&s, &elf, i); i++)
		if (s.type == LOADED && s.address >> 63)
			return BID;
	return 0;
}

const struct hs_comparator hs_comparator_linux_vmlinux = {
	.name = "linux-vmlinux",
	.about = "uncompressed Linux, an ELF file: who built it and when, configuration, initramfs",
	.known_by = "\"\\177ELF\" at 0, a segment loaded in the upper half of the addresses",
	.shape = HS_SHAPE_PARTS,
	.bid = vmlinux_bid,
	.describe = vmlinux_describe,
	.expand = vmlinux_expand,
};
