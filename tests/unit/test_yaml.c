/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

#include "core/limits.h"

static const struct hs_comparator *const row = &hs_comparator_yaml;

static const char sample[] = "# top\na: &x 1\nb: ['p', \"8\", *x] # end\nc:\n- name: web\n  v: |\n"
			     "    t\n    u\n- {name: db, v: }\n---\nd: !t {}\n";

static void
yaml_wins_by_its_name_or_directive(void **state)
{
	(void)state;
	assert_int_equal(row->bid_named(HS_SPAN("a: 1\n"), HS_SPAN("x/a.YML")), 24);
	assert_int_equal(row->bid_named(HS_SPAN("a: 1\n"), HS_SPAN("yaml")), 0);
	assert_int_equal(row->bid_named(HS_SPAN("a\0\1\2"), HS_SPAN("a.yaml")), 0);
	assert_int_equal(row->bid(HS_SPAN("%YAML 1.1\n---\na: 1\n")), 64);
	assert_int_equal(row->bid(HS_SPAN("a: 1\n")), 0);
	if (HS_WITH_YAML) {
		check_leaf_wins(row, HS_SPAN("%YAML 1.1\n---\na: 1\n"), "");
		check_leaf_wins(row, HS_SPAN("a: 1\n"), "a.yaml");
	}
}

static void
yaml_says_every_value_by_its_path(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	if (!HS_WITH_YAML)
		skip();
	hs_check_has(leaf_of(&arena, row, sample),
	             "comment: # top\ncomment: # end\n.a: &x 1\n.b[]: p\n.b[]: \"8\"\n.b[]: *x\n"
	             ".c[name=web].name: web\n.c[name=web].v: t\\nu\\n\n.c[name=db].name: db\n"
	             ".c[name=db].v: \n[2] .d(mark): !t\n[2] .d: {}\n(key order): sha256:");
	hs_check_has(leaf_of(&arena, row, "kind: Pod\nmetadata:\n  name: a\nx: [[1], 2]\n"),
	             "(Pod a) .kind: Pod\n(Pod a) .metadata.name: a\n(Pod a) .x[0][]: 1\n"
	             "(Pod a) .x[1]: 2\n");
}

static void
yaml_tells_writing_from_values(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "a: 1\nb: 2\n", "b: 2\na: 1\n", "(key order);" },
		{ "a: 1\nb: 2\n", "a:   1\nb: 2\n", "(formatting);" },
		{ "a: x\n", "a: 'x'\n", "(notation);" },
		{ "a: \"\\x41\"\n", "a: \"A\"\n", "(notation);" },
		{ "a: 1\n", "a: '1'\n", ".a;(notation);" },
		{ "a: 1 # x\n", "a: 1 # y\n", "comment;" },
		{ "a: |\n  x\n", "a: |\n  y\n", ".a;" },
		{ "- name: a\n- name: b\n", "- name: b\n- name: a\n", "(key order);" },
	};

	(void)state;
	if (!HS_WITH_YAML)
		skip();
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
yaml_leaves_to_text_what_it_does_not_read(void **state)
{
	static const char *const rows[] = { "",          "text\n",       "a: [\n",
		                            "a: b: c\n", "? [a]\n: b\n", "\"\\0\": 1\n",
		                            "a: \xff\n" };
	static char deep[HS_MAX_JSON_DEPTH + 8];

	(void)state;
	memset(deep, '[', sizeof(deep) - 1);
	if (!HS_WITH_YAML)
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		assert_int_equal(row->describe(&facts, hs_span_of(rows[i]), &err), HS_ENOTMINE);
		assert_int_equal(row->describe(&facts, hs_span_of(deep), &err), HS_ENOTMINE);
	}
}

/* Ten references of ten each, and so on: nobody follows them. */
static void
yaml_opens_no_bomb(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *file = "a0: &a0 [x]\n";

	(void)state;
	if (!HS_WITH_YAML)
		skip();
	for (int i = 1; i < 30; i++)
		file = hs_arena_printf(&arena, "%sa%d: &a%d [*a%d,*a%d,*a%d]\n", file, i, i, i - 1,
		                       i - 1, i - 1);
	hs_check_has(leaf_of(&arena, row, file), ".a29[]: *a28\n.a29[]: *a28\n.a29[]: *a28\n");
}

static void
yaml_survives_truncations_and_changes(void **state)
{
	(void)state;
	check_leaf_truncations(row, hs_span_of(sample), 5);
	check_leaf_survives(row, hs_span_of(sample));
	if (HS_WITH_YAML)
		check_leaf_tells_every_byte(row, hs_span_of(sample), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yaml_wins_by_its_name_or_directive),
		cmocka_unit_test(yaml_says_every_value_by_its_path),
		cmocka_unit_test(yaml_tells_writing_from_values),
		cmocka_unit_test(yaml_leaves_to_text_what_it_does_not_read),
		cmocka_unit_test(yaml_opens_no_bomb),
		cmocka_unit_test(yaml_survives_truncations_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
