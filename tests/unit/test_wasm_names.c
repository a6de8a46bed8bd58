/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/wasm_names.h"

#include "check_text.h"
#include "wasm_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static void
check(struct hs_span section, const char *want)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	const struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ 0 });
	char *text = wasm_text(&w, section, hs_wasm_names_write);

	hs_check_has(text, want);
	free(text);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
names_are_said_without_numbers(void **state)
{
	(void)state;
	check(HS_SPAN("\0\2\1m\1\7\2\0\1f\1\1g"), "module m\nfunction f\nfunction g\n");
	check(HS_SPAN("\2\x08\1\1\2\0\1x\1\0"), "in run:\nlocal x\nlocal \n");
	check(HS_SPAN("\7\4\1\0\1g\x09\4\1\0\1d"), "global g\ndata d\n");
	check(HS_SPAN("\x63\4\1\0\1n"), "name n\n");
}

static void
names_that_do_not_fit_are_a_digest(void **state)
{
	(void)state;
	check(HS_SPAN("\1\4\2\0\1f"), "function f\nwhat has no words: 6 bytes, sha256:");
	check(HS_SPAN("\1\x63\2\0\1f"), "what has no words: 6 bytes, sha256:");
	check(HS_SPAN("\1\5\1\0\1f!"), "function f\nwhat has no words: 7 bytes, sha256:");
}

/* The name section beats an export; both beat nothing. */
static void
functions_get_the_best_name(void **state)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	struct hs_wasm w = wasm_of(&b, &arena, &(struct build_wasm){ .nameless = true });

	(void)state;
	assert_true(hs_span_is(w.functions[0].name, "put"));
	assert_true(hs_span_is(w.functions[1].name, "run"));
	w.sections[0] = (struct hs_wasm_section){ .name = HS_SPAN("name"),
		                                  .bytes = HS_SPAN("\1\7\2\1\1f\x63\1g"
		                                                   "\7\4\1\0\1v\x09\4\1\0\1d") };
	hs_wasm_names(&w);
	assert_true(hs_span_is(w.functions[1].name, "f"));
	assert_true(hs_span_is(w.globals[0], "v"));
	assert_true(hs_span_is(w.segments[0].name, "d"));
	hs_arena_release(&arena);
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_said_without_numbers),
		cmocka_unit_test(names_that_do_not_fit_are_a_digest),
		cmocka_unit_test(functions_get_the_best_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
