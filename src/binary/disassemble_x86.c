/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/disassembling.h"

#if HS_WITH_CAPSTONE

#include <inttypes.h>

/* Less than this is a number, wherever a program is loaded. */
enum { LOWEST_ADDRESS = 0x1000 };

static bool
is_branch(const cs_insn *insn)
{
	const cs_detail *detail = insn->detail;
	bool branch = false;

	for (uint8_t i = 0; i < detail->groups_count; i++)
		branch |= detail->groups[i] == CS_GRP_JUMP || detail->groups[i] == CS_GRP_CALL ||
		          detail->groups[i] == CS_GRP_BRANCH_RELATIVE;
	return branch && detail->x86.op_count == 1 && detail->x86.operands[0].type == X86_OP_IMM;
}

/* The register into which what is called there puts where it returns to: "mov (%esp), reg; ret". */
static unsigned
thunk_register(const struct hs_disassembly *d, const cs_insn *insn)
{
	static const unsigned registers[] = { X86_REG_EAX, X86_REG_ECX, X86_REG_EDX, X86_REG_EBX,
		                              X86_REG_ESP, X86_REG_EBP, X86_REG_ESI, X86_REG_EDI };
	const struct hs_code_names *names = d->code->names;
	uint64_t v;

	if (insn->id != X86_INS_CALL || !is_branch(insn) || !names || !names->read ||
	    !names->read(&v, names, (uint32_t)insn->detail->x86.operands[0].imm, 4) ||
	    (v & 0xffffc7ff) != 0xc324048b)
		return X86_REG_INVALID;
	return registers[v >> 11 & 7];
}

/* "add ebx, n" behind such a call: from then on the register has the table's address. */
static bool
begins_table(const struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	const struct hs_register *last = &d->registers[0];

	return last->known && insn->id == X86_INS_ADD && x->op_count == 2 &&
	       x->operands[0].type == X86_OP_REG && (size_t)x->operands[0].reg == last->mark &&
	       x->operands[1].type == X86_OP_IMM;
}

/*
 * i386 has no address relative to the code: a function calls for its own, and
 * adds the way to the table of offsets.
 */
static void
follow(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	const bool reg = x->op_count > 0 && x->operands[0].type == X86_OP_REG &&
	                 (x->operands[0].access & CS_AC_WRITE);
	struct hs_register *last = &d->registers[0], *table = &d->registers[1];
	unsigned thunk;

	if (d->code->isa != HS_ISA_I386)
		return;
	if (begins_table(d, insn)) {
		*table = (struct hs_register){ .known = true, .mark = last->mark };
		table->value = (uint32_t)(last->value + (uint64_t)x->operands[1].imm);
		d->base = table->value;
	} else if (reg && x->operands[0].reg == table->mark && insn->id != X86_INS_POP) {
		table->known = false;
	}
	if (reg && x->operands[0].reg == last->mark)
		last->known = false;
	thunk = thunk_register(d, insn);
	if (thunk != X86_REG_INVALID)
		*last = (struct hs_register){ .known = true,
			                      .value = insn->address + insn->size,
			                      .mark = thunk };
}

/* Whether it counts from the table of offsets. */
static bool
is_table(const struct hs_disassembly *d, const x86_op_mem *mem)
{
	return d->registers[1].known && (size_t)mem->base == d->registers[1].mark;
}

/* The address that a memory operand alone, or with an index, stands for. */
static bool
address_of(uint64_t *out, const struct hs_disassembly *d, const cs_insn *insn,
           const x86_op_mem *mem)
{
	const struct hs_register *table = &d->registers[1];
	const uint64_t mask = d->code->isa == HS_ISA_I386 ? UINT32_MAX : UINT64_MAX;

	if (mem->segment == X86_REG_FS || mem->segment == X86_REG_GS)
		return false;
	*out = (uint64_t)mem->disp & mask;
	if (mem->base == X86_REG_RIP) {
		*out += insn->address + insn->size;
		return true;
	}
	if (is_table(d, mem)) {
		*out = (*out + table->value) & mask;
		return true;
	}
	return *out >= LOWEST_ADDRESS;
}

/* Before the name: the registers that are not part of the address itself. */
static void
open_bracket(struct hs_disassembly *d, const x86_op_mem *mem)
{
	const bool base =
		mem->base != X86_REG_INVALID && mem->base != X86_REG_RIP && !is_table(d, mem);

	hs_lines_word(&d->text, "[");
	if (base)
		hs_linesf(&d->text, "%s + ", cs_reg_name(d->engine, mem->base));
	if (mem->index != X86_REG_INVALID && mem->index != X86_REG_RIZ &&
	    mem->index != X86_REG_EIZ) {
		hs_lines_word(&d->text, cs_reg_name(d->engine, mem->index));
		hs_linesf(&d->text, mem->scale > 1 ? "*%d + " : " + ", mem->scale);
	}
}

