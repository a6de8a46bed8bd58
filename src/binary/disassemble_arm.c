/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An address does not fit into an instruction. It stands as a word behind the
 * function, which a load relative to the counter fetches, either itself or, in
 * code that may be anywhere, as the distance from a later "add rN, pc"; or
 * movw has its lower half and movt the upper.
 */
#include "binary/disassembling.h"

#if HS_WITH_CAPSTONE

#include <inttypes.h>

static struct hs_register *
register_of(const struct hs_disassembly *d, unsigned reg)
{
	if (reg >= ARM_REG_R0 && reg <= ARM_REG_R12)
		return &d->registers[reg - ARM_REG_R0];
	return NULL;
}

/* What an instruction reads as its own address. */
static uint64_t
counter_of(const struct hs_disassembly *d, const cs_insn *insn)
{
	return insn->address + (d->code->isa == HS_ISA_THUMB ? 4 : 8);
}

/* Forgets what the instruction writes over; a call writes over all that no function must keep. */
static void
forget(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm *x = &insn->detail->arm;

	for (uint8_t i = 0; i < x->op_count; i++) {
		struct hs_register *r = x->operands[i].type == ARM_OP_REG
		                                ? register_of(d, (unsigned)x->operands[i].reg)
		                                : NULL;

		if (r && (x->operands[i].access & CS_AC_WRITE))
			r->known = false;
	}
	if (insn->id == ARM_INS_BL || insn->id == ARM_INS_BLX) {
		for (int i = 0; i <= 3; i++)
			d->registers[i].known = false;
		d->registers[12].known = false;
	}
}

static bool
is_branch(const cs_insn *insn)
{
	switch (insn->id) {
	case ARM_INS_B:
	case ARM_INS_BL:
	case ARM_INS_BLX:
	case ARM_INS_CBZ:
	case ARM_INS_CBNZ:
		return true;
	default:
		return false;
	}
}

/* Writes the operands before the last. */
static void
write_first(struct hs_disassembly *d, const char *operands)
{
	const char *comma = strrchr(operands, ',');

	if (comma)
		hs_code_text(d, operands, comma + 2);
}

/* A word of the code that an instruction loads: read as data from here on. */
static bool
take_literal(uint64_t *out, struct hs_disassembly *d, uint64_t address)
{
	const uint64_t offset = address - d->code->address;
	struct hs_cursor c = { .rest = hs_span_from(d->code->bytes, offset) };

	if (!hs_code_holds(d, address) || c.rest.len < 4)
		return false;
	*out = d->code->big ? hs_take_be(&c, 4) : hs_take_le(&c, 4);
	d->what[offset] |= HS_BYTE_DATA;
	return true;
}

/* ldr r3, [pc, #16]: what stands there is told where it stands. */
static bool
rewrite_literal(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm *x = &insn->detail->arm;
	const cs_arm_op *mem = &x->operands[1];
	struct hs_register *r;
	uint64_t at, value;

	if (insn->id != ARM_INS_LDR || x->op_count != 2 || mem->type != ARM_OP_MEM ||
	    mem->mem.base != ARM_REG_PC || mem->mem.index != ARM_REG_INVALID)
		return false;
	at = (counter_of(d, insn) & ~UINT64_C(3)) +
	     (uint64_t)(int64_t)(mem->subtracted && mem->mem.disp > 0 ? -mem->mem.disp
	                                                              : mem->mem.disp);
	if (!take_literal(&value, d, at))
		return false;
	hs_code_text(d, insn->op_str, strchr(insn->op_str, '['));
	hs_code_mark(d, at, HS_MARK_LABEL);
	forget(d, insn);
	r = register_of(d, (unsigned)x->operands[0].reg);
	if (r)
		*r = (struct hs_register){ true, true, value, (size_t)(at - d->code->address) };
	return true;
}

