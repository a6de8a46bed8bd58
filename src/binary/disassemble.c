/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/disassemble.h"

#include "binary/disassembling.h"
#include "core/arena.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

#if HS_WITH_CAPSTONE

/* TABLE: entries of one jump table that are shown; FEW: fewer are no table. */
enum { TABLE = 1024, FEW = 3 };

struct machine {
	cs_arch arch;
	int mode;
	unsigned step; /* bytes that are passed over where no instruction stands */
	void (*operands)(struct hs_disassembly *d, const cs_insn *insn);
};

static const struct machine machines[] = {
	[HS_ISA_X86_64] = { CS_ARCH_X86, CS_MODE_64, 1, hs_operands_x86 },
	[HS_ISA_I386] = { CS_ARCH_X86, CS_MODE_32, 1, hs_operands_x86 },
	[HS_ISA_ARM64] = { CS_ARCH_ARM64, CS_MODE_ARM, 4, hs_operands_arm64 },
	[HS_ISA_ARM] = { CS_ARCH_ARM, CS_MODE_ARM, 4, hs_operands_arm },
	[HS_ISA_THUMB] = { CS_ARCH_ARM, CS_MODE_THUMB, 2, hs_operands_arm },
};

bool
hs_disassembles(enum hs_isa isa)
{
	return isa < sizeof(machines) / sizeof(machines[0]) && machines[isa].operands;
}

/* ---- What operands refer to ---- */

bool
hs_code_holds(const struct hs_disassembly *d, uint64_t address)
{
	return address - d->code->address < d->code->bytes.len;
}

size_t
hs_code_mark(struct hs_disassembly *d, uint64_t value, enum hs_code_mark_kind kind)
{
	if (d->n_marks == d->room_marks) {
		d->room_marks = d->room_marks ? 2 * d->room_marks : 32;
		d->marks = hs_realloc(d->marks, d->room_marks, sizeof(*d->marks));
	}
	d->marks[d->n_marks] = (struct hs_code_mark){ d->text.len, value, kind };
	if (kind == HS_MARK_LABEL)
		d->what[value - d->code->address] |= HS_BYTE_TARGET;
	return d->n_marks++;
}

void
hs_code_text(struct hs_disassembly *d, const char *from, const char *to)
{
	hs_lines_add(&d->text, (struct hs_span){ (const uint8_t *)from, (size_t)(to - from) });
}

bool
hs_code_patched(struct hs_disassembly *d, struct hs_code_patch *patch, const cs_insn *insn)
{
	const struct hs_code_names *names = d->code->names;
	const uint64_t within[2] = { insn->address, insn->address + insn->size };

	return names && names->patched && names->patched(&d->text, patch, names, within);
}

/* Where entry `i` of a table at `at` leads: an address, or its distance from the table. */
static bool
table_entry(uint64_t *out, const struct hs_disassembly *d, uint64_t at, size_t i, unsigned width)
{
	const struct hs_code_names *names = d->code->names;
	uint64_t v;

	if (!names->read(&v, names, at + i * width, width))
		return false;
	if (width == 4 && !hs_code_holds(d, v))
		v = (d->base ? d->base : at) + (uint64_t)(int64_t)(int32_t)v;
	if (d->code->isa == HS_ISA_I386)
		v &= UINT32_MAX;
	*out = v;
	return hs_code_holds(d, v);
}

/* A table of places in this very code is what a switch jumps by. */
static bool
say_table(struct hs_disassembly *d, uint64_t at)
{
	uint64_t target;

	if (!d->code->names || !d->code->names->read || hs_code_holds(d, at))
		return false;
	for (unsigned width = 8; width >= 4; width -= 4) {
		size_t n = 0;

		while (n < TABLE && table_entry(&target, d, at, n, width))
			n++;
		if (n < FEW)
			continue;
		hs_lines_word(&d->text, "jump table {");
		for (size_t i = 0; i < n; i++) {
			table_entry(&target, d, at, i, width);
			hs_code_mark(d, target, HS_MARK_ENTRY);
		}
		hs_lines_word(&d->text, " }");
		return true;
	}
	return false;
}

