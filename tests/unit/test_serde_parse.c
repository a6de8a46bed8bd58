/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_parse.h"

#include "unit.h"

#include <stdlib.h>

static int
pass_over(const char *text, struct hs_err *err)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span exact = exact_copy(hs_span_of(text), strlen(text));
	struct hs_serde_parser p;
	int rc;

	hs_serde_parse_init(&p, &arena, exact, err);
	rc = hs_serde_parse_ignored(&p);
	if (rc == 0)
		rc = hs_serde_parse_end(&p);
	hs_serde_parse_release(&p);
	free((void *)(uintptr_t)exact.at);
	return rc;
}

static void
values_that_nobody_reads_are_passed_over(void **state)
{
	static const char *const rows[] = {
		"null",
		"true",
		" false ",
		"0",
		"-0",
		"12.50e+3",
		"1e999999999999",
		"\"\\ud800\"",
		"\"\xff\"",
		"[]",
		"{}",
		"[1, [2, {\"a\": [], \"b\": {}}], \"x\"]",
		"{\"a\":1,\"a\":2}",
		"[[[[]]]]",
		"[\n]",
		"{\"\\udc00\":null}",
	};
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(pass_over(rows[i], &err), 0);
}

static void
values_that_are_malformed_are_not_passed_over(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "the text ends before a value at byte 0 of the JSON" },
		{ "nul", "a word that is no value at byte 0 of the JSON" },
		{ "[1 2]", "no ',' where one has to be at byte 3 of the JSON" },
		{ "[1,]", "a number is malformed at byte 3 of the JSON" },
		{ "[1,", "the text ends before a value at byte 3 of the JSON" },
		{ "[1", "no ',' where one has to be at byte 2 of the JSON" },
		{ "{\"a\"}", "no ':' where one has to be at byte 4 of the JSON" },
		{ "{\"a\":1,}", "no '\"' where one has to be at byte 7 of the JSON" },
		{ "{1:2}", "no '\"' where one has to be at byte 1 of the JSON" },
		{ "[}", "a number is malformed at byte 1 of the JSON" },
		{ "01", "a number begins with a zero at byte 1 of the JSON" },
		{ "1.", "a number is malformed at byte 2 of the JSON" },
		{ "-", "a number is malformed at byte 1 of the JSON" },
		{ "1e", "a number is malformed at byte 2 of the JSON" },
		{ "1 2", "more behind the value at byte 2 of the JSON" },
	};
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(pass_over(rows[i].text, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].want);
	}
}

/* There is no limit on what is only passed over, and no recursion. */
static void
a_million_brackets_are_passed_over(void **state)
{
	enum { N = 1000000 };
	char *text = calloc(1, 2 * N + 1);
	struct hs_err err;

	(void)state;
	memset(text, '[', N);
	assert_int_equal(pass_over(text, &err), HS_EFORMAT);
	memset(text + N, ']', N);
	assert_int_equal(pass_over(text, &err), 0);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_that_nobody_reads_are_passed_over),
		cmocka_unit_test(values_that_are_malformed_are_not_passed_over),
		cmocka_unit_test(a_million_brackets_are_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
