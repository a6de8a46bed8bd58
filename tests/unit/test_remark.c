/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/remark.h"

static void
remarks_say_only_what_holds(void **state)
{
	const struct {
		struct hs_span a, b;
		const char *code; /* NULL: nothing is to be said */
	} rows[] = {
		/* clang-format off */
		{ HS_SPAN("a\nb\n"), HS_SPAN("a\r\nb\r\n"), "line-ends-only" },
		{ HS_SPAN("a\nb\n"), HS_SPAN("a\rb\r\n"), "line-ends-only" },
		{ HS_SPAN("a\nb\n"), HS_SPAN("a\r\nc\r\n"), NULL },
		{ HS_SPAN("a\n"), HS_SPAN("\xef\xbb\xbf" "a\n"), "encoding-only" },
		{ HS_SPAN("\xc3\xa9t\xc3\xa9\n"), HS_SPAN("\xe9t\xe9 is summer\n"), NULL },
		{ HS_SPAN("\xc3\xa9tage\n"), HS_SPAN("\xe9tage\n"), "encoding-only" },
		{ HS_SPAN("ab\n"), HS_SPAN("\xff\xfe" "a\0b\0\n\0"), "encoding-only" },
		{ HS_SPAN("\xfe\xff\0a\0b\0\n"),
		  HS_SPAN("\xff\xfe" "a\0b\0\n\0"), "encoding-only" },
		{ HS_SPAN("ab\n"), HS_SPAN("\xff\xfe" "a\0b\0\r\0\n\0"),
		  "encoding-and-line-ends-only" },
		{ HS_SPAN("ab\n"), HS_SPAN("\xff\xfe" "a\0c\0\n\0"), NULL },
		{ HS_SPAN("a\nb\nc\n"), HS_SPAN("c\nb\na\n"), "line-order-only" },
		{ HS_SPAN("a\nb\nc"), HS_SPAN("c\nb\na"), "line-order-only" },
		{ HS_SPAN("a\na\nb\n"), HS_SPAN("b\nb\na\n"), NULL },
		{ HS_SPAN("a\nb\n"), HS_SPAN("b\na"), NULL },
		{ HS_SPAN("a\r\nb\r\n"), HS_SPAN("b\r\na\r\n"), "line-order-only" },
		{ HS_SPAN("a\r\nb\n"), HS_SPAN("b\r\na\n"), NULL },
		{ HS_SPAN("\xff\xfe" "a\0\n\0b\0\n\0"), HS_SPAN("\xff\xfe" "b\0\n\0a\0\n\0"),
		  "line-order-only" },
		{ HS_SPAN("a b\n"), HS_SPAN("a  b\n\n"), "whitespace-only" },
		{ HS_SPAN("a\n"), HS_SPAN("a"), "whitespace-only" },
		{ HS_SPAN("\ta\n"), HS_SPAN("    a \r\n"), "whitespace-only" },
		{ HS_SPAN(" \n"), HS_SPAN("\n\n"), "whitespace-only" },
		{ HS_SPAN("a b\n"), HS_SPAN("a c\n"), NULL },
		{ HS_SPAN("a b\n"), HS_SPAN("a b c\n"), NULL },
		{ HS_SPAN("a\0b\n"), HS_SPAN("a\0 b\n"), NULL },
		{ HS_SPAN(""), HS_SPAN("\n"), NULL },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span a = rows[i / 2].a, b = rows[i / 2].b;
		struct hs_remark r = { NULL, NULL };
		const bool said = i % 2 ? hs_text_remark(&r, b, a) : hs_text_remark(&r, a, b);

		assert_int_equal(said, rows[i / 2].code != NULL);
		if (said)
			assert_string_equal(r.code, rows[i / 2].code);
		else
			assert_null(r.text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remarks_say_only_what_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
