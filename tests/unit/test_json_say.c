/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/text/json_say.h"
#include "core/limits.h"

static void
values_are_said_under_paths_and_names(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = HS_SPAN("{\"b c\":[{\"d\":1}],\"a\":2}");
	struct hs_facts facts = { .arena = &arena };
	struct hs_json_document d;
	struct hs_json_saying s;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_json_read(&d, file, &err), 0);
	hs_json_say_begin(&s, &facts, &d);
	hs_json_say_field(&s, "name", HS_SPAN("value"));
	hs_json_push_key(&s, "top");
	hs_json_push_index(&s, 7);
	hs_json_say(&s, d.root);
	assert_int_equal(s.len, strlen(".top[7]"));
	s.len = 0;
	hs_json_say(&s, json_object_get(d.root, "a"));
	hs_json_say_end(&s, file);
	assert_memory_equal(hs_facts_text(&facts),
	                    "name: value\n.top[7][\"b c\"][0].d: 1\n.top[7].a: 2\n.: 2\n"
	                    "(key order): sha256:",
	                    70);
	hs_json_release(&d);
}

/* Past the limit there are a count and a digest, of names and values. */
static void
values_past_the_limit_are_a_digest(void **state)
{
	const char *digests[2];
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct hs_facts facts = { .arena = &arena };
		struct hs_json_document d;
		struct hs_json_saying s;
		struct hs_err err;

		assert_int_equal(hs_json_read(&d, HS_SPAN("{}"), &err), 0);
		hs_json_say_begin(&s, &facts, &d);
		s.n_said = HS_MAX_JSON_VALUES - 1;
		hs_json_say_field(&s, "said", HS_SPAN("x"));
		hs_json_say_field(&s, i ? "one" : "two", HS_SPAN("x"));
		hs_json_say_end(&s, HS_SPAN("{}"));
		assert_non_null(strstr(hs_facts_text(&facts), "said: x\n(more values): 1\n"));
		digests[i] = hs_facts_text(&facts);
		hs_json_release(&d);
	}
	assert_string_not_equal(digests[0], digests[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_said_under_paths_and_names),
		cmocka_unit_test(values_past_the_limit_are_a_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
