/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/disassemble.h"

#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

#if HS_WITH_CAPSTONE

enum { BASE = 0x1000, ELSEWHERE = 0x5000, TABLE = 0x6000, FIELD = 0x1003 };

/* A program in which "there" stands at ELSEWHERE, and a table of three places of the code. */
static bool
say(struct hs_lines *out, const struct hs_code_names *n, const struct hs_code_ref *ref)
{
	static const char *const uses[] = { "call", "jump", "load", "address", "number" };

	(void)n;
	if (ref->address < ELSEWHERE || ref->address >= ELSEWHERE + 16)
		return false;
	hs_linesf(out, "there+%u %s", (unsigned)(ref->address - ELSEWHERE), uses[ref->use]);
	if (ref->width)
		hs_linesf(out, " %u", ref->width);
	return true;
}

static bool
patched(struct hs_lines *out, struct hs_code_patch *patch, const struct hs_code_names *n,
        const uint64_t within[2])
{
	(void)n;
	if (FIELD < within[0] || FIELD >= within[1])
		return false;
	*patch = (struct hs_code_patch){ FIELD, 2 };
	hs_lines_word(out, "outside");
	return true;
}

/* Of i386, what is called for its own address: mov ebx, [esp]; ret. */
static bool
read(uint64_t *out, const struct hs_code_names *n, uint64_t address, unsigned width)
{
	static const uint64_t places[] = { BASE, BASE + 1, BASE + 2 };

	(void)n;
	*out = 0;
	if (address == ELSEWHERE + 8 && width == 4)
		*out = 0xc3241c8b;
	else if (width == 8 && address >= TABLE && address < TABLE + sizeof(places))
		*out = places[(address - TABLE) / 8];
	return *out != 0;
}

static const struct hs_code_names known = { .say = say, .read = read };
static const struct hs_code_names object = { .say = say, .patched = patched };

static void
check(enum hs_isa isa, struct hs_span bytes, const struct hs_code_names *names, const char *want)
{
	/* In memory of just that size. */
	const struct hs_span copy = exact_copy(bytes, bytes.len);
	const struct hs_machine_code code = {
		.bytes = copy, .address = BASE, .isa = isa, .names = names
	};
	struct hs_lines lines = { 0 };
	struct hs_err err;

	assert_int_equal(hs_disassemble(&lines, &code, &err), 0);
	assert_span(hs_lines_span(&lines), want);
	hs_lines_release(&lines);
	free((void *)(uintptr_t)copy.at);
}

static void
operands_say_what_stands_where_they_lead(void **state)
{
	(void)state;
	/* lea rax, [rip + n]; mov eax, [rip + n]; call n; jmp n */
	check(HS_ISA_X86_64, HS_SPAN("\x48\x8d\x05\xf9\x3f\0\0"), &known,
	      "\tlea rax, [there+0 address]\n");
	check(HS_ISA_X86_64, HS_SPAN("\x8b\x05\xfa\x3f\0\0"), &known,
	      "\tmov eax, dword ptr [there+0 load 4]\n");
	check(HS_ISA_X86_64, HS_SPAN("\xe8\xfb\x3f\0\0"), &known, "\tcall there+0 call\n");
	check(HS_ISA_X86_64, HS_SPAN("\xe9\xfb\x3f\0\0"), &known, "\tjmp there+0 jump\n");
	check(HS_ISA_X86_64, HS_SPAN("\xe9\xfb\x2f\0\0"), &known, "\tjmp 0x4000\n");
	/* mov edi, n: an address only where one is known. */
	check(HS_ISA_X86_64, HS_SPAN("\xbf\0\x50\0\0"), &known, "\tmov edi, there+0 number\n");
	check(HS_ISA_X86_64, HS_SPAN("\xbf\0\x40\0\0"), &known, "\tmov edi, 0x4000\n");
	/* Nobody knows anything. */
	check(HS_ISA_X86_64, HS_SPAN("\x48\x8d\x05\xf9\x3f\0\0"), NULL, "\tlea rax, [0x5000]\n");
}

/* A label is called after what stands there, so that what comes in between changes none. */
static void
branches_lead_to_labels(void **state)
{
	(void)state;
	check(HS_ISA_X86_64, HS_SPAN("\x74\x01\xc3\x31\xc0\xc3"), &known,
	      "\tje .L1808\n\tret\n.L1808:\n\txor eax, eax\n\tret\n");
	check(HS_ISA_X86_64, HS_SPAN("\x74\x02\x90\xc3\x31\xc0\xc3"), &known,
	      "\tje .L1808\n\tnop\n\tret\n.L1808:\n\txor eax, eax\n\tret\n");
	/* Two places that read the same, as far as is looked. */
	check(HS_ISA_X86_64, HS_SPAN("\xeb\x03\xeb\x00\x90\x90\x90\x90\x90\x90\x90\x90\x90"),
	      &known,
	      "\tjmp .Lcb00_2\n\tjmp .Lcb00\n.Lcb00:\n\tnop\n.Lcb00_2:\n\tnop\n\tnop\n\tnop\n"
	      "\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n");
	/* Between two instructions. */
	check(HS_ISA_X86_64, HS_SPAN("\xeb\xff\xc0"), &known, "\tjmp .+0x1\n\t.byte 0xc0\n");
}