bool
hs_code_say(struct hs_disassembly *d, const struct hs_code_ref *ref)
{
	const struct hs_code_names *names = d->code->names;

	if (hs_code_holds(d, ref->address) && ref->address != d->code->address &&
	    ref->use != HS_USE_NUMBER) {
		hs_code_mark(d, ref->address, HS_MARK_LABEL);
		return true;
	}
	if (ref->use == HS_USE_ADDRESS || ref->use == HS_USE_NUMBER)
		if (say_table(d, ref->address))
			return true;
	return names && names->say && names->say(&d->text, names, ref);
}

void
hs_code_branch(struct hs_disassembly *d, uint64_t target, bool call)
{
	const struct hs_code_ref ref = { target, call ? HS_USE_CALL : HS_USE_JUMP, 0 };

	if (!call && hs_code_holds(d, target))
		hs_code_mark(d, target, HS_MARK_LABEL);
	else if (!hs_code_say(d, &ref))
		hs_linesf(&d->text, "0x%" PRIx64, target);
}

/* ---- The lines ---- */

static void
end_line(struct hs_disassembly *d, uint64_t offset)
{
	hs_lines_word(&d->text, "\n");
	d->what[offset] |= HS_BYTE_STARTS;
	d->line[offset] = (uint32_t)d->text.len;
}

static void
add_instruction(struct hs_disassembly *d, const struct machine *m, const cs_insn *insn)
{
	hs_lines_word(&d->text, "\t");
	hs_lines_word(&d->text, insn->mnemonic);
	if (*insn->op_str) {
		hs_lines_word(&d->text, " ");
		m->operands(d, insn);
	}
	end_line(d, insn->address - d->code->address);
}

/* Words that an instruction before them loaded, or bytes that are none: what they say as data. */
static size_t
add_data(struct hs_disassembly *d, const struct machine *m, uint64_t offset)
{
	const struct hs_machine_code *code = d->code;
	const struct hs_span rest = hs_span_from(code->bytes, offset);
	const bool word = (d->what[offset] & HS_BYTE_DATA) && rest.len >= 4;
	const size_t n = word ? 4 : rest.len < m->step ? rest.len : m->step;
	struct hs_cursor c = { .rest = rest };
	struct hs_code_ref ref = { 0, HS_USE_NUMBER, 4 };
	struct hs_code_patch patch;

	if (!word) {
		hs_lines_word(&d->text, "\t.byte 0x");
		hs_lines_hex(&d->text, hs_span_head(rest, n));
	} else {
		const uint64_t within[2] = { code->address + offset, code->address + offset + 4 };

		ref.address = code->big ? hs_take_be(&c, 4) : hs_take_le(&c, 4);
		hs_lines_word(&d->text, "\t.word ");
		if (d->what[offset] & HS_BYTE_RELATIVE)
			hs_lines_word(&d->text, "distance");
		else if (!(code->names && code->names->patched &&
		           code->names->patched(&d->text, &patch, code->names, within)) &&
		         !hs_code_say(d, &ref))
			hs_linesf(&d->text, "0x%" PRIx64, ref.address);
	}
	end_line(d, offset);
	return n;
}

static void
decode(struct hs_disassembly *d, const struct machine *m, cs_insn *insn)
{
	const struct hs_span bytes = d->code->bytes;
	uint64_t offset = 0;

	while (offset < bytes.len && !d->text.full) {
		const uint8_t *at = bytes.at + offset;
		size_t left = bytes.len - offset;
		uint64_t address = d->code->address + offset;

		if (!(d->what[offset] & HS_BYTE_DATA) &&
		    cs_disasm_iter(d->engine, &at, &left, &address, insn)) {
			add_instruction(d, m, insn);
			offset += insn->size;
		} else {
			offset += add_data(d, m, offset);
		}
	}
}