/* The operands with what stands in brackets said anew. */
static bool
rewrite_memory(struct hs_disassembly *d, const cs_insn *insn, const cs_x86_op *op, bool patched)
{
	const char *open = strchr(insn->op_str, '['), *close = open ? strchr(open, ']') : NULL;
	const size_t before = d->text.len;
	struct hs_code_patch patch;
	struct hs_code_ref ref = { 0, insn->id == X86_INS_LEA ? HS_USE_ADDRESS : HS_USE_LOAD,
		                   op->size };
	bool said;

	if (!close || (!patched && !address_of(&ref.address, d, insn, &op->mem)))
		return false;
	if (insn->id == X86_INS_LEA)
		ref.width = 0;
	if (op->mem.base != X86_REG_RIP && op->mem.base != X86_REG_INVALID &&
	    !is_table(d, &op->mem))
		ref.use = HS_USE_NUMBER;
	hs_code_text(d, insn->op_str, open);
	open_bracket(d, &op->mem);
	said = patched ? hs_code_patched(d, &patch, insn) : hs_code_say(d, &ref);
	if (!said && op->mem.base == X86_REG_RIP) {
		hs_linesf(&d->text, "0x%" PRIx64, ref.address);
		said = true;
	}
	if (!said) {
		d->text.len = before;
		return false;
	}
	hs_code_text(d, close, close + strlen(close));
	return true;
}

/* The same of a number, which is always the last operand. */
static bool
rewrite_number(struct hs_disassembly *d, const cs_insn *insn, const cs_x86_op *op, bool patched)
{
	const char *comma = strrchr(insn->op_str, ','), *at = comma ? comma + 2 : insn->op_str;
	const size_t before = d->text.len;
	const uint64_t mask = op->size < 8 ? UINT32_MAX : UINT64_MAX;
	const struct hs_code_ref ref = { (uint64_t)op->imm & mask, HS_USE_NUMBER, 0 };
	struct hs_code_patch patch;

	if (!patched && (op->size < 4 || ref.address < LOWEST_ADDRESS))
		return false;
	hs_code_text(d, insn->op_str, at);
	if (patched ? hs_code_patched(d, &patch, insn) : hs_code_say(d, &ref))
		return true;
	d->text.len = before;
	return false;
}

/* Which operand the first relocation of the instruction belongs to; -1 for none. */
static int
patched_operand(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	const size_t before = d->text.len;
	struct hs_code_patch patch;
	int found = -1;

	if (!hs_code_patched(d, &patch, insn))
		return -1;
	d->text.len = before;
	for (uint8_t i = 0; i < x->op_count; i++) {
		const bool mem = x->operands[i].type == X86_OP_MEM;
		const uint8_t field = mem ? x->encoding.disp_offset : x->encoding.imm_offset;

		if ((mem || x->operands[i].type == X86_OP_IMM) && field &&
		    patch.at == insn->address + field)
			found = i;
	}
	return found;
}

void
hs_operands_x86(struct hs_disassembly *d, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	const int patched = is_branch(insn) ? -1 : patched_operand(d, insn);
	const bool table = d->code->isa == HS_ISA_I386 && patched < 0 && begins_table(d, insn);
	struct hs_code_patch patch;
	bool done = false;

	follow(d, insn);
	if (table) {
		hs_code_text(d, insn->op_str, strchr(insn->op_str, ',') + 1);
		hs_lines_word(&d->text, " offsets");
		return;
	}
	if (is_branch(insn)) {
		if (!hs_code_patched(d, &patch, insn))
			hs_code_branch(d, (uint64_t)x->operands[0].imm, insn->id == X86_INS_CALL);
		return;
	}
	for (uint8_t i = 0; !done && i < x->op_count; i++) {
		if (patched >= 0 && patched != i)
			continue;
		if (x->operands[i].type == X86_OP_MEM)
			done = rewrite_memory(d, insn, &x->operands[i], patched == i);
		else if (x->operands[i].type == X86_OP_IMM)
			done = rewrite_number(d, insn, &x->operands[i], patched == i);
	}
	if (!done)
		hs_lines_word(&d->text, insn->op_str);
}

#endif
