/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_write.h"

#include "wasm_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static unsigned kind;

static void
write_kind(FILE *out, const struct hs_wasm *w, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };

	hs_wasm_write_kind(out, w, kind, &c);
}

static void
check(unsigned of, struct hs_span bytes, const char *want)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	const struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ 0 });
	char *text;

	kind = of;
	text = wasm_text(&w, bytes, write_kind);
	assert_string_equal(text, want);
	free(text);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
types_are_written_as_the_text_format_does(void **state)
{
	(void)state;
	check(HS_WASM_IS_FUNCTION, HS_SPAN("\0"), "() -> (i32)");
	check(HS_WASM_IS_FUNCTION, HS_SPAN("\1"), "(i32) -> ()");
	check(HS_WASM_IS_FUNCTION, HS_SPAN("\7"), "type 7");
	check(HS_WASM_IS_TABLE, HS_SPAN("\x6f\0\2"), "externref 2 and more");
	check(HS_WASM_IS_MEMORY, HS_SPAN("\1\1\2"), "1 to 2");
	check(HS_WASM_IS_MEMORY, HS_SPAN("\x0f\1\2"), "1 to 2, shared, 64 bits, flags 0xf");
	check(HS_WASM_IS_GLOBAL, HS_SPAN("\x7e\0"), "i64 constant");
	check(HS_WASM_IS_GLOBAL, HS_SPAN("\x01\x09"), "0x1 flags 0x9");
	check(HS_WASM_IS_TAG, HS_SPAN("\0\1"), "(i32) -> ()");
	check(HS_WASM_IS_TAG, HS_SPAN("\2\1"), "attribute 2 (i32) -> ()");
}

static void
write_rest(FILE *out, const struct hs_wasm *w, struct hs_span bytes)
{
	(void)w;
	hs_wasm_write_rest(out, bytes);
}

static void
the_rest_is_a_length_and_a_digest(void **state)
{
	char *text = wasm_text(NULL, HS_SPAN("abc"), write_rest);

	(void)state;
	assert_string_equal(
		text, "what has no words: 3 bytes, "
		      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_written_as_the_text_format_does),
		cmocka_unit_test(the_rest_is_a_length_and_a_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
