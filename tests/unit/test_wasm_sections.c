/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_sections.h"

#include "check_text.h"
#include "wasm_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static struct hs_wasm_section section;

static void
write_section(FILE *out, const struct hs_wasm *w, struct hs_span bytes)
{
	section.bytes = bytes;
	hs_wasm_section_write(out, w, &section);
}

static void
check(unsigned id, struct hs_span name, struct hs_span bytes, const char *want)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	const struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ 0 });
	char *text;

	section = (struct hs_wasm_section){ .id = id, .name = name };
	assert_true(hs_wasm_section_has_words(&section));
	text = wasm_text(&w, bytes, write_section);
	hs_check_has(text, want);
	free(text);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
sections_are_said_an_item_a_line(void **state)
{
	const struct hs_span none = { NULL, 0 };

	(void)state;
	check(HS_WASM_TYPE, none, HS_SPAN("\2\x60\0\1\x7f\x60\1\x7f\0"),
	      "() -> (i32)\n(i32) -> ()\n");
	check(HS_WASM_IMPORT, none, HS_SPAN("\2\3env\3put\0\1\3env\1m\2\0\1"),
	      "func env.put (i32) -> ()\nmemory env.m 1 and more\n");
	check(HS_WASM_TABLE, none, HS_SPAN("\2\x70\0\1\x40\0\x70\0\1\xd0\x70\x0b"),
	      "funcref 1 and more\nfuncref 1 and more = ref.null 0x70\n");
	check(HS_WASM_MEMORY, none, HS_SPAN("\1\1\1\x10"), "1 to 16\n");
	check(HS_WASM_GLOBAL, none, HS_SPAN("\1\x7f\1\x41\7\x0b"), "i32 mutable = i32.const 7\n");
	check(HS_WASM_EXPORT, none, HS_SPAN("\4\1r\0\1\1m\2\0\1g\3\0\1x\x09\0"),
	      "func r is run\nmemory m is 0\nglobal g is global[0]\nunknown x is 0\n");
	check(HS_WASM_START, none, HS_SPAN("\1"), "run\n");
	check(HS_WASM_TAG, none, HS_SPAN("\1\0\1"), "(i32) -> ()\n");
}

static void
elements_of_each_form_are_said(void **state)
{
	const struct hs_span none = { NULL, 0 };

	(void)state;
	check(HS_WASM_ELEMENT, none, HS_SPAN("\1\0\x41\0\x0b\2\1\0"),
	      "table 0 at i32.const 0:\n  run\n  put\n");
	check(HS_WASM_ELEMENT, none, HS_SPAN("\1\1\0\1\1"), "passive functions:\n  run\n");
	check(HS_WASM_ELEMENT, none, HS_SPAN("\1\2\3\x41\0\x0b\0\1\1"),
	      "table 3 at i32.const 0 functions:\n  run\n");
	check(HS_WASM_ELEMENT, none, HS_SPAN("\1\3\0\1\1"), "declared functions:\n  run\n");
	check(HS_WASM_ELEMENT, none, HS_SPAN("\1\5\x70\1\xd2\1\x0b"),
	      "passive funcref:\n  ref.func run\n");
}

static void
custom_sections_with_a_form_are_said(void **state)
{
	(void)state;
	check(HS_WASM_CUSTOM, HS_SPAN("producers"),
	      HS_SPAN("\1\x08language\2\1C\0\4Rust\3"
	              "1.7"),
	      "language: C  Rust 1.7\n");
	check(HS_WASM_CUSTOM, HS_SPAN("target_features"), HS_SPAN("\2+\4simd-\1x"), "+simd\n-x\n");
	check(HS_WASM_CUSTOM, HS_SPAN("name"), HS_SPAN("\1\4\1\0\1f"), "function f\n");
	assert_false(hs_wasm_section_has_words(
		&(struct hs_wasm_section){ .id = HS_WASM_CUSTOM, .name = HS_SPAN("linking") }));
}

static void
sections_that_do_not_fit_are_a_digest(void **state)
{
	const struct hs_span none = { NULL, 0 };

	(void)state;
	check(HS_WASM_MEMORY, none, HS_SPAN("\2\0\1"), "what has no words: 3 bytes, sha256:");
	check(HS_WASM_MEMORY, none, HS_SPAN("\1\0\1!"), "1 and more\nwhat has no words: 4 bytes");
	check(HS_WASM_TYPE, none, HS_SPAN("\1\x5f\0"), "what has no words: 3 bytes, sha256:");
	check(HS_WASM_START, none, HS_SPAN("\1!"), "run\nwhat has no words: 2 bytes, sha256:");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_are_said_an_item_a_line),
		cmocka_unit_test(elements_of_each_form_are_said),
		cmocka_unit_test(custom_sections_with_a_form_are_said),
		cmocka_unit_test(sections_that_do_not_fit_are_a_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
