/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/rust_debug.h"

#include "unit.h"

/* What a program compiled with Rust 1.95 prints for {:?}, less the quotes. */
static void
texts_are_escaped_as_by_rust(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "Ex\xc3\xa4mple, Inc", "Ex\xc3\xa4mple, Inc" },
		{ "W \"q\"", "W \\q\\" },
		{ "it's a \\ b", "it's a \\\\ b" },
		{ "\t\r\n", "\\t\\r\\n" },
		{ "\x01\x1f\x7f", "\\u{1}\\u{1f}\\u{7f}" },
		{ "\xc2\x80\xc2\xa0\xc2\xad", "\\u{80}\\u{a0}\\u{ad}" },
		{ "e\xcc\x81", "e\\u{301}" },
		{ "\xe2\x80\x8b\xe2\x80\xae", "\\u{200b}\\u{202e}" },
		{ "\xe3\x80\x80\xe6\xbc\xa2", "\\u{3000}\xe6\xbc\xa2" },
		{ "\xee\x80\x80\xef\xbf\xbd", "\\u{e000}\xef\xbf\xbd" },
		{ "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf", "\xf0\x9f\x98\x80\\u{10ffff}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };

		assert_span(hs_rust_debug_unquoted(&arena, hs_span_of(rows[i].text)), rows[i].want);
	}
}

static void
a_nul_is_named(void **state)
{
	struct hs_arena arena RELEASED = { 0 };

	(void)state;
	assert_span(hs_rust_debug_unquoted(&arena, HS_SPAN("a\0b")), "a\\0b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_escaped_as_by_rust),
		cmocka_unit_test(a_nul_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
