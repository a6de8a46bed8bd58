/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/comparator.h"

#include <stdlib.h>

static void
text_bids_on_text_and_on_nothing_else(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN("just a few words\n"), 0), &hs_comparator_text);
	assert_int_equal(hs_comparator_text.bid(HS_SPAN("just a few words\n")), 3);
	assert_int_equal(hs_comparator_text.bid(HS_SPAN("\x7f"
	                                                "ELF\2\1\1\0")),
	                 0);
	assert_int_equal(hs_comparator_text.bid(HS_SPAN("")), 0);
}

static void
text_describes_what_editors_leave(void **state)
{
	const struct {
		struct hs_span file;
		const char *want;
	} rows[] = {
		/* clang-format off */
		{ HS_SPAN("a\nb\n"), "encoding: UTF-8\nbyte order mark: no\nline ends: LF\n"
		                     "final newline: yes\nlines: 2\n" },
		{ HS_SPAN("a"), "encoding: UTF-8\nbyte order mark: no\nline ends: none\n"
		                "final newline: no\nlines: 1\n" },
		{ HS_SPAN("\xef\xbb\xbf" "a\r\nb\nc\r\nd\re"),
		  "encoding: UTF-8\nbyte order mark: yes\nline ends: 1 LF\nline ends: 2 CRLF\n"
		  "line ends: 1 CR\nfinal newline: no\nlines: 5\n" },
		{ HS_SPAN("\xff\xfe" "a\0\r\0\n\0"),
		  "encoding: UTF-16LE\nbyte order mark: yes\nline ends: CRLF\nfinal newline: yes\n"
		  "lines: 1\n" },
		{ HS_SPAN("caf\xe9\n"), "encoding: 8-bit, not UTF-8\nbyte order mark: no\n"
		                        "line ends: LF\nfinal newline: yes\nlines: 1\n" },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		assert_int_equal(hs_comparator_text.describe(&facts, rows[i].file, &err), 0);
		assert_string_equal(hs_facts_text(&facts), rows[i].want);
	}
}

/* Every truncation is a text, or not one: no sentence half read, no stray read. */
static void
text_takes_every_truncation(void **state)
{
	const struct hs_span wholes[] = {
		HS_SPAN("gr\xc3\xbc\xc3\x9f"
		        "e \xf0\x9f\x98\x80\r\nx\n"),
		HS_SPAN("\xff\xfe"
		        "a\0\x3d\xd8\x00\xde\n\0"),
		HS_SPAN("\xef\xbb\xbf"
		        "a\rb\n"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wholes) / sizeof(wholes[0]); i++) {
		for (size_t len = 0; len <= wholes[i].len; len++) {
			RELEASED struct hs_arena arena = { 0 };
			struct hs_facts facts = { .arena = &arena };
			const struct hs_span file = exact_copy(wholes[i], len);
			struct hs_err err;
			const int rc = hs_comparator_text.describe(&facts, file, &err);

			assert_int_equal(rc, hs_comparator_text.bid(file) ? 0 : HS_ENOTMINE);
			assert_int_equal(facts.n > 0, rc == 0);
			free((void *)(uintptr_t)file.at);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_bids_on_text_and_on_nothing_else),
		cmocka_unit_test(text_describes_what_editors_leave),
		cmocka_unit_test(text_takes_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