/* ---- Labels ---- */

/*
 * A label is called after what stands there, not by its number: one label more
 * would give all behind it, and each branch to them, another.
 */
struct label {
	bool is; /* something leads there, and an instruction begins */
	uint16_t name;
	uint32_t again; /* how many before it are called the same */
};

/* SMALL: bytes of code whose labels are counted by going through them. */
enum { LABELS = UINT16_MAX + 1, FOLLOWED = 8, SMALL = 1024 };

/* The next line of the text: its end. */
static size_t
line_end(const struct hs_disassembly *d, size_t at)
{
	const uint8_t *end = memchr(d->text.at + at, '\n', d->text.len - at);

	return end ? (size_t)(end - d->text.at) : d->text.len;
}

/*
 * What the instructions from there on are, their operands aside: those change
 * with any number in the code.
 */
static uint16_t
name_at(const struct hs_disassembly *d, uint64_t offset)
{
	uint64_t before = offset, name = 0;
	size_t at;

	while (before > 0 && !(d->what[before - 1] & HS_BYTE_STARTS))
		before--;
	at = before > 0 ? d->line[before - 1] : 0;
	for (unsigned i = 0; i < FOLLOWED && at < d->text.len; i++) {
		const size_t end = line_end(d, at);
		const uint8_t *space = memchr(d->text.at + at, ' ', end - at);
		const size_t word = space ? (size_t)(space - d->text.at) : end;

		name = name * 31 + hs_xxh64((struct hs_span){ d->text.at + at, word - at });
		at = end + 1;
	}
	return (uint16_t)name;
}

/*
 * Where a table ends is nowhere said: what stands behind it leads somewhere,
 * too, but hardly to where an instruction begins.
 */
static void
end_tables(struct hs_disassembly *d)
{
	bool ended = false;

	for (size_t i = 0; i < d->n_marks; i++) {
		struct hs_code_mark *m = &d->marks[i];
		const uint64_t offset = m->value - d->code->address;

		/* Those of one table stand in one place. */
		if (i == 0 || m->kind != d->marks[i - 1].kind || m->at != d->marks[i - 1].at)
			ended = false;
		if (m->kind != HS_MARK_ENTRY)
			continue;
		ended |= !(d->what[offset] & HS_BYTE_STARTS);
		if (ended)
			m->value = UINT64_MAX;
		else
			d->what[offset] |= HS_BYTE_TARGET;
	}
}

/* How many before it are called the same; `taken` counts the names where there are many labels. */
static uint32_t
count_same(const struct label *labels, size_t offset, uint32_t *taken)
{
	uint32_t n = 0;

	if (taken)
		return taken[labels[offset].name]++;
	for (size_t i = 0; i < offset; i++)
		n += labels[i].is && labels[i].name == labels[offset].name;
	return n;
}

/* By offset, in the heap. */
static struct label *
name_labels(const struct hs_disassembly *d)
{
	const size_t n = d->code->bytes.len;
	struct label *labels = hs_alloc((n + 1) * sizeof(*labels));
	uint32_t *taken = n > SMALL ? hs_alloc(LABELS * sizeof(*taken)) : NULL;

	for (size_t i = 0; i < n; i++) {
		const bool is = (d->what[i] & HS_BYTE_TARGET) && (d->what[i] & HS_BYTE_STARTS);

		if (!is)
			continue;
		labels[i].is = true;
		labels[i].name = name_at(d, i);
		labels[i].again = count_same(labels, i, taken);
	}
	free(taken);
	return labels;
}

static void
write_label(struct hs_lines *out, const struct label *l)
{
	hs_linesf(out, ".L%04x", l->name);
	if (l->again)
		hs_linesf(out, "_%" PRIu32, l->again + 1);
}

