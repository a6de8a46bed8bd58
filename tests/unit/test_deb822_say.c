/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

#include "comparators/package/deb822_say.h"

/* What is said of a text, but for the digest of the order. */
static const char *
said(struct hs_arena *arena, const char *text, bool *ok)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_deb822_said s;

	hs_deb822_say_begin(&s, &facts);
	*ok = hs_deb822_say_text(&s, hs_span_of(text));
	hs_deb822_say_end(&s);
	return hs_facts_text(&facts);
}

static void
deb822_says_each_kind_of_field_in_its_way(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "A: 1\n", "A: 1\n(key" },
		{ "A:\n", "A: \n(key" },
		{ "Depends: a (>= 1), b | c\n", "Depends: a (>= 1)\nDepends: b | c\n(key" },
		{ "Description: x\n long\n .\n",
		  "Description: x\nDescription: long\nDescription: .\n(key" },
		{ "Files:\n SUM 12 x.deb\n S 1 y\n", "Files x.deb: SUM 12\nFiles y: S 1\n(key" },
		{ "Conffiles:\n /etc/x SUM obsolete\n", "Conffiles /etc/x: SUM obsolete\n(key" },
		{ "A: 1\n\nA: 2\n", "A: 1\n[2] A: 2\n(key" },
		{ "# hi\nA: 1\n", "comment: # hi\\n\nA: 1\n(key" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		bool ok;
		const char *text = said(&arena, rows[i].text, &ok);

		assert_true(ok);
		assert_int_equal(strncmp(text, rows[i].want, strlen(rows[i].want)), 0);
		hs_check_has(text, "(formatting): plain\n");
	}
}

static void
deb822_tells_blanks_that_mean_nothing(void **state)
{
	static const char *const rows[] = {
		"A:1\n",
		"A:  1\n",
		"A: 1 \n",
		"A: 1",
		"A: 1\r\n",
		"\nA: 1\n",
		"A: 1\n\n",
		"A: 1\n\n\nB: 2\n",
		"Depends: a,b\n",
		"Depends: a , b\n",
		"Depends: a, b,\n",
		"Description: x\n\ty\n",
		"Files:\n  S 1 y\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		bool ok;

		hs_check_has(said(&arena, rows[i], &ok), "(formatting): sha256:");
		assert_true(ok);
	}
}

static void
deb822_refuses_lines_that_are_no_fields(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	bool ok;

	(void)state;
	said(&arena, "A: 1\nnothing\n", &ok);
	assert_false(ok);
	said(&arena, " begins with a blank\n", &ok);
	assert_false(ok);
}

static void
deb822_escapes_names_of_files(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	bool ok;

	(void)state;
	hs_check_has(said(&arena, "Files:\n S 1 \x1b[m\n", &ok), "Files \\\\x1b[m: S 1\n");
	assert_string_equal(hs_field_part(&arena, HS_SPAN("a\nb")), "a\\nb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deb822_says_each_kind_of_field_in_its_way),
		cmocka_unit_test(deb822_tells_blanks_that_mean_nothing),
		cmocka_unit_test(deb822_refuses_lines_that_are_no_fields),
		cmocka_unit_test(deb822_escapes_names_of_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
