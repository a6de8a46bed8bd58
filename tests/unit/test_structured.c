/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/text/structured.h"
#include "unit.h"

#include "core/limits.h"

static void
scalar(struct hs_structured *s, struct hs_value *in, const char *key, const char *shown)
{
	struct hs_value *v = hs_value_add(s, in, HS_VALUE_SCALAR);

	v->key = key;
	v->shown = hs_span_of(shown);
}

/* What is said of [{name: N, version: 1}, {name: M, version: 2}]. */
static const char *
said(struct hs_arena *arena, const char *n, const char *m)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_structured s;
	struct hs_value *list, *map;

	hs_structured_begin(&s, &facts);
	list = hs_value_add(&s, NULL, HS_VALUE_LIST);
	map = hs_value_add(&s, list, HS_VALUE_MAP);
	scalar(&s, map, "name", n);
	scalar(&s, map, "version", "1");
	map = hs_value_add(&s, list, HS_VALUE_MAP);
	scalar(&s, map, "name", m);
	scalar(&s, map, "version", "2");
	hs_value_say(&s, list);
	hs_structured_end(&s, false);
	return hs_facts_text(&facts);
}

static void
structured_names_elements_that_have_a_name(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(said(&arena, "a", "b"), "[name=a].name: a\n[name=a].version: 1\n"
	                                            "[name=b].name: b\n[name=b].version: 2\n");
	assert_string_equal(said(&arena, "a", "a"),
	                    "[name=a version=1].name: a\n[name=a version=1].version: 1\n"
	                    "[name=a version=2].name: a\n[name=a version=2].version: 2\n");
}

static const char *
between(struct hs_arena *arena, const char *bytes)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_structured s;

	hs_structured_begin(&s, &facts);
	hs_structured_between(&s, hs_span_of(bytes), "#;");
	hs_structured_end(&s, true);
	return hs_facts_text(&facts);
}

static void
structured_takes_comments_from_between(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *text = between(&arena, "# a \n{ x#y ;b\n");

	(void)state;
	assert_ptr_equal(strstr(text, "comment: # a\ncomment: ;b\n(key order): "), text);
	assert_string_not_equal(text, between(&arena, "# a\n{ x#y ;b\n"));
	assert_string_not_equal(text, between(&arena, "# a \n{ xxy ;b\n"));
}

static void
structured_refuses_too_many_values(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_structured s;

	(void)state;
	hs_structured_begin(&s, &facts);
	s.n_values = HS_MAX_STRUCTURED_VALUES;
	assert_null(hs_value_add(&s, NULL, HS_VALUE_LIST));
	hs_structured_end(&s, false);
}

static void
structured_reads_utf8_and_extensions(void **state)
{
	static const char *const extensions[] = { "ini", "cfg" };
	struct hs_span text;

	(void)state;
	assert_true(hs_structured_text(&text, HS_SPAN("\xef\xbb\xbf"
	                                              "a\n")));
	assert_span(text, "a\n");
	assert_false(hs_structured_text(&text, HS_SPAN("\xe9 t\xe9\n")));
	assert_true(hs_name_extension(HS_SPAN("a.Cfg"), extensions, 2));
	assert_false(hs_name_extension(HS_SPAN("acfg"), extensions, 2));
	assert_false(hs_name_extension(HS_SPAN("cfg"), extensions, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(structured_names_elements_that_have_a_name),
		cmocka_unit_test(structured_takes_comments_from_between),
		cmocka_unit_test(structured_refuses_too_many_values),
		cmocka_unit_test(structured_reads_utf8_and_extensions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
