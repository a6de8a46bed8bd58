/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_ini;

static const char sample[] =
	"# top\ng = 0\n[Unit]\nAfter=a.target\nAfter=b.target\n\n"
	"[Service]\nExecStart=/bin/x \\\n  -v\nempty=\nalone\nfiles:\n\tp\n\tq\n"
	"; end\n[Install]\n";

static void
ini_wins_by_name_or_section(void **state)
{
	static const struct {
		const char *file, *name;
		unsigned bid;
	} rows[] = {
		{ "a=1\n", "x/a.INI", 26 },      { "a=1\n", "a.conf", 0 },
		{ "# x\n[a]\n", "a.conf", 26 },  { "[a]\nb\n", "x.service", 26 },
		{ "a=1\n", "x.service", 0 },     { "A=1\n", "etc/os-release", 27 },
		{ "A=1\n", "my-os-release", 0 }, { "a\1\2=1\n", "a.ini", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(row->bid_named(hs_span_of(rows[i].file), hs_span_of(rows[i].name)),
		                 rows[i].bid);
	check_leaf_wins(row, HS_SPAN("[Unit]\nA=b\n"), "");
	check_leaf_wins(row, HS_SPAN("a=b\n"), "a.ini");
}

static void
ini_says_keys_by_section(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, sample),
	             "comment: # top\ng: 0\nsection: Unit\n[Unit] After: a.target\n"
	             "[Unit] After: b.target\nsection: Service\n"
	             "[Service] ExecStart: /bin/x \\\\\\n-v\n[Service] empty: \n"
	             "[Service] alone: \ncomment: ; end\n[Service] files: \\np\\nq\n"
	             "section: Install\n(key order): sha256:");
	hs_check_has(leaf_of(&arena, row, "A=\"x y\"\n"), "A: \"x y\"\n(key order): ");
}

static void
ini_tells_writing_from_values(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "a=1\nb=2\n", "b=2\na=1\n", "(key order);" },
		{ "a=1\n", "a = 1\n", "(formatting);" },
		{ "a=1\n", "a=1\n\n", "(formatting);" },
		{ "a=1\n", "a=1", "(formatting);" },
		{ "a=1\n", "a=1\r\n", "(formatting);" },
		{ "a=1\n", "a:1\n", "(notation);" },
		{ "a=1\n", "a=2\n", "a;" },
		{ "#x\na=1\n", "#y\na=1\n", "comment;" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts fa = { .arena = &arena }, fb = { .arena = &arena };
		struct hs_changes changes = { 0 };
		const char *out = "";
		struct hs_err err;

		assert_int_equal(row->describe(&fa, hs_span_of(rows[i].a), &err), 0);
		assert_int_equal(row->describe(&fb, hs_span_of(rows[i].b), &err), 0);
		hs_facts_diff(&changes, &arena, &fa, &fb, true);
		for (const struct hs_change *c = changes.first; c; c = c->next)
			out = hs_arena_printf(&arena, "%s%s;", out, c->field);
		assert_string_equal(out, rows[i].want);
	}
}

static void
ini_leaves_to_text_what_is_none(void **state)
{
	static const char *const rows[] = { "",      "# only\n", "some words\n", "[a\nb=1\n",
		                            "[]\n",  "=1\n",     "alone\n",      "[a]\ntwo words\n",
		                            "a=\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		if (row->describe(&facts, hs_span_of(rows[i]), &err) != HS_ENOTMINE)
			fail_msg("%s is taken", rows[i]);
	}
}

static void
ini_survives_truncations_and_changes(void **state)
{
	(void)state;
	check_leaf_truncations(row, hs_span_of(sample), 0);
	check_leaf_survives(row, hs_span_of(sample));
	check_leaf_tells_every_byte(row, hs_span_of(sample), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ini_wins_by_name_or_section),
		cmocka_unit_test(ini_says_keys_by_section),
		cmocka_unit_test(ini_tells_writing_from_values),
		cmocka_unit_test(ini_leaves_to_text_what_is_none),
		cmocka_unit_test(ini_survives_truncations_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
