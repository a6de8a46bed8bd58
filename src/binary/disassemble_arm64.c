/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An address is made of two instructions: adrp puts its page into a register,
 * and an addition, a load or a store has the rest. The second says the whole
 * address; the first says the page only where no second is found.
 */
#include "binary/disassembling.h"

#if HS_WITH_CAPSTONE

#include <inttypes.h>

static struct hs_register *
register_of(const struct hs_disassembly *d, unsigned reg)
{
	if (reg >= ARM64_REG_X0 && reg <= ARM64_REG_X28)
		return &d->registers[reg - ARM64_REG_X0];
	if (reg >= ARM64_REG_W0 && reg <= ARM64_REG_W28)
		return &d->registers[reg - ARM64_REG_W0];
	return NULL;
}

/* Forgets what the instruction writes over; a call writes over all that no function must keep. */
static void
forget(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm64 *x = &insn->detail->arm64;

	for (uint8_t i = 0; i < x->op_count; i++) {
		struct hs_register *r = x->operands[i].type == ARM64_OP_REG
		                                ? register_of(d, x->operands[i].reg)
		                                : NULL;

		if (r && (x->operands[i].access & CS_AC_WRITE))
			r->known = false;
	}
	if (insn->id == ARM64_INS_BL || insn->id == ARM64_INS_BLR)
		for (int i = 0; i <= 18; i++)
			d->registers[i].known = false;
}

static bool
is_branch(const cs_insn *insn)
{
	switch (insn->id) {
	case ARM64_INS_B:
	case ARM64_INS_BL:
	case ARM64_INS_CBZ:
	case ARM64_INS_CBNZ:
	case ARM64_INS_TBZ:
	case ARM64_INS_TBNZ:
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

/* adr, adrp and loads relative to the code: the last operand is an address. */
static void
write_relative(struct hs_disassembly *d, const cs_insn *insn, const cs_arm64_op *last)
{
	struct hs_register *r = register_of(d, insn->detail->arm64.operands[0].reg);
	const struct hs_code_ref ref = { (uint64_t)last->imm,
		                         insn->id == ARM64_INS_ADR ? HS_USE_ADDRESS : HS_USE_LOAD,
		                         0 };

	write_first(d, insn->op_str);
	if (insn->id != ARM64_INS_ADRP) {
		if (!hs_code_say(d, &ref))
			hs_linesf(&d->text, "0x%" PRIx64, ref.address);
		return;
	}
	if (r)
		*r = (struct hs_register){ .known = true, .value = ref.address };
	if (r)
		r->mark = hs_code_mark(d, ref.address, HS_MARK_PAGE);
	else
		hs_linesf(&d->text, "0x%" PRIx64, ref.address);
}

/* What `reg` with `disp` behind it stands for; false where the register is not known. */
static bool
say_sum(struct hs_disassembly *d, unsigned reg, int64_t disp, enum hs_use use)
{
	struct hs_register *r = register_of(d, reg);
	const struct hs_code_ref ref = { r ? r->value + (uint64_t)disp : 0, use, 0 };

	if (!r || !r->known || !hs_code_say(d, &ref))
		return false;
	d->marks[r->mark].kind = HS_MARK_USED_PAGE;
	return true;
}

/* add x0, x1, #12 */
static bool
rewrite_sum(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm64 *x = &insn->detail->arm64;
	const size_t before = d->text.len;
	int64_t more;

	if (insn->id != ARM64_INS_ADD || x->op_count != 3 || x->operands[2].type != ARM64_OP_IMM)
		return false;
	more = x->operands[2].imm;
	if (x->operands[2].shift.type == ARM64_SFT_LSL && x->operands[2].shift.value < 32)
		more *= INT64_C(1) << x->operands[2].shift.value;
	hs_code_text(d, insn->op_str, strchr(insn->op_str, ',') + 1);
	hs_lines_word(&d->text, " ");
	if (say_sum(d, x->operands[1].reg, more, HS_USE_ADDRESS))
		return true;
	d->text.len = before;
	return false;
}

/* ldr x0, [x1, #12] */
static bool
rewrite_memory(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm64 *x = &insn->detail->arm64;
	const char *open = strchr(insn->op_str, '['), *close = open ? strchr(open, ']') : NULL;
	const size_t before = d->text.len;
	const cs_arm64_op *mem = NULL;

	for (uint8_t i = 0; i < x->op_count; i++)
		if (x->operands[i].type == ARM64_OP_MEM)
			mem = &x->operands[i];
	if (!mem || !close || x->writeback || mem->mem.index != ARM64_REG_INVALID)
		return false;
	hs_code_text(d, insn->op_str, open + 1);
	if (say_sum(d, mem->mem.base, mem->mem.disp, HS_USE_LOAD)) {
		hs_code_text(d, close, close + strlen(close));
		return true;
	}
	d->text.len = before;
	return false;
}

/* In an object the field of the instruction is filled in by the linker. */
static bool
rewrite_patched(struct hs_disassembly *d, const cs_insn *insn)
{
	const size_t before = d->text.len;
	const char *open = strchr(insn->op_str, '['), *comma = open ? strchr(open, ',') : NULL;
	const char *close = open ? strchr(open, ']') : NULL;
	struct hs_code_patch patch;

	if (!hs_code_patched(d, &patch, insn))
		return false;
	d->text.len = before;
	if (close) {
		hs_code_text(d, insn->op_str, comma && comma < close ? comma : close);
		hs_lines_word(&d->text, ", ");
		hs_code_patched(d, &patch, insn);
		hs_code_text(d, close, close + strlen(close));
	} else {
		write_first(d, insn->op_str);
		hs_code_patched(d, &patch, insn);
	}
	return true;
}

void
hs_operands_arm64(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_arm64 *x = &insn->detail->arm64;
	const cs_arm64_op *last = x->op_count ? &x->operands[x->op_count - 1] : NULL;
	const bool number = last && last->type == ARM64_OP_IMM;
	const bool relative = number && (insn->id == ARM64_INS_ADR || insn->id == ARM64_INS_ADRP ||
	                                 insn->id == ARM64_INS_LDR || insn->id == ARM64_INS_LDRSW);

	if (rewrite_patched(d, insn)) {
		forget(d, insn);
		return;
	}
	if (is_branch(insn) && number) {
		write_first(d, insn->op_str);
		hs_code_branch(d, (uint64_t)last->imm, insn->id == ARM64_INS_BL);
		forget(d, insn);
	} else if (relative) {
		forget(d, insn);
		write_relative(d, insn, last);
	} else {
		if (!rewrite_sum(d, insn) && !rewrite_memory(d, insn))
			hs_lines_word(&d->text, insn->op_str);
		forget(d, insn);
	}
}

#endif