/* The register whose word the instruction adds to the counter, or NULL. */
static struct hs_register *
relative_register(const struct hs_disassembly *d, const cs_insn *insn, bool *load)
{
	const cs_arm *x = &insn->detail->arm;
	const cs_arm_op *last = x->op_count ? &x->operands[x->op_count - 1] : NULL;
	struct hs_register *r = NULL;
	bool counter = false;

	*load = last && last->type == ARM_OP_MEM;
	if (*load && last->mem.base == ARM_REG_PC)
		r = register_of(d, (unsigned)last->mem.index);
	for (uint8_t i = 0; insn->id == ARM_INS_ADD && i < x->op_count; i++)
		counter |= x->operands[i].type == ARM_OP_REG && x->operands[i].reg == ARM_REG_PC;
	for (uint8_t i = 0; counter && i < x->op_count; i++)
		if (x->operands[i].type == ARM_OP_REG &&
		    register_of(d, (unsigned)x->operands[i].reg))
			r = register_of(d, (unsigned)x->operands[i].reg);
	return r && r->known && r->literal ? r : NULL;
}

static bool
rewrite_relative(struct hs_disassembly *d, const cs_insn *insn)
{
	const size_t before = d->text.len;
	struct hs_code_ref ref = { 0, HS_USE_ADDRESS, 4 };
	const char *comma = strchr(insn->op_str, ',');
	bool load;
	const struct hs_register *r = relative_register(d, insn, &load);

	if (!r || !comma)
		return false;
	ref.address = (counter_of(d, insn) + r->value) & UINT32_MAX;
	ref.use = load ? HS_USE_LOAD : HS_USE_ADDRESS;
	hs_code_text(d, insn->op_str, comma + 2);
	hs_lines_word(&d->text, load ? "[" : "");
	if (!hs_code_say(d, &ref)) {
		d->text.len = before;
		return false;
	}
	hs_lines_word(&d->text, load ? "]" : "");
	d->what[r->mark] |= HS_BYTE_RELATIVE;
	forget(d, insn);
	return true;
}

/* movw r0, #4660; movt r0, #22136 */
static bool
rewrite_halves(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm *x = &insn->detail->arm;
	struct hs_register *r =
		x->op_count == 2 ? register_of(d, (unsigned)x->operands[0].reg) : NULL;
	const size_t before = d->text.len;
	struct hs_code_ref ref = { 0, HS_USE_NUMBER, 0 };

	if (!r || x->operands[1].type != ARM_OP_IMM)
		return false;
	if (insn->id == ARM_INS_MOVW) {
		write_first(d, insn->op_str);
		*r = (struct hs_register){ .known = true,
			                   .value = (uint64_t)x->operands[1].imm & 0xffff };
		r->mark = hs_code_mark(d, r->value, HS_MARK_PAGE);
		return true;
	}
	if (insn->id != ARM_INS_MOVT || !r->known || r->literal)
		return false;
	ref.address = r->value | ((uint64_t)x->operands[1].imm & 0xffff) << 16;
	write_first(d, insn->op_str);
	r->known = false;
	if (hs_code_say(d, &ref)) {
		d->marks[r->mark].kind = HS_MARK_USED_PAGE;
		return true;
	}
	d->text.len = before;
	return false;
}

void
hs_operands_arm(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm *x = &insn->detail->arm;
	const cs_arm_op *last = x->op_count ? &x->operands[x->op_count - 1] : NULL;
	const size_t before = d->text.len;
	struct hs_code_patch patch;

	write_first(d, insn->op_str);
	if (hs_code_patched(d, &patch, insn)) {
		forget(d, insn);
		return;
	}
	if (last && is_branch(insn) && last->type == ARM_OP_IMM) {
		hs_code_branch(d, (uint32_t)last->imm,
		               insn->id == ARM_INS_BL || insn->id == ARM_INS_BLX);
		forget(d, insn);
		return;
	}
	d->text.len = before;
	if (rewrite_literal(d, insn) || rewrite_relative(d, insn) || rewrite_halves(d, insn))
		return;
	hs_lines_word(&d->text, insn->op_str);
	forget(d, insn);
}

#endif