static void
write_mark(struct hs_lines *out, const struct hs_disassembly *d, const struct hs_code_mark *mark,
           const struct label *labels)
{
	const uint64_t offset = mark->value - d->code->address;

	if (mark->kind == HS_MARK_ENTRY && mark->value == UINT64_MAX)
		return;
	if (mark->kind == HS_MARK_ENTRY)
		hs_lines_word(out, " ");
	if (mark->kind == HS_MARK_PAGE)
		hs_linesf(out, "0x%" PRIx64, mark->value);
	else if (mark->kind == HS_MARK_USED_PAGE)
		hs_lines_word(out, "page");
	else if (labels[offset].is)
		write_label(out, &labels[offset]);
	else /* Between two instructions as they were read here. */
		hs_linesf(out, ".+0x%" PRIx64, offset);
}

/* The text with its labels. */
static void
write_lines(struct hs_lines *out, struct hs_disassembly *d)
{
	const size_t n = d->code->bytes.len;
	struct label *labels;
	size_t at = 0, mark = 0;

	end_tables(d);
	labels = name_labels(d);
	for (size_t i = 0; i < n; i++) {
		if (!(d->what[i] & HS_BYTE_STARTS))
			continue;
		if (labels[i].is) {
			write_label(out, &labels[i]);
			hs_lines_word(out, ":\n");
		}
		for (; mark < d->n_marks && d->marks[mark].at <= d->line[i]; mark++) {
			hs_lines_add(out,
			             (struct hs_span){ d->text.at + at, d->marks[mark].at - at });
			at = d->marks[mark].at;
			write_mark(out, d, &d->marks[mark], labels);
		}
		hs_lines_add(out, (struct hs_span){ d->text.at + at, d->line[i] - at });
		at = d->line[i];
	}
	out->full |= d->text.full;
	free(labels);
}

static int
fail(struct hs_err *err, cs_err why)
{
	return hs_fail(err, HS_EABSENT, "capstone has no disassembler for it: %s",
	               cs_strerror(why));
}

static int
open_engine(csh *out, const struct hs_machine_code *code, struct hs_err *err)
{
	const struct machine *m = &machines[code->isa];
	const int order = code->big ? (int)CS_MODE_BIG_ENDIAN : 0;
	const cs_err why = cs_open(m->arch, (cs_mode)(m->mode | order), out);

	if (why != CS_ERR_OK)
		return fail(err, why);
	cs_option(*out, CS_OPT_DETAIL, CS_OPT_ON);
	return 0;
}

int
hs_disassemble(struct hs_lines *out, const struct hs_machine_code *code, struct hs_err *err)
{
	struct hs_register registers[HS_REGISTERS] = { { 0 } };
	struct hs_disassembly d = { .code = code, .registers = registers };
	cs_insn *insn;
	int rc;

	if (!hs_disassembles(code->isa))
		return hs_fail(err, HS_EABSENT, "no disassembler for this machine is built in");
	if (code->bytes.len > HS_MAX_CODE)
		return hs_fail(err, HS_ELIMIT, "%zu bytes of code in one piece (HS_MAX_CODE)",
		               code->bytes.len);
	rc = open_engine(&d.engine, code, err);
	if (rc < 0)
		return rc;
	insn = cs_malloc(d.engine);
	if (!insn)
		hs_die_out_of_memory();
	d.what = hs_alloc(code->bytes.len + 1);
	d.line = hs_alloc((code->bytes.len + 1) * sizeof(*d.line));
	memset(d.what, 0, code->bytes.len + 1);
	decode(&d, &machines[code->isa], insn);
	write_lines(out, &d);
	cs_free(insn, 1);
	cs_close(&d.engine);
	free(d.what);
	free(d.line);
	free(d.marks);
	hs_lines_release(&d.text);
	return 0;
}

#else

bool
hs_disassembles(enum hs_isa isa)
{
	(void)isa;
	return false;
}

int
hs_disassemble(struct hs_lines *out, const struct hs_machine_code *code, struct hs_err *err)
{
	(void)out, (void)code;
	return hs_fail(err, HS_EABSENT, "built without capstone");
}

#endif