static void
a_table_of_places_is_a_jump_table(void **state)
{
	(void)state;
	/* lea rax, [rip + n] of TABLE; three times nop */
	check(HS_ISA_X86_64, HS_SPAN("\x90\x90\x90\x48\x8d\x05\xf6\x4f\0\0"), &known,
	      ".L958f:\n\tnop\n.L9f25:\n\tnop\n.L0acf:\n\tnop\n"
	      "\tlea rax, [jump table { .L958f .L9f25 .L0acf }]\n");
}

/* In an object the linker fills the field in. */
static void
relocations_say_what_is_outside(void **state)
{
	(void)state;
	check(HS_ISA_X86_64, HS_SPAN("\x48\x8d\x05\0\0\0\0"), &object, "\tlea rax, [outside]\n");
	check(HS_ISA_X86_64, HS_SPAN("\x90\x90\xe8\0\0\0\0"), &object,
	      "\tnop\n\tnop\n\tcall outside\n");
}

/* i386: call thunk; add ebx, n; lea eax, [ebx + 4]; pop */
static void
a_table_of_offsets_is_followed_on_i386(void **state)
{
	(void)state;
	check(HS_ISA_I386, HS_SPAN("\xe8\x03\x40\0\0\x81\xc3\xfb\x3f\0\0\x8d\x43\x04"), &known,
	      "\tcall there+8 call\n\tadd ebx, offsets\n\tlea eax, [there+4 address]\n");
}

static void
an_address_of_two_instructions_is_put_together(void **state)
{
	(void)state;
	/* adrp x0, 0x5000; add x0, x0, #4; ldr w1, [x0, #...] of another; bl */
	check(HS_ISA_ARM64, HS_SPAN("\x20\0\0\x90\x00\x10\0\x91\xc0\x03\x5f\xd6"), &known,
	      "\tadrp x0, page\n\tadd x0, there+4 address\n\tret\n");
}

static void
words_that_arm_loads_are_data(void **state)
{
	(void)state;
	/* ldr r0, [pc, #0]; bx lr; .word 0x5000 */
	check(HS_ISA_ARM, HS_SPAN("\0\0\x9f\xe5\x1e\xff\x2f\xe1\0\x50\0\0"), &known,
	      "\tldr r0, .L44d1\n\tbx lr\n.L44d1:\n\t.word there+0 number 4\n");
}

static void
what_is_no_instruction_is_bytes(void **state)
{
	(void)state;
	check(HS_ISA_X86_64, HS_SPAN("\x06\xc3"), &known, "\t.byte 0x06\n\tret\n");
	check(HS_ISA_X86_64, HS_SPAN("\xe8\0\0"), &known,
	      "\t.byte 0xe8\n\tadd byte ptr [rax], al\n");
	check(HS_ISA_ARM64, HS_SPAN("\xff\xff\xff\xff\0"), &known,
	      "\t.byte 0xffffffff\n\t.byte 0x00\n");
}

/* Any bytes, of any machine, in memory of just that size. */
static void
any_bytes_are_survived(void **state)
{
	static const enum hs_isa all[] = { HS_ISA_X86_64, HS_ISA_I386, HS_ISA_ARM64, HS_ISA_ARM,
		                           HS_ISA_THUMB };
	uint8_t bytes[64];
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < 4000; i++) {
		const size_t n = 1 + i % sizeof(bytes);
		struct hs_machine_code code = { .address = BASE,
			                        .isa = all[i % 5],
			                        .names = &known };
		struct hs_lines lines = { 0 };
		struct hs_err err;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[k] = (uint8_t)(seed >> 56);
		}
		code.big = i % 7 == 0 && code.isa != HS_ISA_X86_64 && code.isa != HS_ISA_I386;
		code.bytes = exact_copy((struct hs_span){ bytes, n }, n);
		assert_int_equal(hs_disassemble(&lines, &code, &err), 0);
		assert_true(lines.len > 0);
		hs_lines_release(&lines);
		free((void *)(uintptr_t)code.bytes.at);
	}
}

static void
too_much_code_in_one_piece_is_a_limit(void **state)
{
	const struct hs_machine_code code = { .bytes = { NULL, HS_MAX_CODE + 1 },
		                              .isa = HS_ISA_X86_64 };
	struct hs_lines lines = { 0 };
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_disassemble(&lines, &code, &err), HS_ELIMIT);
	assert_int_equal(lines.len, 0);
}

#endif

static void
a_machine_that_nobody_knows_is_absent(void **state)
{
	static const enum hs_isa none[] = { HS_ISA_NONE, HS_ISA_RISCV64, HS_ISA_RISCV32 };
	struct hs_lines lines = { 0 };
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct hs_machine_code code = { .bytes = HS_SPAN("\x13\0\0\0"),
			                              .isa = none[i] };

		assert_false(hs_disassembles(none[i]));
		assert_int_equal(hs_disassemble(&lines, &code, &err), HS_EABSENT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#if HS_WITH_CAPSTONE
		cmocka_unit_test(operands_say_what_stands_where_they_lead),
		cmocka_unit_test(branches_lead_to_labels),
		cmocka_unit_test(a_table_of_places_is_a_jump_table),
		cmocka_unit_test(relocations_say_what_is_outside),
		cmocka_unit_test(a_table_of_offsets_is_followed_on_i386),
		cmocka_unit_test(an_address_of_two_instructions_is_put_together),
		cmocka_unit_test(words_that_arm_loads_are_data),
		cmocka_unit_test(what_is_no_instruction_is_bytes),
		cmocka_unit_test(any_bytes_are_survived),
		cmocka_unit_test(too_much_code_in_one_piece_is_a_limit),
#endif
		cmocka_unit_test(a_machine_that_nobody_knows_is_absent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
