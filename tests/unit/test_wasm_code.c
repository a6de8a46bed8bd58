/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_code.h"

#include "check_text.h"
#include "wasm_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static void
write_body(FILE *out, const struct hs_wasm *w, struct hs_span body)
{
	hs_wasm_function_write(out, w, &(struct hs_wasm_function){ .body = body });
}

static void
write_expression(FILE *out, const struct hs_wasm *w, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };

	hs_wasm_expression_write(out, w, &c);
	assert_false(c.cut);
}

static void
check(struct hs_span bytes, wasm_write *write, const char *want)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	const struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ 0 });
	char *text = wasm_text(&w, bytes, write);

	hs_check_has(text, want);
	free(text);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
instructions_are_said_with_their_operands(void **state)
{
	(void)state;
	check(HS_SPAN("\0\x41\x7f\x42\x80\x01\x0b"), write_body, "i32.const -1\ni64.const 128\n");
	check(HS_SPAN("\0\x43\0\0\xc0\x3f\x44\0\0\0\0\0\0\x04\x40\x0b"), write_body,
	      "f32.const 1.5 (0x3fc00000)\nf64.const 2.5 (0x4004000000000000)\n");
	check(HS_SPAN("\0\x28\2\x10\x36\x42\1\4\x0b"), write_body,
	      "i32.load offset=16 align=2^2\ni32.store memory=1 offset=4 align=2^2\n");
	check(HS_SPAN("\0\x10\0\x10\1\x10\x63\xd2\1\x23\0\x11\1\0\x0b"), write_body,
	      "call put\ncall run\ncall func[99]\nref.func run\nglobal.get global[0]\n"
	      "call_indirect (i32) -> () table 0\n");
	check(HS_SPAN("\0\x0e\2\0\1\2\x1c\1\x7f\xd0\x70\xfc\x0a\0\0\x0b"), write_body,
	      "br_table 0 1 2\nselect i32\nref.null 0x70\nmemory.copy 0 0\n");
	check(HS_SPAN("\0\xfd\x0c\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\xfe\3\0\x0b"),
	      write_body, "v128 0xc 0102030405060708090a0b0c0d0e0f10\natomic.fence 0x3 00\n");
}

static void
blocks_are_indented(void **state)
{
	(void)state;
	check(HS_SPAN("\2\1\x7f\2\x7c\2\x40\4\x7f\x01\5\x01\x0b\3\1\x0b\x0b\x0b"), write_body,
	      "local 1 x i32\nlocal 2 x f64\nblock\n  if i32\n    nop\n  else\n    nop\n  end\n"
	      "  loop (i32) -> ()\n  end\nend\n");
}

static void
what_is_no_code_is_a_digest(void **state)
{
	(void)state;
	check(HS_SPAN("\0\x01\xff\x01\x0b"), write_body,
	      "nop\nwhat has no words: 3 bytes, sha256:");
	check(HS_SPAN("\0\x41"), write_body, "what has no words: 1 bytes, sha256:");
	check(HS_SPAN("\x63"), write_body, "what has no words: 1 bytes, sha256:");
	check(HS_SPAN("\0\x01"), write_body, "nop\nno end\n");
	check(HS_SPAN("\0\x0b\x0b\x0b"), write_body, "end\nend\n");
}

static void
expressions_stand_on_one_line(void **state)
{
	(void)state;
	check(HS_SPAN("\x23\0\x41\7\x6a\x0b"), write_expression,
	      "global.get global[0]; i32.const 7; i32.add");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_are_said_with_their_operands),
		cmocka_unit_test(blocks_are_indented),
		cmocka_unit_test(what_is_no_code_is_a_digest),
		cmocka_unit_test(expressions_stand_on_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
